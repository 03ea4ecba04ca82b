"""Optional: a cross-encoder that the user names judges each passage found beside the question."""

import logging
import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from store.errors import BackendError, MissingExtraError
from store.passages import Hit

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

logger = logging.getLogger(__name__)
_PACKAGE = "sentence_transformers"
_lock = threading.Lock()  # tokenizers are not safe in several threads


@lru_cache(maxsize=1)
def load(model: str) -> "CrossEncoder":
    """Load a cross-encoder; the last one is kept.

    Args:
        model: a folder, or a name that sentence-transformers knows.

    Raises:
        MissingExtraError: sentence-transformers is not installed.
        BackendError: it is no cross-encoder, or cannot be had.
    """
    if not find_spec(_PACKAGE):
        raise MissingExtraError(
            "重排模型需要软件包 sentence-transformers，请运行：pip install sentence-transformers"
        )
    from sentence_transformers import CrossEncoder

    try:
        encoder: CrossEncoder = CrossEncoder(model)
        shape = encoder.predict([("问", "答")], show_progress_bar=False).shape
    except Exception as exc:  # whatever a folder or a hub may bring
        logger.warning("cannot load the cross-encoder %s", model, exc_info=exc)
        raise _refused(model) from exc
    kinds = (encoder.config and encoder.config.architectures) or []
    # An embedder is taken as well, with a head of random weights: its order would mean nothing.
    if shape != (1,) or (kinds and all(one.endswith("Model") for one in kinds)):
        raise _refused(model)
    return encoder


def reranked(question: str, hits: Sequence[Hit], model: str) -> list[Hit]:
    """Return hits with the scores of a cross-encoder (higher is closer), best first.

    Args:
        question: as understood.
        hits: passages found.
        model: see `load`.

    Raises:
        BackendError: see `load`; or the model fails.
    """
    if not hits:
        return []
    with _lock:
        encoder = load(model)
        pairs = [(question, hit.passage.embedded_text) for hit in hits]
        try:
            scores = encoder.predict(pairs, show_progress_bar=False).tolist()
        except Exception as exc:  # whatever a model, or its device, may bring
            logger.warning("the cross-encoder %s failed", model, exc_info=exc)
            raise _refused(model) from exc
    judged = (replace(hit, score=score) for hit, score in zip(hits, scores, strict=True))
    return sorted(judged, key=lambda hit: -hit.score)


def _refused(model: str) -> BackendError:
    return BackendError(
        f"重排模型 {model} 用不了，请在设置 WENYUAN_RERANKER 中换一个交叉编码器，或删去这项设置。"
    )
