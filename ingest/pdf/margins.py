"""What the pages of a file repeat at their top and foot: its title, its chapter, its maker."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.layout.printed import Printed, PrintedPage

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_MARGIN = 0.1  # of the page's height
_SHORT = 60


def part_repeated(document: "PdfDocument", page: PrintedPage) -> tuple[PrintedPage, list[str]]:
    """Part from a page what the page before or behind it prints in the same margin."""
    top, foot = _MARGIN * page.height, (1 - _MARGIN) * page.height
    edges = {line for line in page.lines if line.y1 < top or line.y0 > foot}
    if not edges or len(document) < 2:
        return page, []
    near = [other for other in (page.number - 2, page.number) if 0 <= other < len(document)]
    margins = "\n".join(_margins(document, other) for other in near)
    repeated = {line for line in edges if _is_in(line, margins)}
    kept = tuple(line for line in page.lines if line not in repeated)
    return replace(page, lines=kept), [line.text for line in page.lines if line in repeated]


def _margins(document: "PdfDocument", index: int) -> str:
    page = document[index]
    left, bottom, right, top = page.get_bbox()
    reach = _MARGIN * (top - bottom)
    text = page.get_textpage()
    upper = text.get_text_bounded(left, top - reach, right, top)
    lower = text.get_text_bounded(left, bottom, right, bottom + reach)
    page.close()
    return _plain(f"{upper}\n{lower}")


def _is_in(line: Printed, margins: str) -> bool:
    plain = _plain(line.text)
    return (
        2 <= len(plain) <= _SHORT and re.search(r"[^\W#]", plain) is not None and plain in margins
    )


def _plain(text: str) -> str:
    """Return text without white space, each number made equal."""
    return re.sub(r"\d+", "#", re.sub(r"[^\S\n]", "", text))
