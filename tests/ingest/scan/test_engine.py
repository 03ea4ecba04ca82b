"""What a line may say where its characters are doubted, and how sure its reading is then."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from ingest.scan.engine import engine
from tests.ingest.typeset import font


def line(text: str, *, blur: float = 0.0, grain: float = 0.0) -> Image.Image:
    """Draw a line of small type, as a bad scanner gives it back."""
    picture = Image.new("L", (18 * len(text) + 16, 32), 240)
    ImageDraw.Draw(picture).text((8, 4), text, font=font(17), fill=40)
    picture = picture.filter(ImageFilter.GaussianBlur(blur))
    noise = np.random.default_rng(4).normal(0, grain, (picture.height, picture.width))
    return Image.fromarray(np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8))


def read(picture: Image.Image) -> tuple[str, float, int]:
    pixels = np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])
    [found] = engine(2).read([pixels])
    return found.text, found.confidence, len(found.places)


@pytest.mark.parametrize("text", ["居民议事会商量路灯", "第12号楼（北门）有3盏灯", "周沐桐摄"])
def test_a_clear_line_is_read_as_it_is_printed(text: str) -> None:
    found, confidence, places = read(line(text))
    assert found == text
    assert confidence > 0.9
    assert places == len(text)


def test_a_line_that_is_hard_to_read_is_told_with_less_confidence() -> None:
    text = "居民议事会商量路灯"
    found, confidence, places = read(line(text, blur=1.3, grain=14))
    assert confidence < read(line(text))[1]
    assert places == len(found)


def test_a_strip_without_type_reads_as_nothing() -> None:
    assert read(Image.new("L", (200, 32), 240)) == ("", 0.0, 0)
