"""Finds where articles begin: the runs of headlines that open one, and the main line of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.blocks import Block
from ingest.cues import is_enumerated, is_wire_lead, sign_off
from ingest.jumps import cut_jump, jump_of
from ingest.leading import below_series, main_of
from ingest.masthead import names_paper_or_page
from ingest.reading import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The headlines that open an article: half-open range of blocks, and which is the main one."""

    start: int
    end: int
    main: int


def find_openings(blocks: Sequence[Block], *, continued: bool = False) -> list[Opening]:
    """Return where each article opens, in order; empty where no headline is to be found.

    On a page that may be `continued` from another, the first headlines open an article only where
    they would do so below an article, too.
    """
    runs = _runs(blocks)
    level = _article_level(blocks, runs)
    openings: list[Opening] = []
    body_since = False
    position = 0
    for start, end in runs[_first_run(blocks, runs) :]:
        body_since = body_since or any(_is_running(block) for block in blocks[position:start])
        if continued and not openings and not _is_page_of_paper(blocks[:start]):
            opens = _is_headline_sized(blocks[start:end]) or _lead_follows(blocks, end)
        else:
            opens = _opens(
                blocks, (start, end), level=level, body_since=body_since, first=not openings
            )
        if opens:
            openings.append(_opening(blocks, start, end, first=not openings, level=level))
            body_since = False
        position = end
    return openings


def _first_run(blocks: Sequence[Block], runs: Sequence[tuple[int, int]]) -> int:
    """Return which run may open the first article: one below the paper's name and page line.

    A lone date between two runs is no such line: it is printed below a headline, too.
    """
    for number, ((_, end), (start, _)) in enumerate(pairwise(runs)):
        between = blocks[end:start]
        if any(block.role is not Role.FURNITURE for block in between):
            return number
        if not any(names_paper_or_page(block.text) for block in between):
            return number
    return max(len(runs) - 1, 0)


def _is_page_of_paper(above: Sequence[Block]) -> bool:
    """Say whether the lines above the first headline are those of a newspaper page."""
    if any(_is_running(block) for block in above):
        return False
    return any(block.role is Role.FURNITURE and names_paper_or_page(block.text) for block in above)


def _is_headline_sized(heads: Sequence[Block]) -> bool:
    """Say whether type is so large, for so many characters, that it heads no mere section."""
    return any(
        (size := block.size or 1.0) >= 1.5 and len(block.text) >= (8 if size < 1.9 else 4)
        for block in heads
    )


def _is_running(block: Block) -> bool:
    return block.role is Role.BODY and len(block.text) >= 20


def _runs(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Return each longest row of headline-shaped blocks, as half-open ranges."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for at, block in enumerate([*blocks, None]):
        is_head = block is not None and block.role is Role.HEAD
        if is_head and start is None:
            start = at
        elif not is_head and start is not None:
            runs.append((start, at))
            start = None
    return runs


def _article_level(blocks: Sequence[Block], runs: Sequence[tuple[int, int]]) -> int | None:
    """Return the heading level of articles in a marked-up file.

    The highest level, unless it titles the whole file: it stands once and first, and those of
    the next level open articles with a dateline, a byline or a news lead of their own.
    """
    levels = sorted({block.level for block in blocks if block.level})
    if not levels:
        return None
    tops = [at for at, block in enumerate(blocks) if block.level == levels[0]]
    if len(tops) > 1 or len(levels) == 1:
        return levels[0] if len(tops) == 1 or _opens_articles(blocks, runs, levels[0]) else None
    return levels[1] if _opens_articles(blocks, runs, levels[1]) else levels[0]


def _opens_articles(blocks: Sequence[Block], runs: Sequence[tuple[int, int]], level: int) -> bool:
    """Say whether most headings of a level have what opens an article behind them."""
    ends = [end for start, end in runs if any(b.level == level for b in blocks[start:end])]
    opening = sum(
        _lead_follows(blocks, end) or _sub_heads_follow(blocks, end, level) for end in ends
    )
    return len(ends) >= 2 and 2 * opening > len(ends)


def _sub_heads_follow(blocks: Sequence[Block], end: int, level: int) -> bool:
    """Say whether headings of a lower level come before the next of this one."""
    for block in blocks[end:]:
        if block.level:
            return block.level > level
    return False


def _lead_follows(blocks: Sequence[Block], end: int) -> bool:
    """Say whether a dateline, a byline with text behind it, a news lead or 上接 comes next."""
    after = [block for block in blocks[end : end + 4] if block.role is not Role.CAPTION]
    if not after:
        return False
    if after[0].role is Role.DATELINE or is_wire_lead(after[0].text):
        return True
    if jump_of(after[0].text) or cut_jump(after[0])[1]:
        return True
    texts = [block for block in after[1:] if block.role in {Role.BODY, Role.DATELINE, Role.HEAD}]
    return after[0].role is Role.BYLINE and bool(texts)


def _opens(
    blocks: Sequence[Block],
    run: tuple[int, int],
    *,
    level: int | None,
    body_since: bool,
    first: bool,
) -> bool:
    """Say whether a run of headlines opens an article, and not a section of one."""
    start, end = run
    levels = [block.level for block in blocks[start:end] if block.level]
    if level is not None and levels:
        return min(levels) <= level
    if first and not body_since:
        return True
    if is_enumerated(blocks[start].text):
        return False
    if blocks[start].ruled and body_since:
        return True
    if _is_headline_sized(blocks[start:end]):
        return True
    ended = _ended_before(blocks, start) or (end - start > 1 and _is_news_item(blocks, start))
    return _lead_follows(blocks, end) or (body_since and ended)


def _is_news_item(blocks: Sequence[Block], end: int) -> bool:
    """Say whether the text right above, up to its headline, is a news item: it has no sections."""
    first: Block | None = None
    for block in reversed(blocks[:end]):
        if block.role is Role.HEAD:
            break
        first = block if block.role is Role.BODY else first
    return first is not None and is_wire_lead(first.text)


def _ended_before(blocks: Sequence[Block], start: int) -> bool:
    """Say whether the article above has ended: with its byline, a sign-off, or its page."""
    for block in reversed(blocks[max(0, start - 4) : start]):
        if block.role is Role.CAPTION:
            continue
        if block.role is Role.BODY:
            return sign_off(block.text) is not None or cut_jump(block)[1] is not None
        return block.role in {Role.BYLINE, Role.FURNITURE}
    return False


def _opening(
    blocks: Sequence[Block], start: int, end: int, *, first: bool, level: int | None
) -> Opening:
    """Choose the main headline of a run; leave what belongs to the page above the first one."""
    # A numbered heading right below a headline heads the first part of the text.
    numbered = (at for at in range(start + 1, end) if _is_part(blocks[at]))
    end = next(numbered, end)
    if first:
        start = below_series(blocks, start, end, level)
    return Opening(start=start, end=end, main=main_of(blocks, start, end))


def _is_part(block: Block) -> bool:
    return block.level is None and not block.told and is_enumerated(block.text)
