"""The characters of a PDF page where they are seen: page rotation and crop taken into account."""

import ctypes
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

_FINE = 64  # parts of a point that pdfium's whole device units are asked for in
_FAR = 1000.0
_LINE_END_HYPHENS = {0x2, 0xFFFE}
_SPACES = {0x20, 0xA0, 0x3000, 0x9}
_UNSEEN = {0x0, 0xA, 0xD, 0xAD, 0x200B, 0xFEFF}


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """One character, in points of the page as it is shown, origin at the top left.

    Attributes:
        text: the character; "\u00ad" is a hyphen that a Latin word was broken at.
        x0, y0, x1, y1: its box.
        x, baseline: where it is set.
        em: its type size.
        angle: how its line is turned, in degrees, 0 for upright.
        face: the name of its font, if it has one; weight: 100 to 900, 0 where not known.
        shade: how light it is filled, 0 (black) to 255 (white).
        drawn: it is painted at all: neither invisible nor fully transparent.
        spaced: a space comes before it in the text; `typed`: one that is in the file and was
            not inferred from a gap.
        order: its place in the order of drawing.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    x: float
    baseline: float
    em: float
    angle: float
    face: str
    weight: int
    shade: float
    drawn: bool
    spaced: bool
    typed: bool
    order: int


@dataclass(frozen=True, slots=True)
class _Style:
    """What all characters of one text object share."""

    face: str
    weight: int
    shade: float
    drawn: bool
    scale: float
    angle: float


class Place:
    """From the page's own units to points as shown: crop box and rotation are in it."""

    def __init__(self, page: "PdfPage") -> None:
        """Ask pdfium where three points of the page come to stand."""
        import pypdfium2.raw as pdf

        width, height = page.get_size()
        x, y = ctypes.c_int(), ctypes.c_int()
        found: list[tuple[float, float]] = []
        for at in ((0.0, 0.0), (_FAR, 0.0), (0.0, _FAR)):
            pdf.FPDF_PageToDevice(
                page, 0, 0, round(width * _FINE), round(height * _FINE), 0, *at, x, y
            )
            found.append((x.value / _FINE, y.value / _FINE))
        (self._x, self._y), right, up = found
        self._right = ((right[0] - self._x) / _FAR, (right[1] - self._y) / _FAR)
        self._up = ((up[0] - self._x) / _FAR, (up[1] - self._y) / _FAR)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the page is shown."""
        return (
            self._x + x * self._right[0] + y * self._up[0],
            self._y + x * self._right[1] + y * self._up[1],
        )

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Return where a box of the page is shown: left, top, right, bottom."""
        a, b = self.point(x0, y0), self.point(x1, y1)
        return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])

    def angle(self, right: float, up: float) -> float:
        """Return how a direction is turned on the page as shown, in degrees."""
        x = right * self._right[0] + up * self._up[0]
        y = right * self._right[1] + up * self._up[1]
        return math.degrees(math.atan2(y, x))


def read_characters(page: "PdfPage", place: Place) -> list[Character]:
    """Return the characters of a page in the order they are drawn."""
    import pypdfium2.raw as pdf

    text = page.get_textpage()
    styles: dict[int, _Style] = {}
    found: list[Character] = []
    rectangle, x, y = pdf.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    spaced = typed = False
    for at in range(text.count_chars()):
        code = pdf.FPDFText_GetUnicode(text, at)
        if code in _SPACES:
            spaced, typed = True, typed or not pdf.FPDFText_IsGenerated(text, at)
        if code in _SPACES or code in _UNSEEN:
            continue
        if not pdf.FPDFText_GetLooseCharBox(text, at, rectangle):
            continue
        pdf.FPDFText_GetCharOrigin(text, at, x, y)
        owner = pdf.FPDFText_GetTextObject(text, at)
        key = ctypes.cast(owner, ctypes.c_void_p).value or 0
        if key not in styles:
            styles[key] = _style(text, at, place)
        style = styles[key]
        size = pdf.FPDFText_GetFontSize(text, at)
        edges = (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        left, top, right, bottom = place.box(*edges)
        set_x, baseline = place.point(x.value, y.value)
        found.append(
            Character(
                text=_text(text, at, code),
                x0=left, y0=top, x1=right, y1=bottom, x=set_x, baseline=baseline,
                em=max(size * style.scale, 0.01), angle=style.angle, face=style.face,
                weight=style.weight, shade=style.shade, drawn=style.drawn, spaced=spaced,
                typed=typed, order=len(found),
            )
        )  # fmt: skip
        spaced = typed = False
    return found


def _text(text: "PdfTextPage", at: int, code: int) -> str:
    """Return a character; pdfium marks the hyphen at the end of a line with codes of its own."""
    import pypdfium2.raw as pdf

    if code not in _LINE_END_HYPHENS:
        return chr(code)
    before = chr(pdf.FPDFText_GetUnicode(text, at - 1)) if at else ""
    return "\u00ad" if before.isascii() and before.isalpha() else "-"


def _style(text: "PdfTextPage", at: int, place: Place) -> _Style:
    """Read how a character is set; all of its text object are set alike."""
    import pypdfium2.raw as pdf

    owner = pdf.FPDFText_GetTextObject(text, at)
    matrix = pdf.FS_MATRIX()
    if not pdf.FPDFText_GetMatrix(text, at, matrix):
        matrix.a = matrix.d = 1.0
    name = ctypes.create_string_buffer(256)
    pdf.FPDFText_GetFontInfo(text, at, name, 256, ctypes.c_int())
    red, green, blue, alpha = (ctypes.c_uint(255) for _ in range(4))
    colour = pdf.FPDFText_GetFillColor(text, at, red, green, blue, alpha)
    shade = 0.299 * red.value + 0.587 * green.value + 0.114 * blue.value if colour else 0.0
    mode = pdf.FPDFTextObj_GetTextRenderMode(owner) if owner else 0
    return _Style(
        face=name.value.decode("utf-8", "replace"),
        weight=max(pdf.FPDFText_GetFontWeight(text, at), 0),
        shade=shade,
        drawn=mode not in {3, 7} and not (colour and alpha.value < 8),
        scale=math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c)) or 1.0,
        angle=place.angle(matrix.a, matrix.b),
    )
