"""Marks resolve within bounds, and a sentence stands only where its evidence supports it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.citing import citation, support, verified
from assistant.records import Evidence

Make = Callable[..., tuple[Evidence, ...]]

FEE = "费用按“一层不出、逐层递增”的办法分摊，六层住户每户约28000元。"
COUNT = "首批9部电梯投入使用，惠及312户居民。"
MEETING = "居委会牵头召开了12场楼道议事会，逐户听取低层住户的意见。"


@pytest.fixture
def evidence(make_evidence: Make) -> tuple[Evidence, ...]:
    return make_evidence(FEE, COUNT, MEETING)


def test_a_citation_quotes_its_article_exactly(evidence: tuple[Evidence, ...]) -> None:
    made = citation(2, evidence[1])
    assert made.quote == evidence[1].article.body[made.start : made.end] == COUNT
    assert (made.label, made.community) == (2, "桂花社区")


def test_a_citation_of_a_scan_keeps_how_certain_its_words_are(
    evidence: tuple[Evidence, ...],
) -> None:
    assert citation(1, evidence[0]).confidence is None
    sentence = replace(evidence[0].sentence, confidence=0.7)
    assert citation(1, replace(evidence[0], sentence=sentence)).confidence == 0.7


def test_supported_sentences_keep_their_marks(evidence: tuple[Evidence, ...]) -> None:
    kept = verified("六层住户每户约28000元[1]。首批9部电梯惠及312户居民。[2]", evidence).sentences
    assert [(one.text, one.labels) for one in kept] == [
        ("六层住户每户约28000元。", (1,)),
        ("首批9部电梯惠及312户居民。", (2,)),
    ]


@pytest.mark.parametrize("mark", ["[0]", "[4]", "[99]", "[-1]", "【7】", "[编号]", ""])
def test_an_invented_mark_gives_way_to_the_right_evidence(
    mark: str, evidence: tuple[Evidence, ...]
) -> None:
    (kept,) = verified(f"首批9部电梯惠及312户居民{mark}。", evidence).sentences
    assert (kept.text, kept.labels) == ("首批9部电梯惠及312户居民。", (2,))


def test_a_wrong_mark_gives_way_to_the_right_evidence(evidence: tuple[Evidence, ...]) -> None:
    (kept,) = verified("首批9部电梯惠及312户居民[3]。", evidence).sentences
    assert kept.labels == (2,)


@pytest.mark.parametrize(
    "claim",
    [
        "首批19部电梯惠及312户居民[2]。",
        "首批9部电梯惠及31户居民[2]。",
        "费用按“谁用谁出”的办法分摊[1]。",
        "物业公司承诺三年内免费维修[1]。",
        "议事会一共开了一百二十场[3]。",
    ],
)
def test_an_invented_fact_is_dropped(claim: str, evidence: tuple[Evidence, ...]) -> None:
    assert verified(claim, evidence).sentences == ()


def test_several_marks_support_together(evidence: tuple[Evidence, ...]) -> None:
    (kept,) = verified("开了12场楼道议事会后，9部电梯投入使用[2][3]。", evidence).sentences
    assert kept.labels == (2, 3)


def test_a_figure_inside_a_longer_one_does_not_count() -> None:
    assert support("有12户居民", ["惠及312户居民"]) == 0.0
    assert support("惠及312户居民", ["惠及312户居民"]) == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "报道中没有提到。",
        "报道中没有提到[1]。",
        "对不起，报道中没有提到电梯的具体品牌、型号和生产厂家情况。",
        "资料没有说明费用怎么分摊。",
        "根据资料，无法确定电梯的品牌。",
    ],
)
def test_a_refusal_is_recognised(text: str, evidence: tuple[Evidence, ...]) -> None:
    found = verified(text, evidence)
    assert found.refused
    assert found.sentences == ()


def test_an_answer_that_also_refuses_keeps_what_holds(evidence: tuple[Evidence, ...]) -> None:
    found = verified(f"{COUNT}[2]电梯的品牌报道中没有提到。", evidence)
    assert found.refused
    assert [one.labels for one in found.sentences] == [(2,)]


def test_marks_that_support_nothing_are_dropped(evidence: tuple[Evidence, ...]) -> None:
    (kept,) = verified("首批9部电梯投入使用，惠及312户居民[3][1][2]。", evidence).sentences
    assert kept.labels == (2,)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("居民李强说，以后买菜不用歇三回了", "“以后买菜不用歇三回了。”居民周明说。"),
        ("首批9部电梯没有投入使用", "首批9部电梯投入使用。"),
        ('居民说"电梯太吵了"', "居民说电梯很好。"),
        ("惠及200户", "惠及1,200户。"),
    ],
)
def test_a_wrong_name_negation_quotation_or_figure_is_no_support(claim: str, quote: str) -> None:
    assert support(claim, [quote]) == 0.0


def test_figures_are_the_same_with_and_without_thousands_separators() -> None:
    assert support("惠及1200户", ["惠及1,200户。"]) == 1.0


def test_bullets_emphasis_and_framing_are_no_part_of_a_sentence(
    evidence: tuple[Evidence, ...],
) -> None:
    said = "根据资料，费用这样分摊：\n1. **六层住户每户约28000元**[1]。\n- 首批9部电梯投入使用[2]。"
    found = verified(said, evidence)
    assert [one.text for one in found.sentences][-2:] == [
        "六层住户每户约28000元。",
        "首批9部电梯投入使用。",
    ]
    assert found.removed == 0


def test_what_falls_is_counted_but_questions_and_lines_that_lead_on_are_not(
    evidence: tuple[Evidence, ...],
) -> None:
    assert verified("电梯是谁修的？原因有三点：\n施工由宏达公司负责[1]。", evidence).removed == 1


def test_a_quotation_stays_with_the_words_that_say_whose_it_is(make_evidence: Make) -> None:
    words = "“以后买菜不用歇三回了。”居民周明说。"
    (kept,) = verified(f"{words}[1]", make_evidence(words)).sentences
    assert kept.text == words


def test_words_without_their_speaker_are_given_back_to_him(make_evidence: Make) -> None:
    evidence = make_evidence("居民周明认为，收费太高。", "电梯每天运行。")
    (kept,) = verified("电梯每天运行，收费太高。", evidence).sentences
    assert kept.text == "电梯每天运行，据居民周明说，收费太高。"
    assert kept.labels == (1, 2)


def test_a_fact_of_another_year_does_not_pass_for_an_answer(make_evidence: Make) -> None:
    evidence = make_evidence("2023年春天，议事会第一个开会的是桂花社区。")
    said = "第一个开会的是桂花社区[1]。"
    assert verified(said, evidence, "2022年春天第一个开会的是谁？").sentences == ()
    assert len(verified(said, evidence, "2023年春天第一个开会的是谁？").sentences) == 1
    dated = "2023年春天第一个开会的是桂花社区[1]。"
    assert len(verified(dated, evidence, "2022年春天第一个开会的是谁？").sentences) == 1


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("老周打开了总闸。", "警方确认，打开总闸的嫌疑人是老周。"),
        ("垃圾站归C组管。", "垃圾站归B组管。"),
    ],
)
def test_a_suspicion_is_no_fact_and_a_letter_is_no_other(claim: str, quote: str) -> None:
    assert support(claim, [quote]) == 0


def test_a_fact_of_another_place_does_not_pass_for_an_answer(
    evidence: tuple[Evidence, ...],
) -> None:
    assert verified(f"{COUNT}[2]", evidence, "桂花社区有几部电梯？").sentences
    assert not verified(f"{COUNT}[2]", evidence, "石桥社区有几部电梯？").sentences
    assert verified(f"桂花社区{COUNT}[2]", evidence, "石桥社区有几部电梯？").sentences


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet="首批9部电梯[]【】0123456789,，。！\n ", max_size=80))
def test_labels_are_always_within_bounds(text: str, evidence: tuple[Evidence, ...]) -> None:
    assert all(
        1 <= label <= 3 for one in verified(text, evidence).sentences for label in one.labels
    )
