"""An ONNX graph as a sentence-transformers module: it stands where Transformer stands otherwise.

Imports torch: only _onnx_model.py imports this file, and only when such a model is loaded.
sentence-transformers' own ONNX backend needs optimum, which cannot be installed beside the
transformers that it needs itself.
"""

import threading
from collections.abc import Sequence
from typing import Any, NoReturn

import torch
from sentence_transformers.base.modules import InputModule

from store.embedders._onnx_graph import OnnxGraph


class OnnxTransformer(InputModule):
    """Takes texts, gives a vector a token for the pooling, or the vector of the whole text.

    In batches of one there is no padding, and a vector depends on nothing but its text.
    """

    tokenizer: Any  # of transformers, of whichever class

    def __init__(
        self,
        graph: OnnxGraph,
        tokenizer: Any,  # noqa: ANN401
        *,
        whole: bool = False,
    ) -> None:
        """Join a graph and the tokenizer that it was made with.

        Args:
            graph: of the model.
            tokenizer: knows how many tokens the model reads.
            whole: take the vector of the text, with the pooling that is in the graph.
        """
        super().__init__()  # type: ignore[no-untyped-call]
        self.graph = graph
        self.tokenizer = tokenizer
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

    def save(self, *_: object, **__: object) -> NoReturn:
        """Refuse: the folder that the model was loaded from is its saved form."""
        raise NotImplementedError("an ONNX model is copied with its folder, not saved")

    def _cut(self, texts: Sequence[str]) -> dict[str, Any]:
        alone = len(texts) == 1  # not every tokenizer knows how to pad
        return dict(self.tokenizer(texts, padding=not alone, truncation=True, return_tensors="pt"))

    def _length(self, prompt: str) -> int:
        """Return the tokens of a prompt, for a pooling that leaves them out; an end is none."""
        ids = self._cut([prompt])["input_ids"][0].tolist()
        return len(ids) - (ids[-1] in self.tokenizer.all_special_ids)
