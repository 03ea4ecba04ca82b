"""Every file says first what it is for, and none grows beyond what is read in one go."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("store", "ingest", "assistant", "ui")
FILES = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))
MOST_LINES = 250
MOST_FUNCTION_LINES = 40


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_is_short_and_its_first_line_says_its_purpose(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    assert lines, "an empty file says nothing"
    assert lines[0].startswith('"""')
    assert ast.get_docstring(ast.parse(text))
    assert len(lines) <= MOST_LINES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_function_is_short(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    long = {
        node.name: length
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := code_lines(node)) > MOST_FUNCTION_LINES
    }
    assert long == {}


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function's statements take, without signature and docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_no_module_is_named_like_one_of_the_standard_library() -> None:
    # A reader has the name of its format.
    named = {path.stem for path in FILES if path.parent.name != "readers"}
    assert named & set(sys.stdlib_module_names) <= {"__init__"}
