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
from ingest.pdf.drawings import largest_picture, read_drawings
from ingest.pdf.ink import part_seen
from ingest.pdf.margins import part_repeated
from ingest.pdf.opening import opened
from ingest.pdf.runs import runs_of
from ingest.pdf.turning import turned, turned_picture, upright_angle
from ingest.reading import Line, Reading, ReadPage, Role, Unreadable

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfPage

LABEL = "PDF（.pdf）"

_BROKEN = "PDF 文件不完整或已损坏，请重新下载或重新导出后再收入。"
_LOCKED = "PDF 设有打开密码，请去掉密码后再收入。"
_SEALED = "PDF 的加密方式不能读取，请去掉加密后再收入。"
_EMPTY = "PDF 里没有页面，请检查文件是否完整。"
_TOO_MANY = "PDF 有 {0} 页，超过 {1} 页的上限，请拆分后再收入。"
_MISSING = "PDF 标明有 {0} 页，只找到前 {1} 页，请检查文件是否完整。"
_DAMAGED = "PDF 的第 {0} 页已损坏，没有收入，请重新导出后再收入。"
_TOO_HEAVY = "PDF 的第 {0} 页需要的内存超过上限，没有收入，请缩小图片后重新导出。"
_TOO_LARGE = (
    "PDF 的第 {0} 页有 {1}×{2} 像素的图片，超过 {3:g} 万像素的上限，没有收入，请缩小后重新导出。"
)
_LONGEST = 2400  # pixels: the page is rendered once, for the ink on it and as its picture
_FINEST = 200 / 72  # pixels a point: finer nothing more is to be seen
_MOST_SCANNED = 20_000_000  # pixels of a page that is to be recognised
_PDFIUM = threading.Lock()  # it must not be called from two threads at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings of the PDF reader.

    Attributes:
        max_pages: a file with more pages is rejected.
        max_pixels: a page with a picture of more pixels is left out undecoded, and no page is
            drawn with more.
        ocr_threads: threads that recognising text in pictures may use (1 or more).
    """

    max_pages: int = 1000
    max_pixels: int = 100_000_000
    ocr_threads: int = 2


class PdfReader:
    """Opens PDF files; each page is read when it is asked for."""

    def __init__(self, config: Config) -> None:
        """Keep the settings."""
        self._config = config

    def read(self, data: bytes) -> Reading | Unreadable:
        """Open a PDF and count its pages, or say why that cannot be done."""
        import pypdfium2 as pdfium

        most = self._config.max_pages
        with _PDFIUM:
            try:
                found = opened(data, most)
            except (pdfium.PdfiumError, ValueError, OSError) as error:
                return Unreadable(reason=_why(error))
        if found.said < 1 and found.pages < 1:
            return Unreadable(reason=_EMPTY)
        if found.pages < 1:
            return Unreadable(reason=_BROKEN)
        if found.pages > most:
            said = max(found.said, found.pages)
            return Unreadable(reason=_TOO_MANY.format(said, most))
        return Reading(
            format="pdf",
            pages=found.pages,
            page=lambda number: self._page(found.document, number),
            lost=_MISSING.format(found.said, found.pages) if found.pages < found.said else "",
        )

    def _page(self, document: "PdfDocument", number: int) -> ReadPage | Unreadable:
        import pypdfium2 as pdfium

        try:
            with _PDFIUM:
                page = document[number - 1]
                try:
                    found = self._looked_at(document, page, number)
                finally:
                    page.close()
        except (pdfium.PdfiumError, ValueError, OSError, OverflowError):
            return ReadPage(lines=(), lost=_DAMAGED.format(number))
        except MemoryError:
            return ReadPage(lines=(), lost=_TOO_HEAVY.format(number))
        if isinstance(found, ReadPage):
            return found
        from ingest.ocr import read_scan

        return read_scan(found, number, self._config.ocr_threads)

    def _looked_at(
        self, document: "PdfDocument", page: "PdfPage", number: int
    ) -> "ReadPage | Image":
        """Read a page by its text layer, or return what is to be recognised."""
        most = self._config.max_pixels
        width, height = largest_picture(page)
        if width * height > most:
            lost = _TOO_LARGE.format(number, width, height, most / 10_000)
            return ReadPage(lines=(), lost=lost)
        picture = _render(page, _scale(*page.get_size()), most)
        read = _read_text(document, page, number, picture)
        return read or _render(page, _scan_scale(page), most)


def build(config: Config) -> PdfReader:
    """Make the reader."""
    return PdfReader(config)


def _why(error: Exception) -> str:
    import pypdfium2.raw as pdf

    code = getattr(error, "err_code", None)
    if code == pdf.FPDF_ERR_PASSWORD or "password" in str(error):
        return _LOCKED
    return _SEALED if code == pdf.FPDF_ERR_SECURITY else _BROKEN


def _read_text(
    document: "PdfDocument", page: "PdfPage", number: int, picture: "Image"
) -> ReadPage | None:
    """Read a page by its text layer; None where it is to be recognised instead."""
    width, height = page.get_size()
    place = Place(page)
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


def _render(page: "PdfPage", scale: float, most: int) -> "Image":
    """Draw a page, smaller than asked for where it would have more than `most` pixels."""
    width, height = page.get_size()
    scale = min(scale, math.sqrt(most / max(width * height, 1.0)))
    bitmap = page.render(scale=scale)
    picture: Image = bitmap.to_pil().copy()
    bitmap.close()
    return picture
