"""Which ONNX graph of a model is run: the one that is named, or the best where torch has none."""

import os
from collections.abc import Collection, Iterator
from glob import escape
from pathlib import Path, PurePosixPath

from store.embedders._model_files import around, parts, snapshot
from store.errors import EmbedderError

_SETTINGS = {".json", ".txt", ".model"}
_KEPT = {*_SETTINGS, ".md", ".safetensors", ".bin"}
"""What a download takes beside the graph: settings, tokenizer, card, layers after the pooling."""

_OF_THE_WHOLE = {"modules.json", "config_sentence_transformers.json"}
"""What sentence-transformers writes when it saves a model, of all its modules together."""

_PATIENCE_S = 10

_COARSER = (("fp16", "float16", "o4"), ("int8", "quant"), ("q4", "int4", "bnb4", "q2"))
"""What the name of a graph says of its numbers, the finer first; any other has all 32 bits."""


def named_graph(name: str, folder: Path) -> Path | None:
    """Return the ONNX graph whose very path a setting is; None where it is another path.

    Args:
        name: the setting.
        folder: of the model that it belongs to, as `local` finds it.
    """
    graph = Path(os.path.expanduser(name))  # noqa: PTH111 Path's own raises for an unknown user
    if graph.suffix != ".onnx" or not graph.is_file():
        return None
    return folder / graph.absolute().relative_to(around(graph))


def only_graph(folder: Path) -> Path | None:
    """Return the best graph of a folder that has no weights for torch; None where it has."""
    files = _files(folder)
    found = None if _for_torch(files, _first(folder)) else best(files)
    return folder / found if found else None


def best(files: Collection[str]) -> str | None:
    """Return which of a model's files to run: the graph called model.onnx, else the finest."""
    graphs = [path for path in map(PurePosixPath, files) if path.suffix == ".onnx"]
    return min(graphs, key=_rank).as_posix() if graphs else None


def fetched(name: str) -> Path | None:
    """Return the folder of a hub's model without weights for torch, downloaded where it is not.

    Offline, what was downloaded before counts. None where the model has weights for torch or is
    not known: sentence-transformers will download it, or say that it cannot.
    """
    from huggingface_hub import HfApi, snapshot_download  # comes with sentence-transformers

    before = _downloaded(name)
    if before and _for_torch(_files(before), _first(before)):
        return None
    try:
        told = HfApi().model_info(name, timeout=_PATIENCE_S)
    except Exception:  # noqa: BLE001 whatever the network may bring; it may not be needed
        return before if before and only_graph(before) else None
    files = [file.rfilename for file in told.siblings or ()]
    graph = best(files)
    if not graph or _for_torch(files):
        return None
    wanted = [escape(file) for file in files if _belongs(file, graph)]
    cache = os.getenv("SENTENCE_TRANSFORMERS_HOME")
    return Path(snapshot_download(name, allow_patterns=wanted, cache_dir=cache))


def copied(folder: Path, graph: Path) -> Iterator[tuple[Path, str]]:
    """Yield the files that a first module and its graph are made of, and where a copy has them.

    Args:
        folder: of the first module.
        graph: what is run of it; it may lie elsewhere, as may other graphs.
    """
    for file in sorted(folder.iterdir()):
        if file.suffix in _SETTINGS and file.name not in _OF_THE_WHOLE and file.is_file():
            yield file, file.name
    for file in sorted(graph.parent.iterdir()):
        if file.name.startswith(graph.name):  # its numbers may lie beside it: model.onnx_data
            yield file, f"onnx/{file.name}"


def _files(folder: Path) -> list[str]:
    return [file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()]


def _first(folder: Path) -> str:
    """Return the folder of the first of a model's modules, from the model's own."""
    return next((part.path for part in parts(folder)), "")


def _downloaded(name: str) -> Path | None:
    try:
        return snapshot(name)
    except EmbedderError:
        return None


def _for_torch(files: Collection[str], first: str = "") -> bool:
    """Say whether the first module has weights for torch; those of later ones prove nothing.

    Where models were made long ago its folder is 0_Transformer.
    """
    places = {PurePosixPath(first), PurePosixPath("0_Transformer")}
    return any(
        path.parent in places
        and (path.suffix == ".safetensors" or path.match("pytorch_model*.bin"))
        for path in map(PurePosixPath, files)
    )


def _rank(graph: PurePosixPath) -> tuple[int, int, str]:
    """Order graphs: the plain one, then by their bits; then the shorter name, made for all."""
    stem = graph.stem.lower()
    if stem == "model":
        return 0, len(graph.parts), graph.as_posix()
    said = (place for place, marks in enumerate(_COARSER, 2) if any(one in stem for one in marks))
    decoder = 9 * stem.startswith("decoder")  # one of a pair; the other reads the text
    return next(said, 1) + decoder, len(stem), graph.as_posix()


def _belongs(file: str, graph: str) -> bool:
    """Say whether a file goes with a graph: itself, its data (model.onnx_data), settings."""
    path = PurePosixPath(file)
    kept = path.suffix in _KEPT and not path.name.startswith("openvino")
    return kept or file.startswith(graph)
