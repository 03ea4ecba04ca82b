"""Acceptance: the command line in a process of its own, with backends that load at once."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIGHT = {"WENYUAN_EMBEDDER": "hashing", "WENYUAN_VECTORS": "memory"}

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]


def environment(home: Path, **settings: str) -> dict[str, str]:
    """Return an environment with no settings but those of the test."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("WENYUAN_")}
    return outside | LIGHT | {"WENYUAN_HOME": str(home)} | settings


def run_command(home: Path, *arguments: str | Path, **settings: str) -> Done:
    """Run `wenyuan` in the repository's folder; settings are given by their variables."""
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", *map(str, arguments)],
        cwd=ROOT,
        env=environment(home, **settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def read_json(home: Path, *arguments: str | Path) -> dict[str, Any]:
    """Run a command with --json and return its one object."""
    done = run_command(home, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    value: dict[str, Any] = json.loads(done.stdout)
    return value


@pytest.fixture(scope="session")
def wenyuan() -> Run:
    return run_command


@pytest.fixture(scope="session")
def read() -> Callable[..., dict[str, Any]]:
    return read_json


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder that holds the bundled reports; not to be changed."""
    folder = tmp_path_factory.mktemp("home")
    done = run_command(folder, "ingest", "reports")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def outside(home: Path) -> dict[str, str]:
    """Return the environment that the commands run in, for a test that starts its own process."""
    return environment(home)
