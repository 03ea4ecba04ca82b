"""Puts articles together that a file has in parts: by the marks of its pages, or over the page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.articles import Draft, DraftSection
from ingest.blocks import Block
from ingest.punctuation import ends_closed, join, runs_on


def joined(pages: Sequence[tuple[str, Sequence[Draft]]]) -> list[Draft]:
    """Put together what was parted; marks that lead nowhere in this file part nothing.

    Args:
        pages: the number of each page and its articles, in order.
    """
    drafts: list[Draft] = []
    waiting: list[tuple[str, Draft]] = []  # articles that go on, and the page they stand on
    for number, found in pages:
        for draft in found:
            target = _target(waiting, draft, number)
            if target:
                waiting = [one for one in waiting if one[1] is not target]
                append(target, draft)
            else:
                drafts.append(draft)
            end = target or draft
            if draft.continues_on:
                end.continues_on = draft.continues_on
                waiting.append((number, end))
    return drafts


def append(first: Draft, rest: Draft) -> None:
    """Add what an article has elsewhere to its beginning; a broken sentence is made whole."""
    heading = rest.headline
    if heading and first.headline and _alike(heading.text, first.headline.text):
        heading = None  # the headline once more, often shortened
    if heading:
        first.sections.append(DraftSection(heading=heading))
    for section in rest.sections:
        if section.heading or not first.sections:
            first.sections.append(section)
        else:
            _add_paragraphs(first.sections[-1], section.paragraphs)
    first.subheads += rest.subheads
    first.captions += rest.captions
    first.bylines += rest.bylines
    if first.dateline is None:
        first.dateline, first.dateline_block = rest.dateline, rest.dateline_block


def goes_on(first: Draft, rest: Draft, *, own_page: bool) -> bool:
    """Say whether an article without a headline is the rest of the one on the page before.

    On the page of a newspaper (`own_page`) it is only where the one before breaks off.
    """
    if rest.headline or rest.dateline or rest.continued_from:
        return False
    before, after = list(_paragraphs(first)), list(_paragraphs(rest))
    if not own_page:
        return bool(before) or first.headline is not None
    return bool(before and after) and not ends_closed(before[-1].text)


def _target(waiting: Sequence[tuple[str, Draft]], draft: Draft, number: str) -> Draft | None:
    """Return the article that a continuation belongs to: by its mark, then by its headline."""
    if draft.continued_from is None:
        return None
    fitting = [
        one
        for page, one in waiting
        if page == draft.continued_from and one.continues_on in {number, None}
    ]
    if draft.headline:
        named = [
            one
            for one in fitting
            if one.headline and _alike(draft.headline.text, one.headline.text)
        ]
        fitting = named or fitting
    return fitting[0] if fitting else None


def _alike(one: str, other: str) -> bool:
    """Say whether most characters of the shorter headline stand in the longer one."""
    short, long = sorted((re.sub(r"\W", "", one), re.sub(r"\W", "", other)), key=len)
    return bool(short) and sum(letter in long for letter in short) >= 0.7 * len(short)


def _add_paragraphs(section: DraftSection, more: Sequence[Block]) -> None:
    rest = list(more)
    if section.paragraphs and rest:
        last = section.paragraphs[-1]
        if not ends_closed(last.text) and (
            not rest[0].indented or runs_on(last.text, rest[0].text)
        ):
            text = join(last.text, rest[0].text)
            shift = len(text) - len(rest[0].text)
            marks = tuple((start + shift, box) for start, box in rest[0].marks)
            section.paragraphs[-1] = replace(last, text=text, marks=last.marks + marks)
            rest = rest[1:]
    section.paragraphs += rest


def _paragraphs(draft: Draft) -> Iterator[Block]:
    for section in draft.sections:
        yield from section.paragraphs
