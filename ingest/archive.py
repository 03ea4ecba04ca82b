"""Opens zip archives: members by name and in memory, never written anywhere, within limits."""

import io
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from ingest.config import IngestConfig
from ingest.detect import format_of
from ingest.zips import DAMAGED, is_bomb, is_encrypted, is_overfull, is_plain

_UTF8_NAME = 0x800
_ASIDE = {"__macosx", "thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file of an archive: its name inside, and its bytes or why it is refused.

    `size` is what it takes in the archive, in bytes.
    """

    name: str
    data: bytes = b""
    reason: str | None = None
    size: int = 0


def members(data: bytes, config: IngestConfig) -> Iterator[Member]:
    """Yield the files of an archive in their order, those refused with the reason.

    Hidden files and what systems add of their own are passed over, as in folders.

    Raises:
        ArchiveError: the archive as a whole is refused.
    """
    with _opened(data) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > config.max_members:
            counts = f"{len(entries)} 个文件，超过 {config.max_members} 个的上限"
            raise ArchiveError(f"压缩包里有 {counts}，请分成几个再收入。")
        left = config.max_unpacked_bytes
        seen: set[str] = set()
        for entry in entries:
            name = _name(entry)
            if _is_aside(name):
                continue
            reason = _obstacle(entry, name, config) or _too_large(entry, left)
            if name in seen:
                reason = "压缩包里有两个同名的文件，只读了第一个，请改名后重新压缩。"
            seen.add(name)
            member = Member(name=name, reason=reason) if reason else _read(archive, entry, name)
            left -= len(member.data)
            yield replace(member, size=entry.compress_size)


class ArchiveError(Exception):
    """An archive cannot be opened; the text is one sentence for the user."""


def _opened(data: bytes) -> zipfile.ZipFile:
    if is_overfull(data):
        raise ArchiveError("压缩包里的文件太多，请分成几个再收入。")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except DAMAGED as exc:
        raise ArchiveError(
            "压缩包打不开，可能已损坏或不完整，请重新压缩成 .zip 后再收入。"
        ) from exc


def _name(entry: zipfile.ZipInfo) -> str:
    """Return a member's name; without the mark of UTF-8 it is most often GBK, read as cp437."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        raw = entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).split("\0")[0]
        except UnicodeDecodeError:
            continue
    return entry.filename


def _is_aside(name: str) -> bool:
    parts = name.lower().split("/")
    return any(
        part in _ASIDE or part.startswith("~$") or (part.startswith(".") and part.strip("."))
        for part in parts
    )


def _obstacle(entry: zipfile.ZipInfo, name: str, config: IngestConfig) -> str | None:
    """Say why a member is not read at all, told by what the archive says of it."""
    path, mode, size = PurePosixPath(name), entry.external_attr >> 16, entry.file_size
    outside = path.is_absolute() or ".." in path.parts or "\\" in name or name[1:2] == ":"
    is_link = stat.S_IFMT(mode) != 0 and not stat.S_ISREG(mode)
    tests = (
        (outside, "压缩包里的路径指向包外，没有读取，请重新压缩。"),
        (not name.isprintable(), "文件名里有无法识别的字符，请改名后再收入。"),
        (is_link, "压缩包里的链接没有读取，请放入文件本身。"),
        (is_encrypted(entry), "压缩包加了密码，请解开后再收入。"),
        (not is_plain(entry), "压缩方式不支持，请用普通的 .zip 重新压缩。"),
        (is_bomb(entry), "压缩比异常，可能是压缩炸弹，没有解开，请换成报道文件本身。"),
        (
            size > config.max_file_bytes,
            f"文件超过 {config.max_file_bytes / 1e6:g} MB 的上限，请拆小后再收入。",
        ),
    )
    return next((reason for refused, reason in tests if refused), None)


def _too_large(entry: zipfile.ZipInfo, left: int) -> str | None:
    return (
        "压缩包解开后的总大小超过上限，其余的文件请另行收入。" if entry.file_size > left else None
    )


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> Member:
    """Read a member, never more than the archive says it has: what it says may be a lie."""
    try:
        with archive.open(entry) as file:
            data = file.read(entry.file_size + 1)
    except DAMAGED:
        return Member(name=name, reason="压缩包里的这个文件已损坏，请重新压缩后再收入。")
    if len(data) > entry.file_size:
        return Member(name=name, reason="压缩包里的这个文件与登记的大小不符，请重新压缩。")
    if format_of(data) == "archive":
        return Member(name=name, reason="压缩包里套着压缩包，请先解开里面的那一个。")
    return Member(name=name, data=data)
