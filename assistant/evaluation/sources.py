"""The files of a data set: what it is called, and what says that they are the same."""

import hashlib
from pathlib import Path

from store.errors import NotFoundError

CORPUS = "corpus.jsonl"


def name_of(path: Path) -> str:
    """Return what a data set at this path is called: its folder, or its file without the ending."""
    resolved = path.resolve()
    return resolved.name if resolved.is_dir() else resolved.stem


def fingerprint(*files: Path) -> str:
    """Return the SHA-256 of files, in hex; raises NotFoundError where one cannot be read."""
    digest = hashlib.sha256()
    for file in files:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise NotFoundError(f"读不到文件：{file}，请检查路径和权限。") from error
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()
