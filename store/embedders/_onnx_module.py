"""An ONNX graph as a sentence-transformers module: it stands where Transformer stands otherwise.

Imports torch: only _onnx_model.py imports this file, and only when such a model is loaded.
sentence-transformers' own ONNX backend needs optimum, which cannot be installed beside the
transformers that it needs itself.
"""

import shutil
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import torch
from sentence_transformers.base.modules import InputModule, Transformer

from store.embedders._model_files import parts
from store.embedders._onnx_files import copied, only_graph
from store.embedders._onnx_graph import OnnxGraph
from store.embedders._onnx_tokenizer import tokenizer
from store.errors import EmbedderError

TORCH = "请换一个有 torch 权重（model.safetensors）的模型"


class OnnxTransformer(InputModule):
    """Takes texts, gives a vector a token for the pooling, or the vector of the whole text.

    In batches of one there is no padding, and a vector depends on nothing but its text.
    """

    tokenizer: Any  # of transformers, of whichever class

    def __init__(
        self,
        graph: OnnxGraph,
        tokenizer: Any,  # noqa: ANN401
        folder: Path,
        *,
        whole: bool = False,
    ) -> None:
        """Join a graph and the tokenizer that it was made with.

        Args:
            graph: of the model.
            tokenizer: knows how many tokens the model reads.
            folder: with the settings and the tokenizer's files.
            whole: take the vector of the text, with the pooling that is in the graph.
        """
        super().__init__()  # type: ignore[no-untyped-call]
        self.graph = graph
        self.tokenizer = tokenizer
        self.folder = folder
        self.whole = whole
        self._output = graph.whole if whole else graph.tokens
        self._feature = "sentence_embedding" if whole else "token_embeddings"
        self._lock = threading.Lock()  # a tokenizer is told anew for each call where to cut
        tried = self.forward(self.preprocess(["1"]))
        self._dimension = int(tried[self._feature].shape[-1])

    @property
    def max_seq_length(self) -> int:
        """How many tokens of a text are read, begin and end included."""
        return int(self.tokenizer.model_max_length)

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: object
    ) -> dict[str, Any]:
        """Return the tokens of each text after its prompt, as Transformer would."""
        with self._lock:
            features = self._cut([(prompt or "") + text for text in inputs])
            if prompt:
                features["prompt_length"] = self._length(prompt)
        return features

    def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
        """Add what the graph gives: `token_embeddings`, or `sentence_embedding`."""
        arrays = {
            name: value.cpu().numpy()
            for name, value in features.items()
            if isinstance(value, torch.Tensor)
        }
        features[self._feature] = torch.from_numpy(self.graph.run(arrays, self._output))
        return features

    def get_embedding_dimension(self) -> int:
        """Return the dimension of what the graph gave when it was tried."""
        return self._dimension

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Copy the graph, the settings and the tokenizer's files, by which it opens again."""
        for source, target in copied(self.folder, self.graph.file):
            file = Path(output_path) / target
            file.parent.mkdir(exist_ok=True)
            shutil.copyfile(source, file)

    @classmethod
    def load(cls, model_name_or_path: str, *_: object, **__: object) -> Self:
        """Open what `save` wrote into a folder.

        Raises:
            EmbedderError: its graph is not there, or something is wrong with it.
        """
        folder = Path(model_name_or_path)
        graph = only_graph(folder)
        if graph is None:
            raise EmbedderError(f"{folder} 里没有 ONNX 文件，请把模型的文件夹复制完整。")
        return cls.of(folder, graph)

    @classmethod
    def of(cls, folder: Path, file: Path) -> Self:
        """Open the first module of a model.

        Who says how to pool decides: the model's modules, or else the graph.

        Args:
            folder: of the model.
            file: the graph.

        Raises:
            EmbedderError: of what is wrong with the graph, or with a setting.
        """
        made_of = parts(folder)
        first = folder / made_of[0].path if made_of else folder
        graph = OnnxGraph(file)
        pooled = any(part.type.endswith(".Pooling") for part in made_of)
        whole = bool(graph.whole) and not (pooled and graph.tokens)
        return cls(graph, tokenizer(first, _honoured(folder)), first, whole=whole)

    def _cut(self, texts: Sequence[str]) -> dict[str, Any]:
        alone = len(texts) == 1  # not every tokenizer knows how to pad
        return dict(self.tokenizer(texts, padding=not alone, truncation=True, return_tensors="pt"))

    def _length(self, prompt: str) -> int:
        """Return the tokens of a prompt, for a pooling that leaves them out; an end is none."""
        ids = self._cut([prompt])["input_ids"][0].tolist()
        return len(ids) - (ids[-1] in self.tokenizer.all_special_ids)


def _honoured(folder: Path) -> dict[str, Any]:
    """Return the settings of the first module that are for its tokenizer.

    Those that are for torch's weights say nothing to a graph, and are left out.

    Raises:
        EmbedderError: there are others, which would change the vectors.
    """
    made_of = parts(folder)
    if not made_of:
        return {}
    found = Transformer.load_config(str(folder), subfolder=made_of[0].path, local_files_only=True)
    for name in ("model_args", "model_kwargs", "config_args", "config_kwargs", "unpad_inputs"):
        found.pop(name, None)
    plain = {"method": "forward", "method_output_name": "last_hidden_state"}
    usual = {
        "transformer_task": "feature-extraction",
        "modality_config": {"text": plain},
        "module_output_name": "token_embeddings",
    }
    kept = {"max_seq_length", "do_lower_case", "processor_kwargs", "tokenizer_args"}
    other = {
        name
        for name, value in found.items()
        if name not in kept and value and value != usual.get(name)
    }
    if other:
        raise EmbedderError(
            f"嵌入模型 {folder} 的设置（{'、'.join(sorted(other))}）用 ONNX 时不起作用，{TORCH}。"
        )
    return {name: found[name] for name in kept & found.keys()}
