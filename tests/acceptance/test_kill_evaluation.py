"""An evaluation gives the same figures twice, and the same again when it was killed on the way."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import ROOT, environment

PACKAGES = ("ir_measures", "pytrec_eval", "bm25s", "langchain_chroma")
pytestmark = pytest.mark.skipif(
    any(find_spec(one) is None for one in PACKAGES), reason="the eval extra is not installed"
)
SUBJECTS = ("食堂", "电梯", "桂花", "垃圾站", "停车棚", "图书角", "篮球场", "喷泉", "凉亭", "诊所")
PLACES = ("东苑", "西苑", "南苑", "北苑", "柳荫", "石桥")
WITHIN_S = 300


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty pieces of news and as many questions, some of which nothing answers."""
    made = tmp_path_factory.mktemp("sets") / "news"
    made.mkdir()
    documents, asked = [], []
    for number in range(len(SUBJECTS) * len(PLACES)):
        place, subject = PLACES[number % len(PLACES)], SUBJECTS[number // len(PLACES)]
        text = f"{place}社区的{subject}上个月修好了，一共花了{number + 2}万元。居民说很方便。"
        documents.append({"id": f"d{number}", "title": "", "text": text})
        known = number % 4 > 0
        asked.append(
            {
                "id": f"q{number}",
                "question": f"{place}社区的{subject if known else '飞机场'}花了多少钱？",
                "answerable": known,
                "gold_ids": [f"d{number}"] if known else [],
                "answers": [f"{number + 2}万元"],
            }
        )
    for name, lines in (("corpus", documents), ("questions", asked)):
        text = "\n".join(json.dumps(one, ensure_ascii=False) for one in lines)
        (made / f"{name}.jsonl").write_text(text, "utf-8")
    return made


def start(home: Path, folder: Path, out: Path) -> subprocess.Popen[str]:
    """Start the evaluation in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "ui.cli", "eval", str(folder), "--variants", "swapped",
         "--out", str(out)],
        cwd=ROOT,
        env=environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )  # fmt: skip


def finish(home: Path, folder: Path, out: Path) -> str:
    """Run the evaluation to its end and return what it told."""
    with start(home, folder, out) as process:
        told = process.communicate(timeout=WITHIN_S)[1]
    assert process.returncode == 0, told
    return told


@pytest.fixture(scope="module")
def undisturbed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the results of a run that nobody disturbed, in `out`."""
    home = tmp_path_factory.mktemp("undisturbed")
    assert "DEBUG" not in finish(home, folder, home / "out")
    return home


def figures(out: Path) -> Any:  # noqa: ANN401 (plain JSON)
    """What a run found, but for the times and for the folder in its command."""
    return timeless(json.loads((out / "results.json").read_text("utf-8"))["results"])


def timeless(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {
            key: timeless(one)
            for key, one in value.items()
            if not key.endswith("_ms") and not str(value.get("name", "")).endswith("_ms")
        }
    return [timeless(one) for one in value] if isinstance(value, list) else value


def test_a_run_twice_gives_the_same_figures(undisturbed: Path, folder: Path) -> None:
    finish(undisturbed, folder, undisturbed / "again")
    found = figures(undisturbed / "again")
    assert found == figures(undisturbed / "out")
    (result,) = found
    assert [one["kind"] for one in result["runs"]] == ["plain", "baseline", "baseline", "variant"]
    assert result["retrieval"]["questions"] == 45


def kill_when(process: subprocess.Popen[str], reached: Callable[[], bool]) -> None:
    """Kill a process as soon as it is so far."""
    deadline = time.monotonic() + WITHIN_S
    with process:
        try:
            while not reached():
                assert process.poll() is None, "it ended before it could be killed"
                assert time.monotonic() < deadline, "it did not get so far"
                time.sleep(0.005)
        finally:
            process.kill()


def written(folder: Path, pattern: str, least: int) -> Callable[[], bool]:
    """Say whether a file of this pattern has so many lines."""

    def reached() -> bool:
        return any(len(one.read_bytes().splitlines()) >= least for one in folder.glob(pattern))

    return reached


def test_a_run_that_is_killed_again_and_again_gives_the_same_figures(
    undisturbed: Path, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    for reached in (
        written(tmp_path, "eval/news-*/retrieval-*.unfinished.jsonl", 20),
        written(out, "news.unfinished.jsonl", 20),
        written(out, "news.unfinished.jsonl", 150),
    ):
        kill_when(start(tmp_path, folder, out), reached)
        assert not (out / "results.json").exists()
    finish(tmp_path, folder, out)
    assert figures(out) == figures(undisturbed / "out")
    assert not list(out.glob("*.unfinished.jsonl"))
