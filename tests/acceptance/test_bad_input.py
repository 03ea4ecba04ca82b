"""Bad input, as a person meets it: one clear sentence, the right exit code, and nothing lost."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

Read = Callable[..., dict[str, Any]]
Run = Callable[..., subprocess.CompletedProcess[str]]

HOLD = (
    "import sys; from ui.settings import load_settings; from ui.wiring import open_library\n"
    "with open_library(load_settings()):\n"
    "    print('open', flush=True); sys.stdin.read()"
)


def told(done: subprocess.CompletedProcess[str], code: int = 2) -> str:
    """Return the one sentence of a failure."""
    assert done.returncode == code, (done.stdout, done.stderr)
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("错误：")
    assert len(lines[0]) > 8
    return lines[0]


@pytest.fixture(autouse=True, scope="module")
def nothing_lost(home: Path, read: Read) -> Iterator[None]:
    """Whatever the tests of this file do, the reports are there afterwards as they were before."""
    before = read(home, "reports")["reports"]
    assert before
    yield
    assert read(home, "reports")["reports"] == before


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("", "问题"),
        (" \n　", "问题"),
        ("问" * 10_000, "500"),
        ("院落\x01改造？", "控制字符"),
        ("院落\x1b[31m改造？", "控制字符"),
    ],
    ids=["empty", "blank", "ten thousand characters", "control character", "terminal escape"],
)
def test_a_question_that_is_none_is_told(
    home: Path, wenyuan: Run, question: str, part: str
) -> None:
    assert part in told(wenyuan(home, "ask", question, "--json"))


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (None, "不存在"),
        (b"", "空"),
        (b" \n\n\t", "空"),
        (bytes(range(256)) * 40, "文件"),
        (b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20, "文件"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "图片"),
    ],
    ids=["missing", "empty", "blank", "noise", "program", "picture"],
)
def test_a_file_that_is_no_report_is_rejected_with_its_reason(
    home: Path, wenyuan: Run, tmp_path: Path, content: bytes | None, part: str
) -> None:
    path = tmp_path / "bad.txt"
    if content is not None:
        path.write_bytes(content)

    done = wenyuan(home, "ingest", path, "--json")

    sentence = told(done)
    assert str(path) in sentence
    [outcome] = json.loads(done.stdout)["reports"]
    assert outcome["status"] == "rejected"
    assert outcome["reason"] in sentence
    assert part in outcome["reason"]


def test_the_good_files_beside_a_bad_one_are_taken(
    tmp_path: Path, wenyuan: Run, read: Read
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"")
    (folder / "b.txt").write_bytes(next((ROOT / "reports").glob("*.txt")).read_bytes())

    done = wenyuan(tmp_path / "home", "ingest", folder, tmp_path / "gone.txt", "--json")

    assert done.returncode == 1
    statuses = [report["status"] for report in json.loads(done.stdout)["reports"]]
    assert statuses == ["rejected", "added", "rejected"]
    assert len(read(tmp_path / "home", "reports")["reports"]) == 1


def test_an_empty_folder_is_told(tmp_path: Path, wenyuan: Run) -> None:
    (tmp_path / "in").mkdir()
    told(wenyuan(tmp_path / "home", "ingest", tmp_path / "in"))


@pytest.mark.parametrize("command", [["reports"], ["ask", "问题？"], ["ingest", "reports"]])
def test_a_data_folder_that_is_a_file_is_told_and_left_alone(
    tmp_path: Path, wenyuan: Run, command: list[str]
) -> None:
    home = tmp_path / "home"
    home.write_text("mine", encoding="utf-8")
    assert str(home) in told(wenyuan(home, *command))
    assert home.read_text(encoding="utf-8") == "mine"


def test_a_second_process_on_the_folder_is_told_whose_it_is(
    home: Path, wenyuan: Run, outside: dict[str, str]
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD],
        cwd=ROOT,
        env=outside,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "open\n"
        for command in (["reports"], ["ask", "问题？"], ["ingest", "reports"], ["serve"]):
            assert str(home) in told(wenyuan(home, *command))
        assert wenyuan(home, "config", "--json").returncode == 0
        owner.communicate("")


def test_a_damaged_catalog_is_told_and_left_as_it_is(tmp_path: Path, wenyuan: Run) -> None:
    home = tmp_path / "home"
    assert wenyuan(home, "ingest", "reports").returncode == 0
    catalog = home / "catalog.sqlite"
    damaged = b"not a database, " * 1000
    for beside in home.glob("catalog.sqlite-*"):
        beside.unlink()
    catalog.write_bytes(damaged)

    for command in (["reports"], ["ask", "问题？"], ["ingest", "reports"], ["reindex"]):
        assert str(catalog) in told(wenyuan(home, *command))
    assert catalog.read_bytes() == damaged


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "many"), ("EMBEDDER", "nobody"), ("VECTORS", "nobody"), ("LOG_LEVEL", "loud")],
)
def test_a_wrong_setting_is_told(home: Path, wenyuan: Run, name: str, value: str) -> None:
    done = wenyuan(home, "ask", "问题？", **{f"WENYUAN_{name}": value})
    assert value in told(done)


@pytest.mark.parametrize("content", [b"", b"{", b'{"question": "x"}', b"[1]", b"\xff\xfe\x00"])
def test_a_history_file_that_is_none_is_told(
    home: Path, wenyuan: Run, tmp_path: Path, content: bytes
) -> None:
    history = tmp_path / "history.json"
    history.write_bytes(content)
    assert "history.json" in told(wenyuan(home, "ask", "问题？", "--history", history))
