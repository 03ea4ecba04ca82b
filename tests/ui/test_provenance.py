"""Figures say what made them, and keep secrets."""

import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest

from ui import provenance
from ui.settings import MASK, load_settings

ROOT = Path(__file__).resolve().parents[2]


def test_the_version_is_the_installed_one() -> None:
    assert provenance.version() == version("wenyuan")


def test_the_commit_is_that_of_the_checkout() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    done = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = provenance.commit()
    assert found is not None
    assert found.removesuffix("-dirty") == done.stdout.strip()


def test_without_git_there_is_no_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert provenance.commit() is None


def test_other_code_is_told_whether_it_is_committed_or_not(tmp_path: Path) -> None:
    digests = []
    for number, text in enumerate(("a = 1", "a = 1", "a = 2")):
        package = tmp_path / str(number) / "ui"
        (package / "__pycache__").mkdir(parents=True)
        (package / "some.py").write_text(text, "utf-8")
        (package / "__pycache__" / f"{number}.pyc").write_bytes(bytes(number))
        digests.append(provenance.code(package.parent))
    assert digests[0] == digests[1] != digests[2]


def test_what_stands_in_the_files_that_settings_name_counts(tmp_path: Path) -> None:
    words, model = tmp_path / "words.toml", tmp_path / "model"
    model.mkdir()
    settings = load_settings(synonyms=words, reranker=str(model))
    made = set()
    for path, text in ((words, "一"), (words, "二"), (model / "weights", "三")):
        path.write_text(text, "utf-8")
        made.add(provenance.made_with(settings))
    assert len(made) == 3
    assert provenance.made_with(settings) in made
    assert provenance.made_with(load_settings(reranker="some/name")) not in made


def test_settings_keep_their_secrets_and_leave_places_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENYUAN_CHAT_API_KEY", "sk-very-secret")
    found = provenance.settings_that_matter(load_settings())
    assert found["chat_api_key"] == MASK
    assert "very-secret" not in str(found)
    assert not {"home", "host", "port", "log_level"} & set(found)
