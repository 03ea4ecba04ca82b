"""The figures of retrieval: means with their intervals, and differences to baselines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.evaluation.measures import METRICS, PARTS, Values
from assistant.evaluation.significance import Matrix, Resampling, intervals, p_values


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A mean over questions (0 to 1) with the ends of its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """The metrics of one way of finding, and the measures of each question, by their names."""

    metrics: dict[str, Metric]
    per_question: dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How much greater a metric of an arm is than the baseline's (-1 to 1), with its interval.

    `p` is that of a paired randomisation test, two-sided; many are tested, none is corrected.
    """

    arm: str
    baseline: str
    metric: str
    value: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalResult:
    """Figures of every arm over `questions` questions; `dataclasses.asdict` makes it plain JSON."""

    arms: dict[str, Arm]
    differences: tuple[Difference, ...]
    questions: int
    settings: dict[str, object]


def metrics(values: Values, way: Resampling) -> dict[str, Metric]:
    """Return the mean of each measure over the questions that have it, with its interval."""
    found: dict[str, Metric] = {}
    for names in (METRICS, (PARTS,)):
        rows = _rows(values, names)
        if rows.size:
            low, high = intervals(rows, way)
            columns = zip(names, rows.mean(axis=0), low, high, strict=True)
            found |= {
                name: Metric(value=_rounded(mean), low=_rounded(at), high=_rounded(to))
                for name, mean, at, to in columns
            }
    return found


def differences(
    arm: str, baseline: str, values: Mapping[str, Values], way: Resampling
) -> list[Difference]:
    """Return how much greater each metric of an arm is than a baseline's, question by question.

    Args:
        arm: its name.
        baseline: its name.
        values: of both, over the same questions.
        way: how questions are drawn anew.
    """
    found: list[Difference] = []
    for names in (METRICS, (PARTS,)):
        rows = _rows(values[arm], names) - _rows(values[baseline], names)
        if rows.size:
            low, high = intervals(rows, way)
            columns = zip(names, rows.mean(axis=0), low, high, p_values(rows, way), strict=True)
            found += [
                Difference(
                    arm=arm,
                    baseline=baseline,
                    metric=name,
                    value=_rounded(mean),
                    low=_rounded(at),
                    high=_rounded(to),
                    p=_rounded(p),
                )
                for name, mean, at, to, p in columns
            ]
    return found


def _rows(values: Values, names: Sequence[str]) -> Matrix:
    """The measures of those questions that have all of these, shape (questions, names)."""
    kept = [[one[name] for name in names] for one in values.values() if set(names) <= one.keys()]
    return np.array(kept).reshape(-1, len(names))


def _rounded(value: float) -> float:
    return round(float(value), 4)
