"""Reads PDF files page by page: the text layer where it can be trusted, else what is seen."""

import math
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.layout.lines import lines_of
from ingest.layout.picture import page_image
from ingest.layout.printed import PrintedPage
from ingest.masthead import is_masthead
from ingest.pdf.characters import Character, Place, read_characters
from ingest.pdf.choice import is_to_be_recognised
from ingest.pdf.drawings import read_drawings
from ingest.pdf.ink import part_seen
from ingest.pdf.margins import part_repeated
from ingest.pdf.runs import runs_of
from ingest.pdf.turning import turned, turned_picture, upright_angle
from ingest.reading import Line, Reading, ReadPage, Role, Unreadable

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfPage

LABEL = "PDF（.pdf）"

_BROKEN = "PDF 文件不完整或已损坏，请重新下载或重新导出后再收入。"
_LONGEST = 2400  # pixels: the page is rendered once, for the ink on it and as its picture
_FINEST = 200 / 72  # pixels a point: finer nothing more is to be seen
_MOST_SCANNED = 20_000_000  # pixels of a page that is to be recognised
_PDFIUM = threading.Lock()  # it must not be called from two threads at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings of the PDF reader.

    Attributes:
        max_pages: a file with more pages is rejected.
        ocr_threads: threads that recognising text in pictures may use (1 or more).
    """

    max_pages: int = 1000
    ocr_threads: int = 2


class PdfReader:
    """Opens PDF files; each page is read when it is asked for."""

    def __init__(self, config: Config) -> None:
        """Keep the settings."""
        self._config = config

    def read(self, data: bytes) -> Reading | Unreadable:
        """Open a PDF and count its pages, or say why that cannot be done."""
        import pypdfium2 as pdfium

        with _PDFIUM:
            try:
                document = pdfium.PdfDocument(data)
                pages = len(document)
            except (pdfium.PdfiumError, ValueError, OSError) as error:
                return Unreadable(reason=_why(error))
        if pages < 1:
            return Unreadable(reason="PDF 里没有页面，请检查文件是否完整。")
        if pages > self._config.max_pages:
            most = self._config.max_pages
            return Unreadable(reason=f"PDF 有 {pages} 页，超过 {most} 页的上限，请拆分后再收入。")
        return Reading(format="pdf", pages=pages, page=lambda number: self._page(document, number))

    def _page(self, document: "PdfDocument", number: int) -> ReadPage | Unreadable:
        import pypdfium2 as pdfium

        unreadable = Unreadable(reason=f"PDF 的第 {number} 页已损坏，请重新导出后再收入。")
        try:
            with _PDFIUM:
                page = document[number - 1]
                try:
                    found = _read_text(document, page, number)
                    scan = None if found else _render(page, _scan_scale(page))
                finally:
                    page.close()
        except (pdfium.PdfiumError, ValueError, OSError, MemoryError, OverflowError):
            return unreadable
        if found:
            return found
        if scan is None:
            return unreadable
        from ingest.ocr import read_scan

        return read_scan(scan, number, self._config.ocr_threads)


def build(config: Config) -> PdfReader:
    """Make the reader."""
    return PdfReader(config)


def _why(error: Exception) -> str:
    import pypdfium2.raw as pdf

    if getattr(error, "err_code", None) == pdf.FPDF_ERR_PASSWORD or "password" in str(error):
        return "PDF 设有打开密码，请去掉密码后再收入。"
    return _BROKEN


def _read_text(document: "PdfDocument", page: "PdfPage", number: int) -> ReadPage | None:
    """Read a page by its text layer; None where it is to be recognised instead."""
    width, height = page.get_size()
    place = Place(page)
    picture = _render(page, _scale(width, height))
    characters = read_characters(page, place)
    seen, hidden = part_seen(characters, picture, width, height)
    frames, pictures = read_drawings(page, place)
    text, unseen = _text(seen), _text(hidden)
    if is_to_be_recognised(text, unseen, pictures, picture, width * height):
        return None
    angle = upright_angle(seen)
    straight = [each for each in seen if abs(each.angle - angle) < 10]
    slanted = [each for each in seen if abs(each.angle - angle) >= 10]
    printed = PrintedPage(
        number=number,
        width=width,
        height=height,
        lines=(),
        frames=frames,
        pictures=pictures,
    )
    printed, straight = turned(printed, straight, angle)
    printed = replace(printed, lines=runs_of(straight))
    printed, head, foot = part_repeated(document, printed)
    # What names paper, date or page is read with the rest of the page's head.
    named = [text for text in head if is_masthead(text)]
    foot += [text for text in head if text not in named]
    lines = (*_furniture(named), *lines_of(printed), *_furniture([*foot, _text(slanted)]))
    image = page_image(turned_picture(picture, angle), number)
    return ReadPage(lines=lines, image=image, hidden=unseen)


def _furniture(texts: Sequence[str]) -> list[Line]:
    counted = Counter(text.strip() for text in texts if text.strip())
    return [Line(text=text, gap=2, role=Role.FURNITURE, joins=False) for text in counted]


def _text(characters: Sequence[Character]) -> str:
    """Return characters as one string, with the spaces printed between them."""
    return "".join(" " * each.spaced + each.text for each in characters).strip()


def _scale(width: float, height: float) -> float:
    return min(_LONGEST / max(width, height, 1.0), _FINEST)


def _scan_scale(page: "PdfPage") -> float:
    """A scan is looked at as large as it is: enlarging blurs its type, and helps none of it."""
    import pypdfium2.raw as pdf

    width, height = page.get_size()
    scale = min(_FINEST, math.sqrt(_MOST_SCANNED / max(width * height, 1.0)))
    for image in page.get_objects(filter=[pdf.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) > 0.8 * width * height:
            own = float(image.get_px_size()[0]) / (right - left)
            return float(max(min(scale, own), 0.6 * scale))
    return scale


def _render(page: "PdfPage", scale: float) -> "Image":
    bitmap = page.render(scale=scale)
    picture: Image = bitmap.to_pil().copy()
    bitmap.close()
    return picture
