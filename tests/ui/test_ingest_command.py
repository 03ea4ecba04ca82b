"""What `wenyuan ingest` shows: the table of outcomes, the bar, and the words of both."""

import io
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.progress import Progress, Step
from store.outcomes import IngestOutcome, IngestStatus
from ui.cli import run
from ui.commands.common import tell
from ui.commands.ingest import summary, table
from ui.commands.progress import ProgressBar
from ui.progress import duration, pace, told

STORY = "社区食堂开张\n\n南湖社区食堂昨天正式开门营业，每天为老人提供三餐，六十岁以上的老人打八折。"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def outcome(name: str, status: IngestStatus, **more: object) -> IngestOutcome:
    return IngestOutcome(path=f"/报纸/{name}", status=status, **more)  # type: ignore[arg-type]


OUTCOMES = (
    outcome("坏.pdf", IngestStatus.REJECTED, reason="PDF 设有打开密码，请去掉密码后再收入。"),
    outcome("一.pdf", IngestStatus.ADDED, articles=2, passages=19, notes=("与别的相近。",)),
    outcome("二.txt", IngestStatus.UNCHANGED, articles=1, passages=3),
    outcome("三.txt", IngestStatus.DUPLICATE, reason="内容与已收入的完全相同。"),
    outcome("四.txt", IngestStatus.REPLACED, articles=1, passages=4),
)


def lines(outcomes: Sequence[IngestOutcome]) -> list[str]:
    return table(outcomes).splitlines()


def test_files_of_one_fate_stand_together_below_the_folder_they_share() -> None:
    shown = lines(OUTCOMES)
    assert shown[0].split() == ["结果", "文件", "文章", "片段", "说明"]
    assert [line.split()[:2] for line in shown[1:]] == [
        ["已入库", "一.pdf"],
        ["已更新", "四.txt"],
        ["没有变化", "二.txt"],
        ["内容重复", "三.txt"],
        ["未入库", "坏.pdf"],
    ]
    assert shown[1].split()[2:] == ["2", "19", "与别的相近。"]
    assert shown[-1].endswith("PDF 设有打开密码，请去掉密码后再收入。")


def test_columns_line_up_though_chinese_is_twice_as_wide() -> None:
    def width(text: str) -> int:
        return sum(2 if ord(letter) > 255 else 1 for letter in text)

    starts = {
        width(line[: line.index(".")]) - width(Path(line.split()[1]).stem)
        for line in lines(OUTCOMES)[1:]
    }
    assert len(starts) == 1


def test_a_lone_file_is_shown_with_its_whole_path_and_nothing_as_nothing() -> None:
    assert "/报纸/坏.pdf" in lines(OUTCOMES[:1])[1]
    assert table([]) == ""
    assert summary([]) == "没有文件。"


def test_a_terminal_folds_and_cuts_nothing_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("COLUMNS", "60")
    reason = "这一句很长，" * 20
    shown = table([outcome("甲" * 40 + ".pdf", IngestStatus.REJECTED, reason=reason)])
    kept = "".join(shown.split())
    assert "…" not in kept
    assert kept.count("甲") == 40
    assert kept.count("长") == 20


def test_a_run_ends_with_the_table_and_a_line_of_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("light_backends")
    folder = tmp_path / "收"
    folder.mkdir()
    (folder / "好.txt").write_text(STORY, encoding="utf-8")
    (folder / "空.txt").touch()
    assert run(["ingest", str(folder)]) == 1
    shown = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in shown[1:3]] == [["已入库", "好.txt"], ["未入库", "空.txt"]]
    assert shown[-1] == "共 2 个文件：已入库 1 个，未入库 1 个。"


def test_a_lone_refusal_is_told_once_and_by_the_error_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("light_backends")
    (tmp_path / "收").mkdir()
    file = tmp_path / "收" / "空.txt"
    file.touch()
    for given in (file, file.parent):
        assert run(["ingest", str(given)]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err == f"错误：{file} 没有入库：文件是空的，请检查后重新保存。\n"
    assert run(["ingest", str(file), "--json"]) == 2
    out, _ = capsys.readouterr()
    assert '"status": "rejected"' in out


def test_two_refusals_are_told_in_the_table_and_counted_in_the_error_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("light_backends")
    for name in ("空.txt", "坏.pdf"):
        (tmp_path / name).touch()
    assert run(["ingest", str(tmp_path / "空.txt"), str(tmp_path / "坏.pdf")]) == 2
    out, err = capsys.readouterr()
    assert out.count("文件是空的") == 2
    assert err == "错误：给出的 2 个文件都没有入库，原因见各行。\n"


PROGRESS = Progress(
    file="/报纸/很长很长的一个文件名，长到一行里放不下的那一种.pdf",
    done=2,
    files=9,
    step=Step.READING,
)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0.2, "0 秒"), (40, "40 秒"), (300, "5 分钟"), (7800, "2 小时 10 分")],
)
def test_a_span_of_time_is_told_as_people_do(seconds: float, expected: str) -> None:
    assert duration(seconds) == expected


def test_a_long_name_is_shortened_and_what_is_unknown_is_left_out() -> None:
    assert told(PROGRESS).startswith("3/9 很长很长的一个文件名")
    assert told(PROGRESS).endswith("… 读取")
    assert pace(PROGRESS) == ""


def test_the_bar_is_drawn_at_a_terminal_and_a_line_told_meanwhile_stands_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with ProgressBar(shown=True) as bar:
        bar.show(PROGRESS)
        tell("第 1 页有看不见的字。")
        bar.show(PROGRESS)
    shown = terminal.getvalue()
    assert "3/9 很长很长" in shown
    assert "第 1 页有看不见的字。\n" in shown


def test_without_a_terminal_no_bar_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressBar(shown=False) as bar:
        bar.show(PROGRESS)
    assert capsys.readouterr().err == ""


def test_only_folders_can_be_watched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("light_backends")
    for command in (
        ["ingest", "--watch", str(tmp_path / "没有")],
        ["serve", "--watch", str(tmp_path / "没有")],
    ):
        assert run(command) == 2
        assert "不是文件夹" in capsys.readouterr().err
