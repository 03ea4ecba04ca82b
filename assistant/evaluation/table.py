"""Results as Markdown: every figure with its interval beside the baselines', and where we lose."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assistant.evaluation.compare import OURS
from assistant.evaluation.labels import figure_label, gain, interval, order, run_label
from assistant.evaluation.losses import BETTER, PERHAPS, gaps, losses, mark
from assistant.evaluation.report import by_name
from assistant.evaluation.results import Result, Results
from assistant.evaluation.retrieval_figures import SIGNIFICANT
from store.errors import UsageError

_LED = "mrr@10"
_FOUND = ("hit@1", "hit@3", "hit@5", "hit@10", "recall@5", "recall@10", _LED, "ndcg@10", "parts@10")
_ASKED = (
    "gold_cited_share",
    "gold_document_share",
    "facts_share",
    "answer_found_share",
    "f1",
    "answered_share",
    "refused_share",
    "citation_precision",
)
"""The figures of answers that are told of changed questions and of noise."""

_HEAD = f"""# 评测结果

由 `wenyuan eval table` 写成，没有手工改动。括号里是 95% 区间（把题目有放回地重抽）；差按题配对。
↓ 表示越小越好。{BETTER} 表示它比问院好，且有把握（检索：p < {SIGNIFICANT}；回答：差的区间不含 0）；
{PERHAPS} 表示它比问院好，但差在误差之内。p 值未因多次检验校正。
"""


def markdown(found: Sequence[Results], mean: Sequence[str] = ()) -> str:
    """Write results as a page of Markdown.

    Args:
        found: each of one call, with the data sets in the order that they are shown.
        mean: data sets (or `set@type`) over which the MRR@10 of finding is averaged; () for none.

    Raises:
        UsageError: two results are of the same data set, or `mean` names one that is not there.
    """
    results = [result for one in found for result in one.results]
    names = [one.provenance.dataset for one in results]
    if len(set(names)) < len(names):
        raise UsageError(f"有同名的数据集：{'、'.join(names)}。")
    commands = "\n".join(one.command for one in found if one.command)
    parts = [_HEAD]
    parts += [f"做法：\n\n```\n{commands}\n```\n"] if commands else []
    parts += [_overview(results, mean)]
    parts += [_section(one) for one in results]
    return "\n".join(part for part in parts if part)


def _overview(results: Sequence[Result], mean: Sequence[str]) -> str:
    """The one figure of finding that leads, of every arm over every data set."""
    columns = {
        result.provenance.dataset: {
            arm: one["metrics"][_LED] for arm, one in result.retrieval["arms"].items()
        }
        for result in results
        if result.retrieval
    } | {
        f"{result.provenance.dataset}@{kind}": {arm: one[_LED] for arm, one in part["arms"].items()}
        for result in results
        for kind, part in (result.retrieval or {}).get("types", {}).items()
    }
    unknown = [one for one in mean if one not in columns]
    if unknown:
        raise UsageError(f"没有 {unknown[0]} 的检索结果；有：{'、'.join(columns)}。")
    if not columns:
        return ""
    arms = list(dict.fromkeys(arm for column in columns.values() for arm in column))
    rows = []
    for arm in arms:
        cells = [_cell(column.get(arm)) for column in columns.values()]
        if mean:
            kept = [columns[name][arm]["value"] for name in mean if arm in columns[name]]
            cells.append(f"{sum(kept) / len(kept) * 100:.1f}" if len(kept) == len(mean) else "—")
        rows.append([_arm(arm), *cells])
    head = ["MRR@10（%）", *columns, *([f"平均（{'、'.join(mean)}）"] if mean else [])]
    return f"## 一览：检索\n\n{_table(head, rows)}"


def _section(result: Result) -> str:
    parts = [f"## {result.provenance.dataset}\n", _origin(result), _losses(result)]
    if result.retrieval:
        parts.append(_retrieval(result.retrieval))
    if result.runs:
        parts.append(_answers(result))
        parts += [
            _beside(result, kind, title)
            for kind, title in (
                ("variant", "换一种问法：回答"),
                ("noise", "噪声：每题只给五篇材料"),
            )
        ]
    return "\n".join(part for part in parts if part)


def _origin(result: Result) -> str:
    one = result.provenance
    asked = {"development": "拟合用的一半", "reporting": "报告用的一半"}.get(
        one.half or "", "全部题"
    )
    drawn = f"，从中抽 {one.sample} 题（不足则全用），种子 {one.seed}" if one.sample else ""
    settings = "，".join(f"{name}={value}" for name, value in one.settings.items())
    lines = {
        "题目": f"{asked}{drawn}；{len(result.plain.cases)} 题作答",
        "程序": f"{one.version}，{one.commit or '不在检出里'}",
        "机器": one.machine,
        "作答": one.model,
        "向量模型": one.embedder,
        "核对依据": one.support,
        "数据集 SHA-256": one.fingerprint,
        "设置": settings,
    }
    return "\n".join(f"- {name}：{value}" for name, value in lines.items() if value) + "\n"


def _losses(result: Result) -> str:
    found = losses(result)
    if not found:
        return "没有一项指标不如基线。\n"
    lines = [
        f"- {one.who}：{one.what} {one.how}{'' if one.clear else '（误差之内）'}" for one in found
    ]
    return "不如基线的（基线减问院，百分点、毫秒或字）：\n\n" + "\n".join(lines) + "\n"


def _retrieval(found: Mapping[str, Any]) -> str:
    """What every arm finds: over all questions, by their kind, and of changed ones."""
    parts = [f"### 检索（{found['questions']} 题，%）\n"]
    whole = {arm: one["metrics"] for arm, one in found["arms"].items()}
    names = [name for name in _FOUND if any(name in one for one in whole.values())]
    parts.append(_arms(whole, names, found["differences"]))
    for kind, part in found["types"].items():
        parts.append(f"题型 {kind}（{part['questions']} 题）\n")
        parts.append(_arms(part["arms"], ["hit@1", "hit@5", _LED, "ndcg@10"], part["differences"]))
    if found["variants"]:
        parts.append("换一种问法：MRR@10，以及比同样这些题的原题（百分点）\n")
        rows = []
        for name, part in found["variants"].items():
            lost = {one["arm"]: one for one in part["differences"] if one["metric"] == _LED}
            cells = [
                f"{_cell(part['arms'][arm][_LED])} {_signed(lost[arm])}" for arm in part["arms"]
            ]
            rows.append([f"{run_label(name)}（{part['questions']} 题）", *cells])
        parts.append(_table(["问法", *map(_arm, found["arms"])], rows))
    return "\n".join(parts)


def _arms(
    arms: Mapping[str, Any], names: Sequence[str], differences: Sequence[Mapping[str, Any]]
) -> str:
    """A row an arm; others are marked where they do better than ours."""
    ahead = {
        (one["baseline"], one["metric"]): BETTER if one["p"] < SIGNIFICANT else PERHAPS
        for one in gaps(differences)
        if one["value"] < 0
    }
    rows = [
        [_arm(arm), *(f"{_cell(one.get(name))} {ahead.get((arm, name), '')}" for name in names)]
        for arm, one in arms.items()
    ]
    return _table(["办法", *names], rows)


def _answers(result: Result) -> str:
    others = [run for run in result.runs if run.kind == "baseline"]
    ours = by_name(result.plain.figures)
    rows = []
    for name in sorted(ours, key=order):
        row = [f"{figure_label(name)} `{name}`", str(ours[name].n), interval(ours[name])]
        for run in others:
            theirs, gap = by_name(run.figures).get(name), by_name(run.differences).get(name)
            row.append(f"{interval(theirs)}{mark(gap)}")
        rows.append(row)
    head = ["指标", "题数", "问院", *(run_label(run.name) for run in others)]
    parts = [f"### 回答（{len(result.plain.cases)} 题）\n", _table(head, rows)]
    led = [name for name in _ASKED if name in ours]
    if result.plain.types:
        parts.append("按题型\n")
        kinds = {kind: by_name(figures) for kind, figures in result.plain.types.items()}
        parts.append(
            _table(
                ["题型", *map(figure_label, led)],
                [[kind, *(interval(one.get(name)) for name in led)] for kind, one in kinds.items()],
            )
        )
    return "\n".join(parts)


def _beside(result: Result, kind: str, title: str) -> str:
    """Runs of one kind: their figures, and how far they are from the questions as they are."""
    runs = [run for run in result.runs if run.kind == kind]
    if not runs:
        return ""
    ours = by_name(result.plain.figures)
    led = [name for name in (*_ASKED, "refusal_auc") if name in ours]
    rows = []
    for run in runs:
        figures, moved = by_name(run.figures), by_name(run.differences)
        cells = [
            f"{interval(figures[name])}；{gain(moved.get(name))}" if name in figures else "—"
            for name in led
        ]
        rows.append([f"{run_label(run.name)}（{len(run.cases)} 题）", *cells])
    head = ["", *map(figure_label, led)]
    return f"### {title}\n\n每格：数值；比同样这些题的原题（* 表示区间不含 0）。\n\n" + _table(
        head, rows
    )


def _arm(name: str) -> str:
    return f"**{name}（问院）**" if name == OURS else name


def _cell(at: Mapping[str, float] | None) -> str:
    if at is None:
        return "—"
    return f"{at['value'] * 100:.1f} ({at['low'] * 100:.1f} ~ {at['high'] * 100:.1f})"


def _signed(difference: Mapping[str, Any]) -> str:
    clear = "*" if difference["p"] < SIGNIFICANT else ""
    return f"[{difference['value'] * 100:+.1f}{clear}]"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.strip() for cell in line)} |" for line in lines) + "\n"
