"""Results as Markdown: every figure with its interval beside the baselines', and where we lose."""

from collections.abc import Sequence

from assistant.evaluation.cells import plain, table
from assistant.evaluation.labels import (
    figure_label,
    gain,
    interval,
    order,
    run_label,
    shown,
    spoken,
)
from assistant.evaluation.losses import BETTER, PERHAPS, losses, mark
from assistant.evaluation.overview import overview
from assistant.evaluation.report import by_name
from assistant.evaluation.results import Result, Results, Run
from assistant.evaluation.retrieval_figures import SIGNIFICANT
from assistant.evaluation.retrieval_table import finding
from store.errors import UsageError

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
        UsageError: two results are of the same data set, or do not go together (another commit,
            other settings, the half that was fitted on beside the other); or `mean` names one that
            is not there.
    """
    results = [result for one in found for result in one.results]
    names = [one.provenance.dataset for one in results]
    if len(set(names)) < len(names):
        raise UsageError(f"有同名的数据集：{'、'.join(names)}。")
    _require_alike(results, mean)
    commands = [one.command for one in found if one.command]
    commands.append(
        "wenyuan eval table 各次的结果/" + (f" --mean {','.join(mean)}" if mean else "")
    )
    told = "\n".join(commands)
    parts = [_HEAD, f"做法：\n\n```\n{told}\n```\n", overview(results, mean)]
    parts += [_section(one) for one in results]
    return "\n".join(part for part in parts if part)


def _require_alike(results: Sequence[Result], mean: Sequence[str]) -> None:
    """Raise UsageError where figures of different making would stand beside each other."""
    averaged = [
        one
        for one in results
        if any(name.partition("@")[0] == one.provenance.dataset for name in mean)
    ]
    halves = {one.provenance.half for one in results} - {None}
    if len(halves) > 1 or len({one.provenance.half for one in averaged}) > 1:
        raise UsageError(
            "这些结果问的不是同一半的题（--half），不能放在一起；请用同样的一半重新评测。"
        )
    for what, values in (
        ("程序的提交", {f"{one.provenance.version} {one.provenance.commit}" for one in results}),
        ("设置", {repr(sorted(one.provenance.settings.items())) for one in results}),
    ):
        if len(values) > 1:
            raise UsageError(f"这些结果的{what}不同，不能放在一起；请用同样的程序和设置重新评测。")


def _section(result: Result) -> str:
    parts = [f"## {plain(result.provenance.dataset)}\n", _origin(result), _losses(result)]
    if result.retrieval:
        parts.append(finding(result.retrieval))
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


def _answers(result: Result) -> str:
    others = [run for run in result.runs if run.kind == "baseline"]
    ours = by_name(result.plain.figures)
    rows = []
    for name in sorted(ours, key=order):
        row = [f"{figure_label(name)} `{name}`", str(ours[name].n), shown(result.plain, name)]
        row += [_theirs(run, name, ours[name].n) for run in others]
        rows.append(row)
    head = ["指标", "题数", "问院", *(run_label(run.name) for run in others)]
    parts = [f"### 回答（{len(result.plain.cases)} 题）\n", table(head, rows)]
    led = [name for name in _ASKED if name in ours and spoken(result.plain, name)]
    if result.plain.types:
        parts.append("按题型\n")
        kinds = {kind: by_name(figures) for kind, figures in result.plain.types.items()}
        parts.append(
            table(
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
    led = [name for name in (*_ASKED, "refusal_auc") if name in ours and spoken(result.plain, name)]
    rows = []
    for run in (one for one in runs if one.cases):
        figures, moved = by_name(run.figures), by_name(run.differences)
        cells = [
            f"{interval(figures[name])}；{gain(moved.get(name))}" if name in figures else "—"
            for name in led
        ]
        rows.append([f"{run_label(run.name)}（{len(run.cases)} 题）", *cells])
    head = ["", *map(figure_label, led)]
    short = "".join(
        f"{run_label(one.name)}：没有题够五篇材料，没有测。\n\n" for one in runs if not one.cases
    )
    written = "每格：数值；比同样这些题的原题（* 表示区间不含 0）。\n\n" + table(head, rows)
    return f"### {title}\n\n{short}{written if rows else ''}"


def _theirs(run: Run, name: str, count: int) -> str:
    """Another's figure, with its own number of questions where that is not ours."""
    figure = by_name(run.figures).get(name)
    if figure is None or not spoken(run, name):
        return shown(run, name)
    other = "" if figure.n == count else f"（{figure.n} 题）"
    return f"{interval(figure)}{other}{mark(by_name(run.differences).get(name))}"
