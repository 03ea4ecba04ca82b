"""Pictures of pages, upright or not, come back as runs at their places."""

import json
import sys

import numpy as np
import pytest
from PIL import Image, ImageFilter

from ingest.layout.printed import PrintedPage
from ingest.ocr import read_scan, recognise
from ingest.reading import ReadPage, Unreadable
from ingest.scan.engine import engine
from tests.ingest.typeset import STORY, columns, downwards
from tests.shared_data import shared_data

PAGES = shared_data("pages")


def read(picture: Image.Image) -> PrintedPage:
    return recognise(picture, 1, engine(2))[1]


def texts(page: PrintedPage) -> list[str]:
    return [line.text for line in sorted(page.lines, key=lambda line: round(line.y0 / 20))]


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_page_that_lies_or_hangs_is_turned_upright(quarters: int) -> None:
    page = read(Image.fromarray(np.rot90(np.asarray(columns([STORY[:4]])), quarters)))
    assert "".join(texts(page)) == "".join(STORY[:4])
    assert page.width > page.height


def test_a_leaning_grainy_page_is_read_level() -> None:
    leaning = columns([STORY[:4]]).rotate(2.5, expand=True, fillcolor="white")
    leaning = leaning.filter(ImageFilter.GaussianBlur(0.7))
    grain = np.random.default_rng(5).normal(0, 14, (leaning.height, leaning.width, 1))
    grainy = np.clip(np.asarray(leaning, np.float32) + grain, 0, 255)
    page = read(Image.fromarray(grainy.astype(np.uint8)))
    assert "".join(texts(page)) == "".join(STORY[:4])
    assert np.ptp([line.x0 for line in page.lines]) < 15
    assert all(line.confidence and line.confidence > 0.8 for line in page.lines)


def test_lines_of_neighbouring_columns_are_runs_of_their_own() -> None:
    page = read(columns([STORY[:3], STORY[3:6]], gutter=1.2))
    assert sorted(line.text for line in page.lines) == sorted(STORY[:6])
    assert {round(line.em / 24, 1) for line in page.lines} == {1.0}


def test_type_set_vertically_stays_as_it_is() -> None:
    page = read(downwards(["社区食堂开张营业", "老人每天前来就餐"]))
    assert {line.text for line in page.lines} == {"社区食堂开张营业", "老人每天前来就餐"}
    assert all(line.vertical for line in page.lines)


def test_a_page_far_longer_than_wide_is_read_once_and_whole() -> None:
    lines = [f"第{row}条：议事" for row in range(100, 145)]
    page = read(columns([lines]).crop((0, 0, 225, 1830)))
    assert page.height > 8 * page.width
    assert texts(page) == lines


def test_without_its_packages_a_scan_is_refused_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    found = read_scan(Image.new("L", (600, 800), 230), 1, 7)
    assert isinstance(found, Unreadable)
    assert "pip install rapidocr" in found.reason
    assert found.reason.endswith("。")


def test_a_blank_page_is_a_page_without_lines() -> None:
    found = read_scan(Image.new("L", (600, 800), 230), 3, 2)
    assert isinstance(found, ReadPage)
    assert found.lines == ()
    assert found.image is not None
    assert found.image.page == 3


def test_lines_of_a_page_carry_place_and_confidence() -> None:
    found = read_scan(columns([STORY]), 2, 2)
    assert isinstance(found, ReadPage)
    assert "".join(line.text for line in found.lines) == "".join(STORY)
    for line in found.lines:
        assert line.box is not None
        assert (line.box.page, line.confidence is not None) == (2, True)
        assert 0 <= line.box.x0 < line.box.x1 <= 1


@pytest.mark.data
@pytest.mark.skipif(PAGES is None, reason="the shared test pages are not here")
def test_the_hard_scan_is_read_with_few_slips() -> None:
    assert PAGES is not None
    with Image.open(PAGES / "A_stacked_5col_150_hard.jpg") as picture:
        page = read(picture)
    seed = json.loads((PAGES / "seed_articles.json").read_text(encoding="utf-8"))
    body = [p for a in seed["articles"] for s in a["sections"] for p in s["paragraphs"]]
    wanted = "".join("".join(body).split())
    found = "".join(line.text for line in page.lines).replace(" ", "")
    missed = sum(max(wanted.count(each) - found.count(each), 0) for each in set(wanted))
    assert missed / len(wanted) < 0.01
    assert len(page.pictures) == 3
