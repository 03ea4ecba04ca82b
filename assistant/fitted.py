"""Coefficients that were fitted, not typed: data/fitted.json, written by bench/calibrate.py."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def fitted(part: str) -> dict[str, Any]:
    """Read one fitted part: "ranking", or the coverage of "chinese" or "other" questions."""
    parts = json.loads(files("assistant").joinpath("data/fitted.json").read_text("utf-8"))
    found: dict[str, Any] = parts[part]
    return found
