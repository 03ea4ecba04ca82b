"""What is found, as tables of Markdown: every arm, over all questions and over changed ones."""

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.evaluation.cells import arm_label, change, difference, metric, plain, table
from assistant.evaluation.labels import run_label
from assistant.evaluation.losses import BETTER, LED, PERHAPS, gaps
from assistant.evaluation.retrieval_figures import OURS, PLAIN, SIGNIFICANT

_FOUND = ("hit@1", "hit@3", "hit@5", "hit@10", "recall@5", "recall@10", LED, "ndcg@10", "parts@10")
_READ = """lexical、dense、hybrid 查的是问院读过的题（改正了错字、转成了简体、去掉了客套）；
bm25-jieba、langchain 查的是原样的题。
"""


def finding(found: Mapping[str, Any]) -> str:
    """Write what every arm finds: of all questions, by their kind, and of changed ones.

    Args:
        found: the retrieval of a result, as JSON.
    """
    parts = [f"### 检索（{found['questions']} 题，%）\n"]
    whole = {arm: one["metrics"] for arm, one in found["arms"].items()}
    names = [name for name in _FOUND if any(name in one for one in whole.values())]
    parts.append(_arms(whole, names, found["differences"]))
    for kind, part in found["types"].items():
        parts.append(f"题型 {plain(kind)}（{part['questions']} 题）\n")
        parts.append(_arms(part["arms"], ["hit@1", "hit@5", LED, "ndcg@10"], part["differences"]))
    if found["variants"]:
        parts += _varied(found)
    return "\n".join(parts)


def _varied(found: Mapping[str, Any]) -> list[str]:
    """What every arm finds for changed questions, and how far ours is ahead of it there."""
    arms = list(found["arms"])
    rows, ahead = [], []
    for name, part in found["variants"].items():
        label = f"{run_label(name)}（{part['questions']} 题）"
        led = [one for one in part["differences"] if one["metric"] == LED]
        lost = {one["arm"]: one for one in led if one["baseline"] == PLAIN}
        gap = {one["baseline"]: one for one in gaps(led)}
        rows.append(
            [label]
            + [
                f"{metric(part['arms'][arm][LED])} {change(lost[arm])}{_mark(gap.get(arm))}"
                for arm in arms
            ]
        )
        ahead.append([label, *(difference(gap[arm]) if arm in gap else "—" for arm in arms)])
    others = [at for at, arm in enumerate(arms, start=1) if arm != OURS]
    return [
        "换一种问法：MRR@10，以及比同样这些题的原题（百分点）\n",
        table(["问法", *map(arm_label, arms)], rows),
        _READ,
        "问院减各办法，同样这些改过的题：MRR@10（百分点，* 表示 p < 0.05）\n",
        table(
            ["问法", *(arms[at - 1] for at in others)],
            [[row[0], *(row[at] for at in others)] for row in ahead],
        ),
    ]


def _mark(gap: Mapping[str, Any] | None) -> str:
    """The sign beside another arm that does better than ours; "" where it does not."""
    if gap is None or gap["value"] >= 0:
        return ""
    return f" {BETTER if gap['p'] < SIGNIFICANT else PERHAPS}"


def _arms(
    arms: Mapping[str, Any], names: Sequence[str], differences: Sequence[Mapping[str, Any]]
) -> str:
    """A row an arm; others are marked where they do better than ours."""
    gap = {(one["baseline"], one["metric"]): one for one in gaps(differences)}
    rows = [
        [
            arm_label(arm),
            *(f"{metric(one.get(name))}{_mark(gap.get((arm, name)))}" for name in names),
        ]
        for arm, one in arms.items()
    ]
    return table(["办法", *names], rows)
