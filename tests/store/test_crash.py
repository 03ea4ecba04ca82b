"""A process killed at any moment loses nothing that was there, and leaves nothing half."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from store import catalog
from store.config import StoreConfig
from store.database import FILE
from store.health import Repair
from store.library import Library
from store.records import Kind

# Adds reports, replaces every third and removes every fifth, saying what is done once it is.
WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, "tests")
from conftest import build_contents
from store.config import StoreConfig
from store.library import Library

def story(number, version):
    return [(f"第{number}期", [f"第{number}期第{version}版的第{n}句话。" for n in range(20)])]

config = StoreConfig(folder=Path(sys.argv[1]), embedder="hashing", vectors=sys.argv[2])
with Library.open(config) as library:
    start = len(library.reports()) + int(sys.argv[3])
    library.warm()
    print("begin", flush=True)
    for number in range(start, start + 1000):
        path = f"/{number}.txt"
        library.add(build_contents(path, story(number, 1)))
        print("add", path, 1, flush=True)
        if number % 3 == 0:
            library.add(build_contents(path, story(number, 2)))
            print("add", path, 2, flush=True)
        if number % 5 == 0:
            library.remove(library.known(path).id)
            print("remove", path, 0, flush=True)
"""


def acknowledged(folder: Path, vectors: str, offset: int, seconds: float) -> dict[str, int]:
    """Run the writer, kill it, and return the version that it told of each path."""
    command = [sys.executable, "-c", WRITER, str(folder), vectors, str(offset)]
    with subprocess.Popen(
        command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "begin\n"
        time.sleep(seconds)
        os.kill(writer.pid, signal.SIGKILL)
        told = writer.stdout.read()
    lines = [line.split() for line in told.splitlines() if line.count(" ") == 2]
    return {path: int(version) for _, path, version in lines}


@pytest.mark.parametrize(("vectors", "rounds"), [("memory", 4), ("chroma", 2)])
def test_a_kill_at_any_moment_loses_nothing_and_leaves_nothing_half(
    tmp_path: Path, vectors: str, rounds: int
) -> None:
    config = StoreConfig(folder=tmp_path / "数据", embedder="hashing", vectors=vectors)
    told: dict[str, int] = {}
    for number in range(rounds):
        told |= acknowledged(
            config.folder, vectors, number * 10_000, random.uniform(0.05, 0.4) * (1 + number % 2)
        )
    assert told
    with Library.open(config) as library:
        library.check()
        library.warm()
        assert library.repair() == Repair()
        reports = {report.path: report for report in library.reports()}
        for path, version in told.items():
            # One more change than was told may have been kept: a removal, of every fifth only.
            removed = int(path[1:-4]) % 5 == 0 or version == 0
            assert path in reports or removed, path
            assert path not in reports or reports[path].version >= version, path
        for article in library.articles():
            bodies = [s for s in article.sentences if s.kind is Kind.BODY]
            assert len(bodies) == 20
        assert library.passage_count == 20 * len(reports)
        with library._database.read() as connection:
            kept = {passage.id for passage in catalog.all_passages(connection)}
        index = library._derived._index
        assert index is not None
        assert index.ids() == kept
        assert index.fetch(sorted(kept)).keys() == kept
        # A graph search for everything may miss one vector in hundreds that is there all the same.
        found = library.dense(library.embed_query("第1期的话"), 10_000)
        assert len(found) >= 0.99 * len(kept)
        assert len(library.lexical("第 期", 10_000)) == library.passage_count
    assert (config.folder / FILE).stat().st_size
