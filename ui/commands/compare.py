"""`wenyuan eval compare A B`: what got better and what got worse, question by question."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.commands.common import json_option, write, write_json

if TYPE_CHECKING:
    from assistant.evaluation.compare import Change, Comparison


@click.command("compare", help="比较两次评测（--out 写下的文件夹）：哪些题变好了，哪些变差了。")
@click.argument("before", metavar="A", type=click.Path(path_type=Path))
@click.argument("after", metavar="B", type=click.Path(path_type=Path))
@json_option
def compare(before: Path, after: Path, as_json: bool) -> None:
    """Compare two results."""
    from assistant.evaluation.compare import compare as compared
    from assistant.evaluation.results import read_results

    found = compared(read_results(before), read_results(after))
    if as_json:
        write_json({"comparisons": [asdict(one) for one in found]})
        return
    for one in found:
        _show(one)


def _show(found: "Comparison") -> None:
    from assistant.evaluation.labels import run_label
    from assistant.evaluation.report import gain

    write(f"== {found.dataset}")
    for note in found.notes:
        write(note)
    write("B 比 A（百分点或毫秒；* 表示 95% 区间不含 0）：")
    for run, figures in found.differences.items():
        moved = [figure for figure in figures if figure.value]
        write(f"{run_label(run)}{'' if moved else '：没有变化'}")
        width = max((len(figure.name) for figure in moved), default=0)
        for figure in moved:
            write(f"  {figure.name:<{width}}  {gain(figure)}")
    for title, changes in (
        ("变差", [one for one in found.changes if one.lost]),
        ("变好", [one for one in found.changes if not one.lost]),
    ):
        write(f"{title}的题：{len(changes)}")
        for one in changes:
            write(_line(one))


def _line(change: "Change") -> str:
    from assistant.evaluation.labels import figure_label, run_label

    signs = [f"+{figure_label(name)}" for name in change.gained]
    signs += [f"-{figure_label(name)}" for name in change.lost]
    return f"  [{run_label(change.run)}] {change.after.id} {change.after.asked}  {' '.join(signs)}"
