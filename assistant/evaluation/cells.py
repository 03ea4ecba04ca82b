"""Tables of Markdown and what stands in their cells."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assistant.evaluation.retrieval_figures import OURS, SIGNIFICANT


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; what is in a cell cannot end the cell or the line."""
    lines = [[plain(cell) for cell in line] for line in (head, *rows)]
    lines.insert(1, ["---"] * len(head))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def plain(text: str) -> str:
    """Return a text as it may stand in a cell or a line of its own."""
    return " ".join(text.split()).replace("|", r"\|")


def arm_label(name: str) -> str:
    """Return what an arm is called; ours stands out."""
    return f"**{name}（问院）**" if name == OURS else name


def metric(at: Mapping[str, float] | None) -> str:
    """Write a metric of finding in per cent with its interval."""
    if at is None:
        return "—"
    return f"{at['value'] * 100:z.1f} {ends(at['low'], at['high'])}"


def ends(low: float, high: float) -> str:
    """Write the ends of an interval, as points."""
    return f"({low * 100:z.1f} ~ {high * 100:z.1f})"


def difference(one: Mapping[str, Any]) -> str:
    """Write a difference of finding in points with its interval, * where p is small."""
    clear = " *" if one["p"] < SIGNIFICANT else ""
    return f"{one['value'] * 100:+z.1f} {ends(one['low'], one['high'])}{clear}"


def change(one: Mapping[str, Any]) -> str:
    """Write a difference of finding in short: [-3.2*]."""
    return f"[{one['value'] * 100:+z.1f}{'*' if one['p'] < SIGNIFICANT else ''}]"
