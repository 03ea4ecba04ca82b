"""Small PDF files written by hand: Latin type of the standard fonts, which any reader can draw."""

import zlib
from collections.abc import Sequence

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def pdf(
    pages: Sequence[str],
    *,
    size: tuple[float, float] = (400, 500),
    extra: str = "",
) -> bytes:
    """Return a PDF whose pages have these content streams; `extra` goes into each page."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        FONT,
    ]
    for at, content in enumerate(pages):
        bodies.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size[0]} {size[1]}]"
            f"/Resources<</Font<</F 3 0 R>>>>/Contents {5 + 2 * at} 0 R{extra}>>".encode()
        )
        stream = zlib.compress(content.encode("latin-1"))
        head = f"<</Length {len(stream)}/Filter/FlateDecode>>stream\n".encode()
        bodies.append(head + stream + b"\nendstream\n")
    return made(bodies)


def made(bodies: Sequence[bytes]) -> bytes:
    """Return the PDF of these objects, numbered from 1; the first is its catalogue."""
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += f"{number} 0 obj".encode() + body + b"endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        data
        + (
            f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}"
            f"trailer<</Size {len(bodies) + 1}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF"
        ).encode()
    )


def pictured(width: int, height: int, *, in_form: bool = False) -> bytes:
    """Return a page of text, and one of a white picture of so many pixels of one bit."""
    packer = zlib.compressobj(9)
    row = b"\xff" * (-(-width // 8))
    pixels = b"".join([*(packer.compress(row) for _ in range(height)), packer.flush()])
    words = lines("row", 6).encode()
    placed = b"q 400 0 0 500 0 0 cm /I Do Q"
    picture = (
        f"<</Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 1"
        f"/ColorSpace/DeviceGray/Filter/FlateDecode/Length {len(pixels)}>>stream\n"
    ).encode()
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 400 500]/Resources<</XObject<</I 7 0 R>>>>"
    shown = b"<</I 8 0 R>>" if in_form else b"<</I 7 0 R>>"
    box = b"/Parent 2 0 R/MediaBox[0 0 400 500]/Resources<<"
    return made(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
            b"<</Type/Page" + box + b"/Font<</F 9 0 R>>>>/Contents 5 0 R>>",
            b"<</Type/Page" + box + b"/XObject" + shown + b">>/Contents 6 0 R>>",
            _stream(b"<<", words),
            _stream(b"<<", placed),
            picture + pixels + b"\nendstream\n",
            _stream(form, placed),
            FONT,
        ]
    )


def _stream(head: bytes, content: bytes) -> bytes:
    return head + f"/Length {len(content)}>>stream\n".encode() + content + b"\nendstream\n"


def text(words: str, x: float, y: float, size: float = 11, before: str = "") -> str:
    """Return what prints words with their baseline at a point; `before` sets colour or mode."""
    return f"q {before} BT /F {size} Tf {x} {y} Td ({words}) Tj ET Q\n"


def lines(first: str, count: int, y: float = 440) -> str:
    """Return lines of running text that begin with a word of their own."""
    tail = "neighbours met in the yard and talked about the lamps again"
    return "".join(text(f"{first}{at} {tail}", 40, y - 15 * at) for at in range(count))
