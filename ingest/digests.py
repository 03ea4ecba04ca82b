"""Parts of a page that are no article: a guide to other pages, and the label over short items."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.blocks import Block
from ingest.cues import fold, is_column_label
from ingest.reading import Role

_POINTER = re.compile(
    r"^[^。；]{2,44}?(?:[>＞»▶►→…·.\s]+|[（(【\[／/]\s*)(?:详?见|导读)?\s*第?\s*[A-Z]?\d{1,3}\s*版?(?:[\-—~、]\d{1,3})?版?\s*[）)】\]]?$"
)
_NAMED = re.compile(r"(?:简讯|快讯|短讯|简报|速递|播报|要闻|集锦|短波|动态|快报|传真|点击|扫描)$")
_LABEL = 6  # characters: a longer line over several items is a headline
_LEAST = 3  # items under one label
_ITEM = 300  # characters: a longer text is no short item
_SAME = 0.06  # of their size: headings of items are set alike


def set_apart(blocks: Sequence[Block]) -> list[Block]:
    """Give guides and labels back to the page, and set off the items under a label."""
    return _items_set_off(_without_guides(blocks))


def _without_guides(blocks: Sequence[Block]) -> list[Block]:
    """Turn lines that name a page behind them, and the short label over them, into furniture."""
    result = list(blocks)
    for at, block in enumerate(blocks):
        if not _is_pointer(block):
            continue
        result[at] = replace(block, role=Role.FURNITURE)
        above = blocks[at - 1] if at else None
        if above and above.role is Role.HEAD and len(above.text) <= _LABEL:
            result[at - 1] = replace(above, role=Role.FURNITURE)
    return result


def _is_pointer(block: Block) -> bool:
    if block.role not in {Role.HEAD, Role.BODY} or len(block.text) > 60:
        return False
    return block.text[-1:] in "版）)】]" and "版" in block.text and bool(_POINTER.match(block.text))


def _items_set_off(blocks: Sequence[Block]) -> list[Block]:
    """Open an article at each heading under a short label, where it has one short text."""
    result = list(blocks)
    for at, block in enumerate(blocks):
        items = _items_under(blocks, at) if _is_label(block) else []
        if len(items) >= _LEAST:
            result[at] = replace(block, role=Role.FURNITURE)
            for item in items:
                result[item] = replace(blocks[item], ruled=True)
    return result


def _is_label(block: Block) -> bool:
    if block.role is not Role.HEAD or not block.size:
        return False
    plain = fold(block.text)
    named = _NAMED.search(plain) is not None and len(plain) <= 2 * _LABEL
    return named or len(plain) <= _LABEL or is_column_label(block.text)


def _items_under(blocks: Sequence[Block], label: int) -> list[int]:
    """Return the headings that follow a label, each with a short text of its own below it."""
    size = blocks[label].size or 1.0
    items: list[int] = []
    length = 0
    for at in range(label + 1, len(blocks)):
        block = blocks[at]
        if block.role is Role.HEAD:
            own = block.size or 1.0
            first = blocks[items[0]].size or 1.0 if items else own
            if own >= size or abs(own - first) > _SAME * first or (items and not length):
                break
            items.append(at)
            length = 0
        elif not items or block.role is Role.DATELINE:
            break
        elif block.role is Role.BODY:
            length += len(block.text)
            if length > _ITEM:
                return items[:-1]
    return items if length else items[:-1]
