"""Two halves of a data set's questions: one to develop and fit on, one to report on.

Which half a question is in depends on ids alone, so it is the same on every machine and in every
program. Questions about the same documents stay together, lest what is fitted on one be reported
on its twin. These groups are put in the order of the SHA-256 of their id (the least id of their
gold documents, or the id of a question without any) and go to the halves by turns; each sort of
group (its questions' types, and whether they can be answered) has an order of its own. So both
halves have as many covered questions, and as many that are not, to within a group of each sort: the
odd one is developed on. (Of a set of many sorts with one question each, that is most of them.)
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from assistant.evaluation.records import Dataset, EvalQuestion
from store.errors import UsageError

Half = Literal["development", "reporting"]
HALVES: tuple[Half, Half] = ("development", "reporting")


def halves_of(questions: Sequence[EvalQuestion]) -> dict[str, Half]:
    """Return the half of each question, by its id.

    Args:
        questions: all of the data set's, in any order: a sample would be halved otherwise.
    """
    groups: dict[str, list[EvalQuestion]] = defaultdict(list)
    for one in questions:
        groups[min(one.gold, default=one.id)].append(one)
    sorts: dict[tuple[tuple[str, bool], ...], list[str]] = defaultdict(list)
    for key, group in groups.items():
        sorts[tuple(sorted({(one.type, one.answerable) for one in group}))].append(key)
    return {
        one.id: HALVES[place % len(HALVES)]
        for keys in sorts.values()
        for place, key in enumerate(sorted(keys, key=_hashed))
        for one in groups[key]
    }


def halved(dataset: Dataset, half: Half | None) -> Dataset:
    """Return a data set with the questions of one half, in their order; its corpus stays whole.

    Args:
        dataset: whole.
        half: which one; None for all questions.

    Raises:
        UsageError: the half has no question.
    """
    if half is None:
        return dataset
    which = halves_of(dataset.questions)
    kept = tuple(one for one in dataset.questions if which[one.id] == half)
    if not kept:
        raise UsageError(f"数据集 {dataset.name} 的题太少，分不出两半。")
    return replace(dataset, questions=kept)


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
