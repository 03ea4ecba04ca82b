"""Finds the files under the paths that were asked for, in a stable order."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from store.database import MADE

_LINK = "链接没有读取，请放入文件或文件夹本身。"


def find_files(paths: Sequence[Path]) -> Iterator[tuple[Path, str | None]]:
    """Yield each file once with None, or a path that gives no file with the reason why.

    Folders are walked in sorted order. Hidden files inside them are passed over; links are told,
    and not followed: they may lead anywhere.
    """
    seen: set[Path] = set()
    for path in paths:
        found = False
        for file, reason in _under(path):
            found = True
            one = _resolved(file) if reason is None else (file, reason)
            if one[0] not in seen:
                seen.add(one[0])
                yield one
        if not found:
            yield path, "文件夹里没有可以读取的文件，请检查路径。"


def _under(path: Path) -> Iterator[tuple[Path, str | None]]:
    try:
        if path.is_dir():
            yield from _walk(path)
        elif path.is_file() or path.exists():
            yield path, None
        else:
            yield path, "路径不存在，请检查写法。"
    except (OSError, ValueError):
        yield path, "路径无法访问，请检查权限。"


def _resolved(file: Path) -> tuple[Path, str | None]:
    try:
        return file.resolve(), None
    except (OSError, RuntimeError):
        return file, "路径无法访问，请检查权限，或缩短过长的路径。"


def _walk(folder: Path) -> Iterator[tuple[Path, str | None]]:
    blocked: list[OSError] = []
    for parent, folders, files in os.walk(folder, followlinks=False, onerror=blocked.append):
        if MADE in files:  # a data folder of ours holds no reports
            folders.clear()
            continue
        links = [name for name in folders if _is_link(Path(parent, name))]
        folders[:] = sorted(name for name in folders if not _is_aside(name))
        for name in sorted([*files, *links]):
            if not _is_aside(name):
                file = Path(parent, name)
                yield file, _LINK if _is_link(file) else None
    for error in blocked:
        yield Path(error.filename or folder), "文件夹无法读取，请检查权限，或缩短过长的路径。"


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except OSError:  # a path too long for the system: told when it is read
        return False


def _is_aside(name: str) -> bool:
    """Say whether a name is hidden, or of what systems and Office put beside people's files."""
    return name.startswith((".", "~$")) or name.lower() in {"thumbs.db", "desktop.ini"}
