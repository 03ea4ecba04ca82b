"""`wenyuan ingest PATH…`: take files and folders in."""

import time
from pathlib import Path

import click

from store.errors import UsageError
from store.outcomes import IngestOutcome, IngestStatus
from ui.commands.common import (
    FAILURE_EXIT,
    REJECTED_EXIT,
    Invocation,
    json_option,
    tell,
    write,
    write_json,
)
from ui.views import outcome_view
from ui.wiring import ingest_config, open_library

WORDS = {
    IngestStatus.ADDED: "已入库",
    IngestStatus.UNCHANGED: "没有变化",
    IngestStatus.REPLACED: "已更新",
    IngestStatus.DUPLICATE: "内容重复",
    IngestStatus.REJECTED: "未入库",
}


@click.command(help="把文件或文件夹里的报道入库；文件夹会逐个文件读取。")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=str)
@json_option
@click.pass_obj
def ingest(invocation: Invocation, paths: tuple[str, ...], as_json: bool) -> int:
    """Take files and folders in."""
    if not all(path.strip() for path in paths):  # an unset variable, not the current folder
        raise UsageError("路径是空的；要收入当前文件夹，请写 . 。")
    settings = invocation.settings()
    started = time.perf_counter()
    with open_library(settings) as library:
        from ingest.pipeline import ingest as ingest_paths

        show = None if as_json else _write_outcome
        outcomes = ingest_paths(
            [Path(path) for path in paths], library, ingest_config(settings), on_outcome=show
        )
    elapsed_ms = round((time.perf_counter() - started) * 1000, 1)
    if as_json:
        write_json({"reports": [outcome_view(o) for o in outcomes], "elapsed_ms": elapsed_ms})
    else:
        write(summary(outcomes))
    return exit_code(outcomes)


def exit_code(outcomes: tuple[IngestOutcome, ...]) -> int:
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


def summary(outcomes: tuple[IngestOutcome, ...]) -> str:
    """Return one line with how many files met which fate."""
    counts = {
        word: sum(outcome.status is status for outcome in outcomes)
        for status, word in WORDS.items()
    }
    told = "，".join(f"{word} {count} 个" for word, count in counts.items() if count)
    return f"共 {len(outcomes)} 个文件：{told}。" if told else "没有文件。"


def _write_outcome(outcome: IngestOutcome) -> None:
    told = [WORDS[outcome.status], outcome.path]
    if outcome.reason:
        told.append(outcome.reason)
    elif outcome.passages:
        told.append(f"{outcome.articles} 篇文章，{outcome.passages} 个片段")
    write("  ".join(told))
