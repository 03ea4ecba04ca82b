"""Figures over cases, each with a 95 % interval by resampling questions; comparisons are paired."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.evaluation import separation
from assistant.evaluation.results import Case, Figure, Kind, Run

Numbers = NDArray[np.float64]

DETECTED = ("refusal_", "not_covered_")
"""Figures so named are about telling questions that are not answerable from the others."""

RESAMPLES = 2000
_TAIL = 0.025
_BATCH = 100  # resamples at a time, so that thousands of questions fit into memory
_SPEEDS = {"elapsed_p50_ms": 0.5, "elapsed_p95_ms": 0.95}


def figures(cases: Sequence[Case], seed: int | None) -> tuple[Figure, ...]:
    """Return every figure that some case adds to, and the speed.

    Args:
        cases: one a question; may be none, then there are no figures.
        seed: of the resampling; None for figures without intervals.
    """
    found = [_figure(name, _column(cases, name), _ratio, seed) for name in _names(cases)]
    judged = separation.columns(cases)
    if judged is not None:
        found += [
            _figure(name, judged, separation.along(statistic), seed)
            for name, statistic in separation.STATISTICS.items()
        ]
    elapsed = (np.array([case.elapsed_ms for case in cases]),)
    if cases:
        found += [_figure(name, elapsed, _quantile(q), seed) for name, q in _SPEEDS.items()]
    return tuple(found)


def make_run(
    name: str, kind: Kind, cases: Sequence[Case], seed: int, plain: Run | None = None
) -> Run:
    """Make a run of its cases: its figures, those of each kind of question, the differences."""
    types = dict.fromkeys(sorted(case.type for case in cases if case.type))
    return Run(
        name=name,
        kind=kind,
        cases=tuple(cases),
        figures=figures(cases, seed),
        types={
            kept: figures([case for case in cases if case.type == kept], seed) for kept in types
        },
        differences=differences(plain.cases, cases, seed) if plain else (),
    )


def differences(before: Sequence[Case], after: Sequence[Case], seed: int) -> tuple[Figure, ...]:
    """Return how much each figure is greater after than before, over the questions in both.

    Args:
        before: cases of one run.
        after: cases of another run, paired with the first by the ids of their questions.
        seed: of the resampling.
    """
    first, second = ({case.id: case for case in cases} for cases in (before, after))
    both = [id_ for id_ in first if id_ in second]
    left, right = [first[id_] for id_ in both], [second[id_] for id_ in both]
    shared = [name for name in _names(left) if any(name in case.tallies for case in right)]
    found = []
    for name in shared:
        columns = np.array(
            [
                (*one.tallies.get(name, (0.0, 0.0)), *other.tallies.get(name, (0.0, 0.0)))
                for one, other in zip(left, right, strict=True)
            ]
        )
        counted = columns[(columns[:, 1] + columns[:, 3]) > 0]
        found.append(_figure(name, tuple(counted.T), _gain, seed))
    found += _parted(left, right, seed)
    if both:
        elapsed = tuple(np.array([case.elapsed_ms for case in cases]) for cases in (left, right))
        found += [_figure(name, elapsed, _slower(q), seed) for name, q in _SPEEDS.items()]
    return tuple(found)


def _parted(before: Sequence[Case], after: Sequence[Case], seed: int) -> list[Figure]:
    """How much better the questions are parted that were judged both times."""
    kept = [
        pair
        for pair in zip(before, after, strict=True)
        if all(one.probability is not None for one in pair)
    ]
    first, second = (separation.columns([pair[at] for pair in kept]) for at in (0, 1))
    if first is None or second is None:
        return []
    return [
        _figure(name, (*first, *second), _gained(separation.along(statistic)), seed)
        for name, statistic in separation.STATISTICS.items()
    ]


def _names(cases: Sequence[Case]) -> list[str]:
    """The figures that cases add to; where all are answerable no refusal could be right."""
    names = dict.fromkeys(name for case in cases for name in case.tallies)
    judged = any(not case.answerable for case in cases)
    return [name for name in names if judged or not name.startswith(DETECTED)]


def _column(cases: Sequence[Case], name: str) -> tuple[Numbers, Numbers]:
    """The numerators and the denominators of the cases that a figure counts."""
    rows = np.array([case.tallies[name] for case in cases if name in case.tallies])
    return rows[:, 0], rows[:, 1]


def _figure(
    name: str, data: tuple[Numbers, ...], statistic: Callable[..., Numbers], seed: int | None
) -> Figure:
    value = float(statistic(*data, axis=-1))
    low = high = None
    if seed is not None and len(data[0]) > 1:
        low, high = _interval(data, statistic, seed)
    return Figure(name=name, value=round(value, 4), low=low, high=high, n=len(data[0]))


def _interval(
    data: tuple[Numbers, ...], statistic: Callable[..., Numbers], seed: int
) -> tuple[float | None, float | None]:
    """The middle 95 % of the statistic over questions drawn anew, with repetition."""
    rng, count = np.random.default_rng(seed), len(data[0])
    values = []
    for _ in range(RESAMPLES // _BATCH):
        places = rng.integers(0, count, (_BATCH, count))
        values.append(statistic(*(column[places] for column in data), axis=-1))
    drawn = np.concatenate(values)
    told = drawn[~np.isnan(drawn)]  # questions none of which counts say nothing
    if not told.size:
        return None, None
    low, high = np.quantile(told, [_TAIL, 1 - _TAIL])
    return round(float(low), 4), round(float(high), 4)


def _ratio(numerator: Numbers, denominator: Numbers, axis: int) -> Numbers:
    with np.errstate(invalid="ignore"):
        ratio: Numbers = numerator.sum(axis=axis) / denominator.sum(axis=axis)
    return ratio


def _gain(
    before: Numbers, before_of: Numbers, after: Numbers, after_of: Numbers, axis: int
) -> Numbers:
    return _ratio(after, after_of, axis) - _ratio(before, before_of, axis)


def _gained(statistic: Callable[..., Numbers]) -> Callable[..., Numbers]:
    """A difference of a statistic of two columns, the first two being those before."""

    def gained(*columns: Numbers, axis: int) -> Numbers:
        return np.asarray(statistic(*columns[2:], axis=axis) - statistic(*columns[:2], axis=axis))

    return gained


def _quantile(q: float) -> Callable[..., Numbers]:
    def quantile(elapsed: Numbers, axis: int) -> Numbers:
        return np.asarray(np.quantile(elapsed, q, axis=axis))

    return quantile


def _slower(q: float) -> Callable[..., Numbers]:
    quantile = _quantile(q)
    return lambda before, after, axis: quantile(after, axis=axis) - quantile(before, axis=axis)
