"""Opens what is a zip file inside (Word, e-book): parts by name, in memory, within limits."""

import io
import zipfile

from ingest.reading import Unreadable
from ingest.zips import DAMAGED, is_bomb, is_encrypted, is_plain

_MOST_PARTS = 20_000


class Package:
    """The parts of an opened file."""

    def __init__(self, archive: zipfile.ZipFile, limit: int) -> None:
        """Take the archive over; in all no more than `limit` bytes of it are unpacked."""
        self._archive = archive
        self._left = limit
        self.names = tuple(archive.NameToInfo)

    def read(self, name: str) -> bytes | None:
        """Return a part; None where it is not there, is broken, or would be too large."""
        entry = self._archive.NameToInfo.get(name)
        if entry is None or entry.file_size > self._left or not is_plain(entry):
            return None
        try:
            with self._archive.open(entry) as file:
                data = file.read(entry.file_size)
        except DAMAGED:
            return None
        self._left -= len(data)
        return data


def open_package(data: bytes, limit: int, called: str) -> Package | Unreadable:
    """Open a file, or say why it is refused.

    Args:
        data: the file.
        limit: bytes that all its parts may have together, unpacked.
        called: what it is, for the user.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGED:
        return Unreadable(reason=f"{called}不完整或已损坏，请重新保存一份后收入。")
    entries = archive.infolist()
    if any(map(is_encrypted, entries)):
        return Unreadable(reason=f"{called}加了密码，请去掉密码后收入。")
    if any(map(is_bomb, entries)):
        return Unreadable(reason=f"{called}的压缩比异常，可能是压缩炸弹，请另存一份后收入。")
    if sum(entry.file_size for entry in entries) > limit or len(entries) > _MOST_PARTS:
        return Unreadable(reason=f"{called}解开后过大（上限 {limit / 1e6:g} MB），请拆小后收入。")
    return Package(archive, limit)
