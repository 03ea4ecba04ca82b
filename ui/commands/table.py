"""`wenyuan eval table RESULTS…`: results as a page of Markdown, such as docs/results.md."""

from pathlib import Path

import click

from store.errors import UsageError
from ui.commands.common import write


@click.command(
    "table", help="把评测结果（--out 写下的文件夹）写成一页 Markdown，连同不如基线的地方。"
)
@click.argument(
    "results", metavar="RESULTS…", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--mean",
    metavar="NAMES",
    help="另外给出检索 MRR@10 在这些数据集上的平均：逗号分隔，可写 数据集@题型。",
)
def table(results: tuple[Path, ...], mean: str | None) -> None:
    """Write results as Markdown."""
    from assistant.evaluation.results import read_results
    from assistant.evaluation.table import markdown

    names = tuple(one.strip() for one in (mean or "").split(",") if one.strip())
    if mean is not None and not names:
        raise UsageError("--mean 后面要写数据集的名称。")
    write(markdown([read_results(one) for one in results], names).rstrip())
