"""Opens a PDF and finds the pages that can be reached, however many the file says it has."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_COUNT = re.compile(rb"/Count(\s*-?\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A PDF that could be opened.

    Attributes:
        document: it.
        pages: how many pages there are, up to the last one that can be reached.
        said: how many there are by the file's own word.
    """

    document: "PdfDocument"
    pages: int
    said: int


def opened(data: bytes, most: int) -> Opened:
    """Open a PDF and count the pages that can be reached; raises PdfiumError where it cannot.

    pdfium believes the number that the page tree gives and looks no further: pages beyond it would
    be lost unseen, and pages short of it be taken for damaged ones. Where that number is 0 it goes
    through the tree itself.

    Args:
        data: the file's bytes.
        most: pages of use; it is not counted far beyond them.
    """
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(data)
    found = Opened(document=document, pages=_reached(document, most), said=len(document))
    if sum(1 for _ in _PAGE.finditer(data)) <= found.pages:
        return found
    # Pages that an editor took out stay in the file, too: the tree has the last word.
    counted = pdfium.PdfDocument(_COUNT.sub(lambda told: b"/Count" + _zero(told[1]), data))
    again = Opened(document=counted, pages=_reached(counted, most), said=found.said)
    kept, other = (again, found) if again.pages > found.pages else (found, again)
    other.document.close()
    return kept


def _zero(number: bytes) -> bytes:
    """Return nought as long as a number, so that nothing in the file moves."""
    return b" 0".ljust(len(number)) if len(number) > 1 else b"0"


def _reached(document: "PdfDocument", most: int) -> int:
    """Return the number of the last page that is there; at most one more than `most`."""
    import pypdfium2.raw as pdf

    size = pdf.FS_SIZEF()
    looked_at = range(min(len(document), most + 1))
    return max(
        (at + 1 for at in looked_at if pdf.FPDF_GetPageSizeByIndexF(document, at, size)), default=0
    )
