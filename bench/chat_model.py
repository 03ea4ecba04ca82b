"""What verification makes of a real chat model's answers, sentence by sentence.

    python -m bench.chat_model ask --home FOLDER --url http://127.0.0.1:8080/v1 --out FILE
    python -m bench.chat_model again --home FOLDER --out FILE
    python -m bench.chat_model judged

`ask` asks an OpenAI-compatible server the questions on the bundled and the invented pages and
keeps what it says, raw, in FILE (run again, it goes on). `again` verifies the kept answers anew and
prints each sentence with what it rests on, for judging by hand. `judged` prints the shares of
bench/judged/sentences.jsonl.
"""

import argparse
import json
import math
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.answerers.chat_model import ChatAnswerer, load
from assistant.assess import Assessment
from assistant.citing import sentences_of, verified
from assistant.config import AssistantConfig, ChatConfig
from assistant.evaluation.questions import load_questions
from assistant.pipeline import Assistant
from assistant.records import Delta, Evidence, Status
from bench.calibrate import QUESTIONS
from bench.datasets import ROOT, pages_library
from store.errors import BadQuestionError, ChatModelError
from store.library import Library
from ui.settings import load_settings

MORE = ROOT / "bench" / "judged" / "more_questions.jsonl"
SETS = {
    "more": MORE,
    **{name: QUESTIONS[name] for name in ("dev", "sample_page", "invented_pages", "english")},
}
JUDGED = ROOT / "bench" / "judged" / "sentences.jsonl"
Case = tuple[str, Assessment]


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("job", choices=("ask", "again", "judged"))
    parser.add_argument("--home", type=Path)
    parser.add_argument("--url")
    parser.add_argument("--model", default="openai:qwen")
    parser.add_argument("--evidence", type=int, default=AssistantConfig().evidence_count)
    parser.add_argument("--part", default="0/1", help="every n-th question from the k-th: k/n")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if options.job == "judged":
        shares()
        return
    chat = ChatConfig(
        model=options.model, base_url=options.url or "http://127.0.0.1:9/v1", api_key="none",
        timeout_s=900,
    )  # fmt: skip
    answerer = ChatAnswerer(load(chat), chat, options.evidence)
    with pages_library(load_settings(home=options.home)) as library:
        if options.job == "ask":
            part, parts = (int(one) for one in options.part.split("/"))
            ask(library, answerer, options.out, list(cases(library))[part::parts])
        else:
            again(library, options.out)


def cases(library: Library) -> Iterator[Case]:
    """Assess the questions of the sets; those that the reports do not cover are not asked."""
    assistant = Assistant(library, AssistantConfig())
    for name, path in SETS.items():
        for question in load_questions(path):
            if name in {"invented_pages", "english"} and not question.answerable:
                continue
            try:
                found = assistant.assess(question.question, assistant.replayed(question.history))
            except BadQuestionError:
                continue
            if found.status is not Status.NOT_COVERED:
                yield f"{name}/{question.id}", found


def ask(library: Library, answerer: ChatAnswerer, out: Path, asked: list[Case]) -> None:
    """Ask what is not yet answered in the file."""
    done = {one["key"] for one in kept(out)}
    for key, found in asked:
        if key in done:
            continue
        evidence = answerer.choose(library, found)
        raw = ""
        try:
            for event in answerer.answer(found.question, evidence, time.perf_counter()):
                raw += event.text if isinstance(event, Delta) else ""
        except ChatModelError as error:
            print(key, error)
        with out.open("a", encoding="utf-8") as file:
            row: dict[str, Any] = {"key": key, "question": found.question.standalone, "raw": raw}
            row["evidence"] = [one.sentence.text for one in evidence]
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def again(library: Library, out: Path) -> None:
    """Verify the kept answers anew; print a JSON line for each sentence said."""
    known = everything(library)
    for row in kept(out):
        evidence = [known[text] for text in row["evidence"]]
        checked = verified(row["raw"], evidence, row["question"])
        shown = iter(checked.sentences)
        following = next(shown, None)
        for said, marks in sentences_of(row["raw"], len(evidence)):
            line: dict[str, Any] = {"key": row["key"], "question": row["question"], "said": said}
            line["marks"] = [evidence[n - 1].sentence.text for n in marks]
            if following is not None and following.text.endswith(said[-6:]):
                line["shown"] = following.text
                line["cited"] = [evidence[n - 1].sentence.text for n in following.labels]
                following = next(shown, None)
            print(json.dumps(line, ensure_ascii=False))


def everything(library: Library) -> dict[str, Evidence]:
    """Every sentence of the library as evidence, by its text."""
    return {
        sentence.text: Evidence(sentence=sentence, article=article, report=report, score=0.0)
        for report in library.reports()
        for article in library.articles(report.id)
        for sentence in article.sentences
    }


def kept(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of JSON lines; none where there is no file."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def shares() -> None:
    """Print the share of sentences that were judged supported, said and shown, with intervals."""
    rows = kept(JUDGED)
    for name in ("said", "shown"):
        verdicts = [
            row[f"{name}_supported"]
            for row in rows
            if row.get(f"{name}_supported") in {True, False}
        ]
        right = sum(verdicts)
        low, high = wilson(right, len(verdicts))
        print(f"{name}: {right} of {len(verdicts)} supported, {low:.1%} to {high:.1%}")


def wilson(right: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson)."""
    z = 1.96
    centre = (right + z * z / 2) / (count + z * z)
    spread = z * math.sqrt(right * (count - right) / count + z * z / 4) / (count + z * z)
    return centre - spread, centre + spread


if __name__ == "__main__":
    main()
