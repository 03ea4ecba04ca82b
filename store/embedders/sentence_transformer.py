"""Any sentence-transformers model, by name or path, loaded when the first text comes."""

import os
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

import numpy as np

from store.embedders._model_files import contents, has_only_onnx, licence, local, snapshot
from store.embedders._windows import windows
from store.embedding import prepared, unit_rows
from store.errors import EmbedderError, MissingExtraError
from store.ports import Embedder, Vector, Vectors
from store.records import EmbedderCard

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_VERSION = "1"
"""Grows when the same model would give other vectors here, as by how long texts are cut."""

_E5 = re.compile(r"(^|[-_/])e5([-_/]|$)(?!.*instruct)", re.IGNORECASE)
_E5_PROMPTS = {"query": "query: ", "document": "passage: "}


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings: the model's name or path, threads (1 or more), texts a batch (1 or more)."""

    model: str
    threads: int = 2
    batch: int = 32


def build(config: Config) -> Embedder:
    """Make the embedder; the model is loaded when it is first asked for anything.

    Raises:
        EmbedderError: no model is named.
    """
    if not config.model:
        raise EmbedderError("请在设置 WENYUAN_EMBEDDER 中写明模型的路径或“组织/名称”。")
    prepare_environment(config.threads)
    return SentenceTransformerEmbedder(lambda: _load(config.model), batch=config.batch)


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
    ) -> None:
        """Keep how to load.

        Args:
            load: makes the model and its card; called once, on first use.
            card: where it is known without loading.
            batch: texts per forward pass (1 or more).
        """
        self._load = load
        self._card = card
        self._batch = batch
        self._model: SentenceTransformer | None = None
        self._lock = threading.Lock()  # tokenizers and engines are not safe in several threads

    @property
    def card(self) -> EmbedderCard:
        """What this embedder is; loads the model where its card is not known beforehand."""
        with self._lock:
            if self._card is None:
                self._loaded()
            assert self._card is not None  # noqa: S101 set by loading
            return self._card

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
            model = self._loaded()
            encode = model.encode_query if query else model.encode_document
            try:
                cut = [windows(model, text) for text in texts]
                parts, tokens = zip(*(part for one in cut for part in one), strict=True)
                vectors = encode(list(parts), batch_size=self._batch, show_progress_bar=False)
            except (RuntimeError, ValueError, OSError) as exc:
                raise EmbedderError(f"计算向量失败：{exc}。") from exc
        starts = np.cumsum([0, *map(len, cut[:-1])])
        weighted = np.asarray(vectors) * np.array(tokens, np.float32)[:, None]
        return unit_rows(np.add.reduceat(weighted, starts), self.card.dimension)

    def _loaded(self) -> "SentenceTransformer":
        if self._model is None:
            self._model, card = self._load()
            self._card = self._card or card
        return self._model


def model_class() -> "type[SentenceTransformer]":
    """Import sentence-transformers, and torch with it: seconds, and some 500 MB.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        from sentence_transformers import SentenceTransformer
    except ModuleNotFoundError as exc:
        raise MissingExtraError(
            "嵌入模型需要的软件包没有安装，请先运行：pip install sentence-transformers"
        ) from exc
    return SentenceTransformer


def _load(name: str) -> tuple["SentenceTransformer", EmbedderCard]:
    folder = local(name)
    make = model_class()
    backend: Literal["torch", "onnx"] = "onnx" if folder and has_only_onnx(folder) else "torch"
    if backend == "onnx" and not find_spec("optimum"):
        raise MissingExtraError(
            f"嵌入模型 {name} 只有 ONNX 文件，"
            '请先运行：pip install "sentence-transformers[onnx]"，或换一个有 torch 权重的模型。'
        )
    try:
        # No device is named: sentence-transformers takes the GPU where torch sees one.
        model = make(str(folder or name), backend=backend)
    except Exception as exc:  # whatever a model's files, or the network, may bring
        raise EmbedderError(
            f"无法载入嵌入模型 {name}，请检查设置 WENYUAN_EMBEDDER（模型路径或名称）以及网络。"
        ) from exc
    if _E5.search(str(folder or name)) and not any(model.prompts.values()):
        model.prompts.update(_E5_PROMPTS)
    dimension = model.get_embedding_dimension()
    if not dimension:
        raise EmbedderError(f"嵌入模型 {name} 没有说明向量维数，无法使用。")
    files = folder or snapshot(name)
    shown = folder.name if folder else name
    revision = contents(folder) if folder else files.name[:12]
    return model, EmbedderCard(
        name=shown,
        dimension=dimension,
        max_tokens=int(model.get_max_seq_length() or 512),
        licence=licence(files),
        source=str(folder or name),
        build=f"{shown}@{revision}+{_VERSION}",
    )
