"""Where something else does better than we do, told without being asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.evaluation.compare import OURS
from assistant.evaluation.labels import figure_label, gain, less_is_better, run_label
from assistant.evaluation.results import Figure, Result
from assistant.evaluation.retrieval_figures import SIGNIFICANT

BETTER, PERHAPS = "▲", "△"
"""Beside a figure: clearly better than ours; better, but perhaps by chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """A figure in which something else does better than we do."""

    who: str
    what: str
    how: str
    clear: bool


def losses(result: Result) -> tuple[Loss, ...]:
    """Return in what baselines do better than we do, whether that may be chance or not."""
    found = []
    for gap in gaps(result.retrieval["differences"] if result.retrieval else ()):
        if gap["value"] < 0:
            told = Figure(
                name=gap["metric"], value=-gap["value"], low=-gap["high"], high=-gap["low"], n=0
            )
            found.append(
                Loss(
                    who=gap["baseline"],
                    what=gap["metric"],
                    how=f"{gain(told)}，p = {gap['p']:.4f}",
                    clear=gap["p"] < SIGNIFICANT,
                )
            )
    for run in result.runs:
        if run.kind == "baseline":
            found += [
                Loss(
                    who=run_label(run.name),
                    what=figure_label(one.name),
                    how=gain(one),
                    clear=clear(one),
                )
                for one in run.differences
                if better(one)
            ]
    return tuple(sorted(found, key=lambda one: not one.clear))


def gaps(differences: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return those differences of finding that are between our arm and something else."""
    return [one for one in differences if one["arm"] == OURS]


def better(difference: Figure) -> bool:
    """Say whether a difference to us speaks for the other."""
    return difference.value < 0 if less_is_better(difference.name) else difference.value > 0


def clear(difference: Figure) -> bool:
    """Say whether the interval of a difference leaves 0 out."""
    low, high = difference.low, difference.high
    return low is not None and high is not None and low * high > 0


def mark(difference: Figure | None) -> str:
    """Return the sign beside another's figure that is better than ours; "" where it is not."""
    if difference is None or not better(difference):
        return ""
    return f" {BETTER if clear(difference) else PERHAPS}"
