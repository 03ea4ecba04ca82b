"""A result as one page that needs no other file: tables, plots, and what went wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from assistant.evaluation import plots
from assistant.evaluation.extras import require
from assistant.evaluation.labels import (
    figure_label,
    gain,
    interval,
    order,
    run_label,
    shown,
    spoken,
)
from assistant.evaluation.results import Case, Figure, Result, Results, Run
from assistant.evaluation.retrieval_figures import PLAIN
from store.errors import UsageError

FILE = "report.html"
LED = "mrr@10"
"""The figure of finding that is told where there is room for one."""

_SHOWN = (
    "gold_cited_share",
    "facts_share",
    "answer_found_share",
    "f1",
    "answered_share",
    "refused_share",
    "refusal_f1",
    "citation_precision",
    "citation_recall",
)
"""The figures that are drawn."""
_LED_BY = ("gold_cited_share", "answer_found_share", "facts_share", "answered_share")
_BANDS = {"answered": "有答案", "related": "可能相关", "not_covered": "没有提到"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A case that went wrong, and how."""

    case: Case
    why: tuple[str, ...]


def write_report(results: Results, folder: Path) -> Path:
    """Write the page into a folder that is there; returns the file.

    Raises:
        MissingExtraError: the packages for it are not installed.
        UsageError: it cannot be written.
    """
    path = folder / FILE
    try:
        path.write_text(page(results), "utf-8")
    except OSError as error:
        raise UsageError(f"评测的网页写不进 {path}：{error.strerror}。") from error
    return path


def page(results: Results) -> str:
    """Return the page as HTML; whatever comes from questions and reports is escaped.

    Raises:
        MissingExtraError: the packages for it are not installed.
    """
    require("jinja2")
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(
        led_by=LED,
        figure_label=figure_label,
        run_label=run_label,
        bands=_BANDS,
        interval=interval,
        gain=gain,
        shown=shown,
    )
    template = files("assistant.evaluation").joinpath("report.html").read_text("utf-8")
    return environment.from_string(template).render(
        parts=[_part(result) for result in results.results]
    )


def failures(run: Run) -> tuple[Failure, ...]:
    """Return the cases of a run that went wrong, in the order they were asked in."""
    found = [(case, _why(case)) for case in run.cases]
    return tuple(Failure(case=case, why=why) for case, why in found if why)


def _part(result: Result) -> dict[str, Any]:
    """What the page says of one data set."""
    plain = result.plain
    names = sorted({one.name for one in plain.figures}, key=order)
    others = [run for run in result.runs if run.kind == "baseline"]
    variants = [run for run in result.runs if run.kind == "variant"]
    noise = [run for run in result.runs if run.kind == "noise"]
    return {
        "provenance": result.provenance,
        "plain": plain,
        "names": names,
        "figures": {run.name: by_name(run.figures) for run in result.runs},
        "differences": {run.name: by_name(run.differences) for run in result.runs},
        "types": {kind: by_name(figures) for kind, figures in plain.types.items()},
        "baselines": others,
        "variants": variants,
        "noise": noise,
        "led_by": [name for name in _LED_BY if name in names] + ["refused_share"],
        "failures": failures(plain),
        "plots": _plots(plain, others, variants, noise) | _retrieval_plot(result.retrieval),
        "led": figure_label(next((name for name in _LED_BY if name in names), "")),
        "retrieval": retrieval_rows(result.retrieval),
    }


def by_name(figures: Sequence[Figure]) -> dict[str, Figure]:
    """Return figures by their names."""
    return {figure.name: figure for figure in figures}


def _plots(
    plain: Run, others: Sequence[Run], variants: Sequence[Run], noise: Sequence[Run]
) -> dict[str, str]:
    drawn_of = by_name(plain.figures)
    names = [name for name in _SHOWN if name in drawn_of and spoken(plain, name)]
    drawn: dict[str, str] = {}
    if names:
        series = {"wenyuan": plain, **{run.name: run for run in others}}
        drawn["figures"] = plots.intervals(
            [plots.Row(label=figure_label(n), name=n, figures=_of(series, n)) for n in names]
        )
    led = next((name for name in _LED_BY if name in names), None)
    if led and variants:
        rows = [(run, by_name(run.differences).get(led)) for run in variants]
        drawn["variants"] = plots.intervals(
            [
                plots.Row(label=run_label(run.name), name=run.name, figures={led: figure})
                for run, figure in rows
                if figure is not None
            ]
        )
    if any(run.cases for run in noise):
        drawn["noise"] = plots.curves(
            {
                name: [
                    (float(run.name.split()[1]), figure)
                    for run in noise
                    if (figure := by_name(run.figures).get(name)) is not None
                ]
                for name in ("answer_found_share", "answered_share", "refused_share")
            }
        )
    return drawn


def retrieval_rows(found: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the figures of retrieval as the page shows them, or None where there are none."""
    if found is None:
        return None
    return {
        "questions": found["questions"],
        "settings": found["settings"],
        "arms": {name: _measures(arm, found["questions"]) for name, arm in found["arms"].items()},
        "differences": [
            (one, _difference(one, found["questions"])) for one in found["differences"]
        ],
        "types": {kind: _led(part) for kind, part in found["types"].items()},
        "variants": {name: _led(part) for name, part in found["variants"].items()},
    }


def _led(part: dict[str, Any]) -> dict[str, Any]:
    """Of some of the questions, the figure that leads, and what it lost to the plain ones."""
    count = part["questions"]
    lost = {
        one["arm"]: _difference(one, count)
        for one in part["differences"]
        if one["metric"] == LED and one["baseline"] == PLAIN
    }
    return {
        "questions": count,
        "figures": {arm: _figure(LED, one[LED], count) for arm, one in part["arms"].items()},
        "lost": lost,
    }


def _measures(arm: dict[str, Any], questions: int) -> dict[str, Figure]:
    return {name: _figure(name, one, questions) for name, one in arm["metrics"].items()}


def _figure(name: str, one: Mapping[str, float], questions: int) -> Figure:
    return Figure(name=name, value=one["value"], low=one["low"], high=one["high"], n=questions)


def _difference(one: dict[str, Any], questions: int) -> Figure:
    return _figure(one["metric"], one, questions)


def _retrieval_plot(found: dict[str, Any] | None) -> dict[str, str]:
    if found is None:
        return {}
    arms = {name: _measures(arm, found["questions"]) for name, arm in found["arms"].items()}
    names = dict.fromkeys(name for figures in arms.values() for name in figures)
    rows = [
        plots.Row(
            label=name,
            name=name,
            figures={arm: figures[name] for arm, figures in arms.items() if name in figures},
        )
        for name in names
    ]
    return {"retrieval": plots.intervals(rows)}


def _of(series: Mapping[str, Run], name: str) -> dict[str, Figure]:
    found = {label: by_name(run.figures).get(name) for label, run in series.items()}
    return {label: figure for label, figure in found.items() if figure is not None}


def _why(case: Case) -> tuple[str, ...]:
    """What is wrong with an answer, in words; nothing where all is right."""
    wrong = {name for name, (right, of) in case.tallies.items() if right < of}
    told_of = {
        "refused_share": "不能答，却作了答",
        "answered_share": "能答，却没有作答",
        "gold_cited_share": "没有引用标准依据",
        "facts_share": "缺要点",
        "answer_found_share": "回答里没有答案",
        "quotes_exact_share": "引文与原文不符",
        "citation_recall": "有句子没有依据",
    }
    return tuple(text for name, text in told_of.items() if name in wrong)
