"""An article's sentences know which part of which printed line they stand on."""

import pytest

from ingest.articles import read_page
from ingest.body import Identity, set_article
from ingest.reading import Line
from ingest.sentences import Limits
from store.articles import Article, Box
from store.ids import ArticleId, ReportId

IDENTITY = Identity(id=ArticleId("a"), report_id=ReportId("r"), ordinal=0, headline="标题")


def article(*lines: Line) -> Article:
    [draft] = read_page(lines).drafts
    return set_article(draft, IDENTITY, Limits())


def box(y: float) -> Box:
    return Box(page=1, x0=0.2, y0=y, x1=0.6, y1=y + 0.02)


def test_a_sentence_has_the_boxes_of_its_part_of_each_line() -> None:
    found = article(
        Line(text="居民都来。大家", box=box(0.1), joins=False),
        Line(text="一起动手种花。", box=box(0.2), joins=True),
    )
    first, second = found.sentences
    [part] = first.boxes
    assert (part.x0, part.y0) == (0.2, 0.1)
    assert part.x1 == pytest.approx(0.2 + 0.4 * 5 / 7)
    assert second.boxes[0].x0 == pytest.approx(first.boxes[0].x1)
    assert second.boxes[1] == box(0.2)


def test_latin_letters_take_half_the_room() -> None:
    found = article(Line(text="ab。大家种花。", box=box(0.1), joins=False))
    assert found.sentences[0].boxes[0].x1 == pytest.approx(0.2 + 0.4 * 2 / 7)


def test_a_part_of_an_upright_line_is_cut_from_top_to_bottom() -> None:
    upright = Box(page=1, x0=0.1, y0=0.2, x1=0.12, y1=0.6)
    found = article(Line(text="居民都来。大家种花。", box=upright, joins=False))
    second = found.sentences[1].boxes[0]
    assert second.x0 == 0.1
    assert second.y0 == pytest.approx(0.4)
    assert second.y1 == pytest.approx(0.6)


def test_a_sentence_is_as_certain_as_its_least_certain_line() -> None:
    found = article(
        Line(text="居民都来。大家", box=box(0.1), joins=False, confidence=0.98),
        Line(text="一起动手种花。", box=box(0.2), joins=True, confidence=0.61),
    )
    assert [sentence.confidence for sentence in found.sentences] == [0.98, 0.61]
