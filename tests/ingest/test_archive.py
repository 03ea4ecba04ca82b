"""Archives: members by name and in memory; what could do harm is refused, the rest is read."""

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from ingest.archive import ArchiveError, Member, members
from ingest.config import IngestConfig
from ingest.sources import Source, sources_of
from tests.made_files import zipped

CONFIG = IngestConfig()


def opened(data: bytes, config: IngestConfig = CONFIG) -> list[Member]:
    return list(members(data, config))


def read(path: Path, config: IngestConfig = CONFIG) -> list[Source]:
    return list(sources_of(path, config))


def test_members_come_in_order_with_their_bytes() -> None:
    found = opened(zipped({"二/b.txt": b"B", "a.txt": b"A"}))
    assert [(one.name, one.data, one.reason) for one in found] == [
        ("二/b.txt", b"B", None),
        ("a.txt", b"A", None),
    ]
    assert all(one.size > 0 for one in found)


@pytest.mark.parametrize(("encoding", "name"), [("gbk", "社区"), ("utf-8", "社")])
def test_a_name_without_the_mark_of_utf8_is_read_as_what_it_was_written_in(
    encoding: str, name: str
) -> None:
    raw = name.encode(encoding)
    stand_in = b"A" * len(raw)
    data = zipped({f"{stand_in.decode()}.txt": b"x"}).replace(stand_in, raw)
    assert opened(data)[0].name == f"{name}.txt"


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("../外面.txt", "包外"),
        ("/etc/外面.txt", "包外"),
        ("a/../../外面.txt", "包外"),
        ("C:外面.txt", "包外"),
        ("换\u202e行.txt", "文件名"),
    ],
)
def test_a_member_that_leads_elsewhere_is_refused_and_the_next_is_read(
    name: str, word: str
) -> None:
    bad, good = opened(zipped({name: b"x", "好.txt": b"y"}))
    assert word in (bad.reason or "")
    assert (bad.data, good.data, good.reason) == (b"", b"y", None)


def test_backslashes_are_refused() -> None:
    data = zipped({"a/b.txt": b"x"}).replace(b"a/b.txt", b"a\\b.txt")
    assert "包外" in (opened(data)[0].reason or "")


def test_a_link_is_refused() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        link = zipfile.ZipInfo("链接")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert "链接" in (opened(kept.getvalue())[0].reason or "")


def test_a_bomb_is_not_unpacked() -> None:
    assert "炸弹" in (opened(zipped({"大.txt": bytes(20_000_000)}))[0].reason or "")


def test_a_size_that_lies_is_found_out() -> None:
    data = bytearray(zipped({"a.txt": b"x" * 5000}, zipfile.ZIP_STORED))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    [found] = opened(bytes(data))
    assert found.reason


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_may_need_any_memory_are_refused(method: int) -> None:
    assert "压缩方式" in (opened(zipped({"a.txt": b"x" * 500}, method))[0].reason or "")


def test_an_archive_within_an_archive_is_refused() -> None:
    assert "套着" in (opened(zipped({"内.zip": zipped({"a.txt": b"x"})}))[0].reason or "")


def test_a_locked_member_is_refused() -> None:
    data = bytearray(zipped({"a.txt": b"x"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    assert "密码" in (opened(bytes(data))[0].reason or "")


def test_a_damaged_member_costs_itself() -> None:
    data = bytearray(zipped({"a.txt": b"x" * 500, "b.txt": b"y"}, zipfile.ZIP_STORED))
    data[data.find(b"x" * 20)] = 0
    bad, good = opened(bytes(data))
    assert "损坏" in (bad.reason or "")
    assert good.data == b"y"


def test_too_many_members_or_bytes_are_refused() -> None:
    data = zipped({f"{n}.txt": bytes([n]) * 600 for n in range(5)}, zipfile.ZIP_STORED)
    with pytest.raises(ArchiveError, match="超过 4 个的上限"):
        opened(data, IngestConfig(max_members=4))
    found = opened(data, IngestConfig(max_unpacked_bytes=2000))
    assert [member.reason is None for member in found] == [True, True, True, False, False]


def test_what_systems_add_is_passed_over() -> None:
    names = ["__MACOSX/._a.txt", ".DS_Store", "Thumbs.db", "好/.隐藏", "a.txt", "空/"]
    assert [found.name for found in opened(zipped(dict.fromkeys(names, b"x")))] == ["a.txt"]


@pytest.mark.parametrize("data", [b"PK\x03\x04" + b"\x00" * 40, zipped({"a": b"x" * 99})[:-30]])
def test_a_damaged_archive_is_one_refused_file(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "坏.zip").write_bytes(data)
    [found] = read(tmp_path / "坏.zip")
    assert (found.path, "打不开" in (found.reason or "")) == (str(tmp_path / "坏.zip"), True)


def test_members_are_known_by_the_path_of_their_archive(tmp_path: Path) -> None:
    file = tmp_path / "报.zip"
    file.write_bytes(zipped({"一/a.txt": b"A", "空.txt": b""}))
    first, second = read(file)
    assert (first.path, first.data) == (f"{file}/一/a.txt", b"A")
    assert second.reason == "文件是空的，请检查后重新保存。"


def test_an_archive_of_nothing_and_one_of_another_kind_are_refused(tmp_path: Path) -> None:
    (tmp_path / "空.zip").write_bytes(zipped({".DS_Store": b"x"}))
    (tmp_path / "a.gz").write_bytes(b"\x1f\x8b\x08")
    assert "没有可以读取" in (read(tmp_path / "空.zip")[0].reason or "")
    assert ".zip" in (read(tmp_path / "a.gz")[0].reason or "")
