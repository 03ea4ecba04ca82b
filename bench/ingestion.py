"""Ingestion against the embedder alone on the same texts, and start to first answer, and memory.

    python -m bench.ingestion [--repeats 3]

Each repeat takes invented and bundled pages into an empty library, and embeds the very same texts
with the embedder alone before and after; the share is the embedder's mean time by ingestion's, and
its median is quoted.
Model, index and dictionaries are loaded before either is timed.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench.datasets import ROOT
from ingest.config import IngestConfig
from ingest.pipeline import ingest, read_report
from store import registry
from store.config import StoreConfig
from store.library import Library
from store.ports import Embedder
from store.records import ReportContents

PAGES = (ROOT / "reports", ROOT / "bench" / "pages")
_FIRST_ANSWER = (
    "import sys; from ui.cli import main; "
    "sys.argv = ['wenyuan', 'ask', '--json', sys.argv[1]]; main()"
)


def main() -> None:
    """Measure and print the share, the start, and the memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    shares = [share() for _ in range(options.repeats)]
    print(f"ingestion runs at {median(shares):.2f} of the embedder's own rate ({shares})")
    starts = [first_answer() for _ in range(options.repeats)]
    print(
        f"start to first answer: {median(s for s, _ in starts):.1f} s, "
        f"peak resident memory {max(m for _, m in starts):.0f} MB"
    )


def share() -> float:
    """Embed the pages' texts, take the pages in, embed them again; mean of alone / ingestion."""
    files = [file for folder in PAGES for file in sorted(folder.glob("*.txt"))]
    read = [read_report(file, IngestConfig()) for file in files]
    batches = [
        [passage.embedded_text for passage in one.passages]
        for one in read
        if isinstance(one, ReportContents)
    ]
    with tempfile.TemporaryDirectory() as folder:
        config = StoreConfig(folder=Path(folder))
        embedder = registry.embedder(config)
        with Library.open(config, embedder) as library:
            library.warm()
            embedded(embedder, batches)
            before = embedded(embedder, batches)
            began = time.perf_counter()
            ingest(PAGES, library, IngestConfig())
            whole = time.perf_counter() - began
            after = embedded(embedder, batches)
    return round((before + after) / 2 / whole, 3)


def embedded(embedder: Embedder, batches: Sequence[Sequence[str]]) -> float:
    """Seconds that the embedder alone takes, file by file as ingestion asks it."""
    began = time.perf_counter()
    for batch in batches:
        embedder.embed_passages(batch)
    return time.perf_counter() - began


def first_answer() -> tuple[float, float]:
    """Start the command on a library of the bundled report; seconds to its answer, and peak MB."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "WENYUAN_HOME": folder}
        command = [sys.executable, "-m", "ui.cli", "ingest", str(ROOT / "reports")]
        subprocess.run(command, env=environment, check=True, capture_output=True, cwd=ROOT)
        began = time.perf_counter()
        said = subprocess.run(
            [sys.executable, "-c", _FIRST_ANSWER, "小区有多少名党员参与？"],
            env=environment,
            check=True,
            capture_output=True,
            cwd=ROOT,
        )
        took = time.perf_counter() - began
    json.loads(said.stdout)
    return took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


if __name__ == "__main__":
    main()
