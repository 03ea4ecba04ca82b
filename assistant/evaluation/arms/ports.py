"""What an arm is: something that ranks the documents of a corpus for a question."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant.config import AssistantConfig
from assistant.evaluation.records import Document, EvalQuestion
from assistant.evaluation.runs import Ranking
from store.library import Library

DEPTH = 100
"""Documents that a ranking holds at most."""


class Searcher(Protocol):
    """Ranks documents, in one way or in several that share their work."""

    def rank(self, question: EvalQuestion) -> Mapping[str, Ranking]:
        """Return a ranking, at most `DEPTH` long, under the name of each arm."""
        ...

    def close(self) -> None:
        """Let go of files."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What an arm is made from.

    Attributes:
        documents: the corpus.
        library: holds the same documents, each an article under its id, and embeds.
        config: the assistant's.
        folder: where an arm may keep an index.
        progress: told while an index is built, in documents.
    """

    documents: Sequence[Document]
    library: Library
    config: AssistantConfig
    folder: Path
    progress: Callable[[int, int], None] = lambda _done, _all: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What others would use instead of the assistant.

    Attributes:
        arms: the names of the rankings that it gives.
        packages: that it needs, by the names that they are imported under.
        build: makes it; raises MissingExtraError where a package is not installed.
    """

    arms: tuple[str, ...]
    packages: tuple[str, ...]
    build: Callable[[Ground], Searcher]
