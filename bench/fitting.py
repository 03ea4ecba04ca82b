"""Fitting of weights: softmax over what may be chosen, minimising within bounds, quantiles."""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Matrix = NDArray[np.float64]


def softmax(rows: Sequence[tuple[Matrix, Matrix, str]], names: Sequence[str]) -> dict[str, float]:
    """Fit weights of 0 or more under which gold rows are the likeliest; every set weighs the same.

    Args:
        rows: for each question the figures of what may be chosen, which of it is gold, its set.
        names: of the figures.
    """
    size = Counter(source for *_, source in rows)

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total, slope = 0.002 * float(weights @ weights), 0.004 * weights
        for figures, gold, source in rows:
            odds = np.exp(figures @ weights - (figures @ weights).max())
            right = odds * gold
            total -= float(np.log(right.sum() / odds.sum() + 1e-9)) / size[source]
            slope += (odds @ figures / odds.sum() - right @ figures / right.sum()) / size[source]
        return total, slope

    bounds = [(0.0, None)] * len(names)
    return named(names, solve(loss, np.ones(len(names)), bounds, slope=True))


def solve(
    loss: Callable[[Matrix], object],
    start: Matrix,
    bounds: Sequence[tuple[float | None, ...]],
    *,
    slope: bool = False,
) -> Matrix:
    """Minimise a smooth loss within bounds; `slope` says that it returns its gradient as well."""
    solved: Matrix = minimize(loss, start, jac=slope, method="L-BFGS-B", bounds=bounds).x
    return solved


def named(names: Sequence[str], values: Matrix) -> dict[str, float]:
    """Pair names with rounded values."""
    return {name: round(float(value), 3) for name, value in zip(names, values, strict=True)}


def weighted_quantile(values: Matrix, weights: Matrix, share: float) -> float:
    """The value below which the given share of the weight lies."""
    order = np.argsort(values)
    reached = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][np.searchsorted(reached, share)])
