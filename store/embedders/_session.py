"""Opens ONNX graphs with onnxruntime, all in the same way: on the processor, one thread a run."""

from pathlib import Path
from typing import Any

import onnxruntime

_NOTHING = 4  # to the standard error; what fails is raised


def session(graph: Path) -> Any:  # noqa: ANN401 onnxruntime has no types
    """Load a graph.

    One thread a run, so that what comes out is the same whatever else runs, and texts are embedded
    side by side instead; no arena, which only grows where texts differ in length.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = _NOTHING
    options.enable_cpu_mem_arena = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
