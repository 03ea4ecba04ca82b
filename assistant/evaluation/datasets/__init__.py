"""Data sets for measuring: one file a format, each with `holds` and `load`."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from assistant.evaluation.datasets import folder, questions, squad, trec
from assistant.evaluation.records import Dataset
from store.errors import NotFoundError, UsageError

_FORMATS: tuple[tuple[Callable[[Path], bool], Callable[[Path], Dataset]], ...] = tuple(
    (form.holds, form.load) for form in (folder, trec, squad, questions)
)


def load(path: Path) -> Dataset:
    """Read a data set of any format, which is told by what is there.

    Args:
        path: a folder with corpus.jsonl and questions.jsonl, or with topics, qrels and
            corpus.jsonl; a SQuAD or CMRC JSON file; a file of questions over the library.

    Raises:
        NotFoundError: there is nothing at the path, or it cannot be read.
        UsageError: it is none of these, or something in it is wrong; names file and line.
    """
    if not path.exists():
        raise NotFoundError(f"读不到数据集：没有 {path} 这个文件或文件夹。")
    for holds, read in _FORMATS:
        if holds(path):
            return read(path)
    raise UsageError(
        f"{path} 不是数据集：文件夹里要有 corpus.jsonl，以及 questions.jsonl 或者 topics 和 qrels。"
    )


def sampled(dataset: Dataset, count: int | None, seed: int = 0) -> Dataset:
    """Return the data set with `count` of its questions, in their order; all where it has no more.

    The corpus stays whole, so that finding is as hard as it was.

    Args:
        dataset: is sampled.
        count: 1 or more; None for all.
        seed: another one draws others; the same one always draws the same.

    Raises:
        UsageError: fewer than one are asked for.
    """
    if count is None:
        return dataset
    if count < 1:
        raise UsageError("抽样的题数至少为 1。")
    places = range(len(dataset.questions))
    drawn = random.Random(seed).sample(places, min(count, len(places)))  # noqa: S311 no secret
    return replace(dataset, questions=tuple(dataset.questions[at] for at in sorted(drawn)))
