"""Fits what assistant/data/fitted.json holds, and prints how it does on questions kept apart.

    python -m bench.calibrate --home FOLDER [--write]

Even lines of every set are fitted on, odd lines are reported. Sets: the development questions
and two public sets (../shared/data), and questions on the bundled and on invented pages (bench/).
The libraries and their vectors are kept in FOLDER, so that a second run takes minutes less.
"""

import argparse
import json
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant import fitted
from assistant.coverage import Signals
from assistant.scoring import Features
from bench.datasets import (
    ROOT,
    SHARED,
    Labelled,
    corpus_library,
    labelled_corpus,
    labelled_pages,
    pages_library,
)
from store.config import StoreConfig

Matrix = NDArray[np.float64]
FEATURES = tuple(field.name for field in fields(Features))
SIGNALS = tuple(field.name for field in fields(Signals) if field.name != "closeness")
OTHER = ("closeness", "worth")
QUESTIONS = {
    "dev": SHARED / "questions" / "reports.dev.jsonl",
    "sample_page": ROOT / "bench" / "questions" / "sample_page.jsonl",
    "invented_pages": ROOT / "bench" / "questions" / "invented_pages.jsonl",
    "english": ROOT / "bench" / "questions" / "english.jsonl",
    "small_talk": ROOT / "bench" / "questions" / "small_talk.jsonl",
}
CORPORA = {"rgb_news": 1, "cmrc": 4}
# Share of the answerable questions fitted on that may fall below each band. Across languages the
# signals are weak, so an answer is claimed only where they are clear.
FALSE_REFUSALS = {
    "chinese": {"answered": 0.05, "related": 0.02},
    "other": {"answered": 0.50, "related": 0.10},
}


def main() -> None:
    """Collect, fit the ranking, judge again with it, fit the coverage, report, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    store = StoreConfig(folder=options.home)
    parts: dict[str, dict[str, object]] = {"ranking": {"weights": fit_ranking(collect(store))}}
    fitted.use(parts)
    cases = collect(store)
    parts["chinese"] = fit_coverage([o for o in cases if chinese(o)], SIGNALS, "chinese")
    parts["other"] = fit_coverage([o for o in cases if not chinese(o)], OTHER, "other")
    fitted.use(parts)
    report(collect(store))
    if options.write:
        parts["provenance"] = {
            "command": "python -m bench.calibrate --home FOLDER --write",
            "fitted on": dict(Counter(one.source for one in cases if even(one))),
        }
        target = ROOT / "assistant" / "data" / "fitted.json"
        target.write_text(json.dumps(parts, ensure_ascii=False, indent=1) + "\n", "utf-8")


def collect(store: StoreConfig) -> list[Labelled]:
    """Assess every question of every set with what is fitted so far."""
    cases: list[Labelled] = []
    with pages_library(store.folder, store) as library:
        for source, path in QUESTIONS.items():
            cases += labelled_pages(library, source, path)
    for name, step in CORPORA.items():
        with corpus_library(store.folder, store, name) as library:
            cases += labelled_corpus(library, name, step)
    return [one for one in cases if one.assessment.ranked]


def fit_ranking(cases: Sequence[Labelled]) -> dict[str, float]:
    """Weights under which a sentence that answers comes first (softmax over the candidates)."""
    rows = [
        (np.array([list(asdict(c.features).values()) for c in one.assessment.ranked]),
         np.array(one.gold, float), one.source)
        for one in cases
        if even(one) and chinese(one) and any(one.gold)
    ]  # fmt: skip
    size = Counter(source for *_, source in rows)

    def loss(weights: Matrix) -> float:
        total = 0.002 * float(weights @ weights)
        for features, gold, source in rows:
            odds = np.exp(features @ weights - (features @ weights).max())
            total -= float(np.log((odds * gold).sum() / odds.sum() + 1e-9)) / size[source]
        return total

    return named(FEATURES, solve(loss, np.ones(len(FEATURES)), [(0.0, None)] * len(FEATURES)))


def fit_coverage(cases: Sequence[Labelled], names: Sequence[str], kind: str) -> dict[str, object]:
    """A logistic model of whether the chosen sentences answer; every set weighs the same.

    Signals of something missing may only count against, the others only for an answer. Questions
    whose answer exists but was not chosen are left out: neither verdict would be right.
    """
    kept = [one for one in cases if even(one) and (one.chosen_gold or not one.answerable)]
    size = Counter((one.source, one.answerable) for one in kept)
    share = np.array([1 / size[one.source, one.answerable] for one in kept])
    share /= share.sum()
    values = np.array([signals_of(one, names) for one in kept])
    sign = np.array([1.0 if one.answerable else -1.0 for one in kept])

    def loss(weights: Matrix) -> float:
        margin = sign * (values @ weights[1:] + weights[0])
        return float(share @ np.logaddexp(0, -margin)) + 0.001 * float(weights[1:] @ weights[1:])

    bounds = [(None, None)] + [(None, 0.0) if "missing" in n else (0.0, None) for n in names]
    solved = solve(loss, np.zeros(len(names) + 1), bounds)
    odds = 1 / (1 + np.exp(-(values @ solved[1:] + solved[0])))
    edges = {
        band: round(weighted_quantile(odds[sign > 0], share[sign > 0], allowed), 3)
        for band, allowed in FALSE_REFUSALS[kind].items()
    }
    return {"weights": named(names, solved[1:]), "intercept": round(float(solved[0]), 3), **edges}


def report(cases: Sequence[Labelled]) -> None:
    """Print, for the lines kept apart: sentence found, answered when answerable, refused if not."""
    print(f"{'set':16}{'n':>6}{'best':>8}{'said':>8}{'answered':>10}{'refused':>9}{'AUC':>7}")
    for source in (*QUESTIONS, *CORPORA):
        apart = [one for one in cases if one.source == source and not even(one)]
        asked = [one for one in apart if one.answerable]
        others = [one for one in apart if not one.answerable]
        print(
            f"{source:16}{len(apart):6}"
            f"{share_of(asked, lambda one: one.gold[0]):8.3f}"
            f"{share_of(asked, lambda one: one.chosen_gold):8.3f}"
            f"{share_of(asked, lambda one: one.assessment.status == 'answered'):10.3f}"
            f"{share_of(others, lambda one: one.assessment.status != 'answered'):9.3f}"
            f"{area([one for one in asked if one.chosen_gold], others):7.3f}"
        )


def even(one: Labelled) -> bool:
    """Whether a question is fitted on (even line) or kept apart."""
    return one.number % 2 == 0


def chinese(one: Labelled) -> bool:
    """Whether a question holds Chinese characters."""
    return one.assessment.question.chinese


def signals_of(one: Labelled, names: Sequence[str]) -> list[float]:
    """The signals of a case as a row."""
    return [float(getattr(one.assessment.signals, name)) for name in names]


def solve(
    loss: Callable[[Matrix], float], start: Matrix, bounds: Sequence[tuple[float | None, ...]]
) -> Matrix:
    """Minimise a smooth loss within bounds."""
    solved: Matrix = minimize(loss, start, method="L-BFGS-B", bounds=bounds).x
    return solved


def named(names: Sequence[str], values: Matrix) -> dict[str, float]:
    """Pair names with rounded values."""
    return {name: round(float(value), 3) for name, value in zip(names, values, strict=True)}


def weighted_quantile(values: Matrix, weights: Matrix, share: float) -> float:
    """The value below which the given share of the weight lies."""
    order = np.argsort(values)
    reached = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][np.searchsorted(reached, share)])


def share_of(cases: Sequence[Labelled], holds: Callable[[Labelled], bool]) -> float:
    """Share of cases for which something holds; not a number where there are none."""
    return sum(map(holds, cases)) / len(cases) if cases else float("nan")


def area(asked: Sequence[Labelled], others: Sequence[Labelled]) -> float:
    """Area under the curve: how often an answered case is likelier than one that cannot be."""
    pairs = [
        float(a.assessment.probability > b.assessment.probability)
        + 0.5 * (a.assessment.probability == b.assessment.probability)
        for a in asked
        for b in others
    ]
    return sum(pairs) / len(pairs) if pairs else float("nan")


if __name__ == "__main__":
    main()
