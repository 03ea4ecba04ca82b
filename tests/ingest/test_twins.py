"""Articles that are alike: the same story, a shortened one, a corrected one; and no others."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.body import fingerprint
from ingest.config import IngestConfig
from ingest.read import parse_report
from ingest.twins import METHOD, TwinFinder, find_twins
from store.articles import Article, spans_text
from store.ids import digest
from store.library import Library
from store.likeness import TwinKind
from store.outcomes import IngestStatus
from store.reports import ReportContents

Make = Callable[..., ReportContents]

HEAD = "旧楼装电梯各家怎么出钱"
STORY = [
    "槐荫里小区建成于1987年，四栋六层单元楼里住着二百四十户人家，多数是退休教师。",
    "去年秋天，居委会请来设计师，在院子里支起图板，一家一家地听意见，先后开了十二场议事会。",
    "费用按楼层分摊，一层不出钱，六层每户出两万八千元，其余由街道和维修基金补足。",
    "今年三月，首批九部电梯投入使用，腿脚不便的老人终于能自己下楼买菜、晒太阳了。",
    "居委会说，下一步还要给每部电梯配上呼叫按钮，夜里出了故障，值班员十分钟内赶到。",
]
OTHER = [
    "北桥街道的旧仓库改成了图书室，书架是居民自己动手做的，桌椅来自停办的小学。",
    "每到周末，孩子们在这里写作业，大人在隔壁学书法，管理员由楼里的志愿者轮流担任。",
    "图书室开放以来借出图书三千多册，最受欢迎的是地方志和连环画。",
]


def report(make: Make, path: str, *stories: tuple[str, list[str]]) -> ReportContents:
    """Make a report whose articles are fingerprinted as ingestion does."""
    contents = make(path, stories)
    return replace(
        contents,
        report=replace(contents.report, fingerprint=digest(path, repr(stories))),
        articles=tuple(_printed(article) for article in contents.articles),
    )


def _printed(article: Article) -> Article:
    texts = [t for s in article.sections for t in spans_text(article, s.paragraphs)]
    return replace(article, fingerprint=fingerprint([article.headline, *texts]))


def kinds(library: Library, contents: ReportContents) -> list[TwinKind]:
    return [twin.kind for twin in find_twins(contents, library)]


@pytest.fixture
def first(library: Library, make_contents: Make) -> ReportContents:
    """A report of two articles that the library holds."""
    contents = report(make_contents, "/一", (HEAD, STORY), ("旧仓库里的图书室", OTHER))
    library.add(TwinFinder(library).with_twins(contents))
    return contents


def test_the_same_story_in_another_paper_is_the_same(
    library: Library, first: ReportContents, make_contents: Make
) -> None:
    second = report(make_contents, "/二", (HEAD, [text.replace("，", " ，") for text in STORY]))
    (twin,) = find_twins(second, library)
    assert (twin.kind, twin.containment) == (TwinKind.SAME, 1.0)
    assert twin.other_id == first.articles[0].id


def test_the_name_of_a_file_without_a_headline_is_no_part_of_its_story(library: Library) -> None:
    text = "".join(STORY).encode()
    one, other = (
        parse_report(Path(f"/扫描/IMG_{number}.txt"), text, IngestConfig())
        for number in (2034, 2051)
    )
    assert isinstance(one, ReportContents)
    assert isinstance(other, ReportContents)
    assert [article.headline for article in one.articles] == ["IMG_2034"]
    library.add(TwinFinder(library).with_twins(one))
    assert kinds(library, replace(other, report=replace(other.report, fingerprint="x"))) == [
        TwinKind.SAME
    ]


@pytest.mark.parametrize(
    ("story", "kind"),
    [
        pytest.param((HEAD + "？", STORY), TwinKind.SAME, id="other punctuation"),
        pytest.param(("电梯来了", STORY), TwinKind.NEAR, id="other headline"),
        pytest.param((HEAD, STORY[:3]), TwinKind.NEAR, id="cut short"),
        pytest.param((HEAD, [*OTHER, *STORY]), TwinKind.NEAR, id="part of a longer one"),
        pytest.param(
            (HEAD, [t.replace("二百四十", "240").replace("1987", "１９８７") for t in STORY]),
            TwinKind.NEAR,
            id="the same figures in other writing",
        ),
        pytest.param(
            (HEAD, [t.replace("两万八千", "三万八千") for t in STORY]),
            TwinKind.CORRECTION,
            id="another sum",
        ),
        pytest.param(
            (HEAD, [t.replace("1987", "1978") for t in STORY]),
            TwinKind.CORRECTION,
            id="digits the other way round",
        ),
        pytest.param(
            (HEAD, [t.replace("九部", "八部") for t in STORY[:4]]),
            TwinKind.CORRECTION,
            id="cut short with another figure",
        ),
        pytest.param(
            (HEAD, [t.replace("九部", "一批") for t in STORY]),
            TwinKind.CORRECTION,
            id="a figure left out",
        ),
    ],
)
@pytest.mark.usefixtures("first")
def test_a_story_told_again_is_told_apart(
    library: Library, make_contents: Make, story: tuple[str, list[str]], kind: TwinKind
) -> None:
    found = kinds(library, report(make_contents, "/二", story))
    assert kind in found
    assert set(found) <= {kind, TwinKind.NEAR}


@pytest.mark.usefixtures("first")
def test_a_point_moved_in_a_number_is_a_correction(library: Library, make_contents: Make) -> None:
    library.add(report(make_contents, "/三", ("量雨", [*OTHER[:2], "昨夜下雨3.5毫米。"])))
    moved = report(make_contents, "/二", ("量雨", [*OTHER[:2], "昨夜下雨35毫米。"]))
    assert TwinKind.CORRECTION in kinds(library, moved)


@pytest.mark.usefixtures("first")
def test_another_story_of_the_same_things_is_none(library: Library, make_contents: Make) -> None:
    alike = (
        "电梯装好了",
        ["桂花里小区也装上了电梯，费用由各家按楼层分摊，老人很高兴。" * 2, STORY[0]],
    )
    assert kinds(library, report(make_contents, "/二", alike)) == []


def test_short_notices_of_one_form_are_not_alike(library: Library, make_contents: Make) -> None:
    form = "{}社区卫生站本周六上午为六十岁以上老人免费测血压，请带身份证。"
    library.add(report(make_contents, "/一", ("通知", [form.format("南湖")])))
    long = report(make_contents, "/二", ("一周要闻", [form.format("花家地"), *STORY]))
    assert kinds(library, long) == []
    same = report(make_contents, "/三", ("通知", [form.format("南湖")]))
    assert kinds(library, same) == [TwinKind.SAME]


def test_an_article_of_no_words_is_like_nothing(library: Library, make_contents: Make) -> None:
    bare = report(make_contents, "/一", ("题", ["短。"]))
    library.add(TwinFinder(library).with_twins(bare))
    assert library.unsigned(METHOD) == ()
    assert kinds(library, report(make_contents, "/二", ("题", ["短。"]))) == []


def test_twins_are_kept_told_and_seen_from_both_sides(
    library: Library, first: ReportContents, make_contents: Make
) -> None:
    changed = [text.replace("十二场", "十五场") for text in STORY]
    second = report(make_contents, "/二", (HEAD, changed), ("图书室", OTHER))
    outcome = library.add(TwinFinder(library).with_twins(second))
    assert outcome.status is IngestStatus.ADDED
    told, near = outcome.notes
    assert told == (
        f"《{HEAD}》与已收入的《{HEAD}》（{first.articles[0].id}）内容相近，数字不同，请核对。"
    )
    assert near.endswith("内容相近。")
    (here,) = library.twins(second.articles[0].id)
    (there,) = library.twins(first.articles[0].id)
    assert (here.other_id, there.other_id) == (first.articles[0].id, second.articles[0].id)
    assert here.kind is there.kind is TwinKind.CORRECTION
    assert here.containment == there.containment > 0.9


def test_of_many_articles_that_are_alike_the_number_is_told_and_some_of_them(
    library: Library, make_contents: Make
) -> None:
    for number in range(5):
        library.add(
            TwinFinder(library).with_twins(report(make_contents, f"/{number}", (HEAD, STORY)))
        )
    outcome = library.add(
        TwinFinder(library).with_twins(report(make_contents, "/再", (HEAD, STORY)))
    )
    [told] = outcome.notes
    assert told.startswith(f"《{HEAD}》与已收入的 5 篇文章（")
    assert told.endswith("等）是同一篇，都保留。")


def test_two_articles_of_one_report_are_compared(library: Library, make_contents: Make) -> None:
    twice = report(make_contents, "/一", (HEAD, STORY), ("再说电梯", STORY))
    outcome = library.add(TwinFinder(library).with_twins(twice))
    assert "同一份报道里" in outcome.notes[0]
    assert library.twins(twice.articles[0].id)[0].other_id == twice.articles[1].id


def test_a_report_is_not_compared_with_the_version_it_replaces(
    library: Library, first: ReportContents, make_contents: Make
) -> None:
    finder = TwinFinder(library)
    changed = report(make_contents, "/一", (HEAD, [*STORY, "又及。"]))
    outcome = library.add(finder.with_twins(changed))
    assert (outcome.status, outcome.notes) == (IngestStatus.REPLACED, ())
    # What is gone is compared with nothing; what took its place is.
    later = report(make_contents, "/二", ("图书室", OTHER), (HEAD, STORY))
    assert [t.other_id for t in finder.with_twins(later).twins] == [first.articles[0].id]


def test_links_go_when_either_article_goes(
    library: Library, first: ReportContents, make_contents: Make
) -> None:
    second = report(make_contents, "/二", (HEAD, STORY), ("旧仓库里的图书室", OTHER))
    library.add(TwinFinder(library).with_twins(second))
    assert all(library.twins(article.id) for article in first.articles)
    changed = report(make_contents, "/二", ("别的", ["完全另一篇文章，说的是别的事情。"]))
    library.add(TwinFinder(library).with_twins(changed))
    assert not any(library.twins(article.id) for article in first.articles)
    with library._database.read() as connection:
        assert connection.execute("select count(*) from article_twin").fetchone() == (0,)
        assert connection.execute("select count(*) from article_signature").fetchone() == (3,)


def test_a_report_that_was_not_kept_after_all_is_no_ones_twin(
    library: Library, make_contents: Make
) -> None:
    finder = TwinFinder(library)
    finder.with_twins(report(make_contents, "/一", (HEAD, STORY)))
    assert finder.with_twins(report(make_contents, "/二", (HEAD, STORY))).twins == ()


def test_articles_from_before_are_compared_when_next_something_is_taken_in(
    library: Library, make_contents: Make
) -> None:
    first = report(make_contents, "/一", (HEAD, STORY))
    second = report(make_contents, "/二", (HEAD, STORY))
    library.add(first)
    library.add(second)
    assert len(library.unsigned(METHOD)) == 2
    finder = TwinFinder(library)
    assert library.unsigned(METHOD) == ()
    assert library.twins(first.articles[0].id)[0].other_id == second.articles[0].id
    third = report(make_contents, "/三", (HEAD, STORY))
    assert len(finder.with_twins(third).twins) == 2


def test_a_restored_version_is_compared_again(
    library: Library, first: ReportContents, make_contents: Make
) -> None:
    library.add(TwinFinder(library).with_twins(report(make_contents, "/二", (HEAD, STORY))))
    library.add(TwinFinder(library).with_twins(report(make_contents, "/一", ("别的", ["另事。"]))))
    library.restore(first.report.id, 1)
    TwinFinder(library)
    assert [twin.kind for twin in library.twins(first.articles[0].id)] == [TwinKind.SAME]
