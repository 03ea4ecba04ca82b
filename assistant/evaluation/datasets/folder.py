"""A folder with corpus.jsonl and questions.jsonl, and translations.jsonl where it has one."""

from pathlib import Path

from assistant.evaluation import translations
from assistant.evaluation.documents import load_documents, require_known
from assistant.evaluation.jsonl import rows
from assistant.evaluation.questions import questions_of, require_told
from assistant.evaluation.records import Dataset
from assistant.evaluation.sources import CORPUS, fingerprint, name_of

QUESTIONS = "questions.jsonl"


def holds(path: Path) -> bool:
    """Say whether a path is a data set of this format."""
    return path.is_dir() and (path / CORPUS).is_file() and (path / QUESTIONS).is_file()


def load(path: Path) -> Dataset:
    """Read the data set.

    Raises:
        UsageError: a line cannot be used, or names a document that the corpus has not.
    """
    corpus, questions = path / CORPUS, path / QUESTIONS
    documents = load_documents(corpus)
    known = frozenset(one.id for one in documents)
    found = rows(questions)
    asked = questions_of(questions, found)
    for row, one in zip(found, asked, strict=True):
        require_told(row)
        for group in one.groups:
            require_known(row, "gold_groups", group, known)
        require_known(row, "gold_ids", one.gold, known)
        require_known(row, "noise_ids", one.noise, known)
    made = Dataset(
        name=name_of(path),
        questions=asked,
        documents=documents,
        fingerprint=fingerprint(corpus, questions),
    )
    in_english = path / translations.FILE
    return translations.translated([made], in_english)[0] if in_english.exists() else made
