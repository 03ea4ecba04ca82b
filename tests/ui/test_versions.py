"""`versions` and `restore`, and what is told of articles that are alike."""

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.twins import TwinFinder
from store.config import StoreConfig
from store.library import Library
from ui.cli import run


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest) -> None:
    """Every test here has the light backends, before anything else is set up."""
    request.getfixturevalue("light_backends")


def shown(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Run a command and return the one JSON object that it wrote."""
    capsys.readouterr()
    assert run([*arguments, "--json"]) == 0
    value: dict[str, Any] = json.loads(capsys.readouterr().out)
    return value


@pytest.fixture
def changed(page: Path) -> Path:
    """The page, taken in, changed, and taken in again."""
    assert run(["ingest", str(page)]) == 0
    page.write_text(page.read_text("utf-8").replace("三十万元", "四十万元"), "utf-8")
    assert run(["ingest", str(page)]) == 0
    return page


def test_an_older_version_is_listed_and_put_in_force(
    changed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = shown(["reports"], capsys)["reports"][0]
    found = shown(["versions", report["id"]], capsys)
    assert found["id"] == report["id"]
    assert [(v["version"], v["current"]) for v in found["versions"]] == [(1, False), (2, True)]
    restored = shown(["restore", report["id"], "1"], capsys)
    assert [v["current"] for v in restored["versions"]] == [True, False]
    text = json.dumps(shown(["show", report["articles"][0]["id"]], capsys), ensure_ascii=False)
    assert "三十万元" in text
    assert "四十万元" not in text
    again = shown(["ingest", str(changed)], capsys)["reports"][0]
    assert again["status"] == "unchanged"
    assert "第 1 版" in again["reason"]


def test_versions_are_told_in_words(changed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = shown(["reports"], capsys)["reports"][0]["id"]
    assert run(["versions", report]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("第 1 版")
    assert "放下" in first
    assert second.endswith("现在的一版")
    assert run(["restore", report, "1"]) == 0
    assert "第 1 版" in capsys.readouterr().out
    assert changed.exists()


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["versions", "r0"], "r0"),
        (["restore", "r0", "1"], "r0"),
        (["restore", "r0", "x"], "VERSION"),
        (["restore", "r0", "99999999999999999999"], "VERSION"),
    ],
)
def test_what_is_not_there_is_told_in_one_sentence(
    arguments: list[str], part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("错误：")
    assert part in line


def test_an_article_that_is_like_another_says_so(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = page.with_name("other.txt")
    other.write_text(page.read_text("utf-8").replace("三十万元", "四十万元"), "utf-8")
    assert run(["ingest", str(page), str(other)]) == 0
    home = StoreConfig(
        folder=tmp_path / "home", embedder="hashing", vectors="memory", splitter="1/250"
    )
    with Library.open(home) as library:
        TwinFinder(library)
    one = shown(["reports"], capsys)["reports"][0]["articles"][0]["id"]
    (twin,) = shown(["show", one], capsys)["twins"]
    assert twin["kind"] == "correction"
    assert twin["report"]["path"] == str(other)
    assert run(["show", one]) == 0
    assert "数字不同，请核对" in capsys.readouterr().out
