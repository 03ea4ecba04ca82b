"""The files to read, one by one with their bytes: those of folders and of archives among them."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.archive import ArchiveError, members
from ingest.config import IngestConfig
from ingest.detect import format_of

_OTHER_ARCHIVE = "这种压缩包不能读取，请解开，或重新压缩成 .zip 后再收入。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file: what it is known by, its bytes, or why it is refused.

    `size` is in bytes and counts for the progress: of a member, what it takes in its archive.
    """

    path: str
    data: bytes = b""
    reason: str | None = None
    size: int = 0


def sources_of(path: Path, config: IngestConfig) -> Iterator[Source]:
    """Yield what one file gives: itself, or the members of an archive; refused ones with a reason.

    Size and kind are looked at before anything is read.
    """
    name = name_of(path)
    shown = _shown(name)
    read = _read_bytes(path, name, config)
    if isinstance(read, str):
        yield Source(path=shown, reason=read)
    elif format_of(read) == "archive":
        yield from _unpacked(name, read, config)
    else:
        yield Source(path=name, data=read, size=len(read))


def name_of(path: Path) -> str:
    """Return the path a report is known by: absolute, links resolved, with forward slashes."""
    try:
        return path.resolve().as_posix()
    except (OSError, ValueError, RuntimeError):
        return str(path)


def _shown(name: str) -> str:
    """Return a name that a terminal shows and does not obey: what is not printable, written out."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in name)


def _unpacked(name: str, data: bytes, config: IngestConfig) -> Iterator[Source]:
    if not data.startswith(b"PK"):
        yield Source(path=name, reason=_OTHER_ARCHIVE, size=len(data))
        return
    try:
        found = False
        for member in members(data, config):
            found = True
            inside = _shown(f"{name}/{member.name}")
            reason = member.reason or (
                None if member.data.strip() else "文件是空的，请检查后重新保存。"
            )
            yield Source(path=inside, data=member.data, reason=reason, size=member.size)
        if not found:
            yield Source(
                path=name, reason="压缩包里没有可以读取的文件，请检查压缩包。", size=len(data)
            )
    except ArchiveError as exc:
        yield Source(path=name, reason=str(exc), size=len(data))


def _read_bytes(path: Path, name: str, config: IngestConfig) -> bytes | str:
    """Return a file's bytes, or why it is refused."""
    try:
        reason = _obstacle(path, name, config)
        if reason:
            return reason
        with path.open("rb") as file:
            data = file.read(config.max_file_bytes + 1)
    except FileNotFoundError:
        return "路径不存在，请检查写法。"
    except (OSError, ValueError):
        return "文件无法读取，请检查权限。"
    return _too_large(len(data), config) or (
        data if data.strip() else "文件是空的，请检查后重新保存。"
    )


def _obstacle(path: Path, name: str, config: IngestConfig) -> str | None:
    """Say why a file is not even opened, or return None; raises what the system says."""
    if not name.isprintable():
        return "文件名里有无法识别的字符，请改名后再收入。"
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        return "不是普通文件，请换成文件本身。"
    return _too_large(status.st_size, config)


def _too_large(size: int, config: IngestConfig) -> str | None:
    limit = config.max_file_bytes
    return f"文件超过 {limit / 1e6:g} MB 的上限，请拆小后再收入。" if size > limit else None
