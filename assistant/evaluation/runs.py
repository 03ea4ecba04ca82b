"""Rankings of documents, and how TREC writes them down: run and qrels files."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

import numpy as np

from assistant.evaluation.records import EvalQuestion
from store.errors import UsageError

Ranking = tuple[tuple[str, float], ...]
"""Documents with their scores, best first; each document once, no two scores alike."""

Run = Mapping[str, Ranking]
"""Rankings by the id of their question."""

QRELS = "qrels.txt"


def ranking(found: Iterable[tuple[str, float]], depth: int) -> Ranking:
    """Return the first `depth` documents of what was found, best first, each once.

    Scores are those given, but fall by the least that a 32-bit number can: trec_eval sorts by
    them, in that precision, and would put documents of one score into the order of their ids.
    """
    kept: list[tuple[str, float]] = []
    best: dict[str, float] = {}
    for document, score in found:
        best.setdefault(document, score)
    below = np.float32(np.inf)
    for document, score in best.items():
        below = min(np.float32(score), np.nextafter(below, np.float32(-np.inf)))
        kept.append((document, float(below)))
        if len(kept) == depth:
            break
    return tuple(kept)


def judged(questions: Sequence[EvalQuestion]) -> dict[str, dict[str, int]]:
    """Return the grade of each gold document (1 or more), by question."""
    return {
        one.id: dict(zip(one.gold, one.grades or (1,) * len(one.gold), strict=True))
        for one in questions
    }


def write_trec(folder: Path, questions: Sequence[EvalQuestion], runs: Mapping[str, Run]) -> None:
    """Write `qrels.txt` and a file `<arm>.run` for each arm, as trec_eval reads them.

    White space in ids is written as in addresses (%20), since it parts the fields there.

    Raises:
        UsageError: the folder cannot be written.
    """
    qrels = (
        f"{_field(key)} 0 {_field(document)} {grade}\n"
        for key, documents in judged(questions).items()
        for document, grade in documents.items()
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / QRELS).write_text("".join(qrels), "utf-8")
        for arm, run in runs.items():
            lines = (
                f"{_field(key)} Q0 {_field(document)} {rank} {score!r} {_field(arm)}\n"
                for key, found in run.items()
                for rank, (document, score) in enumerate(found, start=1)
            )
            (folder / f"{arm}.run").write_text("".join(lines), "utf-8")
    except OSError as error:
        raise UsageError(f"写不进 {folder}：{error.strerror}。") from error


def _field(text: str) -> str:
    return re.sub(r"[\s%]", lambda found: quote(found[0], safe=""), text)
