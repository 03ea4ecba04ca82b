"""When a visitor leaves, the chat model's server is told to stop, whether it writes or thinks."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from pathlib import Path

import pytest

from assistant.answerers.chat_model import ChatAnswerer, load
from assistant.config import AssistantConfig, ChatConfig
from assistant.pipeline import Assistant
from assistant.records import Delta
from ingest.config import IngestConfig
from ingest.pipeline import ingest
from store.config import StoreConfig
from store.library import Library
from tests.assistant.answerers.chat_server import Handler, Seen, serving
from ui.web.threads import in_thread


@pytest.mark.parametrize("words", ["", "改造"], ids=["thinking", "writing"])
def test_the_request_ends_when_the_visitor_leaves(tmp_path: Path, page: Path, words: str) -> None:
    def behave(request: Handler, _: int) -> None:
        request.begin()
        if words:
            request.say(words)
        request.wait_until_left()

    store = StoreConfig(folder=tmp_path / "kept", vectors="memory", embedder="hashing")
    with Library.open(store) as library, serving(behave) as seen:
        ingest([page], library, IngestConfig())
        chat = ChatConfig(model="openai:m", base_url=seen.url, api_key="k")
        assistant = Assistant(library, AssistantConfig(), ChatAnswerer(load(chat), chat, 12))
        asyncio.run(leave_at_the_first_delta(assistant, seen))
        assert seen.left.wait(10)


async def leave_at_the_first_delta(assistant: Assistant, seen: Seen) -> None:
    with ThreadPoolExecutor(max_workers=1) as pool:
        events = in_thread(lambda: assistant.stream("改造一共花了多少钱？"), pool)
        async with aclosing(events):
            async for event in events:
                if isinstance(event, Delta) and seen.asked:
                    break
