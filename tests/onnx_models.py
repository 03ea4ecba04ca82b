"""Models with an ONNX graph and no weights for torch: exported from others, or made by hand."""

import shutil
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

NAMES = ("input_ids", "attention_mask", "token_type_ids")
FREE = ("texts", "tokens")


def exported(source: Path, target: Path, graph: str = "onnx/model.onnx") -> Path:
    """Copy a model whose weights are for torch to where its ONNX graph takes their place."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("model.safetensors"))
    for weights in source.glob("*_Dense/model.safetensors"):
        shutil.copyfile(weights, target / weights.relative_to(source))
    inner = transformers.AutoModel.from_pretrained(source, attn_implementation="eager")

    class Plain(torch.nn.Module):  # type: ignore[misc, name-defined]
        """Takes its inputs by place, as the exporter gives them."""

        def __init__(self) -> None:
            super().__init__()
            self.inner = inner

        def forward(self, *tensors: object) -> object:
            return self.inner(**dict(zip(NAMES, tensors, strict=True))).last_hidden_state

    ids = torch.ones((2, 5), dtype=torch.int64)
    file = target / graph
    file.parent.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():  # the exporter that needs no other package is an old one
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Plain().eval(),
            (ids, ids, torch.zeros_like(ids)),
            str(file),
            input_names=list(NAMES),
            output_names=["last_hidden_state"],
            dynamic_axes={name: dict(enumerate(FREE)) for name in (*NAMES, "last_hidden_state")},
            dynamo=False,
        )
    return target


def made_graph(
    file: Path,
    *,
    inputs: Mapping[str, Sequence[str | int]] | None = None,
    outputs: Sequence[str] = ("last_hidden_state",),
    whole: str = "",
    width: int = 32,
    kind: str = "INT64",
) -> Path:
    """Write a graph that looks each token up in a table of random numbers.

    Args:
        file: where.
        inputs: names and shapes; only `input_ids`, or else the first, is looked at.
        outputs: names of the outputs with a vector a token.
        whole: name of an output with the largest values over the tokens; "" for none.
        width: of the vectors.
        kind: of the inputs' numbers.
    """
    onnx = pytest.importorskip("onnx")
    helper, kinds = onnx.helper, onnx.TensorProto
    inputs = inputs or {"input_ids": FREE}
    looked = "input_ids" if "input_ids" in inputs else next(iter(inputs))
    table = np.random.default_rng(3).normal(size=(200, width)).astype(np.float32)
    nodes = [helper.make_node("Gather", ["table", looked], [name]) for name in outputs]
    made = [helper.make_tensor_value_info(one, kinds.FLOAT, (*FREE, width)) for one in outputs]
    if whole:
        nodes.append(helper.make_node("Gather", ["table", looked], ["inner"]))
        nodes.append(helper.make_node("ReduceMax", ["inner", "axes"], [whole], keepdims=0))
        made.append(helper.make_tensor_value_info(whole, kinds.FLOAT, (FREE[0], width)))
    constants = {"table": table, "axes": np.array([1], np.int64)}
    graph = helper.make_graph(
        nodes,
        "made",
        [
            helper.make_tensor_value_info(name, getattr(kinds, kind), list(shape))
            for name, shape in inputs.items()
        ],
        made,
        [onnx.numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    opset = [helper.make_opsetid("", 18)]
    onnx.save_model(helper.make_model(graph, opset_imports=opset, ir_version=10), str(file))
    return file


def with_data_beside(graph: Path) -> Path:
    """Move the numbers of a graph to a file of their own beside it, and return that."""
    onnx = pytest.importorskip("onnx")
    model = onnx.load_model(str(graph))
    data = graph.with_name(f"{graph.name}_data")
    onnx.save_model(
        model, str(graph), save_as_external_data=True, location=data.name, size_threshold=0
    )
    return data
