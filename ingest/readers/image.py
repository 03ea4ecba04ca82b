"""Reads pictures of pages: photos, scans, screenshots; a TIFF may hold several pages."""

import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.ocr import read_scan
from ingest.reading import Reading, ReadPage, Unreadable

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

LABEL = "图片（.jpg、.png、.webp、.tiff、.gif、.bmp）"

_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "AVIF")
_APPLE = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_LEAST = 16  # pixels: less holds no line of Chinese type
_SHORT_SIDE = 4500  # pixels; a newspaper page has as many at 300 dpi, and more tell nothing new
_REDUCED = 0x1  # TIFF: the page is a small copy of another
# All that Pillow raises on bytes that are no picture, or not the whole of one.
_BAD = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, ArithmeticError,
    RuntimeError, AttributeError, MemoryError, EOFError, Warning, struct.error, zlib.error,
)  # fmt: skip

_TOO_SMALL = "图片太小（{0}×{1} 像素），看不清文字，请换一张清晰的图片。"
_TOO_LARGE = "图片有 {0}×{1} 像素，超过 {2:g} 万像素的上限，请缩小后再收入。"
_BROKEN = "图片已损坏或不完整，请重新保存或拍摄后再收入。"
_HEIC = "暂不能读取 HEIC 格式的图片，请在手机或电脑上另存为 JPG 后再收入。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings of the image reader.

    Attributes:
        max_pixels: a picture with more pixels is rejected undecoded.
        ocr_threads: threads that recognising text may use (1 or more).
    """

    max_pixels: int = 100_000_000
    ocr_threads: int = 2


class ImageReader:
    """Opens a picture and recognises the text of its pages, one at a time."""

    def __init__(self, config: Config) -> None:
        """Keep the settings."""
        self._config = config

    def read(self, data: bytes) -> Reading | Unreadable:
        """Look at the size and the number of pages; nothing is decoded yet."""
        from PIL.Image import DecompressionBombError

        if data[4:8] == b"ftyp" and data[8:12] in _APPLE:
            return Unreadable(reason=_HEIC)
        try:
            with _opened(data) as picture:
                refused = self._refusal(picture)
                frames = _frames(picture)
        except DecompressionBombError:
            return Unreadable(reason="图片的像素数超过上限，请缩小后再收入。")
        except _BAD:
            return Unreadable(reason=_BROKEN)
        if refused:
            return refused
        return Reading(
            format="image",
            pages=len(frames),
            page=lambda number: self._page(data, frames[number - 1], number),
        )

    def _page(self, data: bytes, frame: int, number: int) -> ReadPage | Unreadable:
        from PIL.Image import DecompressionBombError

        try:
            with _opened(data) as picture:
                if frame:
                    picture.seek(frame)
                refused = self._refusal(picture)
                if refused:
                    return refused
                shown = as_seen(picture)
        except (DecompressionBombError, *_BAD):
            return Unreadable(reason=_BROKEN)
        return read_scan(shown, number, self._config.ocr_threads)

    def _refusal(self, picture: "ImageFile") -> Unreadable | None:
        width, height = picture.size
        if min(width, height) < _LEAST:
            return Unreadable(reason=_TOO_SMALL.format(width, height))
        if width * height > self._config.max_pixels:
            limit = self._config.max_pixels / 10_000
            return Unreadable(reason=_TOO_LARGE.format(width, height, limit))
        return None


def build(config: Config) -> ImageReader:
    """Make the reader."""
    from PIL.Image import DecompressionBombWarning

    # Pillow warns where its own limit is passed; ours is looked at before anything is decoded.
    warnings.filterwarnings("ignore", category=DecompressionBombWarning)
    return ImageReader(config)


def as_seen(picture: "Image") -> "Image":
    """Decode a picture as a viewer shows it: the right way up, on white, in grey or colour.

    Args:
        picture: opened, not yet decoded. Raises what Pillow raises where it is damaged.
    """
    from PIL import Image, ImageOps

    density = picture.info.get("dpi", (1, 1))
    picture.load()
    shown = ImageOps.exif_transpose(picture)
    if shown.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in shown.info:
        shown = shown.convert("RGBA")
        shown = Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown)
    elif shown.mode in {"I", "F"} or shown.mode.startswith("I;"):
        shown = _eight_bits(shown)
    shown = shown.convert("L" if shown.mode in {"1", "L"} else "RGB")
    return _sized(shown, density)


def _opened(data: bytes) -> "ImageFile":
    from PIL import Image

    Image.init()
    # Pillow may have been built without one of them.
    return Image.open(io.BytesIO(data), formats=[each for each in _FORMATS if each in Image.OPEN])


def _frames(picture: "ImageFile") -> tuple[int, ...]:
    """Return the pages: the frames of a TIFF that are no small copies, else the first frame."""
    if picture.format != "TIFF":
        return (0,)
    kept: list[int] = []
    for frame in range(getattr(picture, "n_frames", 1)):
        picture.seek(frame)
        tags = getattr(picture, "tag_v2", {})
        if not int(tags.get(254, 0)) & _REDUCED:
            kept.append(frame)
    picture.seek(0)
    return tuple(kept) or (0,)


def _eight_bits(picture: "Image") -> "Image":
    """Return a picture of 16 or 32 bits a pixel in 8, from its darkest to its lightest grey."""
    import numpy as np
    from PIL import Image

    levels = np.asarray(picture, np.float32)
    low, high = float(levels.min()), float(levels.max())
    scaled = (levels - low) * (255 / max(high - low, 1e-6))
    return Image.fromarray(scaled.astype(np.uint8))


def _sized(picture: "Image", density: tuple[float, float]) -> "Image":
    """Return a picture with square pixels (a fax has none), no larger than is of use."""
    width, height = picture.size
    across, down = (float(value) for value in density)
    if across > 0 and down > 0 and 1.2 < max(across / down, down / across) < 4:
        width = round(width * max(down / across, 1))
        height = round(height * max(across / down, 1))
    scale = min(1.0, _SHORT_SIDE / min(width, height))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return picture if size == picture.size else picture.resize(size, reducing_gap=2.0)
