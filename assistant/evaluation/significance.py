"""How far figures can be trusted: intervals and tests over the questions they are means of.

Intervals hold 95 % of the means of questions drawn anew, with repetition (bootstrap, percentiles);
all columns are drawn together, so a difference of two is a paired one. The p of a difference is
that of a paired randomisation test: how often swapping the two values of each question at random
gives a difference at least as great, either way.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

LEVEL = 0.95
_BATCH = 500  # resamples at a time, so that thousands of questions fit into memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Resampling:
    """How often questions are drawn anew (1 or more), and the seed."""

    resamples: int = 10_000
    seed: int = 0


def intervals(values: Matrix, way: Resampling) -> Matrix:
    """Return the interval of the mean of each column.

    Args:
        values: shape (questions, columns), at least one of each.
        way: how they are drawn.

    Returns:
        Shape (2, columns): low and high.
    """
    return intervals_of_mean([values], way)


def intervals_of_mean(sets: Sequence[Matrix], way: Resampling) -> Matrix:
    """Return the interval of each column's mean over sets, every set weighing the same.

    Args:
        sets: one or more, each of shape (questions, columns), at least one of each.
        way: how questions are drawn, within their own set.

    Returns:
        Shape (2, columns): low and high.
    """

    def drawn(rng: np.random.Generator, size: int) -> Matrix:
        means: Matrix = np.mean([_means(rng, size, values) for values in sets], axis=0)
        return means

    means = _batches(way, drawn)
    tail = (1 - LEVEL) / 2
    found: Matrix = np.quantile(means, [tail, 1 - tail], axis=0)
    return found


def p_values(differences: Matrix, way: Resampling) -> Matrix:
    """Return the p of each column of differences being nothing but chance, shape (columns,).

    Args:
        differences: shape (questions, columns), at least one of each.
        way: how often, and the seed.
    """
    count = len(differences)

    def swapped(rng: np.random.Generator, size: int) -> Matrix:
        means: Matrix = (rng.integers(0, 2, (size, count)) * 2.0 - 1) @ differences / count
        return means

    seen = np.abs(differences.mean(axis=0))
    # What differs by rounding only is as great.
    as_great = (np.abs(_batches(way, swapped)) >= seen - 1e-12).sum(axis=0)
    found: Matrix = (1 + as_great) / (1 + way.resamples)
    return found


def _means(rng: np.random.Generator, size: int, values: Matrix) -> Matrix:
    count = len(values)
    means: Matrix = rng.multinomial(count, np.full(count, 1 / count), size) @ values / count
    return means


def _batches(way: Resampling, draw: Callable[[np.random.Generator, int], Matrix]) -> Matrix:
    rng = np.random.default_rng(way.seed)
    sizes = [min(_BATCH, way.resamples - done) for done in range(0, way.resamples, _BATCH)]
    return np.concatenate([draw(rng, size) for size in sizes])
