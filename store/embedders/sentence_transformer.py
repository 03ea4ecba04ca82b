"""Any sentence-transformers model, by name or path, loaded when the first text comes."""

import json
import os
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from store.embedders import _e5_embedder
from store.embedders._e5_model import MODULE, PROMPTS
from store.embedders._model_files import (
    contents,
    has_only_onnx,
    licence,
    local,
    modules,
    own_name,
    snapshot,
)
from store.embedders._windows import windows
from store.embedding import failed, prepared, unit_rows
from store.errors import EmbedderError, MissingExtraError, WenyuanError
from store.folders import why
from store.ids import digest
from store.ports import Embedder, Vector, Vectors
from store.records import EmbedderCard

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_VERSION = "2"
"""Grows when the same model would give other vectors here, as by how long texts are cut."""

_E5 = re.compile(r"(^|[-_])e5([-_]|$)(?!.*instruct)", re.IGNORECASE)


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
    if folder and modules(folder) == (MODULE,):
        return _reopened(folder, config.threads)
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
        self._known = card
        self._batch = batch
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
            encode = model.encode_query if query else model.encode_document
            try:
                cut = [windows(model, text) for text in texts]
                parts, tokens = zip(*(part for one in cut for part in one), strict=True)
                vectors = encode(list(parts), batch_size=self._batch, show_progress_bar=False)
                weighted = np.asarray(vectors) * np.array(tokens, np.float32)[:, None]
                starts = np.cumsum([0, *map(len, cut[:-1])])
                rows = np.add.reduceat(weighted, starts).reshape(len(texts), card.dimension)
            except Exception as exc:  # whatever a model, or its device, may bring
                raise failed(
                    f"嵌入模型 {card.name} 计算向量时出错，"
                    "请在设置 WENYUAN_EMBEDDER 中换一个模型。",
                    exc,
                ) from exc
        return unit_rows(rows, card.dimension)

    def _loaded(self) -> tuple["SentenceTransformer", EmbedderCard]:
        if self._made is None:
            self._made = self._load()
        return self._made


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


def _reopened(folder: Path, threads: int) -> Embedder:
    """Open a folder that our default embedder was saved to."""
    try:
        return _e5_embedder.saved(folder, threads)
    except OSError as exc:
        raise EmbedderError(
            f"无法读取文件夹 {folder} 里的嵌入模型：{why(exc)}，请检查它的权限。"
        ) from exc


def _load(name: str) -> tuple["SentenceTransformer", EmbedderCard]:
    folder = local(name)
    backend: Literal["torch", "onnx"] = "onnx" if folder and has_only_onnx(folder) else "torch"
    if backend == "onnx" and not find_spec("optimum"):
        raise EmbedderError(
            f"嵌入模型 {name} 只有 ONNX 文件，运行它要用的软件包 optimum 没有安装，"
            "也与这里的 transformers 不能同装；请换一个有 torch 权重（model.safetensors）的模型。"
        )
    make = model_class()
    try:
        # No device is named: sentence-transformers takes the GPU where torch sees one.
        model = make(str(folder or name), backend=backend)
        files = folder or snapshot(name)
        known = contents(folder) if folder else files.name
        card = _card(model, name, folder, known, licence(files))
    except WenyuanError:
        raise
    except Exception as exc:  # whatever a model's files, or the network, may bring
        raise failed(_not_loaded(name, folder, exc), exc) from exc
    return model, card


def _card(
    model: "SentenceTransformer", name: str, folder: Path | None, known: str, licence_name: str
) -> EmbedderCard:
    """Return what a loaded model says of itself; one of the E5 family first gets its prompts.

    Raises:
        EmbedderError: it cannot be used.
    """
    if _knows_no_words(model):
        raise EmbedderError(
            f"嵌入模型 {name} 的词表是空的（多半缺少 tokenizer.json），请补全它的文件。"
        )
    shown = own_name(folder) if folder else name
    if _E5.search(shown.rpartition("/")[2]) and not any(model.prompts.values()):
        model.prompts.update(PROMPTS)
    dimension = model.get_embedding_dimension()
    if not dimension:
        raise EmbedderError(f"嵌入模型 {name} 没有说明向量维数，无法使用。")
    prompts = digest(json.dumps(model.prompts, sort_keys=True), length=6)
    return EmbedderCard(
        name=shown,
        dimension=dimension,
        max_tokens=int(model.get_max_seq_length() or 512),
        licence=licence_name,
        source=str(folder or name),
        build=f"{shown}@{known[:12]}+{prompts}+{_VERSION}",
        hash=known,
    )


def _not_loaded(name: str, folder: Path | None, exc: Exception) -> str:
    """Say why a model does not load, as far as one can tell, and what to do."""
    if "trust_remote_code" in str(exc):
        return (
            f"嵌入模型 {name} 要运行它自带的程序，为安全起见不予运行，"
            "请在设置 WENYUAN_EMBEDDER 中换一个模型。"
        )
    if folder:
        return (
            f"无法载入文件夹 {folder} 里的嵌入模型，它的文件可能不全或已损坏，请重新下载，"
            "或在设置 WENYUAN_EMBEDDER 中换一个模型。"
        )
    return f"无法载入嵌入模型 {name}，请检查设置 WENYUAN_EMBEDDER（模型路径或名称）以及网络。"


def _knows_no_words(model: "SentenceTransformer") -> bool:
    """Say whether a tokenizer has special tokens only.

    transformers makes up such a one where the files are missing, and every text is then the same.
    """
    tokenizer: Any = getattr(model[0], "tokenizer", None)
    if not hasattr(tokenizer, "get_vocab"):
        return False
    pieces = set(tokenizer.get_vocab()) - set(getattr(tokenizer, "all_special_tokens", ()))
    return not any(character.isalnum() for piece in pieces for character in str(piece))
