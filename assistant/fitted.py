"""Coefficients that were fitted, not typed: data/fitted.json, written by bench/calibrate.py."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

_parts: dict[str, Any] = {}


def fitted(part: str) -> dict[str, Any]:
    """Return one fitted part: "ranking", or the coverage of "chinese" or "other" questions."""
    found: dict[str, Any] = (_parts or _packaged())[part]
    return found


def use(parts: dict[str, Any]) -> None:
    """Take these parts in place of the packaged ones while fitting; missing ones stay packaged."""
    _parts.clear()
    _parts.update(_packaged() | parts)


@cache
def _packaged() -> dict[str, Any]:
    text = files("assistant").joinpath("data/fitted.json").read_text("utf-8")
    parts: dict[str, Any] = json.loads(text)
    return parts
