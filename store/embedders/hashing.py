"""Hashed tokens as vectors: no model, no files, the same everywhere. For tests and first tries."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from store.embedding import prepared, unit_rows
from store.ports import Embedder, EmbedderCard, Vector, Vectors
from store.text import normalise, tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings: the dimension of the vectors (1 or more)."""

    dimension: int = 256


def build(config: Config) -> Embedder:
    """Make the embedder."""
    return HashingEmbedder(config.dimension)


class HashingEmbedder:
    """Adds each token (characters, their pairs, words) to one of the dimensions, with a sign."""

    def __init__(self, dimension: int) -> None:
        """Make an embedder of a dimension (1 or more)."""
        self._card = EmbedderCard(
            name="hashing",
            dimension=dimension,
            max_tokens=1_000_000,
            licence="Apache-2.0",
            source="wenyuan",
            build=f"hashing-1-{dimension}",
        )

    @property
    def card(self) -> EmbedderCard:
        """What this embedder is."""
        return self._card

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed texts; raises EmbedderError for a blank one."""
        rows = [self._sum(text) for text in prepared(texts)]
        return unit_rows(np.array(rows, dtype=np.float32), self._card.dimension)

    def embed_query(self, text: str) -> Vector:
        """Embed one text as passages are; raises EmbedderError where it is blank."""
        vector: Vector = self.embed_passages([text])[0]
        return vector

    def _sum(self, text: str) -> Vector:
        normal = normalise(text)
        total = np.zeros(self._card.dimension, dtype=np.float32)
        for token in tokens(normal) or list(normal):
            place = zlib.crc32(token.encode())
            total[place % self._card.dimension] += 1.0 if place & 0x8000_0000 else -1.0
        if not total.any():  # signs may cancel out, though hardly ever
            total[0] = 1.0
        return total
