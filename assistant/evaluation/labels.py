"""What figures and ways of asking are called on the page."""

FIGURES = {
    "gold_cited_share": "引用了标准依据（至少一句）",
    "gold_all_cited_share": "引用了全部标准依据",
    "gold_recall": "标准依据的召回",
    "gold_precision": "引用中标准依据的比例",
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
    "refusal_precision": "拒答精确率",
    "refusal_recall": "拒答召回率",
    "refusal_f1": "拒答 F1",
    "not_covered_precision": "“没有提到”精确率",
    "not_covered_recall": "“没有提到”召回率",
    "not_covered_f1": "“没有提到”F1",
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
    "nearest passage, never refuses": "基线：整段照抄向量最近的片段，从不拒答",
}


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
    """Write a value as it is read: a share in per cent, a time in milliseconds."""
    return f"{points(name, value)}{'' if name.endswith('_ms') else '%'}"


def points(name: str, value: float) -> str:
    """Write a value as a number: percentage points of a share, milliseconds of a time."""
    return f"{value if name.endswith('_ms') else value * 100:.1f}"


def order(name: str) -> int:
    """Return a figure's place on the page."""
    names = list(FIGURES)
    return names.index(name) if name in FIGURES else len(names)
