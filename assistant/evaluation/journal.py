"""What was found out question by question, kept so that a run that was killed goes on."""

import json
import logging
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from store.errors import UsageError

logger = logging.getLogger(__name__)

Drop = Callable[[Path], None]
"""Told the file of a journal of which all is done."""


def remove(path: Path) -> None:
    """Take a journal's file away, where it is still there."""
    path.unlink(missing_ok=True)


class Journal:
    """A file of values by key, each written down as soon as it is known.

    Its first line names what the values belong to: those of anything else are not taken up, and a
    line that was cut off is passed over. Values are plain JSON, and read as JSON gives them back.
    """

    def __init__(self, path: Path | None, belongs_to: str) -> None:
        """Say where it is.

        Args:
            path: is made with its folder; None to write nothing.
            belongs_to: tells these values from those of other questions, settings or code.
        """
        self._path = path
        self._head = json.dumps({"of": belongs_to})
        self._file: TextIO | None = None
        self.done: dict[str, Any] = {}
        """The values by key."""

    def __enter__(self) -> Self:
        """Read what is there, or begin anew; raises UsageError where it cannot be written."""
        if self._path is None:
            return self
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            kept = self._read(self._path)
            # Written beside and put in its place at once: killed here, nothing of it is lost.
            beside = self._path.with_name(f"{self._path.name}.new")
            beside.write_text("".join(f"{line}\n" for line in (self._head, *kept)), "utf-8")
            beside.replace(self._path)
            self._file = self._path.open("a", encoding="utf-8")
        except OSError as error:
            raise UsageError(f"中间结果写不进 {self._path}：{error.strerror}。") from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file; it stays for another run."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def add(self, key: str, value: Any) -> None:  # noqa: ANN401 (whatever JSON can hold)
        """Write a value down."""
        line = json.dumps([key, value], ensure_ascii=False)
        self.done[key] = json.loads(line)[1]
        if self._file is not None:
            self._file.write(f"{line}\n")
            self._file.flush()

    def finish(self, drop: Drop = remove) -> None:
        """Close the file, all being done, and hand it to `drop`, which may keep it for a while."""
        if self._file is not None and self._path is not None:
            self._file.close()
            self._file = None
            drop(self._path)

    def _read(self, path: Path) -> list[str]:
        """Take up the lines that are whole, if they belong to this."""
        if not path.exists():
            return []
        first, *lines = path.read_text("utf-8", errors="replace").split("\n")
        if first != self._head:
            return []
        kept = []
        for line in lines:
            try:
                key, value = json.loads(line)
                self.done[str(key)] = value
            except (ValueError, TypeError):
                continue
            kept.append(line)
        logger.info("%d values taken up from %s", len(kept), path)
        return kept
