"""A backend is one file: found by its name without importing it, made from its own Config."""

import importlib
import os.path
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from store.config import StoreConfig
from store.errors import MissingExtraError, UnknownBackendError
from store.ports import Embedder, VectorIndex

_ANY_MODEL = "sentence_transformer"


def names(package: str) -> tuple[str, ...]:
    """Return the backends of a package (`embedders` or `vectors`) by file name, sorted.

    Files whose name begins with an underscore are parts of others, not backends.
    """
    folder = Path(__file__).parent / package
    return tuple(sorted(file.stem for file in folder.glob("[!_]*.py")))


def require(package: str, name: str) -> None:
    """Check that a package has a backend of that name, without importing it.

    Raises:
        UnknownBackendError: it has none; the text lists those that are there.
    """
    known = names(package)
    if name not in known:
        also = (  # not tried as such: a bare name may as well be one of ours, typed wrongly
            f"，或模型的路径，或“组织/名称”（如 sentence-transformers/{name}）"
            if package == "embedders"
            else ""
        )
        raise UnknownBackendError(f"没有名为 {name} 的后端，可选：{'、'.join(known)}{also}。")


def build(package: str, name: str, settings: Mapping[str, object]) -> object:
    """Make a backend: its `Config` gets those of the settings that it has fields for.

    Raises:
        UnknownBackendError: no file of that name; the text lists those that are there.
        MissingExtraError: its package is not installed; the text carries the pip line.
    """
    module = _load(package, name)
    wanted = {field.name for field in fields(module.Config)}
    config = module.Config(**{key: settings[key] for key in wanted & settings.keys()})
    try:
        return module.build(config)
    except ModuleNotFoundError as exc:
        raise _missing(name, exc) from exc


def embedder(config: StoreConfig) -> Embedder:
    """Make the embedder that the settings name: a file of ours, or any model by name or path.

    Raises:
        UnknownBackendError: the name is neither a file of ours, nor a path, nor owner/model.
        MissingExtraError: its package is not installed.
        EmbedderError: it cannot be loaded.
    """
    name, model = config.embedder, ""
    if name not in names("embedders") and ("/" in name or os.path.lexists(name)):
        name, model = _ANY_MODEL, config.embedder
    settings = {
        "model": model,
        "models": config.folder / "models",
        "threads": config.threads,
        "batch": config.embed_batch,
    }
    return cast("Embedder", build("embedders", name, settings))


def vector_index(config: StoreConfig, collection: str, dimension: int) -> VectorIndex:
    """Make the vector index that the settings name, for vectors of one embedder build.

    Args:
        config: names the backend and the data folder.
        collection: 3 to 63 of the characters [a-z0-9_-].
        dimension: of the vectors, 1 or more.

    Raises:
        UnknownBackendError: no backend of that name.
        MissingExtraError: its package is not installed.
        VectorIndexError: what is on disk cannot be opened.
    """
    settings = {
        "folder": config.folder / config.vectors,
        "collection": collection,
        "dimension": dimension,
    }
    return cast("VectorIndex", build("vectors", config.vectors, settings))


def _load(package: str, name: str) -> Any:  # noqa: ANN401 a module that exports Config and build
    require(package, name)
    try:
        module: ModuleType = importlib.import_module(f"store.{package}.{name}")
    except ModuleNotFoundError as exc:
        raise _missing(name, exc) from exc
    return module


def _missing(name: str, exc: ModuleNotFoundError) -> MissingExtraError:
    package = (exc.name or "").partition(".")[0].replace("_", "-")
    return MissingExtraError(f"后端 {name} 需要的软件包没有安装，请先运行：pip install {package}")
