"""`wenyuan ingest PATH…`: take files and folders in, once or for as long as they are watched."""

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
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
from ui.progress import FATES, tally
from ui.views import outcome_view
from ui.wiring import ingest_config, open_library

if TYPE_CHECKING:
    from ingest.config import IngestConfig
    from store.library import Library


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
            with _told(as_json=as_json, once=True) as outcomes:
                _take(named, library, config, outcomes.append, as_json=as_json)
        except KeyboardInterrupt:
            tell("已中断；完成的部分已保存，再运行一次同样的命令即可继续。")
            return INTERRUPTED_EXIT
    return exit_code(outcomes)


def _take(
    paths: Sequence[Path],
    library: "Library",
    config: "IngestConfig",
    add: Callable[[IngestOutcome], None],
    *,
    as_json: bool,
) -> None:
    """Take files in, with a bar while it lasts."""
    from ingest.pipeline import ingest as ingest_paths

    with ProgressBar(shown=not as_json and sys.stderr.isatty()) as bar:
        ingest_paths(paths, library, config, add, bar.show)


@contextmanager
def _told(*, as_json: bool, once: bool) -> Iterator[list[IngestOutcome]]:
    """Lend a list for outcomes, and tell them at the end, also where it was broken off.

    Args:
        as_json: for a script, not as a table.
        once: they are all there is: a lone file's refusal is left to the error line, and a script
            is told of none as well.
    """
    started = time.perf_counter()
    outcomes: list[IngestOutcome] = []
    left_to_the_error = False
    try:
        yield outcomes
        left_to_the_error = once and _is_lone_refusal(outcomes)
    finally:
        if as_json and (once or outcomes):
            elapsed_ms = round((time.perf_counter() - started) * 1000, 1)
            write_json({"reports": [outcome_view(o) for o in outcomes], "elapsed_ms": elapsed_ms})
        elif not as_json and outcomes and not left_to_the_error:
            write(table(outcomes))
            write(summary(outcomes))


def _is_lone_refusal(outcomes: Sequence[IngestOutcome]) -> bool:
    return len(outcomes) == 1 and outcomes[0].status is IngestStatus.REJECTED


def _watch(
    folders: Sequence[Path], library: "Library", config: "IngestConfig", *, as_json: bool
) -> int:
    """Take in what is dropped into folders until interrupted; obstacles are told, and passed."""
    from ingest.obstacles import CLEAR, Obstacles, news
    from ingest.watch import Watch

    missing = [folder for folder in folders if not folder.is_dir()]
    if missing:
        raise UsageError(f"{missing[0]} 不是文件夹；--watch 只能看着文件夹。")
    before = CLEAR

    def meet(now: Obstacles) -> None:
        nonlocal before
        for sentence in news(before, now):
            tell(sentence)
        before = now

    def take(files: Sequence[Path]) -> None:
        def add(outcome: IngestOutcome) -> None:
            outcomes.append(outcome)
            watch.finished(outcome.path)

        with _told(as_json=as_json, once=False) as outcomes:
            _take(files, library, config, add, as_json=as_json)

    watch = Watch(folders, take, meet)
    tell(f"正在看着 {'、'.join(map(str, folders))}（按 Ctrl+C 停止）")
    try:
        watch.run(threading.Event())
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
    told = tally(outcomes)
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
    order = list(FATES)
    for outcome in sorted(outcomes, key=lambda one: order.index(one.status)):
        counts = (str(outcome.articles), str(outcome.passages)) if outcome.passages else ("", "")
        told = "\n".join(filter(None, (outcome.reason, *outcome.notes)))
        name = outcome.path.removeprefix(shared)
        cells = (FATES[outcome.status], name, *counts, told)
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
