"""Tells tables of figures from those that only lay a page out, and writes them row by row."""

from ingest.markup.tree import Element, elements, text_of
from ingest.normalise import repair_characters

_LONGEST_CELL = 80
_BETWEEN = "｜"
_LAID_OUT = {"table", "img", "article", "h1", "h2", "h3", "founder-content"}


def rows_of(table: Element) -> list[str]:
    """Return the rows of a table of figures or words; none where it only lays out a page.

    A table of that kind has two rows and two columns at least, and short cells throughout.
    """
    if any(element.tag in _LAID_OUT for element in elements(table) if element is not table):
        return []
    rows = [
        [repair_characters(text_of(cell, "")) for cell in elements(row, "td", "th")]
        for row in elements(table, "tr")
    ]
    rows = [row for row in rows if any(row)]
    if len(rows) < 2 or max(len(row) for row in rows) < 2:
        return []
    if any(len(cell) > _LONGEST_CELL for row in rows for cell in row):
        return []
    return [*_heading(table), *(_BETWEEN.join(row) for row in rows)]


def _heading(table: Element) -> list[str]:
    return [text for found in table.findall("caption") if (text := text_of(found))]
