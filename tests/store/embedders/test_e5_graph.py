"""The graph computes what the network is defined as: checked against plain floats."""

from math import erf
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from store.embedders import _e5_graph
from store.embedders._e5_embedder import multiplies_int8
from store.embedders._e5_weights import PackedWeights

onnxruntime = pytest.importorskip("onnxruntime")

Values = NDArray[np.float32]
_erf = np.vectorize(erf)


def test_the_graph_agrees_with_the_network_in_floats(tiny_weights: Path, tmp_path: Path) -> None:
    if not multiplies_int8():
        pytest.skip("onnxruntime does not multiply int8 exactly on this processor")
    weights = PackedWeights(tiny_weights)
    path = tmp_path / "model.onnx"
    _e5_graph.write(weights, path)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    for ids in ([0, 4, 7, 10, 2], [0, 2], [0, *[5, 6, 8, 9] * 100, 2]):
        (found,) = session.run(None, {"ids": np.array([ids], np.int64)})
        expected = forward(weights, ids)
        assert found.shape == (1, 384)
        cosine = found[0] @ expected / np.linalg.norm(found) / np.linalg.norm(expected)
        assert cosine > 0.999
        assert np.linalg.norm(found) == pytest.approx(np.linalg.norm(expected), rel=0.02)


def forward(weights: PackedWeights, ids: list[int]) -> Values:
    """BERT's encoder (Devlin 2018, arXiv:1810.04805) with the norm after, and the tokens' mean."""
    shape = weights.shape
    tokens = weights.matrix("emb.word", shape.hidden)[ids]
    tokens = tokens + weights.floats("emb.pos").reshape(-1, shape.hidden)[: len(ids)]
    tokens = norm(weights, tokens + weights.floats("emb.type")[: shape.hidden], "emb.ln")
    for layer in (f"l{number}." for number in range(shape.layers)):
        query, key, value = (
            heads(linear(weights, tokens, layer + one, shape.hidden), shape.heads) for one in "qkv"
        )
        scores = query @ key.transpose(0, 2, 1) / np.sqrt(query.shape[-1])
        share = np.exp(scores - scores.max(axis=-1, keepdims=True))
        share /= share.sum(axis=-1, keepdims=True)
        mixed = (share @ value).transpose(1, 0, 2).reshape(len(ids), -1)
        out = linear(weights, mixed, f"{layer}ao", shape.hidden)
        tokens = norm(weights, tokens + out, f"{layer}aln")
        wide = linear(weights, tokens, f"{layer}fi", shape.hidden)
        active = (wide * 0.5 * (1 + _erf(wide / np.sqrt(2)))).astype(np.float32)
        out = linear(weights, active, f"{layer}fo", shape.inner)
        tokens = norm(weights, tokens + out, f"{layer}oln")
    mean: Values = tokens.mean(axis=0)
    return mean


def heads(values: Values, count: int) -> Values:
    return values.reshape(len(values), count, -1).transpose(1, 0, 2)


def linear(weights: PackedWeights, values: Values, name: str, width: int) -> Values:
    product: Values = values @ weights.matrix(f"{name}.w", width).T + weights.floats(f"{name}.b")
    return product


def norm(weights: PackedWeights, values: Values, name: str) -> Values:
    centred = values - values.mean(axis=-1, keepdims=True)
    unit = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
    scaled: Values = unit * weights.floats(f"{name}.w") + weights.floats(f"{name}.b")
    return scaled
