"""How well probabilities part covered questions from the others: area, and refusals at 5 %."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from assistant.evaluation.figures import differences, figures
from assistant.evaluation.results import Case
from assistant.evaluation.separation import auc, refused

MakeCase = Callable[..., Case]


def measured(statistic: Callable[..., float], covered: list[float], others: list[float]) -> float:
    right = np.array([True] * len(covered) + [False] * len(others))
    return statistic(np.array(covered + others), right)


def test_the_area_counts_pairs_and_half_of_the_ties() -> None:
    assert measured(auc, [0.9, 0.8], [0.1, 0.2]) == 1
    assert measured(auc, [0.1], [0.9]) == 0
    assert measured(auc, [0.5, 0.9], [0.5, 0.1]) == (0.5 + 1 + 1 + 1) / 4
    assert np.isnan(measured(auc, [0.5], []))


def test_refusals_are_counted_where_one_covered_question_in_twenty_falls_with_them() -> None:
    covered = [0.1] + [0.5 + n / 100 for n in range(19)]
    assert measured(refused, covered, [0.2, 0.4, 0.49, 0.5, 0.9]) == 3 / 5
    assert measured(refused, covered[:19], [0.05, 0.2]) == 1 / 2  # none of nineteen may fall
    assert np.isnan(measured(refused, [], [0.5]))


def test_the_figures_are_there_where_somebody_judged(make_case: MakeCase) -> None:
    def case(number: int, answerable: bool, probability: float | None) -> Case:
        return replace(make_case(str(number), answerable=answerable), probability=probability)

    cases = [case(n, n % 2 == 0, 0.9 if n % 2 == 0 else 0.2) for n in range(30)]
    found = {one.name: one for one in figures(cases, 0)}
    assert (found["refusal_auc"].value, found["refused_at_5_share"].value) == (1, 1)
    assert found["refusal_auc"].n == 30
    worse = [replace(one, probability=0.5) for one in cases]
    gaps = {one.name: one for one in differences(cases, worse, 0)}
    assert gaps["refusal_auc"].value == pytest.approx(-0.5)
    assert gaps["refused_at_5_share"].value == -1
    for others in ([case(1, True, 0.5), case(2, True, 0.4)], [case(1, True, None)], []):
        assert "refusal_auc" not in {one.name for one in figures(others, 0)}
    unjudged = [replace(one, probability=None) for one in cases]
    assert "refusal_auc" not in {one.name for one in differences(cases, unjudged, 0)}


def test_questions_that_one_of_the_two_did_not_judge_are_left_out_of_the_difference(
    make_case: MakeCase,
) -> None:
    def case(number: int, probability: float | None) -> Case:
        return replace(make_case(str(number), answerable=number % 2 == 0), probability=probability)

    right = [case(n, 0.9 if n % 2 == 0 else 0.2) for n in range(10)]
    first = [replace(right[0], probability=None), *right[1:]]
    other = [*right[:-1], replace(right[-1], probability=None)]
    gaps = {one.name: one for one in differences(first, other, 0)}
    assert (gaps["refusal_auc"].value, gaps["refusal_auc"].n) == (0, 8)
