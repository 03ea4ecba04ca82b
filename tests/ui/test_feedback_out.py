"""Where the questions of `wenyuan feedback --out` go: places, rooms and counts; nothing is lost."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.feedback import Vote
from tests.ui.test_feedback_command import COST, HERE, MORE, SUBWAY, lines, say, write
from ui.cli import run
from ui.settings import load_settings
from ui.web.conversations import Conversations
from ui.wiring import make_assistant, open_library


@pytest.fixture(autouse=True)
def voted(
    page: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> Iterator[Conversations]:
    """Three turns of one visitor: the first helped, the others did not."""
    request.getfixturevalue("light_backends")
    assert run(["ingest", str(page)]) == 0
    with open_library(load_settings()) as library:
        talk = Conversations(library)
        assistant = make_assistant(library, load_settings())
        for ordinal, question in enumerate((COST, MORE, SUBWAY)):
            say(talk, assistant, HERE, question)
            talk.rate(HERE, ordinal, Vote.DOWN if ordinal else Vote.UP)
        capsys.readouterr()
        yield talk


@pytest.fixture
def taken_back(voted: Conversations) -> None:
    """No votes any more."""
    for ordinal in range(3):
        voted.rate(HERE, ordinal, None)


def told_of(out: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Export to a place where it cannot be; return the one line that is told."""
    capsys.readouterr()
    assert run(["feedback", "--out", str(out)]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    line, end = written.err.split("\n")
    assert line.startswith("错误：")
    assert line.count("。") == 1
    assert end == ""
    return line


@pytest.mark.usefixtures("taken_back")  # also where there is nothing to write
def test_a_place_where_no_file_can_be_is_told_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "文件").write_text("", encoding="utf-8")
    nowhere = tmp_path / "没有" / "题.jsonl"
    told = told_of(nowhere, capsys)
    assert told == f"错误：没有文件夹 {nowhere.parent}；请先建好它，或换一个位置。"
    assert f"{tmp_path} 是文件夹；--out 后面要写一个文件" in told_of(tmp_path, capsys)
    assert "没有文件夹" in told_of(tmp_path / "文件" / "题.jsonl", capsys)
    assert "不是普通的文件" in told_of(Path("/dev/null"), capsys)
    assert "名称太长" in told_of(tmp_path / f"{'长' * 100}.jsonl", capsys)
    assert [path.name for path in tmp_path.glob("*题*")] == []


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="no place that nobody may write to")
def test_a_place_that_may_not_be_written_is_told_in_our_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = told_of(Path("/proc/题.jsonl"), capsys)
    assert "写不进 /proc/题.jsonl" in told
    assert "请换一个位置" in told
    assert re.search("[a-z]{4,} [a-z]{3,}", told) is None, "the system's own English"


@pytest.mark.parametrize("before", [None, "", '{"id": "q1", "question": "问"}'])
def test_what_finds_no_room_leaves_the_file_as_it_was(
    before: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    resource = pytest.importorskip("resource")
    out = tmp_path / "题.jsonl"
    if before is not None:
        out.write_text(before, encoding="utf-8")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, limits[1]))  # in the middle of a line
    try:
        told = told_of(out, capsys)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert f"写不进 {out}" in told
    assert (out.read_text(encoding="utf-8") if out.exists() else None) == before


def test_the_lines_that_are_written_and_those_that_were_there_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "题.jsonl"
    own = {"id": "q1", "question": "自己写的题？", "answerable": False}
    write(out, [own, own | {"id": "q2"}])  # without a line end
    assert run(["feedback", "--out", str(out)]) == 0
    told = capsys.readouterr().out
    assert f"往 {out} 添了 2 题，原有的 2 题没有改动。" in told
    assert "请补上" in told
    assert len(lines(out)) == 4
    assert run(["feedback", "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"没有新的题可添；{out} 里原有的 4 题没有改动。\n"
    fresh = tmp_path / "新.jsonl"
    assert run(["feedback", "--all", "--out", str(fresh)]) == 0
    assert capsys.readouterr().out.startswith(f"往 {fresh} 添了 3 题。\n")
