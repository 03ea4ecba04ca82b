"""Pages kept until their file is done: found again, whole or not at all."""

import os
from pathlib import Path

import pytest

from ingest.reading import Line, ReadPage
from ingest.spool import Spool, prune

PAGE = ReadPage(lines=(Line(text="社区食堂开张"),))


def test_a_page_is_found_again_by_the_same_file_only(tmp_path: Path) -> None:
    Spool(tmp_path, "a").put(2, PAGE)
    assert Spool(tmp_path, "a").get(2) == PAGE
    assert Spool(tmp_path, "a").get(1) is None
    assert Spool(tmp_path, "b").get(2) is None


@pytest.mark.parametrize("damage", [b"", b"half", b"\x80\x05N."])
def test_a_damaged_page_is_none(tmp_path: Path, damage: bytes) -> None:
    Spool(tmp_path, "a").put(1, PAGE)
    [file] = tmp_path.rglob("*.page")
    file.write_bytes(damage)
    assert Spool(tmp_path, "a").get(1) is None


def test_without_a_folder_nothing_is_kept(tmp_path: Path) -> None:
    Spool(None, "a").put(1, PAGE)
    assert Spool(None, "a").get(1) is None
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_costs_no_page(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    Spool(tmp_path / "file", "a").put(1, PAGE)
    assert "没有暂存" in caplog.text


def test_pages_are_forgotten_file_by_file_and_those_of_long_ago_by_themselves(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "s"
    for name in ("done", "broken off", "old"):
        Spool(folder, name).put(1, PAGE)
    Spool(folder, "done").drop()
    [old] = folder.glob("*-old")
    os.utime(old, (0, 0))
    prune(folder)
    assert Spool(folder, "done").get(1) is None
    assert Spool(folder, "broken off").get(1) == PAGE
    assert not old.exists()
    Spool(folder, "broken off").drop()
    prune(folder)
    prune(folder)
    prune(None)
    assert not folder.exists()
