"""How well judged probabilities part the questions that are covered from those that are not."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.evaluation.results import Case

Numbers = NDArray[np.float64]
Statistic = Callable[[Numbers, NDArray[np.bool_]], float]

FALSE_REFUSALS = 0.05
"""The share of covered questions that may be refused where `refused_at_5_share` is measured."""


def auc(judged: Numbers, covered: NDArray[np.bool_]) -> float:
    """Return how often a covered question is judged likelier than another; a tie counts half.

    Args:
        judged: the probability of each question, shape (n,).
        covered: which of them are covered.

    Returns:
        0 to 1; not a number where all are covered, or none is.
    """
    low, high = np.sort(judged[~covered]), judged[covered]
    if not low.size or not high.size:
        return float("nan")
    below, up_to = (np.searchsorted(low, high, side) for side in ("left", "right"))
    return float((below + up_to).sum() / (2 * low.size * high.size))


def refused(judged: Numbers, covered: NDArray[np.bool_]) -> float:
    """Return which share of the questions that are not covered can be refused.

    The threshold is the highest under which at most `FALSE_REFUSALS` of the covered ones fall.
    """
    low, high = judged[~covered], np.sort(judged[covered])
    if not low.size or not high.size:
        return float("nan")
    threshold = high[int(FALSE_REFUSALS * high.size)]
    return float((low < threshold).mean())


STATISTICS: dict[str, Statistic] = {"refusal_auc": auc, "refused_at_5_share": refused}
"""By the name of the figure."""


def columns(cases: Sequence[Case]) -> tuple[Numbers, Numbers] | None:
    """Return the probabilities and whether each question is covered, or None.

    None where that was not judged, or where all questions are covered or none is.
    """
    kept = [one for one in cases if one.probability is not None]
    covered = np.array([float(one.answerable) for one in kept])
    if not 0 < covered.sum() < len(kept):
        return None
    return np.array([one.probability for one in kept], dtype=np.float64), covered


def along(statistic: Statistic) -> Callable[..., Numbers]:
    """Return a statistic that takes columns, or rows of questions drawn anew, and their axis."""

    def measured(judged: Numbers, covered: Numbers, axis: int) -> Numbers:
        del axis  # the last
        if judged.ndim == 1:
            return np.asarray(statistic(judged, covered > 0))
        return np.array([statistic(*row) for row in zip(judged, covered > 0, strict=True)])

    return measured
