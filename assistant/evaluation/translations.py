"""Questions in English, from a file beside them: whoever translated, no program did it unseen."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.evaluation.jsonl import rows
from assistant.evaluation.records import Dataset
from store.ids import digest

FILE = "translations.jsonl"
"""The file of a data set's folder that is read by itself."""


def translated(datasets: Sequence[Dataset], path: Path) -> tuple[Dataset, ...]:
    """Return data sets whose questions have the translations of a file.

    They become a part of the fingerprint of each data set that has any of them.

    Args:
        datasets: whole.
        path: of a file of one JSON object a line, with `id` (of a question of any of these) and
            `question_en`; questions that it leaves out keep what they have.

    Raises:
        NotFoundError: there is no such file.
        UsageError: a line is not such an object, or its id is unknown or stands twice; names file
            and line.
    """
    known = {one.id for dataset in datasets for one in dataset.questions}
    english: dict[str, str] = {}
    for row in rows(path):
        key = row.text("id")
        if key not in known:
            raise row.refused(f"数据集里没有 id 为“{key}”的题")
        if key in english:
            raise row.refused(f"id “{key}”重复")
        english[key] = row.text("question_en")
    return tuple(_with(dataset, english) for dataset in datasets)


def _with(dataset: Dataset, english: Mapping[str, str]) -> Dataset:
    own = {one.id: english[one.id] for one in dataset.questions if one.id in english}
    if not own:
        return dataset
    told = (text for pair in own.items() for text in pair)
    return replace(
        dataset,
        questions=tuple(
            replace(one, english=own.get(one.id, one.english)) for one in dataset.questions
        ),
        fingerprint=digest(dataset.fingerprint, *told),
    )
