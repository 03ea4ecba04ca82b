"""One process owns a data folder: an advisory lock that dies with the process."""

import fcntl
import os
from pathlib import Path
from typing import IO

from store.errors import DataFolderError, LibraryLockedError
from store.folders import why

FILE = "lock"


class FolderLock:
    """Holds a folder until `release`, or until the process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        """Take the lock of an existing folder at once.

        Raises:
            LibraryLockedError: another process (or another library in this one) holds it.
            DataFolderError: the lock file cannot be written.
        """
        try:
            self._file: IO[str] = (folder / FILE).open("a+", encoding="utf-8")
        except OSError as exc:
            raise DataFolderError(f"数据文件夹 {folder} 无法写入：{why(exc)}。") from exc
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as exc:
            self._file.seek(0)
            owner = self._file.read().strip()
            self._file.close()
            named = f"（进程 {owner}）" if owner else ""
            raise LibraryLockedError(
                f"数据文件夹 {folder} 正被另一个问院程序使用{named}，请先关闭它再试。"
            ) from exc
        self._file.truncate(0)
        self._file.write(str(os.getpid()))
        self._file.flush()

    def release(self) -> None:
        """Give the folder free; calling it twice does no harm."""
        self._file.close()
