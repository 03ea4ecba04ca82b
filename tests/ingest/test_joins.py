"""Articles parted over the pages of one file come back in one piece; others stay apart."""

import pytest

from ingest.blocks import Block
from ingest.compose import compose
from ingest.config import IngestConfig
from ingest.jumps import Jump, cut_jump, jump_of, page_number
from ingest.reading import Line, ReadPage
from store.articles import Article

LEAD = "南湖社区的老楼改造上个月开工，三号楼率先装上电梯，居民出行方便了许多，"
REST = "楼道里的灯也换成了声控灯。"
OTHER = "北苑街道昨天举办义诊，三百多位居民前来咨询，医生耐心解答了大家的问题。"


def page(*lines: str | Line) -> ReadPage:
    return ReadPage(
        lines=tuple(
            line if isinstance(line, Line) else Line(text=line, gap=1, joins=False)
            for line in lines
        )
    )


def headline(text: str, size: float = 2.0) -> Line:
    return Line(text=text, gap=2, size=size, joins=False)


def articles(*pages: ReadPage) -> list[Article]:
    found = compose("/报.pdf", b"", "pdf", pages, IngestConfig())
    return list(found.articles) if found else []


def paragraphs(article: Article) -> list[str]:
    return [article.text(span) for section in article.sections for span in section.paragraphs]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("下转第2版", Jump(onward=True, page="2")),
        ("（下转第三版）", Jump(onward=True, page="3")),
        ("▶▶下转A12版", Jump(onward=True, page="A12")),
        ("(上接01版)", Jump(onward=False, page="1")),
        ("上接本报第 1 版", Jump(onward=False, page="1")),
        ("（紧接第一版）", Jump(onward=False, page="1")),
        ("上接第十二版", Jump(onward=False, page="12")),
        ("下转弯处新装了灯", None),
        ("上接天光，下接地气", None),
        ("他说下转第2版的故事很好看。", None),
    ],
)
def test_a_line_that_is_a_mark_is_known(text: str, expected: Jump | None) -> None:
    assert jump_of(text) == expected


@pytest.mark.parametrize(
    ("text", "kept", "expected"),
    [
        ("居民很高兴。（下转第2版）", "居民很高兴。", Jump(onward=True, page="2")),
        ("居民出行方便了▶下转02版", "居民出行方便了", Jump(onward=True, page="2")),
        ("（上接第1版）许多，灯也换了。", "许多，灯也换了。", Jump(onward=False, page="1")),
        ("居民说（见第2版）很好。", "居民说（见第2版）很好。", None),
        ("会议由街道主持（下转）", "会议由街道主持（下转）", None),
    ],
)
def test_a_mark_is_cut_off_a_paragraph(text: str, kept: str, expected: Jump | None) -> None:
    block, mark = cut_jump(Block(text=text))
    assert (block.text, mark) == (kept, expected)


@pytest.mark.parametrize(
    ("label", "ordinal", "expected"),
    [("第05版", 1, "5"), ("A02 社区", 3, "A2"), (None, 2, "2"), ("第三版：要闻", 1, "3")],
)
def test_a_page_has_the_number_of_its_label(label: str | None, ordinal: int, expected: str) -> None:
    assert page_number(label, ordinal) == expected


def test_an_article_with_marks_is_put_together_and_its_broken_sentence_healed() -> None:
    first, second = articles(
        page("城市晚报 2024年5月1日 第01版", headline("老楼装上了新电梯"), LEAD + "（下转第2版）"),
        page(
            "城市晚报 2024年5月1日 第02版",
            headline("街道义诊进社区受欢迎"),
            OTHER,
            headline("老楼装上新电梯"),
            "（上接第1版）" + REST,
        ),
    )
    assert [first.headline, second.headline] == ["老楼装上了新电梯", "街道义诊进社区受欢迎"]
    assert paragraphs(first) == [LEAD + REST]
    assert paragraphs(second) == [OTHER]


def test_marks_above_the_headline_and_on_lines_of_their_own_do_as_well() -> None:
    first, second = articles(
        page("第01版", headline("老楼装上了新电梯"), LEAD, "下转第2版"),
        page(
            "第02版",
            "上接第1版",
            headline("老楼装上新电梯"),
            REST,
            headline("街道义诊进社区"),
            OTHER,
        ),
    )
    assert paragraphs(first) == [LEAD + REST]
    assert paragraphs(second) == [OTHER]


def test_of_two_articles_that_go_on_each_gets_its_own_rest() -> None:
    lift, clinic = articles(
        page(
            "第01版",
            headline("老楼装上了新电梯"),
            LEAD + "（下转第2版）",
            headline("街道义诊进社区受欢迎"),
            OTHER + "（下转第2版）",
        ),
        page(
            "第02版",
            headline("街道义诊受欢迎"),
            "（上接第1版）义诊还将办三场。",
            headline("老楼装上新电梯"),
            "（上接第1版）" + REST,
        ),
    )
    assert paragraphs(lift) == [LEAD + REST]
    assert paragraphs(clinic) == [OTHER, "义诊还将办三场。"]


def test_a_mark_that_leads_out_of_the_file_parts_nothing_and_is_no_text() -> None:
    [article] = articles(page("第01版", headline("街道义诊进社区受欢迎"), OTHER + "（下转第8版）"))
    assert paragraphs(article) == [OTHER]


def test_a_document_goes_on_over_its_pages() -> None:
    [article] = articles(
        page(headline("老旧小区改造工作总结"), OTHER, LEAD),
        page(REST, headline("二、主要做法", 1.2), OTHER),
    )
    assert paragraphs(article) == [OTHER, LEAD + REST, OTHER]
    assert [section.heading for section in article.sections] == [None, "二、主要做法"]


def test_a_heading_at_the_top_of_a_page_opens_a_section_and_a_headline_an_article() -> None:
    [first, second] = articles(
        page(headline("老旧小区改造工作总结"), OTHER),
        page(headline("二、主要做法", 1.2), OTHER),
        page("第03版", headline("街道义诊进社区受欢迎"), OTHER),
    )
    assert [section.heading for section in first.sections] == [None, "二、主要做法"]
    assert second.headline == "街道义诊进社区受欢迎"


def test_text_without_a_headline_on_a_page_of_a_paper_stays_apart() -> None:
    first, second = articles(
        page("第01版", headline("街道义诊进社区受欢迎"), OTHER),
        page("第02版", "昨天的大雨让低洼路段积水近半米，社区干部搬来水泵，两个小时后全部排出。"),
    )
    assert (len(paragraphs(first)), len(paragraphs(second))) == (1, 1)


def test_pages_without_text_give_no_report() -> None:
    assert (
        compose("/报.pdf", b"", "pdf", [ReadPage(lines=()), ReadPage(lines=())], IngestConfig())
        is None
    )
