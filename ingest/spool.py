"""Pages that were read, kept on disk until their report is in the library.

A long file that was broken off goes on where it was: its finished pages are not read again. A
folder belongs to one file's content and one version of the program, and is never trusted: what
cannot be read back is read from the file anew.
"""

import contextlib
import logging
import shutil
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ingest import codec
from ingest.reading import ReadPage

logger = logging.getLogger(__name__)

READING_VERSION = "2"
"""Grows when the same file would be read into other lines."""


_KEPT_S = 30 * 24 * 3600


class Spool:
    """The pages of one file; without a folder nothing is kept."""

    def __init__(self, folder: Path | None, fingerprint: str) -> None:
        """Keep pages under `folder`, apart by the SHA-256 of the file's bytes."""
        self._told = False
        self._folder = folder / f"{_program()}-{fingerprint}" if folder else None

    def get(self, number: int) -> ReadPage | None:
        """Return a page that was finished before, if there is one."""
        if self._folder is None:
            return None
        try:
            page = codec.loads(self._path(self._folder, number).read_bytes())
        except (OSError, codec.CodecError):
            return None
        return page if isinstance(page, ReadPage) else None

    def put(self, number: int, page: ReadPage) -> None:
        """Keep a page, whole or not at all; a full disk costs the keeping and not the page."""
        if self._folder is None:
            return
        path = self._path(self._folder, number)
        part = path.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(codec.dumps(page))
            part.replace(path)
        except OSError as exc:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            if not self._told:  # once a file: the next pages meet the same disk
                logger.warning("从第 %d 页起没有暂存，中断后需要重读：%s", number, exc)
            self._told = True

    def drop(self) -> None:
        """Forget the pages of this file."""
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    @staticmethod
    def _path(folder: Path, number: int) -> Path:
        return folder / f"{number}.page"


def prune(folder: Path | None) -> None:
    """Forget files that nobody went on with for a month, and the folder where it is empty."""
    if folder is None or not folder.is_dir():
        return
    long_ago = time.time() - _KEPT_S
    with contextlib.suppress(OSError):  # gone meanwhile, or not empty
        for kept in folder.iterdir():
            if kept.stat().st_mtime < long_ago:
                shutil.rmtree(kept, ignore_errors=True)
        folder.rmdir()


def _program() -> str:
    try:
        return f"{version('wenyuan')}-{READING_VERSION}"
    except PackageNotFoundError:  # run from a folder that was never installed
        return f"0-{READING_VERSION}"
