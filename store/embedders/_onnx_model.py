"""Puts a SentenceTransformer together around an ONNX graph: all but the graph as the model says.

Only what is public of sentence-transformers is used. Nothing is downloaded, and no class but those
of its own package is made: code that comes with a model is never run.
"""

import json
from pathlib import Path, PurePosixPath
from typing import Any

from sentence_transformers import SentenceTransformer, SentenceTransformerModelCardData
from sentence_transformers.base.modules import Module
from sentence_transformers.sentence_transformer.modules import Pooling
from sentence_transformers.util import import_from_string

from store.embedders._model_files import Part, licence, parts
from store.embedders._onnx_module import TORCH, OnnxTransformer
from store.errors import EmbedderError

_OWN = "sentence_transformers."
_SAVED = f"{OnnxTransformer.__module__}.{OnnxTransformer.__name__}"


def assembled(folder: Path, file: Path) -> SentenceTransformer:
    """Load a model that runs on onnxruntime.

    The graph stands in for the first module, and the others come after it; a graph with the pooling
    in it stands for all. Without modules.json there are no prompts either, and as with
    sentence-transformers the mean over the tokens is taken, or the last token of a decoder.

    Args:
        folder: of the model.
        file: the graph, inside it.

    Raises:
        EmbedderError: with which of its files something is wrong.
    """
    made_of = _checked(folder)
    settings = _read(folder / "config_sentence_transformers.json") if made_of else {}
    if settings.get("model_type", "SentenceTransformer") != "SentenceTransformer":
        raise EmbedderError(
            f"{folder} 里的模型是 {settings['model_type']}，不是嵌入模型，请换一个。"
        )
    start = OnnxTransformer.of(folder, file)
    rest = [] if start.whole else [_made(folder, part) for part in made_of[1:]]
    if not made_of and not start.whole:
        rest = [_usual_pooling(start, _read(folder / "config.json"))]
    if not start.whole and not any(isinstance(module, Pooling) for module in rest):
        raise EmbedderError(
            f"嵌入模型 {folder} 没有说明怎样把各词的向量合成一个：modules.json 里没有 Pooling，"
            f"ONNX 文件 {file.name} 也没有 sentence_embedding 这个输出，"
            "请给它补上 Pooling，或在设置 WENYUAN_EMBEDDER 中换一个模型。"
        )
    model = SentenceTransformer(
        modules=[start, *rest],
        prompts=settings.get("prompts"),
        default_prompt_name=settings.get("default_prompt_name"),
        truncate_dim=settings.get("truncate_dim"),
        device="cpu",
        backend="onnx",
        local_files_only=True,
        # What is saved says under which licence it is.
        model_card_data=SentenceTransformerModelCardData(
            license=licence(folder), local_files_only=True
        ),
    )
    _try(model, file)
    return model


def _checked(folder: Path) -> tuple[Part, ...]:
    """Return what a model is made of; () without modules.json.

    Raises:
        EmbedderError: of something that is not here, or that would run code of the model's own.
    """
    found = parts(folder)
    if not found and (folder / "modules.json").is_file():
        raise EmbedderError(f"{folder / 'modules.json'} 读不懂，请重新下载这个嵌入模型。")
    for place, part in enumerate(found):
        path = PurePosixPath(part.path)
        if path.is_absolute() or ".." in path.parts:
            raise EmbedderError(f"{folder / 'modules.json'} 指到了模型的文件夹之外，不予载入。")
        if place == 0 and part.type == _SAVED:  # the code that this runs is ours
            continue
        if not part.type.startswith(_OWN):
            raise EmbedderError(
                f"嵌入模型 {folder} 要运行它自带的程序（{part.type}），为安全起见不予运行，"
                "请在设置 WENYUAN_EMBEDDER 中换一个模型。"
            )
        if place == 0 and not part.type.endswith(".Transformer"):
            raise EmbedderError(
                f"嵌入模型 {folder} 以 {part.type} 开头，ONNX 不能代替它，{TORCH}。"
            )
    return found


def _made(folder: Path, part: Part) -> Module:
    kind = import_from_string(part.type)
    if not (isinstance(kind, type) and issubclass(kind, Module)):
        raise EmbedderError(
            f"{folder / 'modules.json'} 里的 {part.type} 不是模型的一部分，不予载入。"
        )
    return kind.load(str(folder), subfolder=part.path, local_files_only=True)


def _usual_pooling(start: OnnxTransformer, config: dict[str, Any]) -> Pooling:
    kinds = config.get("architectures") or [""]
    goes_on = str(kinds[0]).endswith("ForCausalLM") and config.get("is_causal", True)
    pooling: Pooling = Pooling(start.get_embedding_dimension(), "lasttoken" if goes_on else "mean")
    return pooling


def _try(model: SentenceTransformer, file: Path) -> None:
    """Embed something, so that what does not fit together is told now, and as such."""
    found = model.encode(["1"], show_progress_bar=False).shape[-1]
    if found != model.get_embedding_dimension():
        raise EmbedderError(
            f"ONNX 文件 {file} 的向量维数与模型的其余部分不符，请重新下载整个模型的文件夹。"
        )


def _read(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    found = json.loads(file.read_text(encoding="utf-8"))
    return found if isinstance(found, dict) else {}
