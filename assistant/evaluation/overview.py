"""The figure of finding that leads, of every arm over every data set, and its mean over some."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from assistant.evaluation.cells import arm_label, ends, metric, table
from assistant.evaluation.losses import LED
from assistant.evaluation.results import Result
from assistant.evaluation.retrieval_figures import OURS
from assistant.evaluation.significance import Matrix, Resampling, intervals_of_mean
from store.errors import UsageError


def overview(results: Sequence[Result], mean: Sequence[str]) -> str:
    """Write the table; "" where finding was not measured.

    Args:
        results: of data sets.
        mean: data sets (or `set@type`) over which the mean is taken, each weighing the same.

    Raises:
        UsageError: `mean` names one that is not there.
    """
    columns = _columns(results)
    unknown = [one for one in mean if one not in columns]
    if unknown:
        raise UsageError(
            f"没有 {unknown[0]} 的检索结果；有：{'、'.join(columns) or '一个也没有'}。"
        )
    if not columns:
        return ""
    arms = list(dict.fromkeys(arm for column in columns.values() for arm in column))
    means = _means(results, columns, mean)
    rows = [
        [
            arm_label(arm),
            *(metric(column.get(arm)) for column in columns.values()),
            *(means.get(arm, ("—", "—")) if mean else ()),
        ]
        for arm in arms
    ]
    named = "、".join(mean)
    head = [
        "MRR@10（%）",
        *columns,
        *([f"平均（{named}，各集同权）", "问院减它（平均，* 区间不含 0）"] if mean else []),
    ]
    return f"## 一览：检索\n\n{table(head, rows)}"


def _columns(results: Sequence[Result]) -> dict[str, dict[str, Any]]:
    found = {
        result.provenance.dataset: {
            arm: one["metrics"][LED] for arm, one in result.retrieval["arms"].items()
        }
        for result in results
        if result.retrieval
    }
    return found | {
        f"{result.provenance.dataset}@{kind}": {arm: one[LED] for arm, one in part["arms"].items()}
        for result in results
        for kind, part in (result.retrieval or {}).get("types", {}).items()
    }


def _means(
    results: Sequence[Result], columns: dict[str, dict[str, Any]], mean: Sequence[str]
) -> dict[str, tuple[str, str]]:
    """By arm that every set has: the mean, and how much greater ours is, paired by question."""
    if not mean:
        return {}
    arms = [arm for arm in columns[mean[0]] if all(arm in columns[name] for name in mean)]
    values = [_values(results, name, arms) for name in mean]
    kept = [one for one in values if one is not None]
    if len(kept) < len(values) or OURS not in arms:  # without the questions' own there is no more
        told = {arm: np.mean([columns[name][arm]["value"] for name in mean]) for arm in arms}
        return {arm: (f"{one * 100:.1f}", "—") for arm, one in told.items()}
    ours = arms.index(OURS)
    wide = [np.hstack([one, one[:, [ours]] - one]) for one in kept]
    at = np.mean([one.mean(axis=0) for one in wide], axis=0)
    low, high = intervals_of_mean(wide, Resampling())
    found = {}
    for place, arm in enumerate(arms):
        gap = place + len(arms)
        clear = " *" if low[gap] * high[gap] > 0 else ""
        lead = f"{at[gap] * 100:+z.1f} {ends(low[gap], high[gap])}{clear}"
        whole = f"{at[place] * 100:.1f} {ends(low[place], high[place])}"
        found[arm] = (whole, "" if arm == OURS else lead)
    return found


def _values(results: Sequence[Result], name: str, arms: Sequence[str]) -> Matrix | None:
    """The figure of each question of a data set or a type, shape (questions, arms).

    None where the result does not hold them: a type is told by the answers to its questions.
    """
    for result in results:
        dataset, found = result.provenance.dataset, result.retrieval or {}
        if dataset != name and not name.startswith(f"{dataset}@"):
            continue
        kind = name.removeprefix(dataset).removeprefix("@")
        part = found["types"].get(kind, found)
        types = {case.id: case.type for case in result.plain.cases}
        each = [found["arms"][arm]["per_question"] for arm in arms]
        ids = [key for key in (each[0] if each else ()) if not kind or types.get(key) == kind]
        if ids and len(ids) == part["questions"]:
            return np.array([[one[key][LED] for one in each] for key in ids])
    return None
