"""Writes the network of multilingual-e5-small (a BERT encoder) as an int8 ONNX graph.

Made for onnxruntime on a processor that multiplies int8 at once, one text at a time:

- Each of the 48 matrices is int8 with one scale per output (symmetric, as onnxruntime's own
  quantisation does it); what comes in is quantised on the fly (DynamicQuantizeMatMul), with one
  scale for all tokens. Two places need more, or the lowest cosine to the engine of the wheel falls
  from .999 to .994, and 0.011 of the MRR on news are lost:
- What enters the feed-forward part is divided, channel by channel, by the channel's reach, and the
  matrix multiplied by the same (SmoothQuant, arXiv:2211.10438, without its calibration texts). The
  reach is how far from zero the norm just before takes a channel: its bias plus 3 of its gains,
  for a norm gives values of mean 0 and deviation 1 and then multiplies by the gain and adds the
  bias. Below, what "comes over `reach`" was divided by it.
- In three layers a few values inside the feed-forward part are far larger than all others: there
  each token is divided by its own largest value and multiplied back afterwards.
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
# The first to know Attention, which for short texts is faster than MultiHeadAttention.
_OPSET, _IR_VERSION = 23, 11
_EPSILON = 1e-12  # in the norms: as the wheel and the published model have it
_DEVIATIONS = 3  # of a reach: a channel hardly ever goes further from its mean
_NO_REACH = np.float32(1e-6)  # so that nothing is divided by 0
# Found by hand, on 125 of the texts of bench/embedder.py. With all layers scaled by token the
# least cosine is .9994; without layer 0, 4 or 5 it is .9991, .9959 or .9983, without any other one
# never below .9992. These three alone: .9990.
_UNEVEN = ("l0.", "l4.", "l5.")
# A token whose largest value is smaller is not scaled up further: only so that nothing is divided
# by 0. On the same texts a millionth gave the same cosines.
_LEAST = 0.05

_Reach = NDArray[np.float32] | float


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
        """Add what each token takes from the others; (1, tokens, hidden) over `_reach`."""
        shape = self._weights.shape
        joined = self._linear(tokens, [f"{layer}{part}" for part in "qkv"], shape.hidden)
        parts = [f"{layer}{part}.values" for part in "qkv"]
        self._nodes.append(helper.make_node("Split", [joined], parts, axis=-1, num_outputs=3))
        heads: dict[str, Any] = {"q_num_heads": shape.heads, "kv_num_heads": shape.heads}
        mixed = self._node("Attention", parts, **heads)
        out = self._linear(mixed, [f"{layer}ao"], shape.hidden)
        return self._norm(self._node("Sum", [tokens, out]), f"{layer}aln", self._reach(layer))

    def fed_forward(self, evened: str, layer: str) -> str:
        """Add the feed-forward part to what `attended` gave; (1, tokens, hidden)."""
        shape, reach = self._weights.shape, self._reach(layer)
        active = self._node(
            "Gelu", [self._linear(evened, [f"{layer}fi"], shape.hidden, reach)], domain=_EXTENDED
        )
        tokens = self._node("Mul", [evened, self._constant(f"{layer}reach", reach)])
        if layer in _UNEVEN:
            out = self._linear_by_token(active, f"{layer}fo", shape.inner)
        else:
            out = [self._linear(active, [f"{layer}fo"], shape.inner)]
        return self._norm(self._node("Sum", [tokens, *out]), f"{layer}oln")

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

    def _linear(self, values: str, names: Sequence[str], width: int, reach: _Reach = 1.0) -> str:
        """Multiply with matrices side by side and add their biases; values come over `reach`."""
        matrix, scale, bias = self._quantised(names, width, reach)
        inputs = [values, matrix, scale, "", bias]
        return self._node("DynamicQuantizeMatMul", inputs, domain=_EXTENDED)

    def _linear_by_token(self, values: str, name: str, width: int) -> list[str]:
        """Multiply with a matrix, each token by a scale of its own; return product and bias.

        The values come from Gelu, which never goes below -0.17, so the largest is the farthest.
        """
        axis = self._constant(f"{name}.axis", np.array([-1], np.int64))
        least = self._constant(f"{name}.least", np.array(_LEAST, np.float32))
        largest = self._node("Max", [self._node("ReduceMax", [values, axis], keepdims=1), least])
        matrix, scale, bias = self._quantised([name], width)
        inputs = [self._node("Div", [values, largest]), matrix, scale]
        product = self._node("DynamicQuantizeMatMul", inputs, domain=_EXTENDED)
        return [self._node("Mul", [product, largest]), bias]

    def _quantised(
        self, names: Sequence[str], width: int, reach: _Reach = 1.0
    ) -> tuple[str, str, str]:
        """Add matrices side by side as int8 (width, outputs); return them, scales and biases."""
        rows = np.concatenate([self._weights.matrix(f"{name}.w", width) for name in names])
        matrix = (rows * reach).T
        scale = np.maximum(np.abs(matrix).max(axis=0), 1e-12) / 127
        name = "+".join(names)
        return (
            self._constant(f"{name}.w", np.rint(matrix / scale).astype(np.int8)),
            self._constant(f"{name}.scale", scale.astype(np.float32)),
            self._constant(
                f"{name}.b", np.concatenate([self._weights.floats(f"{one}.b") for one in names])
            ),
        )

    def _reach(self, layer: str) -> NDArray[np.float32]:
        """Return the reach of each channel that enters the feed-forward part."""
        gain, bias = (self._weights.floats(f"{layer}aln.{part}") for part in "wb")
        reach: NDArray[np.float32] = np.abs(bias) + _DEVIATIONS * np.abs(gain)
        return np.maximum(reach, _NO_REACH)

    def _norm(self, values: str, name: str, reach: _Reach = 1.0) -> str:
        """Normalise each token; what is given comes divided by `reach`."""
        gain, bias = (
            self._constant(f"{name}.{part}", self._weights.floats(f"{name}.{part}") / reach)
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
