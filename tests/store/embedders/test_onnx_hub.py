"""Models of the hub that have no weights for torch: downloaded when they are not yet, or found."""

import hashlib
import json
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from store.errors import EmbedderError
from tests.contracts.test_embedders import tiny_model
from tests.onnx_models import exported, made_graph, with_data_beside
from tests.store.embedders.test_onnx_model import named
from tests.store.embedders.test_sentence_transformer import COMMIT, hub


class Hub(ThreadingHTTPServer):
    """Serves one folder as the model owner/tiny, in the words of the hub; notes what is asked."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.folder = folder
        self.fetched: set[str] = set()


class _Answers(BaseHTTPRequestHandler):
    server: Hub

    def do_HEAD(self) -> None:
        self._answer(send=False)

    def do_GET(self) -> None:
        self._answer(send=True)

    def _answer(self, *, send: bool) -> None:
        path = unquote(urlsplit(self.path).path)
        _, _, name = path.removeprefix("/owner/tiny/resolve/").partition("/")
        if path.startswith("/api/models/owner/tiny/tree/"):
            self._say(json.dumps(self._tree()).encode(), send=send)
        elif path.startswith("/api/models/owner/tiny"):
            files = [{"rfilename": one["path"]} for one in self._tree()]
            about = {"id": "owner/tiny", "sha": COMMIT, "siblings": files}
            self._say(json.dumps(about).encode(), send=send)
        elif path.startswith("/owner/tiny/resolve/") and (self.server.folder / name).is_file():
            if send:
                self.server.fetched.add(name)
            self._say((self.server.folder / name).read_bytes(), send=send)
        else:
            self.send_error(404)

    def _tree(self) -> list[dict[str, Any]]:
        files = sorted(file for file in self.server.folder.rglob("*") if file.is_file())
        return [
            {
                "type": "file",
                "path": file.relative_to(self.server.folder).as_posix(),
                "size": file.stat().st_size,
                "oid": hashlib.sha1(file.read_bytes()).hexdigest(),
            }
            for file in files
        ]

    def _say(self, content: bytes, *, send: bool) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", f'"{hashlib.sha1(content).hexdigest()}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.end_headers()
        if send:
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def torch_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a model of random weights for torch."""
    return tiny_model(tmp_path_factory.mktemp("model"))


@pytest.fixture
def onnx_model(torch_model: Path, tmp_path: Path) -> Path:
    """The same model on a graph with its data beside it, and a coarser graph."""
    folder = exported(torch_model, tmp_path / "served")
    with_data_beside(folder / "onnx" / "model.onnx")
    made_graph(folder / "onnx" / "model_quantized.onnx")
    (folder / "README.md").write_text("---\nlicense: mit\n---\n", encoding="utf-8")
    return folder


@pytest.fixture
def server(onnx_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A hub of our own, and an empty cache."""
    with Hub(onnx_model) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{serving.server_port}"
        monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", address)
        monkeypatch.setattr(
            "huggingface_hub.constants.HUGGINGFACE_CO_URL_TEMPLATE",
            address + "/{repo_id}/resolve/{revision}/{filename}",
        )
        monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path / "cache"))
        yield serving
        serving.shutdown()


def test_of_a_hubs_model_what_the_graph_needs_is_downloaded_once(
    server: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = named("owner/tiny").card
    assert card.name == "owner/tiny"
    assert card.hash == COMMIT
    assert card.licence == "mit"
    assert card.build.endswith("+onnx/model.onnx")
    assert {"onnx/model.onnx", "onnx/model.onnx_data", "modules.json"} <= server.fetched
    assert "onnx/model_quantized.onnx" not in server.fetched
    server.fetched.clear()
    vector = named("owner/tiny").embed_query("食堂")
    assert server.fetched == set()
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    assert named("owner/tiny").card == card
    assert (named("owner/tiny").embed_query("食堂") == vector).all()


@pytest.mark.usefixtures("server")
def test_what_a_broken_off_download_left_out_is_fetched(tmp_path: Path) -> None:
    vector = named("owner/tiny").embed_query("食堂")
    [data] = (tmp_path / "cache").rglob("snapshots/*/onnx/model.onnx_data")
    data.unlink()
    assert (named("owner/tiny").embed_query("食堂") == vector).all()


def test_a_model_laid_out_as_the_hubs_cache_is_found_offline(
    onnx_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    kept = hub(tmp_path / "cache", "owner/tiny", COMMIT)
    blobs = kept.parent.parent / "blobs"
    blobs.mkdir()
    for place, file in enumerate(one for one in onnx_model.rglob("*") if one.is_file()):
        target = kept / file.relative_to(onnx_model)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, blobs / str(place))
        target.symlink_to(blobs / str(place))
    by_name, by_path = named("owner/tiny"), named(onnx_model)
    assert by_name.card.build.startswith(f"owner/tiny@{COMMIT[:12]}+")
    assert (by_name.embed_query("食堂") == by_path.embed_query("食堂")).all()
    by_graph = named(kept / "onnx" / "model.onnx")
    assert by_graph.card.name == "owner/tiny"
    assert (by_graph.embed_query("食堂") == by_path.embed_query("食堂")).all()


def test_a_hubs_model_with_weights_for_torch_stays_with_torch(
    server: Hub, torch_model: Path, onnx_model: Path
) -> None:
    shutil.copyfile(torch_model / "model.safetensors", onnx_model / "model.safetensors")
    assert "onnx" not in named("owner/tiny").card.build
    assert not any(name.endswith(".onnx") for name in server.fetched)


def test_a_hubs_model_that_is_not_there_is_told(server: Hub) -> None:
    with pytest.raises(EmbedderError, match=r"无法载入嵌入模型 owner/other.*网络。$"):
        named("owner/other").embed_query("食堂")
    assert server.fetched == set()
