"""Any sentence-transformers model, by name or path, loaded when the first text comes."""

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from store.embedders import _e5_embedder
from store.embedders._any_model import loaded
from store.embedders._e5_model import MODULE
from store.embedders._model_files import local, parts
from store.embedders._windows import windows
from store.embedding import failed, prepared, unit_rows
from store.errors import EmbedderError
from store.folders import why
from store.ports import Embedder, EmbedderCard, Vector, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings: the model's name or path, threads (1 or more), texts a batch (1 or more)."""

    model: str
    threads: int = 2
    batch: int = 32


def build(config: Config) -> Embedder:
    """Make the embedder; the model is loaded when it is first asked for anything.

    Raises:
        EmbedderError: no model is named, or the path that is named holds none.
    """
    if not config.model:
        raise EmbedderError("请在设置 WENYUAN_EMBEDDER 中写明模型的路径或“组织/名称”。")
    prepare_environment(config.threads)
    folder = local(config.model)
    if folder and [part.type for part in parts(folder)] == [MODULE]:
        return _reopened(folder, config.threads)
    return SentenceTransformerEmbedder(
        lambda: loaded(config.model), batch=config.batch, threads=config.threads
    )


def prepare_environment(threads: int) -> None:
    """Set what must be set before torch or any engine loads its thread library; keeps what is set.

    Waiting threads sleep, since spinning ones slow down everything beside them several times.
    """
    os.environ.setdefault("OMP_NUM_THREADS", str(threads))
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


class SentenceTransformerEmbedder:
    """Embeds with a SentenceTransformer: queries and passages by the model's own two prompts."""

    def __init__(
        self,
        load: Callable[[], tuple["SentenceTransformer", EmbedderCard]],
        *,
        card: EmbedderCard | None = None,
        batch: int = 32,
        threads: int = 1,
    ) -> None:
        """Keep how to load.

        Args:
            load: makes the model and its card; called once, on first use.
            card: where it is known without loading.
            batch: texts per forward pass (1 or more) on torch.
            threads: texts that run side by side (1 or more) on onnxruntime.
        """
        self._load = load
        self._known = card
        self._batch = batch
        self._threads = threads
        self._made: tuple[SentenceTransformer, EmbedderCard] | None = None
        self._lock = threading.Lock()  # tokenizers and engines are not safe in several threads

    @property
    def card(self) -> EmbedderCard:
        """What this embedder is; loads the model where its card is not known beforehand."""
        with self._lock:
            return self._known or self._loaded()[1]

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed texts that are searched; raises EmbedderError for a blank one."""
        cleaned = prepared(texts)
        if not cleaned:
            return np.empty((0, self.card.dimension), dtype=np.float32)
        return self._embedded(cleaned, query=False)

    def embed_query(self, text: str) -> Vector:
        """Embed one text that is searched for; raises EmbedderError where it is blank."""
        vector: Vector = self._embedded(prepared([text]), query=True)[0]
        return vector

    def _embedded(self, texts: Sequence[str], *, query: bool) -> Vectors:
        """Embed texts; the windows of a long one weigh by their tokens."""
        with self._lock:
            model, card = self._loaded()
            try:
                cut = [windows(model, text) for text in texts]
                pieces, tokens = zip(*(part for one in cut for part in one), strict=True)
                vectors = self._encoded(model, pieces, query=query)
                weighted = vectors * np.array(tokens, np.float32)[:, None]
                starts = np.cumsum([0, *map(len, cut[:-1])])
                rows = np.add.reduceat(weighted, starts).reshape(len(texts), card.dimension)
            except Exception as exc:  # whatever a model, or its device, may bring
                raise failed(
                    f"嵌入模型 {card.name} 计算向量时出错，"
                    "请在设置 WENYUAN_EMBEDDER 中换一个模型。",
                    exc,
                ) from exc
        return unit_rows(rows, card.dimension)

    def _encoded(
        self, model: "SentenceTransformer", texts: Sequence[str], *, query: bool
    ) -> Vectors:
        """Run a model: on torch in batches; on onnxruntime a text a call, several side by side.

        An int8 graph measures a whole batch with one scale, so that in company a text would have
        another vector; and what a batch is padded with costs time.
        """
        encode = model.encode_query if query else model.encode_document
        if model.get_backend() != "onnx":
            return np.asarray(encode(list(texts), batch_size=self._batch, show_progress_bar=False))
        with ThreadPoolExecutor(min(self._threads, len(texts))) as pool:
            return np.stack(
                list(pool.map(lambda text: encode(text, show_progress_bar=False), texts))
            )

    def _loaded(self) -> tuple["SentenceTransformer", EmbedderCard]:
        if self._made is None:
            self._made = self._load()
        return self._made


def _reopened(folder: Path, threads: int) -> Embedder:
    """Open a folder that our default embedder was saved to."""
    try:
        return _e5_embedder.saved(folder, threads)
    except OSError as exc:
        raise EmbedderError(
            f"无法读取文件夹 {folder} 里的嵌入模型：{why(exc)}，请检查它的权限。"
        ) from exc
