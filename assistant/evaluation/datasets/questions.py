"""A file of questions over the library: one JSON object a line, no corpus of its own."""

from pathlib import Path

from assistant.evaluation.jsonl import rows
from assistant.evaluation.questions import questions_of, require_told
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
    found = rows(path)
    questions = questions_of(path, found)
    for row in found:
        require_told(row)
    return Dataset(name=name_of(path), questions=questions, fingerprint=fingerprint(path))
