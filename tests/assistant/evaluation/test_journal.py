"""A run that was killed goes on where it was, and nothing of another run is taken up."""

from pathlib import Path

import pytest

from assistant.evaluation.journal import Journal, remove
from store.errors import UsageError


def test_what_was_added_is_there_after_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "new" / "run.jsonl"
    with Journal(path, "this") as journal:
        journal.add("一", {"x": (1, 2)})
        assert journal.done == {"一": {"x": [1, 2]}}
    with path.open("a", encoding="utf-8") as file:
        file.write('["二", {"cut o')
    with Journal(path, "this") as journal:
        assert journal.done == {"一": {"x": [1, 2]}}
        journal.add("三", None)
    with Journal(path, "this") as journal:
        assert journal.done == {"一": {"x": [1, 2]}, "三": None}
        journal.finish()
    assert not path.exists()


def test_another_run_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with Journal(path, "this") as journal:
        journal.add("一", 1)
    with Journal(path, "that") as journal:
        assert journal.done == {}


def test_what_is_done_stays_till_whoever_ordered_it_takes_it_away(tmp_path: Path) -> None:
    path, full = tmp_path / "run.jsonl", list[Path]()
    with Journal(path, "this") as journal:
        journal.add("一", 1)
        journal.finish(full.append)
    assert full == [path]
    with Journal(path, "this") as journal:
        assert journal.done == {"一": 1}
    remove(path)
    remove(path)
    assert not path.exists()


def test_what_was_kept_is_never_gone_while_it_is_taken_up(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with Journal(path, "this") as journal:
        journal.add("一", 1)
    before = path.read_text("utf-8")
    (tmp_path / "run.jsonl.new").mkdir()  # so that it cannot be written anew
    with pytest.raises(UsageError, match="写不进"), Journal(path, "this"):
        pass
    assert path.read_text("utf-8") == before


def test_without_a_path_nothing_is_written(tmp_path: Path) -> None:
    with Journal(None, "this") as journal:
        journal.add("一", 1)
        journal.finish()
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(UsageError, match="写不进"), Journal(tmp_path / "file" / "run", "this"):
        pass
