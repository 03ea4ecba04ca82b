"""An ONNX graph that reads tokens: opened, its inputs and outputs known; no torch.

What cannot be run as such is refused here, each for its own reason.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from store.embedding import failed
from store.errors import EmbedderError, MissingExtraError

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_TYPES = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}
_FLOATS = {"tensor(float)", "tensor(float16)", "tensor(double)"}
_TOKENS = ("last_hidden_state", "token_embeddings")
_WHOLE = "sentence_embedding"
_DATA_BESIDE = re.compile("External (data path|initializer)")  # as onnxruntime begins to complain
_ELSE = "请在设置 WENYUAN_EMBEDDER 中换一个模型"


class OnnxGraph:
    """Gives a vector a token (`tokens` names that output), a vector a text (`whole`), or both.

    An output that the graph does not have is named "". Safe to call from several threads.
    """

    def __init__(self, file: Path) -> None:
        """Open a graph.

        Raises:
            EmbedderError: it does not open, or does not read tokens and give vectors.
            MissingExtraError: onnxruntime is not installed.
        """
        self.file = file
        self._session = _opened(file)
        self._types = {one.name: one.type for one in self._session.get_inputs()}
        _check_inputs(file, self._session.get_inputs())
        floats = [one for one in self._session.get_outputs() if one.type in _FLOATS]
        names = [one.name for one in floats]
        self.tokens = next((name for name in _TOKENS if name in names), "") or _unnamed(floats)
        self.whole = _WHOLE if _WHOLE in names else ""
        if not self.tokens and not self.whole:
            raise EmbedderError(
                f"ONNX 文件 {file} 不输出词或句子的向量（{_TOKENS[0]} 或 {_WHOLE}），{_ELSE}。"
            )

    def run(self, features: Mapping[str, NDArray[Any]], output: str) -> NDArray[np.float32]:
        """Return one output, of (texts, tokens, dimension) or (texts, dimension).

        Args:
            features: arrays of (texts, tokens); `input_ids` must be there. What the graph does not
                ask for is left out, and `token_type_ids` that nobody made are zeros.
            output: `tokens` or `whole`.
        """
        ids = features["input_ids"]
        known = {"token_type_ids": np.zeros_like(ids), "attention_mask": np.ones_like(ids)}
        asked = {
            name: {**known, **features}[name].astype(_TYPES[kind])
            for name, kind in self._types.items()
        }
        (found,) = self._session.run([output], asked)
        return np.asarray(found, dtype=np.float32)


def _opened(file: Path) -> Any:  # noqa: ANN401 onnxruntime has no types
    open_session = _engine()
    try:
        return open_session(file)
    except Exception as exc:  # onnxruntime's errors share no base of their own
        # Numbers of large graphs lie in a file of their own, which is easily left behind.
        if _DATA_BESIDE.search(str(exc)):
            raise failed(
                f"ONNX 文件 {file} 的数据文件（多半叫 {file.name}_data）不在它旁边，或不完整，"
                "请把模型的文件夹下载完整。",
                exc,
            ) from exc
        raise failed(
            f"ONNX 文件 {file} 打不开：它没有下载完整（也许只是 Git LFS 的占位文件）、已损坏，"
            f"或用了这里的 onnxruntime 没有的运算，请重新下载，或{_ELSE}。",
            exc,
        ) from exc


def _engine() -> Callable[[Path], Any]:
    try:
        from store.embedders._session import session
    except ModuleNotFoundError as exc:
        raise MissingExtraError(
            "这个嵌入模型需要的软件包没有安装，请先运行：pip install onnxruntime"
        ) from exc
    except Exception as exc:  # of a native library that does not load
        raise failed(f"软件包 onnxruntime 无法载入，请重新安装它，或{_ELSE}。", exc) from exc
    return session


def _check_inputs(file: Path, inputs: list[Any]) -> None:
    unknown = [one.name for one in inputs if one.name not in _INPUTS or one.type not in _TYPES]
    if unknown:
        raise EmbedderError(
            f"ONNX 文件 {file} 要这里给不出的输入（{'、'.join(unknown)}），"
            f"它不是只读文字的嵌入模型，{_ELSE}。"
        )
    if _INPUTS[0] not in [one.name for one in inputs]:
        raise EmbedderError(f"ONNX 文件 {file} 没有输入 input_ids，不读文字，{_ELSE}。")
    for one in inputs:
        if not _is_free(one.shape):
            raise EmbedderError(
                f"ONNX 文件 {file} 只读固定长度的输入（{one.name}：{one.shape}），"
                f"请用可变的长度重新导出它，或{_ELSE}。"
            )


def _is_free(shape: list[int | str | None]) -> bool:
    """Say whether an input of this shape takes one text of any length."""
    if len(shape) != 2:
        return not shape  # the graph does not say
    texts, tokens = shape
    return not isinstance(tokens, int) and (texts == 1 or not isinstance(texts, int))


def _unnamed(outputs: list[Any]) -> str:
    """Return the one output that has a vector a token, whatever it is called; "" where none has."""
    found = [one.name for one in outputs if len(one.shape) == 3 and one.name != "logits"]
    return found[0] if len(found) == 1 else ""
