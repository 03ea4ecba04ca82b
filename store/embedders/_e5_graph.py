"""Writes the network of multilingual-e5-small (a BERT encoder) as an int8 ONNX graph.

Made for onnxruntime on a processor that multiplies int8 at once, one text at a time:

- Each of the 48 matrices is int8 with one scale per output (symmetric, as onnxruntime's own
  quantisation does it); what comes in is quantised on the fly (DynamicQuantizeMatMul).
- Before the two matrices of the feed-forward part each token is divided by its own largest value
  and multiplied back afterwards, which gives it a scale of its own. A few values there are large;
  with one scale for all tokens the lowest cosine to the engine of the wheel falls from .999 to
  .993, and 0.011 of the MRR on news are lost.
- Word vectors stay in the file's own four bits (GatherBlockQuantized), exactly.
- A residual is added by Sum, not Add: onnxruntime fuses Add and LayerNormalization into a kernel
  that is several times slower here.

Operators beyond ONNX: https://onnxruntime.ai/docs, "Contrib Operators" (com.microsoft).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from store.embedders._e5_weights import BLOCK, PackedWeights

_IDS, _MEAN = "ids", "mean"
_EXTENDED = "com.microsoft"
_OPSET, _IR_VERSION = 21, 10  # the first to know four-bit integers
_EPSILON = 1e-12  # in the norms: as the wheel and the published model have it
_LEAST = 0.05  # a token whose largest value is smaller is not scaled up further


def write(weights: PackedWeights, path: Path) -> None:
    """Write the graph, weights included, into one file of some 85 MB.

    It takes the ids of one text with begin and end, int64 (1, tokens), and gives the mean of its
    tokens, float32 (1, hidden).
    """
    graph = _Graph(weights)
    tokens = graph.embedded()
    for layer in range(weights.shape.layers):
        tokens = graph.attended(tokens, f"l{layer}.")
        tokens = graph.fed_forward(tokens, f"l{layer}.")
    onnx.save(graph.finished(tokens), path)


class _Graph:
    """Collects nodes and constants; a method adds a part and returns the name of what it gives."""

    def __init__(self, weights: PackedWeights) -> None:
        self._weights = weights
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def embedded(self) -> str:
        """Sum the vectors of words, places and the one type; (1, tokens, hidden)."""
        packed, shape = self._weights, self._weights.shape
        bits, scales = packed.blocks("emb.word", shape.hidden)
        signed = bits ^ 8  # 0 to 15 less 8, in two's complement of four bits
        pairs = signed[:, 0::2] | signed[:, 1::2] << 4
        self._constants.append(
            helper.make_tensor("word", TensorProto.INT4, bits.shape, pairs.tobytes(), raw=True)
        )
        words = self._node(
            "GatherBlockQuantized",
            ["word", _IDS, self._constant("word.scale", scales)],
            domain=_EXTENDED,
            gather_axis=0,
            quantize_axis=1,
            block_size=BLOCK,
        )
        kinds = packed.floats("emb.type")[: shape.hidden]
        table = packed.floats("emb.pos").reshape(-1, shape.hidden) + kinds
        count = self._node("Shape", [_IDS], start=1, end=2)
        first = self._constant("first", np.array([0], np.int64))
        places = self._node("Slice", [self._constant("place", table), first, count])
        return self._norm(self._node("Add", [words, places]), "emb.ln")

    def attended(self, tokens: str, layer: str) -> str:
        """Add what each token takes from the others; (1, tokens, hidden)."""
        shape = self._weights.shape
        joined = self._linear(tokens, [f"{layer}{part}" for part in "qkv"], shape.hidden)
        parts = [f"{layer}{part}.values" for part in "qkv"]
        self._nodes.append(helper.make_node("Split", [joined], parts, axis=-1, num_outputs=3))
        mixed = self._node("MultiHeadAttention", parts, domain=_EXTENDED, num_heads=shape.heads)
        out = self._linear(mixed, [f"{layer}ao"], shape.hidden)
        return self._norm(self._node("Sum", [tokens, out]), f"{layer}aln")

    def fed_forward(self, tokens: str, layer: str) -> str:
        """Add the feed-forward part; (1, tokens, hidden)."""
        shape = self._weights.shape
        largest = self._largest(self._node("Abs", [tokens]), f"{layer}fi")
        wide = self._linear_by_token(tokens, largest, f"{layer}fi", shape.hidden)
        active = self._node("Gelu", [wide], domain=_EXTENDED)  # never below -0.17: no Abs needed,
        least = self._constant(f"{layer}fo.least", np.array(_LEAST, np.float32))  # but it may be 0
        largest = self._node("Max", [self._largest(active, f"{layer}fo"), least])
        out = self._linear_by_token(active, largest, f"{layer}fo", shape.inner)
        return self._norm(self._node("Sum", [tokens, out]), f"{layer}oln")

    def finished(self, tokens: str) -> onnx.ModelProto:
        """Return the model that gives the mean of the tokens."""
        axis = self._constant("token.axis", np.array([1], np.int64))
        self._nodes.append(helper.make_node("ReduceMean", [tokens, axis], [_MEAN], keepdims=0))
        hidden = self._weights.shape.hidden
        graph = helper.make_graph(
            self._nodes,
            "multilingual-e5-small",
            [helper.make_tensor_value_info(_IDS, TensorProto.INT64, [1, "tokens"])],
            [helper.make_tensor_value_info(_MEAN, TensorProto.FLOAT, [1, hidden])],
            self._constants,
        )
        versions = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_EXTENDED, 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=_IR_VERSION)

    def _linear(self, values: str, names: Sequence[str], width: int) -> str:
        """Multiply with matrices laid side by side, and add their biases; one scale for all."""
        matrix, scale, bias = self._quantised(names, width)
        inputs = [values, matrix, scale, "", bias]
        return self._node("DynamicQuantizeMatMul", inputs, domain=_EXTENDED)

    def _largest(self, values: str, name: str) -> str:
        """Return the largest value of each token; (1, tokens, 1)."""
        axis = self._constant(f"{name}.axis", np.array([-1], np.int64))
        return self._node("ReduceMax", [values, axis], keepdims=1)

    def _linear_by_token(self, values: str, largest: str, name: str, width: int) -> str:
        """Multiply with a matrix and add its bias; each token is first divided by its `largest`."""
        matrix, scale, bias = self._quantised([name], width)
        inputs = [self._node("Div", [values, largest]), matrix, scale]
        product = self._node("DynamicQuantizeMatMul", inputs, domain=_EXTENDED)
        return self._node("Sum", [self._node("Mul", [product, largest]), bias])

    def _quantised(self, names: Sequence[str], width: int) -> tuple[str, str, str]:
        """Add matrices side by side as int8 (width, outputs); return them, scales and biases."""
        matrix = np.concatenate([self._weights.matrix(f"{name}.w", width) for name in names]).T
        scale = np.maximum(np.abs(matrix).max(axis=0), 1e-12) / 127
        name = "+".join(names)
        return (
            self._constant(f"{name}.w", np.rint(matrix / scale).astype(np.int8)),
            self._constant(f"{name}.scale", scale.astype(np.float32)),
            self._constant(
                f"{name}.b", np.concatenate([self._weights.floats(f"{one}.b") for one in names])
            ),
        )

    def _norm(self, values: str, name: str) -> str:
        gain, bias = (
            self._constant(f"{name}.{part}", self._weights.floats(f"{name}.{part}"))
            for part in "wb"
        )
        return self._node("LayerNormalization", [values, gain, bias], axis=-1, epsilon=_EPSILON)

    def _constant(self, name: str, values: NDArray[Any]) -> str:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _node(
        self,
        kind: str,
        inputs: Sequence[str],
        *,
        domain: str = "",
        **attributes: Any,  # noqa: ANN401 passed on to onnx
    ) -> str:
        name = f"{kind}.{len(self._nodes)}"
        self._nodes.append(
            helper.make_node(kind, inputs, [name], name=name, domain=domain, **attributes)
        )
        return name
