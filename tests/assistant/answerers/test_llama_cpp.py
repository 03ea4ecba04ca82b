"""A GGUF file on this machine answers as any chat model does."""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest

from assistant.answerers.chat_model import ChatAnswerer, load
from assistant.config import AssistantConfig, ChatConfig
from assistant.pipeline import Assistant
from store.errors import ChatModelError, MissingExtraError
from store.library import Library

MODEL = os.environ.get("WENYUAN_TEST_GGUF", "")


def test_a_file_that_is_not_there_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ChatModelError, match=r"找不到模型文件“none\.gguf”"):
        load(ChatConfig(model=f"llamacpp:{tmp_path / 'none.gguf'}"))


def test_a_file_that_is_no_model_is_told_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "page.gguf"
    path.write_text("桂花社区报", "utf-8")
    with pytest.raises(ChatModelError, match="不是 GGUF 格式"):
        load(ChatConfig(model=f"llamacpp:{path}"))


def test_a_missing_package_is_told_with_the_command_that_installs_it(tmp_path: Path) -> None:
    if find_spec("llama_cpp"):
        pytest.skip("llama-cpp-python is installed here")
    path = tmp_path / "model.gguf"
    path.write_bytes(b"GGUF")
    with pytest.raises(MissingExtraError, match=r"wenyuan\[llamacpp\]"):
        load(ChatConfig(model=f"llamacpp:{path}"))


def test_a_file_is_named_without_its_folder(library: Library) -> None:
    from langchain_core.language_models import FakeListChatModel

    model = FakeListChatModel(responses=[""])
    config = ChatConfig(model="llamacpp:/secret/place/model.gguf")
    assert ChatAnswerer(model, config, 12).name == "llamacpp:model.gguf"
    assert library.reports()


def test_a_real_model_answers_with_citations(library: Library) -> None:
    """Run by hand: WENYUAN_TEST_GGUF=FILE, in an environment with the extra `llamacpp`."""
    if not find_spec("llama_cpp"):
        pytest.skip("the extra llamacpp is not installed")
    if not MODEL:
        pytest.skip("WENYUAN_TEST_GGUF names no GGUF file")
    chat = ChatConfig(model=f"llamacpp:{MODEL}", timeout_s=600)
    model = load(chat)
    assert 2 <= model.get_num_tokens("社区加装电梯") <= 12
    answer = Assistant(library, AssistantConfig(), ChatAnswerer(model, chat, 4)).ask(
        "首批电梯惠及多少户居民？"
    )
    assert "312" in answer.text
    assert answer.citations
