"""`wenyuan eval compare A B`: what got better and what got worse, question by question."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.commands.common import json_option, write, write_json

if TYPE_CHECKING:
    from assistant.evaluation.compare import Change, Comparison
    from assistant.evaluation.compare_retrieval import Found


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
    from assistant.evaluation.labels import gain, run_label

    write(f"== {found.dataset}")
    for note in found.notes:
        write(note)
    if found.found is not None:
        _show_found(found.found)
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


def _show_found(found: "Found") -> None:
    from assistant.evaluation.compare_retrieval import LED
    from assistant.evaluation.retrieval_figures import SIGNIFICANT

    for arm, gaps in found.differences.items():
        shown = [gap for gap in gaps if gap.value]
        write(f"检索 {arm}{'' if shown else '：没有变化'}")
        for gap in shown:
            clear = " *" if gap.p < SIGNIFICANT else ""
            ends = f"({gap.low * 100:z.1f} ~ {gap.high * 100:z.1f})"
            write(f"  {gap.metric:<10}  {gap.value * 100:+z.1f} {ends} p={gap.p:.4f}{clear}")
    for title, worse in (("变差", True), ("变好", False)):
        kept = [one for one in found.moved if (one.after < one.before) == worse]
        write(f"检索{title}的题：{len(kept)}")
        for one in kept:
            write(f"  {one.id}  {LED} {one.before:.2f} → {one.after:.2f}")


def _line(change: "Change") -> str:
    from assistant.evaluation.labels import figure_label, run_label

    signs = [f"+{figure_label(name)}" for name in change.gained]
    signs += [f"-{figure_label(name)}" for name in change.lost]
    return f"  [{run_label(change.run)}] {change.after.id} {change.after.asked}  {' '.join(signs)}"
