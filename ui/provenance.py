"""Where figures come from: the program's version and commit, and the settings that matter."""

import hashlib
import os
import platform
import shutil
import subprocess
from functools import cache
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.settings import Settings, masked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.evaluation.records import Dataset
    from assistant.evaluation.results import Provenance
    from store.library import Library

_ROOT = Path(__file__).resolve().parents[1]
_PACKAGES = ("store", "ingest", "assistant", "ui")
_WITHOUT_EFFECT = frozenset({"home", "host", "port", "log_level"})


def version() -> str:
    """Return the version of the program."""
    return installed_version("wenyuan")


def commit() -> str | None:
    """Return the commit of the checkout that the program runs from, or None outside of one.

    Where files differ from it, it ends in -dirty.
    """
    folder = _ROOT
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


@cache
def code(root: Path = _ROOT) -> str:
    """Return a digest of the program's own files as they are, committed or not: 64 hex digits.

    Args:
        root: of the packages.
    """
    return _digest(root, [one for name in _PACKAGES for one in (root / name).rglob("*")])


def made_with(settings: Settings) -> str:
    """Return a digest of what figures come of beside the data and the settings' own values.

    That is the program, and the content of the files and folders that the settings name.
    """
    told = [code()]
    for name in (settings.synonyms, settings.reranker):
        path = Path(name).expanduser() if name else None
        if path is not None and path.exists():
            told.append(_digest(path.parent, [path, *path.rglob("*")]))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _shown(path: Path) -> str:
    """A path as others may repeat it: from here on, or no folder at all."""
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else path.name


def _digest(root: Path, paths: "Iterable[Path]") -> str:
    found = hashlib.sha256()
    for path in sorted(one for one in paths if one.is_file() and one.suffix != ".pyc"):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        found.update(f"{path.relative_to(root).as_posix()}\n{content}\n".encode())
    return found.hexdigest()


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
    names = sorted(_shown(Path(report.path)) for report in library.reports())
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
        reports=() if dataset.documents else tuple(names),
    )
