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


def test_settings_keep_their_secrets_and_leave_places_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENYUAN_CHAT_API_KEY", "sk-very-secret")
    found = provenance.settings_that_matter(load_settings())
    assert found["chat_api_key"] == MASK
    assert "very-secret" not in str(found)
    assert not {"home", "host", "port", "log_level"} & set(found)
