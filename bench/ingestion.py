"""Ingestion against the embedder alone on the same texts.

    python -m bench.ingestion [--repeats 3]

Each repeat takes invented and bundled pages into an empty library, and embeds the very same texts
with the embedder alone before and after; the share is the embedder's mean time by ingestion's, and
its median is quoted.
Model, index and dictionaries are loaded before either is timed.
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench.datasets import ROOT
from ingest.config import IngestConfig
from ingest.pipeline import ingest
from ingest.read import read_report
from store import registry
from store.config import StoreConfig
from store.library import Library
from store.ports import Embedder
from store.reports import ReportContents

PAGES = (ROOT / "reports", ROOT / "bench" / "pages")


def main() -> None:
    """Measure and print the share."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    shares = [share() for _ in range(options.repeats)]
    print(f"ingestion runs at {median(shares):.2f} of the embedder's own rate ({shares})")


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


if __name__ == "__main__":
    main()
