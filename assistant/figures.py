"""Figures in a text, and whether another text holds them as figures of their own."""

import re

_FIGURE = re.compile(r"\d[\d,.]*\d|\d|[一二三四五六七八九十百千万亿]{2,}")


def figures_of(text: str) -> frozenset[str]:
    """Return the figures of a normalised text: numbers, and numerals of two characters or more."""
    return frozenset(found.rstrip(".,") for found in _FIGURE.findall(text))


def has_figure(figure: str, text: str) -> bool:
    """Say whether a figure stands in a normalised text as one of its own (5 is not in 350)."""
    if not figure[0].isdigit():
        return figure in text
    return re.search(rf"(?<![\d.]){re.escape(figure)}(?!\d|\.\d)", text) is not None
