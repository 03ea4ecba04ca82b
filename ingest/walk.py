"""Finds the files under the paths that were asked for, in a stable order."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path


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
            resolved = file.resolve() if reason is None else file
            if resolved not in seen:
                seen.add(resolved)
                yield resolved, reason
        if not found:
            yield path, "文件夹里没有可以读取的文件。"


def _under(path: Path) -> Iterator[tuple[Path, str | None]]:
    try:
        if path.is_dir():
            yield from _walk(path)
        elif path.is_file() or path.exists():
            yield path, None
        else:
            yield path, "路径不存在。"
    except (OSError, ValueError):
        yield path, "路径无法访问。"


def _walk(folder: Path) -> Iterator[tuple[Path, str | None]]:
    blocked: list[OSError] = []
    for parent, folders, files in os.walk(folder, followlinks=False, onerror=blocked.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted([*files, *(one for one in folders if Path(parent, one).is_symlink())]):
            file = Path(parent, name)
            if not name.startswith("."):
                yield file, "链接没有读取，请放入文件或文件夹本身。" if file.is_symlink() else None
    for error in blocked:
        yield Path(error.filename or folder), "文件夹无法读取，请检查权限。"
