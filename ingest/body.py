"""Sets an article in one string, one block a line, and notes where each sentence of it stands."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from ingest.articles import Draft
from ingest.blocks import Block, Spot
from ingest.places import find_place
from ingest.sentences import Limits, split_sentences
from store.articles import Article, Box, Caption, Kind, Section, Sentence, Span
from store.ids import ArticleId, ReportId


class _Place(NamedTuple):
    """What a sentence is part of."""

    kind: Kind
    section: int = -1
    paragraph: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What an article is known by: its ids, its place on the page from 0, and its headline.

    When the page prints no headline it has one here, but none in its body.
    """

    id: ArticleId
    report_id: ReportId
    ordinal: int
    headline: str


class _Setter:
    """Writes blocks one below the other and remembers the sentences of each."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._parts: list[str] = []
        self._length = 0
        self.sentences: list[Sentence] = []

    def display(self, block: Block, kind: Kind, section: int = -1) -> Span:
        """Write a display line, which is one sentence."""
        span = self._write(block.text)
        self._note(block, span.start, (0, len(block.text)), _Place(kind, section))
        return span

    def paragraph(self, block: Block, section: int, number: int) -> Span:
        """Write a paragraph and split it into sentences."""
        span = self._write(block.text)
        for part in split_sentences(block.text, self._limits):
            self._note(block, span.start, part, _Place(Kind.BODY, section, number))
        return span

    def body(self) -> str:
        return "\n".join(self._parts)

    def _write(self, text: str) -> Span:
        start = self._length
        self._parts.append(text)
        self._length += len(text) + 1
        return Span(start=start, end=start + len(text))

    def _note(self, block: Block, offset: int, part: tuple[int, int], place: _Place) -> None:
        start, end = part
        places = tuple(_places(block, start, end))
        certain = [spot.confidence for spot, _ in places if spot.confidence is not None]
        self.sentences.append(
            Sentence(
                start=offset + start,
                end=offset + end,
                text=block.text[start:end],
                kind=place.kind,
                section=place.section,
                paragraph=place.paragraph,
                boxes=tuple(box for _, box in places),
                confidence=min(certain, default=None),
            )
        )


def set_article(draft: Draft, identity: Identity, limits: Limits) -> Article:
    """Make an article of a draft; `limits` says how long its sentences may grow."""
    setter = _Setter(limits)
    if draft.headline:
        setter.display(draft.headline, Kind.HEADLINE)
    for block in draft.subheads:
        setter.display(block, Kind.SUBHEAD)
    if draft.dateline_block:
        setter.display(draft.dateline_block, Kind.DATELINE)
    sections = _set_sections(draft, setter)
    captions = tuple(
        Caption(span=setter.display(block, Kind.CAPTION), mid_sentence=block.mid_sentence)
        for block in draft.captions
    )
    for block in draft.bylines:
        setter.display(block, Kind.BYLINE)
    paragraphs = [block.text for part in draft.sections for block in part.paragraphs]
    printed = [draft.headline.text] if draft.headline else []  # the file's name is no part of it
    shown = [identity.headline, *(block.text for block in (*draft.subheads, *draft.captions))]
    return Article(
        id=identity.id,
        report_id=identity.report_id,
        ordinal=identity.ordinal,
        headline=identity.headline,
        subheads=tuple(block.text for block in draft.subheads),
        label=draft.dateline.label if draft.dateline else None,
        location=draft.dateline.location if draft.dateline else find_place([*paragraphs, *shown]),
        byline=draft.byline(),
        body=setter.body(),
        sections=sections,
        captions=captions,
        sentences=tuple(setter.sentences),
        fingerprint=fingerprint([*printed, *paragraphs]),
    )


def fingerprint(texts: list[str]) -> str:
    """Return the SHA-256 of texts without white space and punctuation, widths made equal."""
    plain = unicodedata.normalize("NFKC", "\n".join(texts))
    return hashlib.sha256(re.sub(r"[\W_]+", "", plain).encode()).hexdigest()


def _set_sections(draft: Draft, setter: _Setter) -> tuple[Section, ...]:
    sections: list[Section] = []
    for part in draft.sections:
        if part.heading is None and not part.paragraphs:
            continue
        index = len(sections)
        if part.heading:
            setter.display(part.heading, Kind.HEADING, index)
        spans = tuple(
            setter.paragraph(block, index, at) for at, block in enumerate(part.paragraphs)
        )
        heading = part.heading.text if part.heading else None
        sections.append(Section(heading=heading, paragraphs=spans))
    return tuple(sections)


def _places(block: Block, start: int, end: int) -> Iterator[tuple[Spot, Box]]:
    """Give the printed lines that a part of a block stands on, and its box on each of them."""
    stops = [mark[0] for mark in block.marks[1:]] + [len(block.text)]
    for (begin, spot), stop in zip(block.marks, stops, strict=False):
        if begin < end and start < stop:
            text = block.text[begin:stop]
            part = max(start - begin, 0), min(end, stop) - begin
            yield spot, _part_of(spot.box, text, part)


def _part_of(box: Box, text: str, part: tuple[int, int]) -> Box:
    """Return the box of a part of a line, which full-width characters fill twice as fast."""
    widths = [0.5 if character < "\u2000" else 1.0 for character in text.rstrip()]
    whole = sum(widths)
    if (part[0] <= 0 and part[1] >= len(widths)) or not whole:
        return box
    first, last = (min(sum(widths[:at]) / whole, 1.0) for at in part)
    if _is_upright(box, whole):
        height = box.y1 - box.y0
        return replace(box, y0=box.y0 + first * height, y1=min(box.y0 + last * height, box.y1))
    width = box.x1 - box.x0
    return replace(box, x0=box.x0 + first * width, x1=min(box.x0 + last * width, box.x1))


def _is_upright(box: Box, characters: float) -> bool:
    """Say whether the characters of a line stand below each other: it is higher than wide."""
    return characters >= 3 and box.y1 - box.y0 > 2 * (box.x1 - box.x0)
