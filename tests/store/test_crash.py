"""A process killed at any moment loses nothing that was there, and leaves nothing half."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from store import catalog
from store.articles import Kind
from store.config import StoreConfig
from store.database import FILE
from store.errors import NotFoundError
from store.health import Repair
from store.ids import report_id
from store.library import Library

# Adds reports of two pages, replaces every third, restores the first version of every sixth and
# removes every fifth, saying what is done once it is.
WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
sys.path.insert(0, "tests")
from conftest import build_contents
from store.config import StoreConfig
from store.library import Library
from store.reports import PageImage

def edition(path, number, version):
    sentences = [f"第{number}期第{version}版的第{n}句话。" for n in range(20)]
    pages = tuple(
        PageImage(page=n, width=9, height=9, data=f"{version}".encode() * 5000) for n in (1, 2)
    )
    return replace(build_contents(path, [(f"第{number}期", sentences)]), pages=pages)

config = StoreConfig(folder=Path(sys.argv[1]), embedder="hashing", vectors=sys.argv[2])
with Library.open(config) as library:
    start = len(library.reports()) + int(sys.argv[3])
    library.warm()
    print("begin", flush=True)
    for number in range(start, start + 1000):
        path = f"/{number}.txt"
        library.add(edition(path, number, 1))
        print("done", path, flush=True)
        if number % 3 == 0:
            library.add(edition(path, number, 2))
            print("done", path, flush=True)
        if number % 6 == 0:
            library.restore(library.known(path).id, 1)
            print("done", path, flush=True)
        if number % 5 == 0:
            library.remove(library.known(path).id)
            print("done", path, flush=True)
"""

State = tuple[int | None, tuple[int, ...]]
"""The version in force, and the versions that are kept."""


def states(path: str) -> list[State]:
    """Return the states that a path goes through, one after the other."""
    number = int(path[1:-4])
    found: list[State] = [(None, ()), (1, (1,))]
    found += [(2, (1, 2))] if number % 3 == 0 else []
    found += [(1, (1, 2))] if number % 6 == 0 else []
    found += [(None, ())] if number % 5 == 0 else []
    return found


def acknowledged(folder: Path, vectors: str, offset: int, seconds: float) -> Counter[str]:
    """Run the writer, kill it, and return how many changes it told of each path."""
    command = [sys.executable, "-c", WRITER, str(folder), vectors, str(offset)]
    with subprocess.Popen(
        command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "begin\n"
        time.sleep(seconds)
        os.kill(writer.pid, signal.SIGKILL)
        told = writer.stdout.read()
    whole = told[: told.rfind("\n") + 1]
    return Counter(line.split()[1] for line in whole.splitlines())


def state(library: Library, path: str) -> State:
    """Return what a library has of a path, each version with all its pages."""
    report = library.known(path)
    try:
        versions = library.versions(report_id(path))
    except NotFoundError:
        return None, ()
    assert [version.pages for version in versions] == [2] * len(versions)
    return report.version if report else None, tuple(one.version for one in versions)


@pytest.mark.parametrize(("vectors", "rounds"), [("memory", 4), ("chroma", 2)])
def test_a_kill_at_any_moment_loses_nothing_and_leaves_nothing_half(
    tmp_path: Path, vectors: str, rounds: int
) -> None:
    config = StoreConfig(folder=tmp_path / "数据", embedder="hashing", vectors=vectors)
    told: Counter[str] = Counter()
    for number in range(rounds):
        told += acknowledged(
            config.folder, vectors, number * 10_000, random.uniform(0.05, 0.4) * (1 + number % 2)
        )
    assert told
    with Library.open(config) as library:
        library.check()
        library.warm()
        assert library.repair() == Repair()
        reports = library.reports()
        paths = {*told, *(report.path for report in reports)}
        for path in paths:
            # One more change than was told may have been kept.
            possible = states(path)[told[path] : told[path] + 2]
            assert state(library, path) in possible, path
        for report in reports:
            page = library.page(report.id, 2)
            assert set(page.data.decode()) == {str(report.version)}
            text = library.articles(report.id)[0].body
            assert text.count(f"第{report.version}版") == 20
        for article in library.articles():
            bodies = [s for s in article.sentences if s.kind is Kind.BODY]
            assert len(bodies) == 20
        assert library.passage_count == 20 * len(reports)
        with library._database.read() as connection:
            pictures = connection.execute("select count(*) from page_image").fetchone()[0]
            kept = {passage.id for passage in catalog.all_passages(connection)}
        assert pictures == 2 * sum(len(state(library, path)[1]) for path in paths)
        index = library._derived._index
        assert index is not None
        assert index.ids() == kept
        assert index.fetch(sorted(kept)).keys() == kept
        # A graph search for everything may miss one vector in hundreds that is there all the same.
        found = library.dense(library.embed_query("第1期的话"), 10_000)
        assert len(found) >= 0.99 * len(kept)
        assert len(library.lexical("第 期", 10_000)) == library.passage_count
    assert (config.folder / FILE).stat().st_size
