"""Fusing two rankings, and telling once what two reports say."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.config import AssistantConfig
from assistant.records import Question
from assistant.retrieve import fuse, retrieve, varied
from store.articles import Kind
from store.config import StoreConfig
from store.ids import ArticleId, PassageId, ReportId
from store.library import Library
from store.passages import Hit, Passage
from store.reports import ReportContents

Make = Callable[..., ReportContents]
CANTEEN = ("社区食堂开张", ["南湖社区食堂每天供应午餐。", "老人在食堂用餐打八折。"])

PASSAGE = Passage(
    id=PassageId("p"),
    article_id=ArticleId("a"),
    report_id=ReportId("r"),
    ordinal=0,
    kind=Kind.BODY,
    start=0,
    end=5,
    text="社区食堂。",
    context="",
    sentences=(0, 1),
)

scores = st.dictionaries(
    st.sampled_from([PassageId(f"p{n}") for n in range(9)]), st.floats(0, 50, allow_nan=False)
).map(lambda found: sorted(found.items(), key=lambda pair: -pair[1]))


@given(scores, scores, st.floats(0, 1))
def test_fused_scores_are_shares_best_first_each_passage_once(
    lexical: list[tuple[PassageId, float]], dense: list[tuple[PassageId, float]], weight: float
) -> None:
    fused = fuse(lexical, dense, weight)
    values = [score for _, score in fused]
    assert values == sorted(values, reverse=True)
    assert all(0 <= value <= 1 + 1e-9 for value in values)
    assert {id_ for id_, _ in fused} == {id_ for id_, _ in [*lexical, *dense]}


def test_agreement_of_both_arms_wins() -> None:
    a, b, c = (PassageId(name) for name in "abc")
    fused = fuse([(a, 9.0), (b, 8.0)], [(c, 0.9), (b, 0.88), (a, 0.5)], 0.5)
    assert fused[0][0] == b


def test_without_weight_the_lexical_arm_is_silent() -> None:
    a, b = PassageId("a"), PassageId("b")
    assert [id_ for id_, _ in fuse([(b, 9.0)], [(a, 0.9), (b, 0.8)], 0.0)] == [a, b]


@pytest.fixture
def own_library(config: StoreConfig) -> Iterator[Library]:
    """An empty library, not the one that the other tests share."""
    with Library.open(config) as opened:
        yield opened


def dated(contents: ReportContents, date: str | None) -> ReportContents:
    """Return a report with another printed date; its bytes are no one else's."""
    path = contents.report.path
    return replace(contents, report=replace(contents.report, printed_date=date, fingerprint=path))


def found(library: Library, text: str, count: int = 8) -> list[tuple[str, str]]:
    """Return path and text of what is found for a question."""
    question = Question(text=text, standalone=text, own=text, chinese=True)
    config = AssistantConfig(passage_count=count)
    hits = retrieve(library, question, library.embed_query(text), (), config)
    return [(library.report(h.passage.report_id).path, h.passage.text) for h in hits]


def test_a_story_in_several_reports_is_found_once_in_the_newest(
    own_library: Library, make_contents: Make
) -> None:
    for path, date in (("/一", "2026-05-01"), ("/二", "2026-05-03"), ("/三", None)):
        own_library.add(dated(make_contents(path, [CANTEEN]), date))
    own_library.add(make_contents("/四", [("食堂涨价", ["社区食堂午餐涨价。"])]))
    hits = found(own_library, "社区食堂的午餐")
    assert [hit for hit in hits if hit[0] != "/四"] == [("/二", text) for text in CANTEEN[1]]
    assert ("/四", "社区食堂午餐涨价。") in hits


def test_copies_take_no_room_from_other_passages(own_library: Library, make_contents: Make) -> None:
    for place in range(5):
        own_library.add(dated(make_contents(f"/{place}", [CANTEEN]), None))
    own_library.add(make_contents("/别", [("食堂涨价", ["社区食堂午餐涨价。"])]))
    assert len(found(own_library, "社区食堂的午餐", 3)) == 3


def test_a_sentence_that_two_articles_share_is_found_in_both(
    own_library: Library, make_contents: Make
) -> None:
    own_library.add(make_contents("/一", [CANTEEN]))
    own_library.add(make_contents("/二", [("老人优待", [CANTEEN[1][1], "乘车免费。"])]))
    hits = found(own_library, "老人用餐打几折")
    assert {path for path, text in hits if text == CANTEEN[1][1]} == {"/一", "/二"}


def test_what_repeats_a_better_passage_comes_after_what_says_something_else(
    own_library: Library, make_contents: Make
) -> None:
    lunch = "南湖社区食堂每天中午供应午餐，一餐十二元，老人打八折。"
    texts = [lunch, f"据介绍，{lunch}", "三号楼的电梯装好了。"]
    own_library.add(make_contents("/一", [("食堂", texts)]))
    ids = [id_ for id_, _ in own_library.lexical("南湖社区食堂午餐电梯介绍", 9)]
    by_text = {one.text: one for one in own_library.passages(ids)}
    hits = [Hit(passage=by_text[text], score=9.0 - n / 10) for n, text in enumerate(texts[:2])]
    hits.append(Hit(passage=by_text[texts[2]], score=8.85))
    hits.append(
        replace(
            hits[1], passage=replace(by_text[texts[2]], id=PassageId("-"), text="。"), score=8.0
        )
    )
    ordered = varied(hits, 3)
    assert [hit.passage.text for hit in ordered] == [texts[0], texts[2], texts[1]]
    assert ordered[0].score == 1.0
    assert [hit.score for hit in ordered] == sorted((h.score for h in ordered), reverse=True)


@given(scores)
def test_putting_repeats_behind_loses_no_passage_and_keeps_the_best_first(
    found: list[tuple[PassageId, float]],
) -> None:
    hits = [
        Hit(passage=replace(PASSAGE, id=id_, text=f"{id_}{PASSAGE.text}"), score=score)
        for id_, score in found
    ]
    ordered = varied(hits, len(hits))
    assert {hit.passage.id for hit in ordered} == {id_ for id_, _ in found}
    values = [hit.score for hit in ordered]
    assert values == sorted(values, reverse=True)
    assert not values or values[0] == 1.0
