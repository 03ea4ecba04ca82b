"""The embedder behind the catalog's vectors: what was embedded once is read, not computed."""

from collections.abc import Callable, Sequence

import numpy as np

from store import vector_cache
from store.catalog import sliced
from store.database import Database
from store.embedding import text_hash
from store.ports import Embedder, EmbedderCard, Vector, Vectors

Progress = Callable[[int, int], None]
"""Called with passages done and passages in all."""


class CachedEmbedder:
    """Embeds passages through the cache; only whoever stores passages writes to it."""

    def __init__(self, database: Database, embedder: Embedder, batch: int) -> None:
        """Keep the parts; `batch` texts (1 or more) go to the embedder at a time."""
        self._database = database
        self._embedder = embedder
        self._batch = batch
        self.card: EmbedderCard = embedder.card

    def embed_query(self, text: str) -> Vector:
        """Embed one text that is searched for; raises EmbedderError where it is blank."""
        return self._embedder.embed_query(text)

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Embed texts, asking the catalog first; a text that comes twice is embedded once.

        Args:
            texts: none of them blank.
            progress: told after each batch.

        Returns:
            Shape (texts, dimension), float32, rows of length 1, in the order of the texts.

        Raises:
            EmbedderError: a text is blank, or the model fails.
        """
        hashes = [text_hash(text) for text in texts]
        with self._database.read() as connection:
            known = vector_cache.get(connection, self.card.build, hashes)
        new = {key: text for key, text in zip(hashes, texts, strict=True) if key not in known}
        # Of like length together: most models pad the texts of a batch to its longest. The default
        # one does not, and puts each batch in its own order.
        by_length = sorted(new, key=lambda key: len(new[key]))
        tell = progress or (lambda _done, _total: None)
        done = len(texts) - len(new)
        tell(done, len(texts))
        for part in sliced(by_length, self._batch):
            vectors = self._embedder.embed_passages([new[key] for key in part])
            known |= dict(zip(part, vectors, strict=True))
            done += len(part)
            tell(done, len(texts))
        if not hashes:
            return np.empty((0, self.card.dimension), dtype=np.float32)
        return np.stack([known[key] for key in hashes])

    def warm(self) -> None:
        """Load the model now, by embedding a word."""
        self._embedder.embed_query("预热")
