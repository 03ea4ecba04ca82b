"""A file of questions over the library: one JSON object a line, no corpus of its own."""

from pathlib import Path

from assistant.evaluation.questions import load_questions
from assistant.evaluation.records import Dataset
from assistant.evaluation.sources import fingerprint, name_of


def holds(path: Path) -> bool:
    """Say whether a path may be a data set of this format: any file may."""
    return path.is_file()


def load(path: Path) -> Dataset:
    """Read the data set.

    Raises:
        UsageError: a line cannot be used; names file and line.
    """
    return Dataset(
        name=name_of(path), questions=load_questions(path), fingerprint=fingerprint(path)
    )
