"""The two seams of the store: what turns text into vectors, and what finds vectors again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Shape (n, dimension), float32, rows L2-normalised, in the order of the input."""

Vector = NDArray[np.float32]
"""Shape (dimension,), float32, L2-normalised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedderCard:
    """What an embedder says of itself.

    `max_tokens` counts begin and end. `source` says where the weights are from and what was done to
    them; `hash` is their SHA-256, that of all files of a model, or its commit (hex; "" where there
    are none). Two embedders of one `build` give the same vectors. `note` is a sentence that says
    why this one stands in for the one that was asked for; "" where it is that one.
    """

    name: str
    dimension: int
    max_tokens: int
    licence: str
    source: str
    build: str
    hash: str = ""
    note: str = ""


class Embedder(Protocol):
    """Turns texts into unit vectors. Deterministic, and safe to call from several threads."""

    @property
    def card(self) -> EmbedderCard:
        """What this embedder is; known without loading the model where that is possible."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed texts that are searched; an empty sequence gives shape (0, dimension)."""
        ...

    def embed_query(self, text: str) -> Vector:
        """Embed one text that is searched for.

        Raises:
            EmbedderError: the text is empty after cleaning, or the model cannot be loaded.
        """
        ...


class VectorIndex(Protocol):
    """Finds the vectors nearest to another. Derived from the catalog, never the truth.

    Safe to call from several threads. Whatever goes wrong inside is raised as VectorIndexError.
    """

    def upsert(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Write vectors under their ids, replacing those that are there."""
        ...

    def delete(self, ids: Sequence[str]) -> None:
        """Forget ids; an unknown one is passed over."""
        ...

    def search(self, vector: Vector, count: int) -> list[tuple[str, float]]:
        """Return up to `count` ids with their cosine similarity (-1 to 1), nearest first."""
        ...

    def fetch(self, ids: Sequence[str]) -> dict[str, Vector]:
        """Return the stored vectors of those ids that are there; a broken index may raise."""
        ...

    def reset(self) -> None:
        """Forget everything and start empty, also when what is there cannot be read."""
        ...

    def ids(self) -> set[str]:
        """Return every id in the index."""
        ...

    def close(self) -> None:
        """Release files and threads; the index is not used afterwards."""
        ...
