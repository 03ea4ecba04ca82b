"""Rules and photographs on a page, and what only looks like one."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from ingest.layout.printed import Rectangle
from ingest.layout.skew import Quads
from ingest.scan.drawn import drawn


def page() -> Image.Image:
    return Image.new("RGB", (600, 800), "white")


def lines_at(*tops: int, left: int = 50, right: int = 250) -> Quads:
    return np.array(
        [[(left, y), (right, y), (right, y + 20), (left, y + 20)] for y in tops], np.float32
    )


def find(picture: Image.Image, quads: Quads) -> tuple[tuple[Rectangle, ...], tuple[Rectangle, ...]]:
    return drawn(np.asarray(picture)[:, :, ::-1].copy(), quads)


def write(picture: Image.Image, quads: Quads) -> None:
    pen = ImageDraw.Draw(picture)
    for quad in quads:
        for x in range(int(quad[0][0]), int(quad[1][0]) - 16, 20):
            pen.rectangle((x, quad[0][1] + 4, x + 14, quad[0][1] + 16), outline="black", width=3)


def photograph(picture: Image.Image, place: tuple[int, int, int, int]) -> None:
    noise = np.random.default_rng(1).integers(20, 200, (place[3] - place[1], place[2] - place[0]))
    grey = Image.fromarray(noise.astype(np.uint8)).filter(ImageFilter.GaussianBlur(4))
    picture.paste(grey.convert("RGB"), place[:2])


def test_a_photograph_is_found_where_it_is() -> None:
    picture, quads = page(), lines_at(50, 90, 130)
    write(picture, quads)
    photograph(picture, (50, 200, 250, 350))
    _, (found,) = find(picture, quads)
    assert (found.x0, found.y0) == pytest.approx((50, 200), abs=16)
    assert (found.x1, found.y1) == pytest.approx((250, 350), abs=16)


def test_rules_that_lie_and_stand_are_found() -> None:
    picture, quads = page(), lines_at(50, 90, 130)
    write(picture, quads)
    pen = ImageDraw.Draw(picture)
    pen.line((40, 300, 560, 300), fill="black", width=2)
    pen.line((300, 320, 300, 760), fill="black", width=2)
    rules, photographs = find(picture, quads)
    assert photographs == ()
    lying = [rule for rule in rules if rule.width > rule.height]
    standing = [rule for rule in rules if rule.width < rule.height]
    assert [(round(rule.x0, -1), round(rule.x1, -1)) for rule in lying] == [(40, 560)]
    assert [(round(rule.y0, -1), round(rule.y1, -1)) for rule in standing] == [(320, 760)]
    assert lying[0].height == standing[0].width == 0


def test_type_a_shadow_and_grey_paper_are_no_drawings() -> None:
    picture, quads = page(), lines_at(*range(50, 700, 30), right=550)
    write(picture, quads)
    shade = np.linspace(1, 0.5, 600)[None, :, None] * 0.85
    shaded = Image.fromarray((np.asarray(picture) * shade).astype(np.uint8))
    assert find(shaded, quads) == ((), ())


def test_a_tinted_box_full_of_type_is_no_photograph() -> None:
    picture, quads = page(), lines_at(*range(210, 380, 28), left=60, right=540)
    ImageDraw.Draw(picture).rectangle((50, 200, 550, 400), fill=(205, 205, 205))
    write(picture, quads)
    assert find(picture, quads)[1] == ()


def test_a_page_without_type_has_no_drawings() -> None:
    assert find(page(), np.zeros((0, 4, 2), np.float32)) == ((), ())
