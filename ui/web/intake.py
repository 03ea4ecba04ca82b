"""What is being taken in while the page is served, for the catalogue to show."""

from typing import Any

from ingest.job import WatchJob
from store.library import Library
from store.text import clean
from ui.progress import pace, told

JsonObject = dict[str, Any]


def intake_view(library: Library, job: WatchJob | None) -> JsonObject:
    """Show whether folders are watched, what is being read from them, and if anything is new.

    Names of files only: where they lie on the server is nobody's business.

    Args:
        library: its `generation` grows with every change, so that a list is known to be old.
        job: what watches, where something does.
    """
    status = job.status() if job else None
    progress = status.progress if status else None
    return {
        "watching": status is not None and status.running,
        "generation": library.generation,
        "told": clean(f"正在收入：{told(progress)}") if progress else None,
        "pace": pace(progress) if progress else None,
        "failed": status is not None and status.failure is not None,
    }
