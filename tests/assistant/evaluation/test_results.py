"""Results are written, read back the same, and anything else is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.evaluation.results import Result, Results, Run, read_results, write_results
from store.errors import NotFoundError, UsageError


def test_results_read_back_are_the_same(
    tmp_path: Path, plain: Run, make_result: Callable[..., Result]
) -> None:
    results = Results(results=(make_result(plain),))
    path = write_results(results, tmp_path / "new" / "folder")
    assert read_results(path) == read_results(path.parent) == results


@pytest.mark.parametrize("text", ["", "[]", '{"results": 1}', "\x00"])
def test_another_file_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "results.json"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError, match="不是"):
        read_results(path)


def test_results_of_another_format_are_refused(tmp_path: Path) -> None:
    path = write_results(Results(results=(), format=99), tmp_path)
    with pytest.raises(UsageError, match="另一个版本"):
        read_results(path)


def test_a_file_that_is_not_there_and_a_folder_that_cannot_be_made_are_told(
    tmp_path: Path,
) -> None:
    with pytest.raises(NotFoundError, match="读不到"):
        read_results(tmp_path)
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(UsageError, match="写不进"):
        write_results(Results(results=()), tmp_path / "file")
