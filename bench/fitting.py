"""Fitting of weights: softmax over what may be chosen, logistic models with their bands."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Matrix = NDArray[np.float64]

_NO_SPREAD = 1e-9


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


def logistic(
    values: Matrix,
    names: Sequence[str],
    holds: Sequence[bool],
    sources: Sequence[str],
    allowed: Mapping[str, float],
) -> dict[str, object]:
    """Fit a logistic model of what holds; every set weighs the same, and each verdict in it.

    Signals of something missing may only count against, the others only for.

    Args:
        values: shape (cases, signals).
        names: of the signals.
        holds: of each case.
        sources: the set of each case.
        allowed: share of the cases that hold which may fall below each band.
    """
    size = Counter(zip(sources, holds, strict=True))
    share = np.array([1 / size[one] for one in zip(sources, holds, strict=True)])
    share /= share.sum()
    sign = np.where(holds, 1.0, -1.0)
    # Weights are held small for signals of one spread: others have one that an embedder gives them.
    spread = values.std(axis=0)
    spread[spread < _NO_SPREAD] = 1.0
    scaled = values / spread

    def loss(weights: Matrix) -> float:
        margin = sign * (scaled @ weights[1:] + weights[0])
        return float(share @ np.logaddexp(0, -margin)) + 0.001 * float(weights[1:] @ weights[1:])

    bounds = [(None, None)] + [(None, 0.0) if "missing" in n else (0.0, None) for n in names]
    solved = solve(loss, np.zeros(len(names) + 1), bounds)
    solved[1:] /= spread
    odds = 1 / (1 + np.exp(-(values @ solved[1:] + solved[0])))
    edges = {
        band: round(weighted_quantile(odds[sign > 0], share[sign > 0], most), 3)
        for band, most in allowed.items()
    }
    return {"weights": named(names, solved[1:]), "intercept": round(float(solved[0]), 3), **edges}


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
