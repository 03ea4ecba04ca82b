"""Fits what assistant/data/fitted.json holds, and prints how it does on questions kept apart.

    python -m bench.calibrate --home FOLDER [--write]

Fitted on the development half of every set, reported on the other (assistant.evaluation.halves).
Sets: the development questions and the public sets (../shared/data), and questions on the bundled
and on invented pages (bench/). The libraries of the public sets are those that `wenyuan eval` makes
in FOLDER: the first run embeds for half an hour, the others take about ten minutes.
"""

import argparse
import json
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, fields, replace
from pathlib import Path

import numpy as np

from assistant import fitted
from assistant.coverage import Signals, model
from assistant.evaluation.separation import Statistic, auc, refused
from assistant.matching import Match, weighed
from assistant.scoring import Features
from bench.datasets import (
    ROOT,
    SHARED,
    Labelled,
    Matched,
    corpus_library,
    labelled_corpus,
    labelled_pages,
    matched_corpus,
    pages_library,
)
from bench.fitting import logistic, softmax
from ui.settings import Settings, load_settings

MATCHES = tuple(field.name for field in fields(Match))
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
# Public sets: the types of question asked ("": all), and how many of each half at most.
CORPORA = {"rgb_news": ("", 1000), "cmrc": ("", 150), "crud_news": ("qa", 100)}
RANKED = {
    "rgb_news": (("", 1000),),
    "rgb_multi": (("", 1000),),
    "cmrc": (("", 500),),
    "crud_news": (("qa", 1000), ("headline", 150)),
}
# Share of the answerable questions fitted on that may fall below each band (those below the first
# are still shown what is related). Across languages the signals are weak, so an answer is claimed
# only where they are clear.
FALSE_REFUSALS = {
    "chinese": {"answered": 0.06, "related": 0.02},
    "other": {"answered": 0.50, "related": 0.10},
}


def main() -> None:
    """Collect, fit the ranking, judge again with it, fit the coverage, report, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    settings = load_settings(home=options.home)
    passages = list(match(settings))
    parts: dict[str, dict[str, object]] = {"passages": {"weights": fit_passages(passages)}}
    fitted.use(parts)
    report_passages(passages)
    parts["ranking"] = {"weights": fit_ranking(collect(settings))}
    fitted.use(parts)
    cases = collect(settings)
    parts["chinese"] = fit_coverage([o for o in cases if chinese(o)], SIGNALS, "chinese")
    parts["other"] = fit_coverage([o for o in cases if not chinese(o)], OTHER, "other")
    fitted.use(parts)
    report([rejudged(one) for one in cases])
    if options.write:
        parts["provenance"] = {
            "command": "python -m bench.calibrate --home FOLDER --write",
            "passages fitted on": dict(Counter(one.source for one in passages if develops(one))),
            "fitted on": dict(Counter(one.source for one in cases if develops(one))),
        }
        write(parts)


def write(parts: Mapping[str, object]) -> None:
    """Put fitted parts in place of those that the assistant's package holds under their names."""
    target = ROOT / "assistant" / "data" / "fitted.json"
    known = json.loads(target.read_text("utf-8"))
    target.write_text(json.dumps(known | dict(parts), ensure_ascii=False, indent=1) + "\n", "utf-8")


def collect(settings: Settings) -> list[Labelled]:
    """Assess every question of every set with what is fitted so far."""
    cases: list[Labelled] = []
    with pages_library(settings) as library:
        for source, path in QUESTIONS.items():
            cases += labelled_pages(library, source, path)
    for name, (kind, most) in CORPORA.items():
        with corpus_library(settings, name) as library:
            cases += labelled_corpus(library, name, kind, most)
    return [one for one in cases if one.assessment.ranked]


def match(settings: Settings) -> Iterator[Matched]:
    """Match the passages of the public sets with their questions."""
    for name, kinds in RANKED.items():
        with corpus_library(settings, name) as library:
            for kind, most in kinds:
                yield from matched_corpus(library, name, kind, most)


def rejudged(one: Labelled) -> Labelled:
    """Judge a case anew by what is fitted now; what no coverage could save stays as it is."""
    found = one.assessment
    if not found.signals or not found.probability:
        return one
    judge = model(chinese=chinese(one))
    likely = judge.probability(found.signals)
    judged = replace(found, probability=likely, status=judge.band(likely))
    return replace(one, assessment=judged)


def fit_passages(cases: Sequence[Matched]) -> dict[str, float]:
    """Weights under which a passage of a gold article comes first (softmax over those matched)."""
    rows = [
        (np.array([astuple(one) for one in case.matches]), np.array(case.gold, float), case.source)
        for case in cases
        if develops(case) and any(case.gold)
    ]
    return softmax(rows, MATCHES)


def fit_ranking(cases: Sequence[Labelled]) -> dict[str, float]:
    """Weights under which a sentence that answers comes first (softmax over the candidates)."""
    rows = [
        (np.array([astuple(c.features) for c in one.assessment.ranked]),
         np.array(one.gold, float), one.source)
        for one in cases
        if develops(one) and chinese(one) and any(one.gold)
    ]  # fmt: skip
    return softmax(rows, FEATURES)


def fit_coverage(cases: Sequence[Labelled], names: Sequence[str], kind: str) -> dict[str, object]:
    """A logistic model of whether the chosen sentences answer; every set weighs the same.

    Signals of something missing may only count against, the others only for an answer. Questions
    whose answer exists but was not chosen are left out: neither verdict would be right.
    """
    kept = [one for one in cases if develops(one) and (one.chosen_gold or not one.answerable)]
    return logistic(
        np.array([[getattr(o.assessment.signals, n) for n in names] for o in kept], float),
        names,
        [one.answerable for one in kept],
        [one.source for one in kept],
        FALSE_REFUSALS[kind],
    )


def report(cases: Sequence[Labelled]) -> None:
    """Print, for the reporting halves: sentence found, answered when answerable, refused if not.

    AUC and `at 5 %` (refused where 5 % of the answerable questions of the set would be) tell
    answerable questions, their answer chosen or not, from those that are not.
    """
    columns = ("best", "said", "answered", "refused", "AUC", "at 5 %")
    print(f"{'set':18}{'n':>6}" + "".join(f"{one:>10}" for one in columns))
    for source in dict.fromkeys(one.source for one in cases):
        apart = [one for one in cases if one.source == source and not develops(one)]
        asked = [one for one in cases if one.source == source.removesuffix(" hidden")]
        asked = [one for one in asked if one.answerable and not develops(one)]
        others = [one for one in apart if not one.answerable]
        shown = [one for one in apart if one.answerable]
        print(
            f"{source:18}{len(apart):6}"
            f"{share_of(shown, lambda one: one.gold[0]):10.3f}"
            f"{share_of(shown, lambda one: one.chosen_gold):10.3f}"
            f"{share_of(shown, lambda one: one.assessment.status == 'answered'):10.3f}"
            f"{share_of(others, lambda one: one.assessment.status != 'answered'):10.3f}"
            f"{separated(asked, others, auc):10.3f}{separated(asked, others, refused):10.3f}"
        )


def report_passages(cases: Sequence[Matched]) -> None:
    """Print, for the reporting halves, how soon a gold article comes by the fitted weights."""
    for source in dict.fromkeys(one.source for one in cases):
        apart = [one for one in cases if one.source == source and not develops(one)]
        print(f"{source:20}{len(apart):6} MRR@10 {np.mean([reciprocal(one) for one in apart]):.3f}")


def reciprocal(case: Matched) -> float:
    """One by the rank of the first gold article among ten, 0 if it is not there."""
    order = np.argsort([-weighed(one) for one in case.matches], kind="stable")
    gold = {a for a, right in zip(case.articles, case.gold, strict=True) if right}
    ranked = list(dict.fromkeys(case.articles[at] for at in order))[:10]
    return next((1 / rank for rank, one in enumerate(ranked, start=1) if one in gold), 0.0)


def develops(one: Labelled | Matched) -> bool:
    """Whether a question is fitted on (and not kept apart)."""
    return one.half == "development"


def chinese(one: Labelled) -> bool:
    """Whether a question holds Chinese characters."""
    return one.assessment.question.chinese


def share_of(cases: Sequence[Labelled], holds: Callable[[Labelled], bool]) -> float:
    """Share of cases for which something holds; not a number where there are none."""
    return sum(map(holds, cases)) / len(cases) if cases else float("nan")


def separated(asked: Sequence[Labelled], others: Sequence[Labelled], measure: Statistic) -> float:
    """How well the probabilities tell those asked from the others; not a number without both."""
    if not asked or not others:
        return float("nan")
    judged = np.array([one.assessment.probability for one in (*asked, *others)])
    return measure(judged, np.array([True] * len(asked) + [False] * len(others)))


if __name__ == "__main__":
    main()
