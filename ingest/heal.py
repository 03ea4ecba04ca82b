"""Heals sentences that a page broke: joins their parts, and lifts out what stood between them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.blocks import Block, usual_gap
from ingest.classify import LONG
from ingest.cues import is_enumerated, is_wire_lead
from ingest.jumps import cut_jump
from ingest.masthead import is_page_number
from ingest.punctuation import (
    closes_quote,
    ends_closed,
    imbalance,
    join,
    runs_on,
    word_straddles,
)
from ingest.reading import Role

_REACH = 6
_MOST_BREAKS = 8
_STOPS = {Role.BYLINE, Role.DATELINE}


@dataclass(frozen=True, slots=True)
class _Join:
    score: float
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """What is usual in a file: paragraphs without a full stop, and blank lines between blocks."""

    strict: bool
    gap: int


def heal(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with broken paragraphs joined; no character is lost.

    A paragraph that stops in mid-sentence looks ahead for its other half. What it finds on the
    way is taken for a caption, marked as standing inside a sentence.
    """
    healed: list[Block | None] = list(blocks)
    file = _File(strict=_is_loose(blocks), gap=usual_gap(blocks))
    for at in range(len(healed)):
        for _ in range(_MOST_BREAKS):
            found = _continuation(healed, at, file=file)
            if found is None:
                break
            _merge(healed, at, found)
    return [block for block in healed if block is not None]


def _is_loose(blocks: Sequence[Block]) -> bool:
    """Say whether paragraphs of this file often lack a full stop, so that it shows no break."""
    bodies = [block for block in blocks if block.role is Role.BODY and len(block.text) >= LONG]
    unfinished = sum(not ends_closed(block.text) for block in bodies)
    return unfinished > max(5, 0.4 * len(bodies))


def _continuation(blocks: Sequence[Block | None], at: int, *, file: _File) -> int | None:
    """Return where the other half of an open paragraph stands, or None."""
    block = blocks[at]
    if block is None or not _is_open(block):
        return None
    best: _Join | None = None
    skipped: list[Block] = []
    looked = 0
    for other in range(at + 1, len(blocks)):
        candidate = blocks[other]
        if candidate is None:
            continue
        looked += 1
        if looked > _REACH or _is_boundary(candidate):
            break
        score = _score(block, candidate, skipped, file=file)
        if score is not None and (best is None or score > best.score):
            best = _Join(score, other)
        if len(candidate.text) > LONG or _is_broken_itself(candidate):
            break
        skipped.append(candidate)
    return best.at if best and best.score >= 0.5 else None


def _is_broken_itself(block: Block) -> bool:
    """Say whether a block is another paragraph that breaks off, and so no caption to jump."""
    return block.role is Role.BODY and _is_prose(block.text) and not ends_closed(block.text)


def _is_open(block: Block) -> bool:
    if block.role is not Role.BODY or len(block.text) < 6 or cut_jump(block)[1]:
        return False  # what goes on at another page does not go on here
    return not ends_closed(block.text) or imbalance(block.text[-2000:])[1] > 0


def _is_boundary(block: Block) -> bool:
    if block.role is Role.FURNITURE:
        return not is_page_number(block.text)
    return block.role in _STOPS or block.level is not None or is_wire_lead(block.text)


def _score(block: Block, other: Block, skipped: Sequence[Block], *, file: _File) -> float | None:
    """Weigh `other` as the continuation of `block`; None where it can be none."""
    if other.role in {Role.CAPTION, Role.FURNITURE}:
        return None
    hard = runs_on(block.text[-2000:], other.text[:2000])
    if ends_closed(block.text):
        # A quotation still open after a full stop: only a caption in it makes a break of it.
        closes = closes_quote(block.text[-2000:], other.text[:2000]) and other.text[0] not in "“「"
        return 1.0 if closes and skipped else None
    if not hard and (file.strict or other.indented or not _is_prose(block.text)):
        return None
    # Without evidence in the words no heading is swallowed, and one at most is jumped: a caption
    # without a full stop looks like a heading.
    if not hard and (other.role is Role.HEAD or not _may_be_jumped(skipped)):
        return None
    score = 3.0 if hard else 1.0
    return score + _shape(block, other, file.gap) - sum(_price(past) for past in skipped)


def _shape(block: Block, other: Block, gap: int) -> float:
    """Weigh how much a block looks like the rest of a paragraph, and how little like a caption."""
    score = 0.0
    if closes_quote(block.text[-2000:], other.text[:2000]):
        score += 3.0
    if len(other.text) >= 40:
        score += 1.5
    if "，" in other.text:
        score += 0.5
    elif _is_caption_shaped(other) and not _joins_words(block, other):
        score -= 1.0
    if other.role is Role.HEAD:
        score -= 1.0
    return score - (1.5 if _stands_alone(other, gap) else 0.0)


def _joins_words(block: Block, other: Block) -> bool:
    """Say whether the words on both sides of the break, and not one side alone, make them one."""
    left, right = block.text[-2000:], other.text[:2000]
    return word_straddles(left, right) or closes_quote(left, right)


def _is_caption_shaped(block: Block) -> bool:
    """Say whether a block is one short finished clause, as captions are."""
    return len(block.text) <= 30 and ends_closed(block.text) and "，" not in block.text


def _is_prose(text: str) -> bool:
    return len(text) >= 15 and ("，" in text or "。" in text)


def _may_be_jumped(skipped: Sequence[Block]) -> bool:
    heads = [block.text for block in skipped if block.role is Role.HEAD]
    return len(heads) <= 1 and all(len(text) <= 24 and not is_enumerated(text) for text in heads)


def _stands_alone(block: Block, gap: int) -> bool:
    short = len(block.text) <= LONG and ends_closed(block.text)
    return short and min(block.gap, block.gap_after) > gap


def _price(block: Block) -> float:
    """What jumping over a block costs: nothing for a caption, most for a heading."""
    if block.role in {Role.CAPTION, Role.FURNITURE}:
        return 0.0
    if block.role is Role.HEAD:
        return 1.0
    return 0.3 if _is_caption_shaped(block) else 0.8


def _merge(blocks: list[Block | None], at: int, other: int) -> None:
    """Join two blocks in place; those between become captions."""
    first, second = blocks[at], blocks[other]
    if first is None or second is None:
        return
    text = join(first.text, second.text)
    shift = len(text) - len(second.text)
    marks = first.marks + tuple((start + shift, box) for start, box in second.marks)
    blocks[at] = replace(first, text=text, marks=marks, gap_after=second.gap_after)
    blocks[other] = None
    for between in range(at + 1, other):
        past = blocks[between]
        if past is not None and past.role is not Role.FURNITURE:
            blocks[between] = replace(past, role=Role.CAPTION, mid_sentence=True)
