"""Figures with intervals: right, repeatable, paired."""

from collections.abc import Callable

import pytest

from assistant.evaluation.figures import differences, figures, make_run
from assistant.evaluation.results import Case, Figure, Run

MakeCase = Callable[..., Case]


def by_name(found: tuple[Figure, ...]) -> dict[str, Figure]:
    return {figure.name: figure for figure in found}


def test_a_figure_is_a_ratio_of_sums_with_an_interval_around_it(plain: Run) -> None:
    found = by_name(plain.figures)
    cited = found["gold_cited_share"]
    assert cited.value == pytest.approx(4 / 6, abs=1e-4)
    assert cited.low is not None
    assert cited.high is not None
    assert cited.low < cited.value < cited.high
    assert cited.n == 6
    # refused: two of the answerable ones, one of the others
    assert found["refusal_precision"].value == pytest.approx(1 / 3, abs=1e-4)
    assert found["refusal_recall"].value == 0.5
    assert found["refusal_f1"].value == pytest.approx(2 * 1 / (3 + 2))
    assert found["elapsed_p50_ms"].value == 10


def test_the_bands_are_counted_apart(plain: Run) -> None:
    found = by_name(plain.figures)
    assert found["missed_share"].value == pytest.approx(2 / 6, abs=1e-4)
    assert found["only_related_share"].value == 0
    assert found["not_covered_share"].value == found["refused_share"].value == 0.5


def test_the_interval_holds_the_truth_about_as_often_as_it_says(make_case: MakeCase) -> None:
    import numpy as np

    rng = np.random.default_rng(1)
    held = 0
    for seed in range(40):
        cases = [make_case(str(n), bool(right)) for n, right in enumerate(rng.random(60) < 0.7)]
        found = by_name(figures(cases, seed))["answered_share"]
        held += (found.low or 0) <= 0.7 <= (found.high or 1)
    assert held >= 34


def test_the_same_seed_gives_the_same_figures_and_no_seed_no_intervals(plain: Run) -> None:
    assert figures(plain.cases, 3) == figures(plain.cases, 3)
    assert all(figure.low is None for figure in figures(plain.cases, None))
    assert figures((), 0) == ()


def test_one_question_has_no_interval(make_case: MakeCase) -> None:
    (cited,) = [f for f in figures([make_case("1")], 0) if f.name == "gold_cited_share"]
    assert (cited.value, cited.low, cited.high) == (1.0, None, None)


def test_figures_come_by_the_kind_of_question_too(plain: Run) -> None:
    assert set(plain.types) == {"fact", "false-premise"}
    assert by_name(plain.types["false-premise"])["refused_share"].n == 2
    assert "refused_share" not in by_name(plain.types["fact"])


def test_refusals_are_not_judged_where_none_could_be_right(make_case: MakeCase) -> None:
    found = by_name(figures([make_case("1"), make_case("2", False)], 0))
    assert "missed_share" in found
    assert not any(name.startswith("refusal_") for name in found)


def test_differences_are_paired_by_question(plain: Run, make_case: MakeCase) -> None:
    better = [make_case(case.id, case.id != "5") for case in plain.cases if case.answerable]
    found = by_name(differences(plain.cases, better, 0))
    gained = found["gold_cited_share"]
    assert gained.value == pytest.approx(1 / 6, abs=1e-4)
    assert gained.low is not None
    assert gained.low >= 0  # no question got worse
    assert "refused_share" not in found  # no such question was asked again
    run = make_run("homophone", "variant", better, 0, plain)
    assert run.differences == differences(plain.cases, better, 0)
