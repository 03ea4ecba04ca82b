"""What the files of a sentence-transformers model tell by themselves: no torch, nothing loaded."""

import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from store.errors import EmbedderError
from store.folders import why
from store.ids import digest

_MARKERS = ("modules.json", "config.json")  # of sentence-transformers, and of transformers alone
_HUB_NAME = re.compile(r"[\w-][\w.-]*/[\w.-]+")
_LICENCE = re.compile(r"^license:\s*['\"]?([^'\"\s]+)", re.MULTILINE)
_DEPTH = 3  # folders from a graph up to its model's own, at most: model/0_Transformer/onnx/


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the modules that a model is made of: its class, and its folder within the model's."""

    type: str
    path: str


def local(name: str) -> Path | None:
    """Return the folder that a setting names, absolute; None where it names a model on the hub.

    The path of an ONNX graph names the folder of the model that it belongs to.

    Raises:
        EmbedderError: it is a path, and no model is there, or nobody may look.
    """
    folder = Path(os.path.expanduser(name))  # noqa: PTH111 Path's own raises for an unknown user
    try:
        is_there = folder.exists()
        folder = around(folder) if folder.is_file() else folder
        is_model = any((folder / marker).is_file() for marker in _MARKERS)
    except OSError as exc:
        raise EmbedderError(
            f"无法读取设置 WENYUAN_EMBEDDER 中写的路径 {folder}：{why(exc)}。"
        ) from exc
    if not is_there and _HUB_NAME.fullmatch(name):
        return None
    if folder.suffix == ".onnx" and not is_there:
        raise EmbedderError(f"没有 {folder} 这个文件，请检查设置 WENYUAN_EMBEDDER。")
    if not is_model:
        wrong = "不在嵌入模型的文件夹里" if folder.suffix == ".onnx" else "不是嵌入模型的文件夹"
        raise EmbedderError(
            f"{folder} {wrong}（没有 modules.json，也没有 config.json），"
            "请检查设置 WENYUAN_EMBEDDER。"
        )
    return folder.resolve()


def own_name(folder: Path) -> str:
    """Return the name of a model by its folder, wherever that is; owner/name in the hub's cache."""
    kept = folder.parent.parent.name
    if folder.parent.name == "snapshots" and kept.startswith("models--"):
        return kept.removeprefix("models--").replace("--", "/")
    return folder.name


def parts(folder: Path) -> tuple[Part, ...]:
    """Return what a model's folder is made of, as modules.json names it; () where it does not.

    Nothing is imported: the classes are names, only to be compared.
    """
    try:
        named = json.loads((folder / _MARKERS[0]).read_text(encoding="utf-8"))
        return tuple(Part(type=str(one["type"]), path=str(one["path"])) for one in named)
    except (OSError, ValueError, LookupError, TypeError):
        return ()


def snapshot(name: str) -> Path:
    """Return the folder into which a model of the hub was downloaded; its name is the commit.

    Raises:
        EmbedderError: it is not there, so nobody could tell one version from the next.
    """
    from huggingface_hub import try_to_load_from_cache  # comes with sentence-transformers

    cache = os.getenv("SENTENCE_TRANSFORMERS_HOME")
    for marker in _MARKERS:
        found = try_to_load_from_cache(name, marker, cache_dir=cache)
        if isinstance(found, str):
            return Path(found).parent
    raise EmbedderError(f"无法确定嵌入模型 {name} 的版本，请先下载它，再在设置中写文件夹的路径。")


def contents(folder: Path) -> str:
    """Return 64 hex digits that stand for every file of a model, wherever its folder is.

    Hidden files (of git, of downloads) and the model card change no vector and do not count.
    """
    found = []
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        aside = inside.suffix == ".md" or any(part.startswith((".", "__")) for part in inside.parts)
        if file.is_file() and not aside:
            with file.open("rb") as content:
                found += [inside.as_posix(), hashlib.file_digest(content, "sha256").hexdigest()]
    return digest(*found)


def licence(folder: Path) -> str:
    """Return the licence that the head of the model card names."""
    try:
        card = (folder / "README.md").read_text(encoding="utf-8", errors="replace")
    except OSError:
        card = ""
    head = card.split("---", 2)[1] if card.startswith("---") else ""
    found = _LICENCE.search(head)
    return found[1] if found else "见模型主页"


def around(graph: Path) -> Path:
    """Return the folder of the model that an ONNX graph belongs to; the graph where it has none."""
    above = graph.absolute().parents[:_DEPTH]
    found = (one for marker in _MARKERS for one in above if (one / marker).is_file())
    return next(found, graph) if graph.suffix == ".onnx" else graph
