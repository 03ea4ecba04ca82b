"""`wenyuan eval` that is killed goes on with what belongs to it, till its results are written."""

import json
from pathlib import Path

import pytest

from assistant.evaluation.datasets import load
from assistant.evaluation.results import read_results
from tests.ui.evaluated import told
from ui.cli import run
from ui.measuring import Plan, measure
from ui.settings import load_settings


@pytest.fixture(autouse=True)
def backends(request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("light_backends")


def test_a_run_that_was_killed_goes_on_where_it_was(questions: Path, tmp_path: Path) -> None:
    settings, plan = load_settings(), Plan(folder=tmp_path / "out")

    def stop(what: str, done: int, _all: int) -> None:
        if (what, done) == ("plain", 2):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        measure(load(questions), settings, plan, stop)
    (left,) = (tmp_path / "out").iterdir()
    kept = [json.loads(line)[1] for line in left.read_text("utf-8").splitlines()[1:]]
    assert [case["id"] for case in kept] == ["q1", "q2"]

    cases = measure(load(questions), settings, plan).plain.cases
    assert [case.id for case in cases] == ["q1", "q2", "q3"]
    # they were not asked again: the times are those of the first run
    assert [case.elapsed_ms for case in cases[:2]] == [case["elapsed_ms"] for case in kept]
    assert not left.exists()


def test_answers_that_other_synonyms_gave_are_not_taken_up(questions: Path, tmp_path: Path) -> None:
    words = tmp_path / "words.toml"
    words.write_text('groups = ["食堂 饭堂"]', "utf-8")
    settings, plan = load_settings(synonyms=words), Plan(folder=tmp_path / "out")

    def stop_after(count: int) -> None:
        def stop(what: str, done: int, _all: int) -> None:
            if (what, done) == ("plain", count):
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            measure(load(questions), settings, plan, stop)

    def kept() -> int:
        (left,) = (tmp_path / "out").iterdir()
        return len(left.read_text("utf-8").splitlines()) - 1

    stop_after(2)
    stop_after(1)
    assert kept() == 2
    words.write_text('groups = ["改造 翻新"]', "utf-8")
    stop_after(1)
    assert kept() == 1


def test_nothing_is_asked_again_until_the_results_are_written(
    questions: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    (out / "results.json").mkdir(parents=True)  # where nothing can be written
    arguments = ["eval", str(questions), str(folder), "--no-baseline", "--out", str(out)]
    assert "写不进" in told(arguments, 2, capsys)
    left = sorted(one.name for one in out.iterdir() if one.is_file())
    assert left == ["news.unfinished.jsonl", "questions.unfinished.jsonl"]
    (ranked,) = (tmp_path / "home" / "eval").glob("news-*/retrieval-*.unfinished.jsonl")
    lines_ = (out / left[1]).read_text("utf-8").splitlines()[1:]
    (out / "results.json").rmdir()
    assert run(arguments) == 0
    first, _ = read_results(out).results
    times = [json.loads(line)[1]["elapsed_ms"] for line in lines_]
    assert [case.elapsed_ms for case in first.plain.cases] == times
    assert not ranked.exists()
    assert not list(out.glob("*.unfinished.jsonl"))
