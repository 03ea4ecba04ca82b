"""What is read of lines as they are found: marks just off their ends are theirs, no more is."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from ingest.layout.recognised import Recognised
from ingest.scan.cut import fitted, ink_height
from ingest.scan.engine import Pixels, engine
from ingest.scan.read import read_lines
from tests.ingest.typeset import font

EM = 14


def page(*texts: tuple[int, str], noise: float = 0.0) -> Pixels:
    """Draw texts from where they begin in one row, as a coarse scan gives them back."""
    picture = Image.new("L", (560, 60), 240)
    for start, text in texts:
        ImageDraw.Draw(picture).text((start, 20), text, font=font(EM), fill=40)
    clear = np.asarray(picture.filter(ImageFilter.GaussianBlur(0.5)), np.float64)
    spoilt = clear + np.random.default_rng(4).normal(0, noise, clear.shape)
    grey = np.clip(spoilt, 0, 255).astype(np.uint8)
    return np.repeat(grey[:, :, None], 3, axis=2)


def found(pixels: Pixels, left: float, right: float) -> tuple[Recognised, ...]:
    """Read one line, found from left to right with as much blank as around small type."""
    middle = 20 + 0.62 * EM
    top, bottom = middle - EM * 0.95, middle + EM * 0.95
    quad = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    return read_lines(pixels, quad[None], engine(2))


def test_a_stop_after_a_quotation_mark_is_read_where_the_line_was_found_without_it() -> None:
    text = "居民把这里叫作“会客厅”。"
    end = 40 + EM * (len(text) - 1)
    [line] = found(page((40, text), noise=14), 37, end - 3)
    assert line.text == text
    assert line.x1 > end - 3
    assert len(line.places) == len(text)


def test_a_line_with_nothing_beside_it_keeps_the_ends_it_was_found_with() -> None:
    text = "居民议事会商量路灯"
    [line] = found(page((40, text)), 37, 43 + EM * len(text))
    assert (line.text, line.x0, line.x1) == (text, 37, 43 + EM * len(text))
    middles = [line.x0 + place * line.length for place in line.places]
    drawn = [40 + EM * (at + 0.5) for at in range(len(text))]
    assert max(abs(one - other) for one, other in zip(middles, drawn, strict=True)) < 0.5 * EM


def test_a_character_that_stands_beside_a_line_is_not_read_into_it() -> None:
    text = "居民议事会商量路灯"
    end = 43 + EM * len(text)
    [line] = found(page((40, text), (end + 2, "口")), 37, end)
    assert line.text == text
    assert line.x1 == end


def test_a_line_fills_the_height_it_is_read_with_and_a_dash_is_not_blown_up() -> None:
    line = page((40, "居民议事会商量路灯"))[8:50]
    assert ink_height(fitted(line)) > 1.2 * ink_height(line)
    assert fitted(line).shape == line.shape
    dash = page((40, "一"))[8:50, 37:57]
    assert ink_height(fitted(dash)) <= 2 * ink_height(dash)
