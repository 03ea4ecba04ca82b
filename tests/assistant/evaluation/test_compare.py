"""Two results side by side, question by question."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from assistant.evaluation.compare import compare
from assistant.evaluation.figures import make_run
from assistant.evaluation.measures import METRICS
from assistant.evaluation.results import Case, Result, Results, Run
from store.errors import UsageError

MakeCase = Callable[..., Case]
MakeResult = Callable[..., Result]


def test_what_got_better_and_worse_is_named(
    plain: Run, make_result: MakeResult, make_case: MakeCase
) -> None:
    # question 0 was right and is wrong, 4 was wrong and is right
    later = [
        make_case(case.id, case.id in {"1", "2", "3", "4"})
        if case.answerable
        else make_case(case.id, case.id == "u0", answerable=False)
        for case in plain.cases
    ]
    after = make_result(make_run("plain", "plain", later, 0), model="ollama:some")
    (found,) = compare(Results(results=(make_result(plain),)), Results(results=(after,)))
    assert [(one.after.id, bool(one.gained), bool(one.lost)) for one in found.changes] == [
        ("0", False, True),
        ("4", True, False),
    ]
    assert found.changes[0].lost == ("gold_cited_share", "answered_share")
    (cited,) = [f for f in found.differences["plain"] if f.name == "gold_cited_share"]
    assert cited.value == 0
    assert len(found.notes) == 1
    assert "ollama:some" in found.notes[0]


def test_a_result_compared_with_itself_shows_no_change(plain: Run, make_result: MakeResult) -> None:
    same = Results(results=(make_result(plain),))
    (found,) = compare(same, same)
    assert not found.changes
    assert not found.notes
    assert all(figure.value == 0 for figure in found.differences["plain"])


def test_other_data_is_refused(plain: Run, make_result: MakeResult, make_case: MakeCase) -> None:
    one = Results(results=(make_result(plain),))
    for other in (
        make_result(plain, dataset="other"),
        make_result(plain, fingerprint="f" * 64),
        make_result(make_run("plain", "plain", [make_case("0")], 0)),
    ):
        with pytest.raises(UsageError, match="不能比较"):
            compare(one, Results(results=(other,)))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"half": "reporting"}, "哪一半不同（全部；reporting）"),
        ({"sample": 5}, "抽的题数不同（全部；5）"),
        ({"seed": 1}, "种子不同（0；1）"),
    ],
)
def test_another_half_sample_or_seed_is_refused_even_where_only_finding_was_measured(
    make_result: MakeResult, more: dict[str, Any], told: str
) -> None:
    one, other = make_result(), make_result(**more)
    before, after = (
        Results(results=(replace(result, retrieval=found_by(a=1.0)),)) for result in (one, other)
    )
    with pytest.raises(UsageError, match=re.escape(told)):
        compare(before, after)


def test_finding_for_other_questions_is_refused(make_result: MakeResult) -> None:
    one, other = (
        Results(results=(replace(make_result(), retrieval=found_by(**{key: 1.0})),))
        for key in ("a", "b")
    )
    with pytest.raises(UsageError, match="不是同样的题"):
        compare(one, other)


def test_finding_alone_and_answers_alone_are_refused_with_the_reason(
    plain: Run, make_result: MakeResult
) -> None:
    finding = Results(results=(replace(make_result(), retrieval=found_by(a=1.0)),))
    answers = Results(results=(make_result(plain),))
    for pair in ((finding, answers), (answers, finding)):
        with pytest.raises(UsageError, match="一次只测了检索，另一次只测了回答"):
            compare(*pair)


def test_what_only_one_of_the_two_measured_is_told(plain: Run, make_result: MakeResult) -> None:
    swapped = make_run("swapped", "variant", plain.cases, 0, plain)
    one = Results(results=(make_result(plain, swapped),))
    other = Results(results=(replace(make_result(plain), retrieval=found_by(a=1.0)),))
    (found,) = compare(one, other)
    assert found.notes == (
        "只有 A 测了，没有比：相邻两字颠倒。",
        "只有 B 测了，没有比：检索。",
    )


def found_by(**ranks: float) -> dict[str, Any]:
    """What an arm found, as JSON: by question, one over the place of its first right document."""
    values = {
        key: dict.fromkeys(METRICS, float(rank == 1)) | {"mrr@10": rank}
        for key, rank in ranks.items()
    }
    return {"arms": {"hybrid": {"per_question": values}}}


def test_questions_whose_right_document_moved_are_named_the_greatest_loss_first(
    plain: Run, make_result: MakeResult
) -> None:
    one = replace(make_result(plain), retrieval=found_by(a=1.0, b=1.0, c=0.5, d=1.0, e=1.0))
    other = replace(make_result(plain), retrieval=found_by(a=0.5, b=0.1, c=1.0, d=1.0, e=1.0))
    (compared,) = compare(Results(results=(one,)), Results(results=(other,)))
    assert compared.found is not None
    assert [(m.id, m.before, m.after) for m in compared.found.moved] == [
        ("b", 1.0, 0.1),
        ("a", 1.0, 0.5),
        ("c", 0.5, 1.0),
    ]
    gaps = {gap.metric: gap for gap in compared.found.differences["hybrid"]}
    assert gaps["mrr@10"].value == pytest.approx((3.6 - 4.5) / 5)
    assert gaps["hit@1"].value == -0.2
    assert gaps["hit@1"].p > 0.05
    (alone,) = compare(Results(results=(make_result(plain),)), Results(results=(other,)))
    assert alone.found is None
