"""Where figures come from: the program's version and commit, and the settings that matter."""

import hashlib
import os
import platform
import shutil
import subprocess
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.settings import Settings, masked

if TYPE_CHECKING:
    from assistant.evaluation.records import Dataset
    from assistant.evaluation.results import Provenance
    from store.library import Library

_WITHOUT_EFFECT = frozenset({"home", "host", "port", "log_level"})


def version() -> str:
    """Return the version of the program."""
    return installed_version("wenyuan")


def commit() -> str | None:
    """Return the commit of the checkout that the program runs from, or None outside of one.

    Where files differ from it, it ends in -dirty.
    """
    folder = Path(__file__).resolve().parents[1]
    git = shutil.which("git")
    if git is None or not (folder / ".git").exists():
        return None
    command = [git, "-C", str(folder), "describe", "--always", "--dirty", "--abbrev=40"]
    command += ["--exclude", "*"]  # the commit, not a tag before it
    try:
        done = subprocess.run(  # noqa: S603 (git, found on the path, with our own arguments)
            command, capture_output=True, text=True, check=True, timeout=30
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() or None


def machine() -> str:
    """Return what times depend on: how many processors of what sort, the system, Python."""
    kind = f"{os.cpu_count()} × {platform.machine()}"
    return f"{kind}，{platform.system()}，Python {platform.python_version()}"


def settings_that_matter(settings: Settings) -> dict[str, Any]:
    """Return the settings that figures depend on, with what is secret in them covered."""
    return {name: value for name, value in masked(settings).items() if name not in _WITHOUT_EFFECT}


def of(  # noqa: PLR0913 (each is told apart)
    dataset: "Dataset",
    library: "Library",
    settings: Settings,
    *,
    sample: int | None,
    seed: int,
    support: str,
    half: str | None = None,
) -> "Provenance":
    """Return where the figures of a data set come from.

    Args:
        dataset: what is asked.
        library: what it is asked about.
        settings: of the store and the assistant.
        sample: how many questions were drawn; None: all.
        seed: of whatever is drawn.
        support: names the check of support.
        half: which half of the questions is asked; None: all.
    """
    from assistant.evaluation.results import Provenance

    held = sorted(report.fingerprint for report in library.reports())
    return Provenance(
        dataset=dataset.name,
        fingerprint=dataset.fingerprint,
        library=hashlib.sha256("\n".join(held).encode()).hexdigest(),
        sample=sample,
        seed=seed,
        model=settings.chat_model or "extractive",
        embedder=f"{library.card.name} {library.card.build}",
        support=support,
        version=version(),
        commit=commit(),
        settings=settings_that_matter(settings),
        half=half,
        machine=machine(),
    )
