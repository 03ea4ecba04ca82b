"""Any sentence-transformers model, by name or path, loaded when the first text comes."""

import os
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from store.embedding import prepared, unit_rows
from store.errors import EmbedderError, MissingExtraError
from store.ids import digest
from store.ports import Embedder, Vector, Vectors
from store.records import EmbedderCard

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

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
        with self._lock:
            model = self._loaded()
            try:
                vectors = model.encode_document(
                    cleaned, batch_size=self._batch, show_progress_bar=False
                )
            except (RuntimeError, ValueError, OSError) as exc:
                raise EmbedderError(f"计算向量失败：{exc}。") from exc
        return unit_rows(vectors, self.card.dimension)

    def embed_query(self, text: str) -> Vector:
        """Embed one text that is searched for; raises EmbedderError where it is blank."""
        cleaned = prepared([text])
        with self._lock:
            model = self._loaded()
            try:
                vectors = model.encode_query(cleaned, show_progress_bar=False)
            except (RuntimeError, ValueError, OSError) as exc:
                raise EmbedderError(f"计算向量失败：{exc}。") from exc
        vector: Vector = unit_rows(vectors, self.card.dimension)[0]
        return vector

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
    make = model_class()
    backend: Literal["torch", "onnx"] = "onnx" if _has_only_onnx(Path(name)) else "torch"
    if backend == "onnx" and not find_spec("optimum"):
        raise MissingExtraError(
            f"嵌入模型 {name} 只有 ONNX 文件，"
            '请先运行：pip install "sentence-transformers[onnx]"，或换一个有 torch 权重的模型。'
        )
    try:
        model = make(name, backend=backend)
    except Exception as exc:  # whatever a model's files, or the network, may bring
        raise EmbedderError(
            f"无法载入嵌入模型 {name}，请检查设置 WENYUAN_EMBEDDER（模型路径或名称）以及网络。"
        ) from exc
    if _E5.search(name) and not any(model.prompts.values()):
        model.prompts.update(_E5_PROMPTS)
    dimension = model.get_embedding_dimension()
    if not dimension:
        raise EmbedderError(f"嵌入模型 {name} 没有说明向量维数，无法使用。")
    return model, EmbedderCard(
        name=name,
        dimension=dimension,
        max_tokens=int(model.get_max_seq_length() or 512),
        licence="见模型主页",
        source=name,
        build=f"{name}@{_revision(name, model)}",
    )


def _has_only_onnx(folder: Path) -> bool:
    """Say whether a model's folder holds an ONNX graph and no weights for torch."""
    return any(folder.rglob("*.onnx")) and not (
        any(folder.rglob("*.safetensors")) or any(folder.rglob("pytorch_model*.bin"))
    )


def _revision(name: str, model: "SentenceTransformer") -> str:
    """Tell two builds of one name apart: by size of the files on disk, or by the hub's commit."""
    folder = Path(name)
    if folder.is_dir():
        files = sorted(file for file in folder.rglob("*") if file.is_file())
        sizes = (f"{file.relative_to(folder)}:{file.stat().st_size}" for file in files)
        return digest(*sizes, length=12)
    config = getattr(getattr(model[0], "auto_model", None), "config", None)
    return str(getattr(config, "_commit_hash", None) or "unknown")[:12]
