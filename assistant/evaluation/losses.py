"""Where something else does better than we do, told without being asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.evaluation.labels import figure_label, gain, less_is_better, run_label, spoken
from assistant.evaluation.results import Figure, Result
from assistant.evaluation.retrieval_figures import OURS, PLAIN, SIGNIFICANT

LED = "mrr@10"
"""The figure of finding that leads."""

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
    """Return in what baselines do better than we do, whether that may be chance or not.

    Of changed questions that is the figure of finding that leads; of all questions, every figure.
    """
    retrieval = result.retrieval or {}
    found = [_behind(one, "") for one in gaps(retrieval.get("differences", ()))]
    found += [
        _behind(one, f"{run_label(name)}：")
        for name, part in retrieval.get("variants", {}).items()
        for one in gaps(part["differences"])
        if one["metric"] == LED
    ]
    lost = [one for one in found if one is not None]
    for run in result.runs:
        if run.kind == "baseline":
            lost += [
                Loss(
                    who=run_label(run.name),
                    what=figure_label(one.name),
                    how=gain(one),
                    clear=clear(one),
                )
                for one in run.differences
                if better(one) and spoken(run, one.name)
            ]
    return tuple(sorted(lost, key=lambda one: not one.clear))


def _behind(gap: Mapping[str, Any], asked: str) -> Loss | None:
    """What a difference of finding says, where the other is ahead; `asked`: how it was asked."""
    if gap["value"] >= 0:
        return None
    told = Figure(name=gap["metric"], value=-gap["value"], low=-gap["high"], high=-gap["low"], n=0)
    return Loss(
        who=gap["baseline"],
        what=f"{asked}{gap['metric']}",
        how=f"{gain(told)}，p = {gap['p']:.4f}",
        clear=gap["p"] < SIGNIFICANT,
    )


def gaps(differences: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return those differences of finding that are between our arm and something else."""
    return [one for one in differences if one["arm"] == OURS and one["baseline"] != PLAIN]


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
