"""A picture of a page turned upright, its type found and read, and laid out as lines."""

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ingest.layout.lines import lines_of
from ingest.layout.picture import page_image
from ingest.layout.printed import PrintedPage
from ingest.layout.recognised import printed
from ingest.layout.skew import Quads, lean, lengths, level, mostly_down, move, quarter, runs_down
from ingest.reading import ReadPage, Unreadable
from ingest.scan.cut import cut_out, smooth
from ingest.scan.drawn import drawn
from ingest.scan.engine import Engine, Pixels, ReadLine, engine
from ingest.scan.find import find_lines, joined
from ingest.scan.read import read_lines

if TYPE_CHECKING:
    from PIL.Image import Image

_SURE = 0.75  # confidence that type reads with when it stands the right way up
_SAMPLE = 5  # lines that tell which way up a page stands
_STILL = 0.05  # degrees: not worth turning a page for


def read_scan(picture: "Image", number: int, threads: int) -> ReadPage | Unreadable:
    """Read one page that is a picture; a page without text is a page without lines.

    Args:
        picture: the page, best at 150 to 200 dpi, in a mode that Pillow turns into RGB.
        number: its page number, from 1.
        threads: threads that recognising may use, 1 or more.
    """
    try:
        models = engine(threads)
    except ImportError:
        return Unreadable(
            reason="识别图片里的文字需要软件包，请运行 pip install rapidocr onnxruntime 后重试。"
        )
    upright, page = recognise(picture, number, models)
    read = ReadPage(lines=lines_of(page), image=page_image(upright, number))
    _give_back()
    return read


def recognise(picture: "Image", number: int, models: Engine) -> tuple["Image", PrintedPage]:
    """Return a page turned upright, and what is printed on it, in the pixels of that."""
    from PIL import Image

    pixels = np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])
    quads = find_lines(pixels, models)
    pixels, quads = _stand_up(pixels, quads, models)
    pixels, quads = _set_level(pixels, quads)
    quads = joined(quads)
    found = read_lines(smooth(pixels, quads), quads, models)
    height, width = pixels.shape[:2]
    frames, pictures = drawn(pixels, quads)
    page = PrintedPage(
        number=number,
        width=width,
        height=height,
        lines=printed(found),
        frames=frames,
        pictures=pictures,
    )
    return Image.fromarray(np.ascontiguousarray(pixels[:, :, ::-1])), page


def _give_back() -> None:
    """Have freed memory go back to the system, where its allocator can be told to.

    Each line is of another size: freed room lies in pieces that glibc would keep, more of them
    with every page of a long scan.
    """
    import ctypes

    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def _stand_up(pixels: Pixels, quads: Quads, models: Engine) -> tuple[Pixels, Quads]:
    """Turn a picture by quarters until its type stands upright, if it lies or hangs."""
    cuts = [cut_out(pixels, quad) for quad in _longest(quads)]
    as_is = _confidence(models.read(cuts))
    turned = 0.0
    if as_is < _SURE:
        turned = _confidence(models.read([_upside_down(cut) for cut in cuts]))
    if turned > as_is + 0.1:
        quarters = 3 if mostly_down(quads) else 2
    else:
        quarters = 1 if mostly_down(quads) and not _set_vertically(cuts, models) else 0
    if not quarters:
        return pixels, quads
    height, width = pixels.shape[:2]
    stood = np.ascontiguousarray(np.rot90(pixels, quarters))
    return stood, quarter(quads, width, height, quarters)


def _set_vertically(cuts: Sequence[Pixels], models: Engine) -> bool:
    """Say whether lines that run down are set so: their characters stand upright one by one.

    `cuts` were laid on their left side to be read. Each is cut into its characters, and these are
    set side by side as they stand on the page.
    """
    rows: list[Pixels] = []
    for cut, line in zip(cuts, models.read(cuts), strict=True):
        parts = min(max(len(line.places), 1), cut.shape[1])
        cells = np.array_split(np.rot90(cut, -1), parts, axis=0)
        least = min(cell.shape[0] for cell in cells)
        rows.append(np.ascontiguousarray(np.hstack([cell[:least] for cell in cells])))
    return _confidence(models.read(rows)) >= _SURE


def _set_level(pixels: Pixels, quads: Quads) -> tuple[Pixels, Quads]:
    import cv2

    degrees = lean(quads)
    if abs(degrees) < _STILL:
        return pixels, quads
    height, width = pixels.shape[:2]
    motion, wide, high = level(width, height, degrees)
    paper = [float(value) for value in np.median(pixels[::16, ::16].reshape(-1, 3), axis=0)]
    turned = cv2.warpAffine(pixels, motion, (wide, high), flags=cv2.INTER_CUBIC, borderValue=paper)
    return np.asarray(turned, np.uint8), move(quads, motion)


def _longest(quads: Quads) -> Quads:
    running = quads[runs_down(quads) == mostly_down(quads)]
    order = np.argsort(-lengths(running).max(axis=1))
    return np.asarray(running[order[:_SAMPLE]], np.float32)


def _upside_down(cut: Pixels) -> Pixels:
    return np.ascontiguousarray(np.rot90(cut, 2))


def _confidence(lines: Sequence[ReadLine]) -> float:
    return float(np.mean([line.confidence for line in lines])) if lines else 1.0
