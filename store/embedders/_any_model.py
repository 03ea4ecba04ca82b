"""Loads any sentence-transformers model, on torch or on its ONNX graph, and says what it is."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.embedders._e5_model import PROMPTS
from store.embedders._model_files import contents, licence, local, own_name, snapshot
from store.embedders._onnx_files import fetched, named_graph, only_graph
from store.embedders._windows import room
from store.embedding import failed
from store.errors import EmbedderError, MissingExtraError, WenyuanError
from store.ids import digest
from store.ports import EmbedderCard

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_VERSION = "2"
"""Grows when the same model would give other vectors here, as by how long texts are cut."""

_E5 = re.compile(r"(^|[-_])e5([-_]|$)(?!.*instruct)", re.IGNORECASE)


def loaded(name: str) -> tuple["SentenceTransformer", EmbedderCard]:
    """Load a model and make its card.

    Without weights for torch its ONNX graph is run; so is a graph whose own path is the name.

    Args:
        name: owner/model, which is downloaded where it is not yet, or the path of a folder or of
            an ONNX graph, for which nothing is.

    Raises:
        EmbedderError: it cannot be loaded.
        MissingExtraError: sentence-transformers, or onnxruntime, is not installed.
    """
    make = model_class()
    folder = local(name)
    try:
        files = folder or fetched(name)
        graph = (folder and named_graph(name, folder)) or (files and only_graph(files))
        if files and graph:
            from store.embedders._onnx_model import assembled

            model = assembled(files, graph)
        else:
            # No device is named: sentence-transformers takes the GPU where torch sees one.
            model = make(str(folder or name))
            files = folder or snapshot(name)
        return model, described(model, name, files, graph)
    except WenyuanError:
        raise
    except Exception as exc:  # whatever a model's files, or the network, may bring
        raise failed(_not_loaded(name, folder, exc), exc) from exc


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


def described(
    model: "SentenceTransformer", name: str, files: Path, graph: Path | None = None
) -> EmbedderCard:
    """Return what a loaded model says of itself; one of the E5 family first gets its prompts.

    Args:
        model: what was loaded.
        name: the setting that named it.
        files: its folder; in the hub's cache the folder's name is the commit.
        graph: what is run in place of torch's weights, inside the folder.

    Raises:
        EmbedderError: it cannot be used.
    """
    if _knows_no_words(model):
        raise EmbedderError(
            f"嵌入模型 {name} 的词表是空的（多半缺少 tokenizer.json），请补全它的文件。"
        )
    folder = local(name)
    shown = own_name(folder) if folder else name
    if _E5.search(shown.rpartition("/")[2]) and not any(model.prompts.values()):
        model.prompts.update(PROMPTS)
    left = room(model)
    if left is not None and left < 1:
        raise EmbedderError(
            f"嵌入模型 {name} 一次只读 {model.get_max_seq_length()} 个词元，除去提示语和首尾标记，"
            "放不下正文，请改正它的 max_seq_length（在 sentence_bert_config.json 里，多半应是 "
            "512），或在设置 WENYUAN_EMBEDDER 中换一个模型。"
        )
    dimension = model.get_embedding_dimension()
    if not dimension:
        raise EmbedderError(f"嵌入模型 {name} 没有说明向量维数，无法使用。")
    known = contents(folder) if folder else files.name
    prompts = digest(json.dumps(model.prompts, sort_keys=True), length=6)
    run = f"+{graph.relative_to(files).as_posix()}" if graph else ""
    return EmbedderCard(
        name=shown,
        dimension=dimension,
        max_tokens=int(model.get_max_seq_length() or 512),
        licence=licence(files),
        source=f"{folder or name}{f'（{graph.name}）' if graph else ''}",
        build=f"{shown}@{known[:12]}+{prompts}+{_VERSION}{run}",
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
