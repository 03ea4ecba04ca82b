"""The picture of a page that is shown beside its text."""

import io

import pytest
from PIL import Image

from ingest.layout.picture import page_image


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ((1000, 1400), (1000, 1400)),
        ((2339, 3307), (1415, 2000)),
        ((1080, 20_000), (700, 12_963)),
        ((1080, 60_000), (288, 16_000)),
        ((300, 9_000), (300, 9_000)),
    ],
)
def test_a_page_is_no_larger_than_a_screen_needs_and_a_long_one_can_still_be_read(
    given: tuple[int, int], kept: tuple[int, int]
) -> None:
    image = page_image(Image.new("L", given, "white"), 4)
    assert (image.page, image.width, image.height) == (4, *kept)
    with Image.open(io.BytesIO(image.data)) as shown:
        assert shown.format == "WEBP"
        assert shown.size == kept


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "CMYK", "RGB"])
def test_a_picture_of_any_mode_is_kept(mode: str) -> None:
    assert page_image(Image.new(mode, (40, 30)), 1).width == 40
