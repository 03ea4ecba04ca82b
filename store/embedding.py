"""What every embedder shares: texts made safe on the way in, vectors made unit on the way out."""

import logging
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from store.errors import EmbedderError
from store.ids import digest
from store.ports import Vectors
from store.text import clean

logger = logging.getLogger(__name__)


def prepared(texts: Sequence[str]) -> list[str]:
    """Return the texts cleaned, in their order.

    Raises:
        EmbedderError: a text is blank once cleaned; engines give such a text a vector that looks
            valid and means nothing.
    """
    cleaned = [clean(text) for text in texts]
    for place, text in enumerate(cleaned, start=1):
        if not text.strip():
            raise EmbedderError(f"第 {place} 段文字是空的，无法计算向量。")
    return cleaned


def unit_rows(values: ArrayLike, dimension: int) -> Vectors:
    """Return values as (n, dimension) float32 with rows of length 1.

    Raises:
        EmbedderError: the shape is another, or a row is zero or not finite.
    """
    rows = np.asarray(values, dtype=np.float32).reshape(-1, dimension)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or (lengths == 0).any():
        raise EmbedderError("嵌入模型给出了无效的向量（全零或非数）。")
    return np.ascontiguousarray(rows / lengths, dtype=np.float32)


def failed(sentence: str, cause: Exception) -> EmbedderError:
    """Return the error that tells a user of a failure; what a library said of it goes to the log.

    Args:
        sentence: what is wrong and what to do, in Chinese.
        cause: of any kind: models, and the engines under them, raise what they like.
    """
    logger.warning("%s（%s：%s）", sentence, type(cause).__name__, " ".join(str(cause).split()))
    return EmbedderError(sentence)


def text_hash(text: str) -> str:
    """Return the key under which the vector of a text is cached: 64 hex digits."""
    return digest(text)
