"""`wenyuan ingest PATH…`: take files and folders in, once or for as long as they are watched."""

import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from store.errors import UsageError
from store.outcomes import IngestOutcome, IngestStatus
from ui.commands.common import (
    FAILURE_EXIT,
    INTERRUPTED_EXIT,
    REJECTED_EXIT,
    Invocation,
    json_option,
    tell,
    write,
    write_json,
)
from ui.commands.progress import ProgressBar
from ui.views import outcome_view
from ui.wiring import ingest_config, open_library

if TYPE_CHECKING:
    from ingest.config import IngestConfig
    from store.library import Library

WORDS = {
    IngestStatus.ADDED: "已入库",
    IngestStatus.REPLACED: "已更新",
    IngestStatus.UNCHANGED: "没有变化",
    IngestStatus.DUPLICATE: "内容重复",
    IngestStatus.REJECTED: "未入库",
}


@click.command(help="把文件或文件夹里的报道入库；文件夹和 .zip 压缩包会逐个文件读取。")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=str)
@click.option("--watch", is_flag=True, help="一直看着这些文件夹，有新文件就入库，直到按 Ctrl-C。")
@json_option
@click.pass_obj
def ingest(invocation: Invocation, paths: tuple[str, ...], watch: bool, as_json: bool) -> int:
    """Take files and folders in."""
    if not all(path.strip() for path in paths):  # an unset variable, not the current folder
        raise UsageError("路径是空的；要收入当前文件夹，请写 . 。")
    settings = invocation.settings()
    named = [Path(path) for path in paths]
    with open_library(settings) as library:
        config = ingest_config(settings)
        if watch:
            return _watch(named, library, config, as_json=as_json)
        try:
            outcomes = _take(named, library, config, as_json=as_json)
        except KeyboardInterrupt:
            tell("已中断；完成的部分已保存，再运行一次同样的命令即可继续。")
            return INTERRUPTED_EXIT
    return exit_code(outcomes)


def _take(
    paths: Sequence[Path], library: "Library", config: "IngestConfig", *, as_json: bool
) -> tuple[IngestOutcome, ...]:
    """Take files in, with a bar while it lasts, and tell what became of each."""
    from ingest.pipeline import ingest as ingest_paths

    started = time.perf_counter()
    outcomes: list[IngestOutcome] = []
    try:
        with ProgressBar(shown=not as_json and sys.stderr.isatty()) as bar:
            ingest_paths(paths, library, config, outcomes.append, bar.show)
    finally:  # also where it was broken off: what is finished is kept, and told
        if as_json:
            elapsed_ms = round((time.perf_counter() - started) * 1000, 1)
            write_json({"reports": [outcome_view(o) for o in outcomes], "elapsed_ms": elapsed_ms})
        elif outcomes:
            write(table(outcomes))
            write(summary(outcomes))
    return tuple(outcomes)


def _watch(
    folders: Sequence[Path], library: "Library", config: "IngestConfig", *, as_json: bool
) -> int:
    """Take in what is dropped into folders until interrupted."""
    from ingest.watch import watch

    missing = [folder for folder in folders if not folder.is_dir()]
    if missing:
        raise UsageError(f"{missing[0]} 不是文件夹；--watch 只能看着文件夹。")
    tell(f"正在看着 {'、'.join(map(str, folders))}（按 Ctrl+C 停止）")
    try:
        watch(
            folders,
            lambda files: _take(files, library, config, as_json=as_json),
            threading.Event(),
        )
    except KeyboardInterrupt:
        tell("已停止；完成的部分已保存。")
    return 0


def exit_code(outcomes: Sequence[IngestOutcome]) -> int:
    """Return 0 when all was taken, 1 when some was rejected, 2 when nothing could be taken."""
    rejected = [o for o in outcomes if o.status is IngestStatus.REJECTED]
    if len(rejected) < len(outcomes):
        return REJECTED_EXIT if rejected else 0
    if not outcomes:
        tell("错误：给出的文件夹里没有可以入库的文件。")
    elif len(outcomes) == 1:
        tell(f"错误：{rejected[0].path} 没有入库：{rejected[0].reason}")
    else:
        tell(f"错误：给出的 {len(outcomes)} 个文件都没有入库，原因见各行。")
    return FAILURE_EXIT


def summary(outcomes: Sequence[IngestOutcome]) -> str:
    """Return one line with how many files met which fate."""
    counts = {
        word: sum(outcome.status is status for outcome in outcomes)
        for status, word in WORDS.items()
    }
    told = "，".join(f"{word} {count} 个" for word, count in counts.items() if count)
    return f"共 {len(outcomes)} 个文件：{told}。" if told else "没有文件。"


def table(outcomes: Sequence[IngestOutcome]) -> str:
    """Return what became of each file as a table, files of one fate together.

    Paths are shown below the folder that all of them share.
    """
    from rich.console import Console, JustifyMethod
    from rich.table import Table
    from rich.text import Text

    if not outcomes:
        return ""
    shared = _shared_folder([outcome.path for outcome in outcomes])
    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("结果", "文件", "文章", "片段", "说明"):
        side: JustifyMethod = "right" if name in {"文章", "片段"} else "left"
        drawn.add_column(name, justify=side, overflow="fold")
    order = list(WORDS)
    for outcome in sorted(outcomes, key=lambda one: order.index(one.status)):
        counts = (str(outcome.articles), str(outcome.passages)) if outcome.passages else ("", "")
        told = "\n".join(filter(None, (outcome.reason, *outcome.notes)))
        name = outcome.path.removeprefix(shared)
        cells = (WORDS[outcome.status], name, *counts, told)
        drawn.add_row(*(Text(cell) for cell in cells))
    # As wide as it needs on paper or in a file; a terminal's width folds it.
    console = Console(width=None if sys.stdout.isatty() else 10_000, color_system=None)
    with console.capture() as captured:
        console.print(drawn)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def _shared_folder(paths: Sequence[str]) -> str:
    """Return the folder that all paths begin with, its slash included; "" where there is none."""
    if len(paths) < 2:
        return ""
    first, last = min(paths), max(paths)
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), 0)
    return first[: first.rfind("/", 0, same) + 1]
