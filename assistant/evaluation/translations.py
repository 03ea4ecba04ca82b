"""Questions in English, from a file beside them: whoever translated, no program did it unseen."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.evaluation.jsonl import rows
from assistant.evaluation.records import Dataset

FILE = "translations.jsonl"
"""The file of a data set's folder that is read by itself."""


def translated(datasets: Sequence[Dataset], path: Path) -> tuple[Dataset, ...]:
    """Return data sets whose questions have the translations of a file.

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
    return tuple(
        replace(
            dataset,
            questions=tuple(
                replace(one, english=english.get(one.id, one.english)) for one in dataset.questions
            ),
        )
        for dataset in datasets
    )
