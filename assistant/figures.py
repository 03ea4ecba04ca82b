"""Figures in a text, and whether another text holds them as figures of their own."""

import re

from assistant.amounts import NO_NUMBERS

_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|[一二两三四五六七八九十百千万亿]{2,12}")


def figures_of(text: str) -> frozenset[str]:
    """Return the figures of a normalised text: numbers, and numerals of two characters or more.

    Thousands separators are dropped; words that only look like numerals (万一) are none.
    """
    found = (one.replace(",", "") for one in _FIGURE.findall(text))
    return frozenset(found) - NO_NUMBERS


def has_figure(figure: str, text: str) -> bool:
    """Say whether a figure stands in a normalised text as one of its own (5 is not in 350)."""
    return figure in figures_of(text) if figure[0].isdigit() else figure in text
