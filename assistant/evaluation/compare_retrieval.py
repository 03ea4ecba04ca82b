"""What two results found for the same questions: how much more, and for which questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.evaluation.retrieval_figures import Difference, table
from assistant.evaluation.significance import Resampling

LED = "mrr@10"
_BEFORE, _AFTER = "before", "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A question whose first right document moved: its reciprocal rank before and after, 0 to 1."""

    arm: str
    id: str
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Two results of finding.

    Attributes:
        differences: by arm: how much greater each metric is after than before.
        moved: of the questions in both, those that went otherwise, the greatest loss first.
    """

    differences: dict[str, tuple[Difference, ...]]
    moved: tuple[Moved, ...]


def compare_retrieval(
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    arms: Sequence[str],
    seed: int,
) -> Found | None:
    """Compare what was found, arm by arm; None where one of the two did not measure it.

    Args:
        before: of one result, as JSON.
        after: of another.
        arms: those that are compared, where both have them.
        seed: of the resampling.
    """
    if before is None or after is None:
        return None
    differences, moved = {}, []
    for arm in arms:
        if arm not in before["arms"] or arm not in after["arms"]:
            continue
        first, second = (one["arms"][arm]["per_question"] for one in (before, after))
        both = [key for key in first if key in second]
        values = {_BEFORE: {k: first[k] for k in both}, _AFTER: {k: second[k] for k in both}}
        gaps = table(values, [(_AFTER, _BEFORE)], Resampling(seed=seed)).differences if both else ()
        differences[arm] = gaps
        moved += [
            Moved(arm=arm, id=key, before=first[key][LED], after=second[key][LED])
            for key in both
            if first[key][LED] != second[key][LED]
        ]
    return Found(
        differences=differences, moved=tuple(sorted(moved, key=lambda one: one.after - one.before))
    )
