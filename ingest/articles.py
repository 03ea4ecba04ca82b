"""Assembles blocks into a page: its masthead, and its articles with sections and captions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.blocks import Block, make_blocks
from ingest.bylines import parse_byline, parse_signature
from ingest.classify import classify
from ingest.cues import fold, is_wire_lead, sign_off
from ingest.digests import set_apart
from ingest.headlines import Opening, find_openings
from ingest.heal import heal
from ingest.jumps import Jump, cut_jump, jump_of
from ingest.masthead import Masthead, find_date, read_masthead
from ingest.places import Dateline, parse_dateline
from ingest.reading import Line, Role
from store.articles import Byline

_NAMED = re.compile(
    r"^[^。，（(]{2,24}?\s(?P<who>(?:(?:本[报刊网台])?(?:记者|通讯员|实习生)\s*(?:[\u4e00-\u9fff]{2,3}[\s、]+)*[\u4e00-\u9fff]{2,4}?[\s、]*)"
    r"{1,3}(?:(?:摄影|图文|文/图)?报道|(?=\s)))"
)

_LARGER = 1.2  # times: type that heads what stands below it


@dataclass(slots=True)
class DraftSection:
    """A part of an article under one heading, or before the first one."""

    heading: Block | None = None
    paragraphs: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """An article as blocks, before its body is set in one string.

    `continues_on` and `continued_from` are the numbers of pages where its marks say that the rest
    of it stands (下转第2版, 上接第1版).
    """

    headline: Block | None = None
    subheads: list[Block] = field(default_factory=list)
    dateline_block: Block | None = None
    dateline: Dateline | None = None
    sections: list[DraftSection] = field(default_factory=lambda: [DraftSection()])
    captions: list[Block] = field(default_factory=list)
    bylines: list[Block] = field(default_factory=list)
    continues_on: str | None = None
    continued_from: str | None = None

    def jump(self, mark: Jump) -> None:
        """Note where the rest of the article stands."""
        if mark.onward:
            self.continues_on = mark.page
        else:
            self.continued_from = mark.page

    def byline(self) -> Byline | None:
        """Read the byline: its own lines, else what opens or ends the text in brackets."""
        own = [byline for block in self.bylines if (byline := _byline(block))]
        return _merged(own) or self._byline_in_text()

    def _byline_in_text(self) -> Byline | None:
        paragraphs = [block.text for section in self.sections for block in section.paragraphs]
        if not paragraphs:
            return None
        inside = _named_in_lead(paragraphs[0])
        if inside:
            return parse_byline(inside)
        signature = sign_off(paragraphs[-1])
        return parse_signature(signature) if signature else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A file read: masthead, articles, and the page's own lines found among them."""

    masthead: Masthead
    drafts: tuple[Draft, ...]
    furniture: tuple[str, ...]


def read_page(lines: Sequence[Line], *, continued: bool = False) -> Page:
    """Read the lines of a page into its masthead and articles; every character goes somewhere.

    Args:
        lines: of a page, or of a whole file without pages.
        continued: an article may go on here that began on the page before.
    """
    blocks = set_apart(heal(classify(make_blocks(lines))))
    openings = find_openings(blocks, continued=continued)
    if not any(_is_content(block) for block in blocks):
        # Nothing but lines of a page: they are all there is to read, so they are the text.
        openings, blocks = [], [replace(block, role=Role.BODY) for block in blocks]
    top = _top(blocks, openings, continued=continued)
    if not openings or openings[0].start > top:
        openings = [Opening(start=top, end=top, main=-1), *openings]
    furniture: list[str] = []
    bounds = [opening.start for opening in openings[1:]] + [len(blocks)]
    drafts = [
        _draft(blocks, opening, end, furniture)
        for opening, end in zip(openings, bounds, strict=True)
    ]
    for opening, draft in zip(openings, drafts, strict=True):
        _note_mark_above(blocks, opening.start, draft)
    masthead = read_masthead([b.text for b in blocks[:top] if not jump_of(b.text)])
    if masthead.date is None:
        masthead = replace(masthead, date=_date_below(blocks, openings[0]))
    kept = tuple(draft for draft in drafts if draft.headline or _has_text(draft))
    return Page(masthead=masthead, drafts=kept, furniture=tuple(furniture))


def _top(blocks: Sequence[Block], openings: Sequence[Opening], *, continued: bool) -> int:
    """Return where the masthead ends: at the first headline, or before any text of an article.

    A heading above all is one of the page, but where an article may go on from the page before.
    """
    limit = openings[0].start if openings else len(blocks)
    above = {Role.FURNITURE} if continued and limit == len(blocks) else {Role.FURNITURE, Role.HEAD}
    for at, block in enumerate(blocks[:limit]):
        if block.role not in above:
            return at
    return limit


def _is_content(block: Block) -> bool:
    return block.role is not Role.FURNITURE


def _has_text(draft: Draft) -> bool:
    parts = (draft.captions, draft.bylines, draft.sections[0].paragraphs, draft.sections[1:])
    return draft.dateline is not None or any(parts)


def _date_below(blocks: Sequence[Block], opening: Opening) -> str | None:
    """Return the date printed in the byline or page line right under the first headline."""
    below = blocks[opening.end : opening.end + 3]
    lines = [block.text for block in below if block.role in {Role.BYLINE, Role.FURNITURE}]
    return next((date for line in lines if (date := find_date(line))), None)


def _draft(blocks: Sequence[Block], opening: Opening, end: int, furniture: list[str]) -> Draft:
    """Give each block of an article its place in it."""
    draft = Draft()
    for at in range(opening.start, opening.end):
        if at == opening.main:
            draft.headline = blocks[at]
        else:
            draft.subheads.append(blocks[at])
    for block in _lists_as_text(blocks[opening.end : end]):
        mark = jump_of(block.text)
        if mark:
            draft.jump(mark)
        if mark or block.role is Role.FURNITURE:
            furniture.append(block.text)
            continue
        text, mark = cut_jump(block)
        if mark:
            draft.jump(mark)
            furniture.append(block.text.replace(text.text, ""))
        _place(draft, text)
    draft.sections = [part for part in draft.sections if part.heading or part.paragraphs] or [
        DraftSection()
    ]
    return draft


def _note_mark_above(blocks: Sequence[Block], start: int, draft: Draft) -> None:
    """Note a mark that stands above the headline of the continuation it belongs to."""
    for block in reversed(blocks[:start]):
        mark = jump_of(block.text) if block.role is Role.FURNITURE else None
        if block.role is not Role.FURNITURE or (mark and mark.onward):
            return
        if mark:
            draft.jump(mark)
            return


def _place(draft: Draft, block: Block) -> None:
    if block.role is Role.DATELINE and draft.dateline is None:
        draft.dateline, draft.dateline_block = parse_dateline(block.text), block
        if draft.dateline is None:
            draft.dateline_block = None
            draft.sections[-1].paragraphs.append(block)
    elif block.role is Role.BYLINE:
        draft.bylines.append(block)
    elif block.role is Role.CAPTION:
        draft.captions.append(block)
    elif block.role is Role.HEAD:
        draft.sections.append(DraftSection(heading=block))
    else:
        draft.sections[-1].paragraphs.append(block)


def _lists_as_text(blocks: Sequence[Block]) -> list[Block]:
    """Turn three or more headings in a row into text: they are a list, and head nothing.

    One in larger type heads the list below it.
    """
    result = list(blocks)
    start = 0
    for at in range(len(result) + 1):
        if at < len(result) and result[at].role is Role.HEAD and not result[at].level:
            continue
        if at - start >= 3:
            start += (result[start].size or 1.0) > _LARGER * (result[start + 1].size or 1.0)
            result[start:at] = [replace(block, role=Role.BODY) for block in result[start:at]]
        start = at + 1
    return result


def _byline(block: Block) -> Byline | None:
    """Read the byline in a block; names alone, where the reader knows that it is one."""
    names = block.text.strip("（()）")
    return parse_byline(block.text) or (parse_signature(names) if block.told else None)


def _merged(bylines: list[Byline]) -> Byline | None:
    """Make one byline of the lines of an article; `raw` keeps each on a line of its own."""
    if not bylines:
        return None
    reporters = dict.fromkeys(name for byline in bylines for name in byline.reporters)
    photos = dict.fromkeys(byline.photo for byline in bylines if byline.photo)
    return Byline(
        raw="\n".join(byline.raw for byline in bylines),
        reporters=tuple(reporters),
        photo="、".join(photos) or None,
        outlet=next((byline.outlet for byline in bylines if byline.outlet), None),
    )


def _named_in_lead(paragraph: str) -> str | None:
    """Return whom a news lead names: 本报讯（记者 某某）, 本报讯 记者某某报道."""
    if not is_wire_lead(paragraph):
        return None
    plain = _NAMED.search(fold(paragraph[:60]))
    if plain:
        return paragraph[slice(*plain.span("who"))]
    head = paragraph[:60]
    opened = min((at for mark in "（(" if (at := head.find(mark)) >= 0), default=-1)
    closed = min((at for mark in "）)" if (at := head.find(mark)) > opened), default=-1)
    inside = head[opened + 1 : closed] if 0 <= opened < closed else ""
    return inside if any(word in fold(inside) for word in ("记者", "通讯员", "作者")) else None
