"""Makes blocks of lines: one paragraph, headline or caption each, hard-wrapped lines joined."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.bylines import parse_byline
from ingest.cues import ends_as_caption, is_caption, is_subtitle
from ingest.masthead import is_furniture, is_masthead
from ingest.normalise import repair_block
from ingest.places import parse_dateline
from ingest.punctuation import ends_closed, join
from ingest.reading import Line, Role
from store.articles import Box

_INDENT = re.compile(r"^(?:\u3000{1,2}|[ \u00a0\t]{2,8}|\t)(?=\S)")
_FAR = 9
_SOFT_HYPHEN = "\u00ad"  # where a word was broken at the end of a line


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a printed line stands, and how certain its characters are, where they may not be."""

    box: Box
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, headline, caption or other display text.

    Attributes:
        text: the block in one line, repaired.
        role: what it plays; BODY until it is classified.
        gap: blank lines before it; gap_after: behind it; `ruled` says that a rule stands above.
        level: heading level where the format marks headings; `told` says that the role was told
            by the reader.
        size: type size of its first line, 1.0 being running text.
        marks: where each of its printed lines begins in `text`, with its place on the page.
        mid_sentence: for a caption, that it stood inside a sentence.
        indented: it began with an indent, as a paragraph does.
    """

    text: str
    role: Role = Role.BODY
    gap: int = 0
    gap_after: int = 0
    ruled: bool = False
    level: int | None = None
    told: bool = False
    size: float | None = None
    marks: tuple[tuple[int, Spot], ...] = ()
    mid_sentence: bool = False
    indented: bool = False


def make_blocks(lines: Sequence[Line]) -> list[Block]:
    """Return the blocks of a file in reading order, with their gaps."""
    width = wrap_width([line for line in lines if line.joins is None])
    groups: list[list[Line]] = []
    torn: set[int] = set()
    for line in lines:
        at = _place_in(groups, line, width)
        if at is None:
            groups.append([line])
            continue
        if not ends_closed(groups[at][-1].text):
            torn.update(range(at + 1, len(groups)))
        groups[at].append(line)
    made = [replace(_block(group), mid_sentence=at in torn) for at, group in enumerate(groups)]
    blocks = [block for block in made if block.text]
    return [
        replace(block, gap_after=blocks[at + 1].gap if at + 1 < len(blocks) else _FAR)
        for at, block in enumerate(blocks)
    ]


def _place_in(groups: Sequence[list[Line]], line: Line, width: int | None) -> int | None:
    """Return which block a line goes on with; None where it begins one.

    Where the reader knows that it goes on, captions printed in between do not part it.
    """
    if not groups:
        return None
    last = len(groups) - 1
    if not line.joins:
        wrapped = line.joins is None and width and _continues(groups[last], line, width)
        return last if wrapped else None
    while last > 0 and _role_of(groups[last]) is Role.CAPTION and line.role is not Role.CAPTION:
        last -= 1
    if _role_of(groups[last]) is not line.role or _parts_display(groups[last], line):
        return None
    return last


def _role_of(group: Sequence[Line]) -> Role | None:
    return group[0].role


def _parts_display(group: Sequence[Line], line: Line) -> bool:
    """Say whether a byline or dateline ends or begins here, which no paragraph runs into."""
    if line.role is not None or len(line.text) > 60:
        return False
    above = "".join(part.text.strip() for part in group[-2:])
    if parse_byline(above) or parse_dateline(above):
        whole = above + line.text.strip()
        if parse_dateline(above) and parse_byline(line.text.strip()):
            return True
        return not (parse_byline(whole) or parse_dateline(whole))
    return parse_byline(line.text.strip()) is not None and ends_closed(above)


def usual_gap(blocks: Sequence[Block]) -> int:
    """Return how many blank lines stand between most blocks of a file, one at least."""
    gaps = Counter(block.gap for block in blocks[1:])
    return max(gaps.most_common(1)[0][0], 1) if gaps else 1


def wrap_width(lines: Sequence[Line]) -> int | None:
    """Return the width a whole file was hard-wrapped at, or None where it was not.

    Wrapped: half of its lines or more are about as long as each other, they are short, and most
    of those followed by a line without a blank one between stop in the middle of a sentence.
    """
    lengths = sorted(len(line.text.strip()) for line in lines if len(line.text.strip()) >= 8)
    if len(lengths) < 5:
        return None
    width = lengths[int(len(lengths) * 0.8)]
    if sum(_is_full(length, width) for length in lengths) >= 0.45 * len(lengths):
        return width if _breaks_off(lines, width, 0.85) else None
    # A short file has few full lines; but then none is longer than they are.
    return lengths[-1] if _breaks_off(lines, lengths[-1], 0.95) else None


def _breaks_off(lines: Sequence[Line], width: int, share: float) -> bool:
    """Say whether lines of about this width mostly stop in mid-sentence and go on below."""
    if not 12 <= width <= 60:
        return False
    followed = [
        line
        for line, after in pairwise(lines)
        if after.gap == 0 and share * width <= len(line.text.strip()) <= 1.15 * width
    ]
    unfinished = sum(not ends_closed(line.text) for line in followed)
    return len(followed) >= 3 and unfinished >= 0.6 * len(followed)


def _is_full(length: int, width: int) -> bool:
    return 0.85 * width <= length <= 1.15 * width


def _continues(group: list[Line], line: Line, width: int) -> bool:
    """Say whether a line goes on with the block above it, in a hard-wrapped file."""
    above = group[-1]
    if line.gap or line.level or above.level or line.role or _INDENT.match(line.text):
        return False
    filled = len(above.text.strip())
    if filled < 0.85 * width:
        return False
    if len(group) == 1 and _is_display(above.text.strip(), width):
        return filled >= width - 1 and _goes_on(above.text.strip(), line.text.strip(), width)
    if _is_display(line.text.strip(), width):
        return False
    if not ends_closed(above.text):
        return True
    # A full line that ends a sentence: a short line without an end behind it is a heading, for
    # no paragraph ends like that; else the paragraph goes on if the line was quite full.
    short = len(line.text.strip()) < 0.85 * width
    return filled >= width - 1 and (ends_closed(line.text) or not short)


def _goes_on(above: str, line: str, width: int) -> bool:
    """Say whether a full display line needs a short one below it to be whole."""
    if ends_closed(above) or len(line) > 0.6 * width:
        return False
    whole = above + line
    if is_subtitle(above):
        return not _is_display(line, width)
    return parse_byline(whole) is not None or ends_as_caption(whole)


def _is_display(text: str, width: int) -> bool:
    """Say whether a line is a byline, dateline or the like, which no paragraph runs into."""
    if is_subtitle(text) or is_furniture(text) or text.startswith(("▲", "△", "▼")):
        return True
    if parse_dateline(text) is not None or (is_caption(text) and len(text) < width):
        return True
    return parse_byline(text) is not None or (is_masthead(text) and len(text) < width)


def _block(group: Sequence[Line]) -> Block:
    """Join the lines of one block; a space kept at a break is a space of the text."""
    text = ""
    marks: list[tuple[int, Spot]] = []
    for line in group:
        part = line.text.strip()
        spaced = text and (line.text[:1] == " " or text[-1:] == " ")
        if text.endswith(_SOFT_HYPHEN):
            text = text[:-1] + part
        else:
            text = text.rstrip() + " " + part if spaced else join(text, part)
        if line.box:
            spot = Spot(box=line.box, confidence=line.confidence)
            marks.append((len(text) - len(part), spot))
        if _ends_with_one_space(line.text):
            text += " "
    first = group[0]
    return Block(
        text=repair_block(text.rstrip(_SOFT_HYPHEN)),
        role=first.role or Role.BODY,
        told=first.role is not None,
        gap=first.gap,
        ruled=first.ruled,
        level=first.level,
        size=first.size,
        marks=tuple(marks),
        indented=_INDENT.match(first.text) is not None
        or (first.joins is False and first.box is not None),
    )


def _ends_with_one_space(text: str) -> bool:
    return text[-1:] in {" ", "\u3000"} and text[-2:-1] not in {" ", "\u3000"}
