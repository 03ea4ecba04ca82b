"""Writes the figures of results to the terminal: of finding, then of answering."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ui.commands.common import write, write_json

if TYPE_CHECKING:
    from assistant.evaluation.results import Result

_FOUND = ("hit@1", "hit@5", "hit@10", "recall@10", "mrr@10", "ndcg@10", "parts@10")


def show(results: "Sequence[Result]", *, as_json: bool) -> None:
    """Write the metrics: as JSON flat by name, of several data sets each under its own."""
    if as_json:
        shown = {one.provenance.dataset: _flat(one) for one in results}
        write_json(dict(*shown.values()) if len(shown) == 1 else dict(shown))
        return
    for one in results:
        if len(results) > 1:
            write(f"== {one.provenance.dataset}")
        if one.retrieval is not None:
            _show_found(one.retrieval)
        if one.runs:
            _show_answers(one)


def _flat(result: "Result") -> dict[str, float]:
    from assistant.evaluation.answers import metrics
    from assistant.evaluation.gate import retrieval_metrics

    answers = metrics(result.plain.cases) if result.runs else {}
    return answers | {
        f"{arm}/{name}": value
        for arm, found in retrieval_metrics(result).items()
        for name, value in found.items()
    }


def _show_found(found: dict[str, Any]) -> None:
    """Write a table of finding: a line an arm, with intervals."""
    write(f"检索（{found['questions']} 题，%）")
    width = max(map(len, found["arms"]))
    for arm, one in found["arms"].items():
        cells = [
            f"{name} {at['value'] * 100:.1f} ({at['low'] * 100:.1f} ~ {at['high'] * 100:.1f})"
            for name in _FOUND
            if (at := one["metrics"].get(name))
        ]
        write(f"{arm:<{width}}  {'  '.join(cells)}")


def _show_answers(result: "Result") -> None:
    from assistant.evaluation.answers import counts
    from assistant.evaluation.labels import order, shown

    plain = result.plain
    rows = {name: f"{value:g}" for name, value in counts(plain.cases).items()}
    ordered = sorted(plain.figures, key=lambda figure: order(figure.name))
    rows |= {figure.name: shown(plain, figure.name) for figure in ordered}
    width = max(map(len, rows))
    for name, value in rows.items():
        write(f"{name:<{width}}  {value}")
