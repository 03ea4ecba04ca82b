"""A chat model's margin (assistant.answerers.margin) as a sign of what is not covered.

    python -m bench.margin ask --home FOLDER --model NAME [--url URL] --out FILE
    python -m bench.margin fit [--from FILE] [--write]

`ask` has a chat model confirm what is found for the questions of bench.calibrate, fewer of the
public sets, and keeps its margins in FILE (run again, it goes on): no text, only a hash of each
question. `fit` fits the part "margin" of assistant/data/fitted.json on the development halves and
prints what the margin does on the others. bench/judged/margins.jsonl holds those of the model that
it was fitted with.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, astuple, dataclass
from pathlib import Path

import numpy as np

from assistant import fitted
from assistant.answerers.chat_model import load
from assistant.answerers.margin import Confirming, tells
from assistant.assess import Assessment
from assistant.config import ChatConfig
from assistant.coverage import Confirmation, confirmed, log_odds
from assistant.evaluation.datasets import load as load_set
from assistant.evaluation.separation import auc, refused
from bench.calibrate import CORPORA, FALSE_REFUSALS, QUESTIONS, write
from bench.datasets import (
    ROOT,
    SHARED,
    Labelled,
    corpus_library,
    labelled_corpus,
    labelled_pages,
    pages_library,
)
from bench.fitting import logistic
from store import ids
from ui.settings import Settings, load_settings

KEPT = ROOT / "bench" / "judged" / "margins.jsonl"
DOUBTED = ROOT / "bench" / "judged" / "rgb_uncovered.jsonl"
PAGES = ("dev", "sample_page", "invented_pages")
MOST = {"rgb_news": 1000, "cmrc": 20, "crud_news": 20}
NAMES = ("odds", "margin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question, as `ask` keeps it: `said` tells that a sentence chosen for it answers it.

    `key` is a hash of the question with what was chosen for it, `question` one of it alone.
    """

    key: str
    question: str
    source: str
    half: str
    answerable: bool
    said: bool
    probability: float
    margin: float


JUDGED: tuple[Callable[[Row], float], ...] = (
    lambda one: one.probability,
    lambda one: one.margin,
    lambda one: confirmed(one.probability, one.margin)[0],
)


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("job", choices=("ask", "fit"))
    parser.add_argument("--home", type=Path)
    parser.add_argument("--model")
    parser.add_argument("--url")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--from", type=Path, default=KEPT, dest="source")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if options.job == "ask":
        chat = ChatConfig(model=options.model, base_url=options.url, api_key="none", timeout_s=900)
        ask(Confirming(load(chat), chat), load_settings(home=options.home), options.out)
        return
    rows = kept(options.source)
    part = fit([one for one in rows if one.half == "development"])
    fitted.use({"margin": part})
    report([one for one in rows if one.half == "reporting"])
    if options.write:
        write({"margin": part})


def ask(confirming: Confirming, settings: Settings, out: Path) -> None:
    """Ask for the margins that are not yet in the file; in the end write it anew.

    Margins of what is chosen no longer are left out then, and probabilities are those of now.
    """
    known = {one.key: one.margin for one in kept(out)}
    rows: list[Row] = []
    for one in cases(settings):
        found = one.assessment
        if not found.chosen or not tells(found):
            continue
        said = [chosen.sentence.text for chosen in found.chosen]
        key = ids.digest("\n".join([one.source, found.question.text, *said]))
        margin = known.get(key)
        if margin is None and (margin := waited(confirming, found)) is None:
            raise SystemExit("this model does not tell its probabilities")
        row = Row(
            key=key,
            question=ids.digest(found.question.text),
            source=one.source,
            half=one.half,
            answerable=one.answerable,
            said=one.chosen_gold,
            probability=round(found.probability, 4),
            margin=round(margin, 3),
        )
        rows.append(row)
        if key not in known:
            with out.open("a", encoding="utf-8") as file:
                file.write(line(row))
    out.write_text("".join(map(line, rows)), "utf-8")


def line(row: Row) -> str:
    """A row as a line of JSON."""
    return json.dumps(asdict(row)) + "\n"


def cases(settings: Settings) -> Iterator[Labelled]:
    """Assess the questions: of the pages all, of the public sets some of each half."""
    with pages_library(settings) as library:
        for source in PAGES:
            yield from labelled_pages(library, source, QUESTIONS[source])
    for name, (kind, _) in CORPORA.items():
        with corpus_library(settings, name) as library:
            yield from labelled_corpus(library, name, kind, MOST[name])


def waited(confirming: Confirming, found: Assessment) -> float | None:
    """Wait for a margin."""
    asking = confirming.margin(found, time.perf_counter())
    while True:
        try:
            next(asking)
        except StopIteration as told:
            margin: float | None = told.value
            return margin


def kept(path: Path) -> list[Row]:
    """The rows of a file of JSON lines; none where there is no file."""
    if not path.exists():
        return []
    return [Row(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def fit(rows: Sequence[Row]) -> dict[str, object]:
    """Fit a model of whether what was chosen answers, from the margin and what was thought before.

    Questions whose answer exists but was not chosen are left out: neither verdict would be right.
    """
    used = [one for one in rows if one.said or not one.answerable]
    signals = [Confirmation(odds=log_odds(one.probability), margin=one.margin) for one in used]
    part = logistic(
        np.array([astuple(one) for one in signals], float),
        NAMES,
        [one.answerable for one in used],
        [one.source for one in used],
        FALSE_REFUSALS["chinese"],
    )
    return part | {"fitted on": dict(Counter(one.source for one in used))}


def report(rows: Sequence[Row]) -> None:
    """Print AUC and what is refused at 5 % false refusals: before, by the margin, by both."""
    print(f"{'set':26}{'asked':>7}{'others':>7}   AUC and refused at 5 %: before, margin, both")
    for source in dict.fromkeys(one.source for one in rows):
        asked = [one for one in rows if one.source == source and one.answerable]
        others = [one for one in rows if one.source == source and not one.answerable]
        hidden = [one for one in rows if one.source == f"{source} hidden"]
        show(source, asked, others)
        show(f"{source}, gold hidden", asked, hidden)
        if source == "rgb_news":
            mistaken = answered_all_the_same()
            left = [one for one in others if one.question not in mistaken]
            show("rgb_news, labels mended", asked, left)


def show(name: str, asked: Sequence[Row], others: Sequence[Row]) -> None:
    """Print a line of `report`; nothing where there is nothing to tell apart."""
    if not asked or not others:
        return
    covered = np.array([one.answerable for one in (*asked, *others)])
    told = ""
    for by in JUDGED:
        judged = np.array([by(one) for one in (*asked, *others)])
        told += f"{auc(judged, covered):8.3f}{refused(judged, covered):6.2f}"
    print(f"{name:26}{len(asked):7}{len(others):7}{told}")


def answered_all_the_same() -> frozenset[str]:
    """Hashes of the questions labelled not covered whose corpus answers them, judged by hand."""
    lines = map(json.loads, DOUBTED.read_text("utf-8").splitlines())
    wrong = {one["id"] for one in lines if one["verdict"] == "answered"}
    questions = load_set(SHARED / "eval" / "rgb_news").questions
    return frozenset(ids.digest(one.question) for one in questions if one.id in wrong)


if __name__ == "__main__":
    main()
