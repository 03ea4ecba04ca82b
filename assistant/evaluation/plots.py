"""Plots as pictures that stand in a page: SVG in data addresses, letters drawn as outlines."""

import base64
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from assistant.evaluation.extras import require
from assistant.evaluation.results import Figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

_COLOURS = ("#1f5f8b", "#b5651d", "#5b7f3a", "#7a4e8a", "#a33b3b", "#777777")
# Families of fonts with Chinese characters, as systems and their packages name them.
_CHINESE = ("CJK SC", "CJK", "Han Sans", "WenQuanYi", "YaHei", "PingFang", "Heiti", "SimHei")
_SIGN = "问"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a plot: what it is called, in Chinese and by name, and its figure by series."""

    label: str
    name: str
    figures: Mapping[str, Figure]


def intervals(rows: Sequence[Row]) -> str:
    """Draw figures with their intervals, a line each, series beside each other.

    Args:
        rows: from top to bottom, at least one; shares or differences of shares.

    Returns:
        The picture, as a data address.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    names = list(dict.fromkeys(name for row in rows for name in row.figures))
    height = 0.8 + 0.3 * len(rows) * max(1, len(names) * 0.6)
    canvas = _canvas(8.0, height + 0.3 * (len(names) > 1))
    axes = canvas.subplots()
    step = 0.7 / len(names)
    for number, name in enumerate(names):
        places = [
            (at + step * (number - (len(names) - 1) / 2), row.figures[name])
            for at, row in enumerate(rows)
            if name in row.figures
        ]
        axes.errorbar(
            [figure.value * 100 for _, figure in places],
            [at for at, _ in places],
            xerr=_whiskers([figure for _, figure in places]),
            fmt="o",
            markersize=4.5,
            capsize=2.5,
            color=_COLOURS[number % len(_COLOURS)],
            label=name,
        )
    chinese = _font() is not None
    axes.set_yticks(range(len(rows)), [row.label if chinese else row.name for row in rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.axvline(0, color="#888888", linewidth=0.8)
    axes.set_xlabel("%")
    _finish(canvas, legend=len(names) > 1)
    return _drawn(canvas)


def curves(series: Mapping[str, Sequence[tuple[float, Figure]]]) -> str:
    """Draw shares along a ratio, with their intervals, a line a series.

    Args:
        series: points (ratio 0 to 1, share) by name; at least one.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    canvas = _canvas(6.0, 3.4)
    axes = canvas.subplots()
    for number, (name, points) in enumerate(series.items()):
        axes.errorbar(
            [ratio * 100 for ratio, _ in points],
            [figure.value * 100 for _, figure in points],
            yerr=_whiskers([figure for _, figure in points]),
            marker="o",
            markersize=4.5,
            capsize=2.5,
            color=_COLOURS[number % len(_COLOURS)],
            label=name,
        )
    axes.set_ylim(-4, 104)
    axes.set_xlabel("%" if _font() is None else "噪声比例（%）")
    axes.set_ylabel("%")
    _finish(canvas, legend=True)
    return _drawn(canvas)


def _whiskers(figures: Sequence[Figure]) -> list[list[float]]:
    """How far each interval reaches to both sides, in per cent."""
    down = [
        figure.value - (figure.value if figure.low is None else figure.low) for figure in figures
    ]
    up = [
        (figure.value if figure.high is None else figure.high) - figure.value for figure in figures
    ]
    return [[max(0.0, one) * 100 for one in side] for side in (down, up)]


def _canvas(width: float, height: float) -> "Canvas":
    require("matplotlib")
    from matplotlib.figure import Figure as Canvas

    return Canvas(figsize=(width, height), layout="constrained")


def _finish(canvas: "Canvas", *, legend: bool) -> None:
    axes = canvas.axes[0]
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    if legend:
        canvas.legend(loc="outside upper center", ncols=2, frameon=False)
    font = _font()
    if font is not None:
        texts = [*axes.get_yticklabels(), axes.xaxis.label, axes.yaxis.label]
        for text in [*texts, *(one for box in canvas.legends for one in box.get_texts())]:
            text.set_fontfamily([font, "sans-serif"])


def _drawn(canvas: "Canvas") -> str:
    from matplotlib import rc_context

    written = io.BytesIO()
    # Outlines need no font where the page is read; a fixed salt makes the same picture each time.
    with rc_context({"svg.fonttype": "path", "svg.hashsalt": "wenyuan"}):
        canvas.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    picture = base64.b64encode(written.getvalue()).decode()
    return f"data:image/svg+xml;base64,{picture}"


@cache
def _font() -> str | None:
    """The name of an installed font with Chinese characters, or None."""
    from matplotlib.font_manager import fontManager, get_font

    for family in _CHINESE:
        for entry in sorted(
            fontManager.ttflist, key=lambda entry: (entry.name, entry.weight != 400)
        ):
            if family in entry.name and get_font(entry.fname).get_char_index(ord(_SIGN)):
                return str(entry.name)
    return None
