"""What is told of words that were recognised from an image."""

from assistant.records import Citation
from store.ids import ArticleId, ReportId
from ui.commands.ask import citation_text
from ui.scans import DOUBTFUL_BELOW, is_doubtful, scan_mark


def test_words_that_were_not_recognised_have_no_mark() -> None:
    assert scan_mark(None) is None
    assert not is_doubtful(None)


def test_below_the_threshold_misreadings_are_told() -> None:
    assert scan_mark(DOUBTFUL_BELOW) == "扫描件"
    assert scan_mark(DOUBTFUL_BELOW - 0.001) == "扫描件，可能有识别错误"
    assert scan_mark(0.0) == "扫描件，可能有识别错误"


def test_the_command_line_tells_it_too() -> None:
    citation = Citation(
        label=1,
        quote="一餐十二元。",
        article_id=ArticleId("a1"),
        headline="食堂开张",
        community=None,
        report_id=ReportId("r1"),
        path="/报纸/一.jpg",
        title="一",
        section=None,
        start=0,
        end=6,
        page=1,
        confidence=0.5,
    )
    assert citation_text(citation).endswith("《食堂开张》 · 第 1 页 · 扫描件，可能有识别错误")
