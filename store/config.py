"""Settings of the store."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreConfig:
    """Where and how reports are kept.

    Attributes:
        folder: the data folder; made when it is not there. One process owns it.
        vectors: the vector index, a file name of store/vectors (chroma or memory).
        embedder: the embedder, a file name of store/embedders, or any sentence-transformers
            model by name or path.
        splitter: the version of whatever cuts articles into passages; goes to the manifest.
        embed_batch: texts per call of the embedder (1 or more).
        threads: threads the embedder may use (1 or more).
    """

    folder: Path
    vectors: str = "chroma"
    embedder: str = "e5"
    splitter: str = "1"
    embed_batch: int = 32
    threads: int = 2
