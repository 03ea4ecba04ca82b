"""The embedder on the onnxruntime engine of multilingual-e5-small, and where that engine runs."""

import platform
import threading
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from store.embedders._e5_convert import VERSION, is_whole
from store.embedders._e5_model import DIMENSION, MAX_TOKENS, PASSAGE, QUERY
from store.embedders._model_files import contents, licence
from store.embedding import failed, prepared
from store.errors import EmbedderError, WenyuanError
from store.ports import EmbedderCard, Vector, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from store.embedders._e5_engine import E5Engine

_CPU_FILE = Path("/proc/cpuinfo")
_MULTIPLIES_INT8 = {"avx512_vnni", "avx_vnni"}


class E5Embedder:
    """Embeds on the engine itself: torch and sentence-transformers are not imported for it."""

    def __init__(self, card: EmbedderCard, load: Callable[[], "E5Engine"]) -> None:
        """Keep the card, and how to load: called once, on first use."""
        self._card = card
        self._load = load
        self._engine: E5Engine | None = None
        self._lock = threading.Lock()

    @property
    def card(self) -> EmbedderCard:
        """What this embedder is."""
        return self._card

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed texts that are searched; raises EmbedderError for a blank one."""
        cleaned = prepared(texts)
        if not cleaned:
            return np.empty((0, self._card.dimension), dtype=np.float32)
        return self._embedded(cleaned, PASSAGE)

    def embed_query(self, text: str) -> Vector:
        """Embed one text that is searched for; raises EmbedderError where it is blank."""
        vector: Vector = self._embedded(prepared([text]), QUERY)[0]
        return vector

    def sentence_transformer(self) -> "SentenceTransformer":
        """Return a SentenceTransformer around the same engine: the same vectors, bit for bit.

        For whoever needs one; importing what it needs takes seconds and some 400 MB. The folder
        that it is saved to is a model of its own: `saved` opens it.
        """
        from store.embedders._e5_module import wrapped

        return wrapped(self._loaded(), self._card)

    def _embedded(self, texts: Sequence[str], prefix: str) -> Vectors:
        engine = self._loaded()
        try:
            return engine.embed(texts, prefix)
        except WenyuanError:
            raise
        except Exception as exc:  # onnxruntime's errors share no base of their own
            raise failed(
                f"嵌入模型 {self._card.name} 计算向量时出错，请再试一次，"
                "或用 WENYUAN_EMBEDDER 指定别的模型。",
                exc,
            ) from exc

    def _loaded(self) -> "E5Engine":
        with self._lock:
            if self._engine is None:
                self._engine = self._load()
            return self._engine


def saved(folder: Path, threads: int) -> E5Embedder:
    """Make the embedder of a folder that `sentence_transformer().save(...)` wrote.

    No code comes with it, and torch is not needed. Its files are read now, to know which they are.

    Args:
        folder: of the model.
        threads: texts that run side by side, 1 or more.

    Raises:
        EmbedderError: the engine does not run on this machine.
        OSError: a file cannot be read.
    """
    why_not = obstacle()
    if why_not:
        raise EmbedderError(
            f"文件夹 {folder} 里的嵌入模型在这台机器上不能用（{why_not}），"
            "请用 WENYUAN_EMBEDDER 指定别的模型。"
        )
    known = contents(folder)
    card = EmbedderCard(
        name=folder.name,
        dimension=DIMENSION,
        max_tokens=MAX_TOKENS,
        licence=licence(folder),
        source=str(folder),
        build=f"{folder.name}@{known[:12]}+e5-int8-{VERSION}",
        hash=known,
    )
    return E5Embedder(card, partial(_reopened, folder, threads))


def opened(folder: Path, threads: int) -> "E5Engine":
    """Load the engine on a folder whose files were found whole.

    Raises:
        EmbedderError: it does not load; then it is not the files that are to blame.
    """
    try:
        from store.embedders._e5_engine import E5Engine

        return E5Engine(folder, threads)
    except Exception as exc:  # onnxruntime's errors share no base of their own
        raise failed(
            f"软件包 onnxruntime 无法载入 {folder} 里的嵌入模型，请重新安装 onnxruntime，"
            "或用 WENYUAN_EMBEDDER 指定别的模型。",
            exc,
        ) from exc


def obstacle() -> str:
    """Return why the engine does not run on this machine; "" where it does. Imports nothing."""
    if not find_spec("onnxruntime"):
        return "没有安装软件包 onnxruntime"
    if not multiplies_int8():
        return "处理器没有 VNNI 指令"
    return ""


def multiplies_int8() -> bool:
    """Say whether this is an x86 processor that multiplies int8 exactly (VNNI).

    Without it onnxruntime uses instructions that may saturate, and other processors were never
    measured: https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html.
    """
    if platform.machine() not in {"x86_64", "AMD64"}:
        return False
    try:
        with _CPU_FILE.open(encoding="utf-8") as lines:
            flags = next((line for line in lines if line.startswith("flags")), "")
    except OSError:  # not Linux
        return False
    return not _MULTIPLIES_INT8.isdisjoint(flags.split())


def _reopened(folder: Path, threads: int) -> "E5Engine":
    if not is_whole(folder):
        raise EmbedderError(f"文件夹 {folder} 里的嵌入模型不完整或已损坏，请重新保存一份。")
    return opened(folder, threads)
