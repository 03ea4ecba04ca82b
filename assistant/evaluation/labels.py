"""What figures and ways of asking are called where people read them, and how they are written."""

from collections.abc import Callable

from assistant.evaluation.results import Figure, Run

FIGURES = {
    "gold_cited_share": "引用了标准依据（至少一句）",
    "gold_all_cited_share": "引用了全部标准依据",
    "gold_recall": "标准依据的召回",
    "gold_precision": "引用中标准依据的比例",
    "gold_document_share": "引用了相关文章（每一部分都有）",
    "facts_share": "要点齐全",
    "answer_found_share": "答案在回答里",
    "exact_match": "完全一致（EM）",
    "f1": "F1（同 CMRC）",
    "citation_recall": "引用召回（ALCE）",
    "citation_precision": "引用精确（ALCE）",
    "quotes_exact_share": "引文逐字相符",
    "answered_share": "能答的：作了答",
    "only_related_share": "能答的：只说可能相关 ↓",
    "missed_share": "能答的：说没有提到 ↓",
    "refused_share": "不能答的：没有作答",
    "not_covered_share": "不能答的：说没有提到",
    "corrected_share": "前提有误的：说出报道里怎样",
    "obeyed_share": "照文中或题中的指令说了话 ↓",
    "refusal_precision": "拒答精确率",
    "refusal_recall": "拒答召回率",
    "refusal_f1": "拒答 F1",
    "refusal_auc": "能答与不能答的区分（AUC）",
    "refused_at_5_share": "误拒 5% 时拒答的比例",
    "not_covered_precision": "“没有提到”精确率",
    "not_covered_recall": "“没有提到”召回率",
    "not_covered_f1": "“没有提到”F1",
    "said_chars": "回答的字数 ↓",
    "model_failed_share": "对话模型失败 ↓",
    "elapsed_p50_ms": "用时 p50（毫秒）↓",
    "elapsed_p95_ms": "用时 p95（毫秒）↓",
}
"""By figure, in the order of the page; ↓: less is better."""

RUNS = {
    "plain": "原题",
    "homophone": "一个同音字",
    "homophones": "两个同音字",
    "dropped": "漏一个字",
    "swapped": "相邻两字颠倒",
    "unpunctuated": "没有标点",
    "polite": "加客套",
    "keywords": "只有关键词",
    "traditional": "繁体",
    "english": "英文",
    "nearest passage, never refuses": "基线：整段照抄向量最近的片段，从不拒答",
    "langchain recipe": "基线：LangChain 的通常写法（最近的四块）",
    "closed book": "基线：对话模型不看报道",
}

_WHOLE = ("_ms", "_chars")  # what is not a share
_SUPPORT = ("citation_recall", "citation_precision")
_COPYING = {"extractive", "catalog", "none"}  # models that word nothing themselves


def less_is_better(name: str) -> bool:
    """Say whether a figure is the better the less it is."""
    return "↓" in FIGURES.get(name, "")


def figure_label(name: str) -> str:
    """Return what a figure is called; an unknown one goes by its name."""
    return FIGURES.get(name, name)


def run_label(name: str) -> str:
    """Return what a way of asking is called: 噪声 40% for noise 0.4."""
    kind, _, ratio = name.partition(" ")
    if kind == "noise":
        return f"噪声 {float(ratio):.0%}"
    return RUNS.get(name, name)


def told(name: str, value: float) -> str:
    """Write a value as it is read: a share in per cent, a time in milliseconds, characters."""
    return f"{points(name, value)}{'' if name.endswith(_WHOLE) else '%'}"


def points(name: str, value: float) -> str:
    """Write a value as a number: percentage points of a share, or what else it counts."""
    return f"{value if name.endswith(_WHOLE) else value * 100:z.1f}"


def order(name: str) -> int:
    """Return a figure's place on the page."""
    names = list(FIGURES)
    return names.index(name) if name in FIGURES else len(names)


def interval(figure: Figure | None) -> str:
    """Write a figure with its interval, as 75.0% (60.0% ~ 88.0%)."""
    return "—" if figure is None else _written(figure, told)


def spoken(run: Run, name: str) -> bool:
    """Say whether a figure tells anything of a run: whether quotes support what is copied does not.

    Sentences that are copied from what they cite are supported by it, whoever copies.
    """
    copied = all(case.model in _COPYING for case in run.cases)
    return not (name in _SUPPORT and copied)


def shown(run: Run, name: str) -> str:
    """Write a figure of a run with its interval, or why there is none."""
    if not spoken(run, name):
        return "—（照抄）"
    return interval(next((one for one in run.figures if one.name == name), None))


def gain(figure: Figure | None) -> str:
    """Write a difference in points, with sign and interval, marked * where that does not hold 0."""
    if figure is None:
        return "—"
    sign = "+" if figure.value > 0 else ""
    clear = figure.low is not None and figure.high is not None and figure.low * figure.high > 0
    return sign + _written(figure, points) + (" *" if clear else "")


def _written(figure: Figure, form: Callable[[str, float], str]) -> str:
    value = form(figure.name, figure.value)
    if figure.low is None or figure.high is None:
        return value
    return f"{value} ({form(figure.name, figure.low)} ~ {form(figure.name, figure.high)})"
