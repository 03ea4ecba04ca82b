"""Gives every block its role: headline or heading, dateline, byline, caption, body, furniture."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.blocks import Block, usual_gap
from ingest.bylines import is_credit, parse_byline, parse_signature
from ingest.cues import (
    bullet,
    is_caption,
    is_enumerated,
    is_heading_shaped,
    is_headline_question,
    is_related_label,
    is_wire_lead,
)
from ingest.masthead import is_furniture, is_masthead, is_page_number
from ingest.places import parse_dateline
from ingest.punctuation import ends_closed, is_stump, rests_on, runs_on
from ingest.reading import Role

LONG = 45
"""From this length a block is running text, and no caption or heading."""

_MOST_ABOVE = 16
"""No masthead has more lines."""

_PROSE_OPENS = re.compile(
    "为了?|随着|通过|由于|如果|只要|虽然|尽管|据|经过?|自从?|截至|目前|近年来|近日|[今去前]年|每|记者|社区"
)
_CREDIT = ("图", "摄影", "供图", "配图", "圖", "攝影")
_ARTICLE_OPENS = {Role.DATELINE, Role.BYLINE}


def classify(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with their roles, each judged by its shape and then by its neighbours."""
    first_body = next(
        (at for at, block in enumerate(blocks) if len(block.text) >= LONG or _is_told_body(block)),
        len(blocks),
    )
    first_body = min(first_body, _MOST_ABOVE)
    typed = [_typed(block, above=at < first_body) for at, block in enumerate(blocks)]
    typed = [_as_list_item(typed, at) for at in range(len(typed))]
    typed = [_as_credit_line(typed, at) for at in range(len(typed))]
    typed = _without_related(typed)
    typed = [_as_signature(typed, at) for at in range(len(typed))]
    typed = [_as_broken_paragraph(typed, at) for at in range(len(typed))]
    typed = [_as_question_headline(typed, at) for at in range(len(typed))]
    return _set_off_captions(_without_empty_sections(typed))


def _is_told_body(block: Block) -> bool:
    return block.told and block.role is Role.BODY


def _typed(block: Block, *, above: bool) -> Block:
    """Judge one block by its own shape; `above` says that no running text came yet."""
    if block.told:
        return block
    if block.level:
        return replace(block, role=Role.HEAD)
    return replace(block, role=_role(block.text, above=above))


def _role(text: str, *, above: bool) -> Role:
    if len(text) > 150:
        return Role.BODY
    if is_furniture(text) or is_page_number(text):
        return Role.FURNITURE
    byline = parse_byline(text)
    if byline:
        return Role.CAPTION if is_credit(byline) else Role.BYLINE
    tests = (
        (Role.DATELINE, parse_dateline(text) is not None),
        (Role.FURNITURE, above and is_masthead(text)),
        (Role.CAPTION, is_caption(text)),
        (Role.HEAD, is_heading_shaped(text)),
    )
    return next((role for role, fits in tests if fits), Role.BODY)


def _as_broken_paragraph(blocks: Sequence[Block], at: int) -> Block:
    """Turn what looks like a heading into body where it breaks off and a block behind goes on."""
    block = blocks[at]
    if block.role is not Role.HEAD or block.level or block.told or len(block.text) < 12:
        return block
    if "，" not in block.text and (len(block.text) < 20 or " " in block.text):
        return block
    if _is_clauses(blocks, at) or _is_cut_by_caption(blocks, at):
        return replace(block, role=Role.BODY)
    headed = False
    for after in blocks[at + 1 : at + 5]:
        headed = headed or after.role is Role.HEAD
        if len(after.text) <= LONG and after.role is not Role.BODY:
            continue
        row = is_stump(after.text) and not headed
        hangs = not headed and runs_on(block.text, after.text)
        if row or hangs or rests_on(block.text, after.text):
            return replace(block, role=Role.BODY)
        if len(after.text) > LONG:
            break
    return block


def _is_clauses(blocks: Sequence[Block], at: int) -> bool:
    """Say whether a line within running text has more clauses than a heading has."""
    text = blocks[at].text
    if text.count("，") < 2 or len(text) < 20 or is_enumerated(text):
        return False
    return at > 0 and blocks[at - 1].role is Role.BODY


def _is_cut_by_caption(blocks: Sequence[Block], at: int) -> bool:
    """Say whether a line below a heading and above a caption is prose that the caption cut.

    A second heading would stand right on its text.
    """
    text = blocks[at].text
    if len(text) < 20 or is_enumerated(text) or at + 2 >= len(blocks) or not at:
        return False
    above, below = blocks[at - 1].role, blocks[at + 1].role
    if above is not Role.HEAD or below is not Role.CAPTION:
        return False
    if not any(block.role is Role.BODY and len(block.text) >= LONG for block in blocks[:at]):
        return False
    return text.count("，") >= 2 or ("，" in text and _PROSE_OPENS.match(text) is not None)


def _as_list_item(blocks: Sequence[Block], at: int) -> Block:
    """Turn what looks like a heading into body where it is one of a list with bullets."""
    block = blocks[at]
    mark = bullet(block.text)
    if block.role is not Role.HEAD or block.level or block.told or not mark:
        return block
    near = [blocks[other] for other in (at - 1, at + 1) if 0 <= other < len(blocks)]
    alike = any(bullet(other.text) == mark and len(other.text) <= LONG for other in near)
    return replace(block, role=Role.BODY) if alike else block


def _as_credit_line(blocks: Sequence[Block], at: int) -> Block:
    """Turn a credit (图片：某某) right at a byline into a part of it, and of no picture."""
    block = blocks[at]
    if block.role is not Role.CAPTION or block.told or not block.text.startswith(_CREDIT):
        return block
    byline = parse_byline(block.text)
    near = [blocks[other].role for other in (at - 1, at + 1) if 0 <= other < len(blocks)]
    if byline and is_credit(byline) and Role.BYLINE in near:
        return replace(block, role=Role.BYLINE)
    return block


def _as_signature(blocks: Sequence[Block], at: int) -> Block:
    """Turn names alone in brackets, in a line of their own below a text, into its byline."""
    block = blocks[at]
    if block.told or block.role not in {Role.HEAD, Role.BODY} or not 4 <= len(block.text) <= 24:
        return block
    if block.text[0] not in "（(" or block.text[-1] not in "）)" or not at:
        return block
    above, after = blocks[at - 1], blocks[at + 1] if at + 1 < len(blocks) else None
    ends = above.role is Role.BODY and ends_closed(above.text)
    last = after is None or after.role is not Role.BODY
    signed = ends and last and parse_signature(block.text[1:-1]) is not None
    return replace(block, role=Role.BYLINE, told=True) if signed else block


def _without_related(blocks: Sequence[Block]) -> list[Block]:
    """Give a web page its lists of other articles back: their label, and titles without a text."""
    result = list(blocks)
    for at, block in enumerate(blocks):
        if block.told or not is_related_label(block.text):
            continue
        end = at + 1
        while end < len(blocks) and _is_title(blocks[end]):
            end += 1
        after = blocks[end] if end < len(blocks) else None
        # Titles with a text behind them open an article of their own.
        listed = end if after is None or after.role is Role.FURNITURE else at + 1
        for other in range(at, listed):
            result[other] = replace(blocks[other], role=Role.FURNITURE)
    return result


def _is_title(block: Block) -> bool:
    short = len(block.text) <= 48 and "。" not in block.text
    return short and not block.told and block.role in {Role.HEAD, Role.BODY}


def _without_empty_sections(blocks: Sequence[Block]) -> list[Block]:
    """Turn what looks like a heading into text where its type is not larger and nothing follows.

    Only on a page, where the type is known: who signs a document, and when, ends it.
    """
    result = list(blocks)
    for at in range(len(blocks) - 1, -1, -1):
        block = result[at]
        if block.role is not Role.HEAD or block.told or (block.size or 9) >= 1.1:
            continue
        aside = {Role.FURNITURE, Role.CAPTION}
        after = next((b for b in result[at + 1 :] if b.role not in aside), None)
        ends = after is None or after.ruled or (after.role is Role.BODY and len(after.text) < 12)
        text_above = any(b.role is Role.BODY and len(b.text) >= LONG for b in result[:at])
        if ends and text_above:
            result[at] = replace(block, role=Role.BODY)
    return result


def _as_question_headline(blocks: Sequence[Block], at: int) -> Block:
    """Turn a short question or exclamation into a headline where an article opens behind it."""
    block = blocks[at]
    if block.role is not Role.BODY or block.told or not is_headline_question(block.text):
        return block
    after = blocks[at + 1] if at + 1 < len(blocks) else None
    before = blocks[at - 1] if at else None
    opens = after is not None and (after.role in _ARTICLE_OPENS or is_wire_lead(after.text))
    follows = before is None or before.role in {Role.BYLINE, Role.FURNITURE}
    if opens or (follows and after is not None and len(after.text) >= LONG):
        return replace(block, role=Role.HEAD)
    return block


def _set_off_captions(blocks: Sequence[Block]) -> list[Block]:
    """Turn short clauses that stand alone between running text into captions.

    Alone: more blank lines on both sides than blocks of this file have as a rule; below another
    caption these are its own.
    """
    usual = usual_gap(blocks)
    return [
        replace(block, role=Role.CAPTION)
        if block.role is Role.BODY
        and not block.told
        and 4 <= len(block.text) <= 30
        and ends_closed(block.text)
        and min(block.gap, block.gap_after) > usual
        and 0 < at < len(blocks) - 1
        and blocks[at - 1].role is not Role.CAPTION
        else block
        for at, block in enumerate(blocks)
    ]
