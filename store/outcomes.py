"""What becomes of a file that is taken in: told to whoever asked for it, and kept nowhere."""

from dataclasses import dataclass
from enum import StrEnum


class IngestStatus(StrEnum):
    """What became of one ingested file."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A file that could not be taken in, and why, in one sentence for the user."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestOutcome:
    """What became of one file.

    `reason` is set when it was rejected, is a duplicate, or is unchanged though the file is not
    what is kept. `notes` are sentences for the user about what was taken in: pages that could not
    be read, articles that are like others.
    """

    path: str
    status: IngestStatus
    reason: str | None = None
    articles: int = 0
    passages: int = 0
    notes: tuple[str, ...] = ()
