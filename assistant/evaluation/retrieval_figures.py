"""The figures of retrieval: means with their intervals, and differences to baselines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.evaluation.measures import METRICS, PARTS, Values
from assistant.evaluation.significance import Matrix, Resampling, intervals, p_values

PLAIN = "plain"
"""What the questions as they are count as, where changed ones are compared with them."""

OURS = "hybrid"
"""The arm that is ours."""

SIGNIFICANT = 0.05
"""The p under which a difference counts as clear."""


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
class Table:
    """Figures of every arm over the same questions, and differences between pairs of arms."""

    questions: int
    arms: dict[str, dict[str, Metric]]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalResult:
    """Figures of every arm over `questions` questions; `dataclasses.asdict` makes it plain JSON.

    Attributes:
        arms: their metrics over all questions, and the measures of each.
        differences: of pairs of arms, over all questions.
        questions: how many were asked.
        settings: all that the figures depend on.
        types: the same by the kind of question.
        variants: by the way in which questions were changed; see `changed`.
    """

    arms: dict[str, Arm]
    differences: tuple[Difference, ...]
    questions: int
    settings: dict[str, object]
    types: dict[str, Table]
    variants: dict[str, Table]


def table(values: Mapping[str, Values], pairs: Sequence[tuple[str, str]], way: Resampling) -> Table:
    """Make the figures of arms over the same questions; all are drawn anew together.

    Args:
        values: by arm.
        pairs: of arms: how much greater each metric of the first is than that of the second.
        way: how questions are drawn anew.
    """
    arms = list(values)
    places = [(arms.index(one), arms.index(other)) for one, other in pairs]
    found: dict[str, dict[str, Metric]] = {arm: {} for arm in arms}
    gaps: list[Difference] = []
    for names in (METRICS, (PARTS,)):
        cube = _cube(values, names)
        if not cube.size:
            continue
        ends = _ends(cube, way)
        for at, arm in enumerate(arms):
            for column, name in enumerate(names):
                mean, low, high = (_rounded(one[at, column]) for one in (cube.mean(axis=0), *ends))
                found[arm][name] = Metric(value=mean, low=low, high=high)
        if pairs:
            gaps += _differences(
                cube[:, [a for a, _ in places]] - cube[:, [b for _, b in places]], pairs, names, way
            )
    order = [*METRICS, PARTS]
    gaps.sort(key=lambda one: (pairs.index((one.arm, one.baseline)), order.index(one.metric)))
    return Table(
        questions=len(next(iter(values.values()), {})), arms=found, differences=tuple(gaps)
    )


def changed(plain: Mapping[str, Values], asked: Mapping[str, Values], way: Resampling) -> Table:
    """Make the figures of questions that were changed, beside the same ones as they are.

    Its differences are those of each arm to itself when the same questions are asked as they are,
    under the name `PLAIN`, and those of our arm to the others over the changed ones.

    Args:
        plain: by arm; holds the questions of `asked` at least.
        asked: by arm.
        way: how questions are drawn anew.
    """
    before = {
        f"{arm} {PLAIN}": {key: plain[arm][key] for key in values} for arm, values in asked.items()
    }
    itself = [(arm, f"{arm} {PLAIN}") for arm in asked]
    others = [(OURS, arm) for arm in asked if arm != OURS and OURS in asked]
    whole = table({**asked, **before}, [*itself, *others], way)
    return Table(
        questions=whole.questions,
        arms={arm: whole.arms[arm] for arm in asked},
        differences=tuple(
            replace(one, baseline=PLAIN) if one.baseline in before else one
            for one in whole.differences
        ),
    )


def _differences(
    cube: NDArray[np.float64],
    pairs: Sequence[tuple[str, str]],
    names: Sequence[str],
    way: Resampling,
) -> list[Difference]:
    low, high = _ends(cube, way)
    chance = p_values(cube.reshape(len(cube), -1), way).reshape(len(pairs), len(names))
    mean = cube.mean(axis=0)
    return [
        Difference(
            arm=arm,
            baseline=baseline,
            metric=name,
            value=_rounded(mean[at, column]),
            low=_rounded(low[at, column]),
            high=_rounded(high[at, column]),
            p=_rounded(chance[at, column]),
        )
        for at, (arm, baseline) in enumerate(pairs)
        for column, name in enumerate(names)
    ]


def _ends(cube: NDArray[np.float64], way: Resampling) -> tuple[Matrix, Matrix]:
    """The ends of the interval of each mean over questions, each in the shape of one question."""
    low, high = intervals(cube.reshape(len(cube), -1), way).reshape(2, *cube.shape[1:])
    return low, high


def _cube(values: Mapping[str, Values], names: Sequence[str]) -> NDArray[np.float64]:
    """The measures of those questions that have all of these, shape (questions, arms, names)."""
    first = next(iter(values.values()), {})
    keys = [key for key, one in first.items() if set(names) <= one.keys()]
    kept = [[[arm[key][name] for name in names] for arm in values.values()] for key in keys]
    return np.array(kept).reshape(len(keys), len(values), len(names))


def _rounded(value: float) -> float:
    return round(float(value), 4)
