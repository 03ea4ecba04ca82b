"""What the pages of a file repeat at their top and foot: its title, its chapter, its maker."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.layout.printed import Printed, PrintedPage

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_MARGIN = 0.1  # of the page's height
_SHORT = 60
_TELLING = 5  # characters: fewer may stand in any line


def part_repeated(
    document: "PdfDocument", page: PrintedPage
) -> tuple[PrintedPage, list[str], list[str]]:
    """Part from a page what the page before or behind it prints in the same margin.

    Returns the page without it, what was printed at its head and what at its foot.
    """
    top, foot = _MARGIN * page.height, (1 - _MARGIN) * page.height
    edges = {line for line in page.lines if line.y1 < top or line.y0 > foot}
    if not edges or len(document) < 2:
        return page, [], []
    near = [other for other in (page.number - 2, page.number) if 0 <= other < len(document)]
    margins = "\n".join(_margins(document, other) for other in near)
    repeated = [line for line in page.lines if line in edges and is_repeated(line, margins)]
    kept = tuple(line for line in page.lines if line not in repeated)
    head = [line.text for line in repeated if line.y1 < top]
    return replace(page, lines=kept), head, [line.text for line in repeated if line.y1 >= top]


def _margins(document: "PdfDocument", index: int) -> str:
    import pypdfium2 as pdfium

    try:
        page = document[index]
    except pdfium.PdfiumError:  # a damaged page costs its neighbours nothing
        return ""
    left, bottom, right, top = page.get_bbox()
    reach = _MARGIN * (top - bottom)
    text = page.get_textpage()
    upper = text.get_text_bounded(left, top - reach, right, top)
    lower = text.get_text_bounded(left, bottom, right, bottom + reach)
    page.close()
    return f"{upper}\n{lower}"


def is_repeated(line: Printed, margins: str) -> bool:
    """Say whether a margin prints a line, too; a few characters must be all there is of one."""
    plain = _plain(line.text)
    if not 2 <= len(plain) <= _SHORT or re.search(r"[^\W#]", plain) is None:
        return False
    if len(plain) < _TELLING:
        return plain in {_plain(part) for part in re.split(r"\s+", margins)}
    return plain in _plain(margins)


def _plain(text: str) -> str:
    """Return text without white space, each number made equal."""
    return re.sub(r"\d+", "#", re.sub(r"[^\S\n]", "", text))
