"""The frames, rules and pictures that a PDF page draws."""

from typing import TYPE_CHECKING

from ingest.layout.printed import Rectangle
from ingest.pdf.characters import Place

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_MOST = 5_000
_DEPTH = 3


def read_drawings(
    page: "PdfPage", place: Place
) -> tuple[tuple[Rectangle, ...], tuple[Rectangle, ...]]:
    """Return the frames and rules of a page, and its pictures, in points as shown.

    A page with more drawings than any frame is made of (a map, a chart) is looked at in part.
    """
    import pypdfium2 as pdfium
    import pypdfium2.raw as pdf

    width, height = page.get_size()
    frames: dict[Rectangle, None] = {}
    pictures: dict[Rectangle, None] = {}
    wanted = [pdf.FPDF_PAGEOBJ_PATH, pdf.FPDF_PAGEOBJ_IMAGE, pdf.FPDF_PAGEOBJ_SHADING]
    for count, drawing in enumerate(page.get_objects(filter=wanted, max_depth=_DEPTH)):
        if count >= _MOST:
            break
        try:
            box = place.box(*drawing.get_bounds())
        except pdfium.PdfiumError:
            continue
        seen = Rectangle(
            x0=max(box[0], 0.0), y0=max(box[1], 0.0), x1=min(box[2], width), y1=min(box[3], height)
        )
        if seen.width < 0 or seen.height < 0 or max(seen.width, seen.height) < 3:
            continue
        (pictures if drawing.type == pdf.FPDF_PAGEOBJ_IMAGE else frames)[seen] = None
    return tuple(frames), tuple(pictures)


def largest_picture(page: "PdfPage") -> tuple[int, int]:
    """Return width and height in pixels of the page's largest picture; nothing is decoded."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as pdf

    largest = (0, 0)
    for picture in page.get_objects(filter=[pdf.FPDF_PAGEOBJ_IMAGE]):
        try:
            width, height = picture.get_px_size()
        except pdfium.PdfiumError:
            continue
        largest = max(largest, (width, height), key=lambda size: size[0] * size[1])
    return largest
