"""A page as the picture that is shown beside its text: no larger than a screen needs, in WebP."""

import io
from typing import TYPE_CHECKING

from store.reports import PageImage

if TYPE_CHECKING:
    from PIL.Image import Image

_LONGEST = 2000  # pixels; at this size the body type of a newspaper page can still be read
_NARROWEST = 700  # pixels that a long screenshot keeps across, or nothing on it could be read
_LIMIT = 16_000  # pixels along one side: WebP holds no more than 16,383
_QUALITY = 60


def page_image(picture: "Image", number: int) -> PageImage:
    """Encode a page; `number` counts from 1. A picture with transparency is laid on white."""
    from PIL import Image

    shown = picture
    if shown.mode in {"RGBA", "LA", "PA", "P"}:
        shown = shown.convert("RGBA")
        white = Image.new("RGBA", shown.size, "white")
        shown = Image.alpha_composite(white, shown)
    shown = shown.convert("L" if shown.mode in {"1", "L", "I", "F", "I;16"} else "RGB")
    size = _size(*shown.size)
    if size != shown.size:
        shown = shown.resize(size, reducing_gap=2.0)
    kept = io.BytesIO()
    shown.save(kept, "WEBP", quality=_QUALITY)
    return PageImage(page=number, width=shown.width, height=shown.height, data=kept.getvalue())


def _size(width: int, height: int) -> tuple[int, int]:
    shorter, longer = min(width, height), max(width, height)
    scale = max(_LONGEST / longer, min(_NARROWEST / shorter, _LIMIT / longer))
    scale = min(scale, 1.0, _LIMIT / longer)
    return max(1, round(width * scale)), max(1, round(height * scale))
