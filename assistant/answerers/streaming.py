"""A chat model's words as they come: with a deadline, one more try, and an end for whoever leaves.

Models are read on an event loop of their own, so that a request can be given up while it waits:
when the iterator is closed, the task is cancelled and the connection to the server closed.
"""

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Generator, Sequence
from contextlib import aclosing
from functools import cache
from typing import Any, cast

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage

from store.errors import ChatModelError

logger = logging.getLogger(__name__)

BEAT_S = 0.5
"""Seconds after which an iterator that waits yields an empty piece, so that it can be closed."""

_PAUSE_S = 0.5
_BUSY = frozenset({429, 502, 503, 504})
_TIMEOUTS = frozenset({"TimeoutError", "TimeoutException", "APITimeoutError"})
_CONNECTION = frozenset({"ConnectionError", "TransportError", "APIConnectionError"})
_Item = AIMessageChunk | None


class Reply:
    """One answer of a model, to be iterated over once."""

    def __init__(
        self,
        model: BaseChatModel,
        messages: Sequence[BaseMessage],
        timeout_s: float,
        began: float | None = None,
    ) -> None:
        """Prepare to ask; nothing is sent before the first piece is asked for.

        Args:
            model: any of LangChain's.
            messages: what it is told.
            timeout_s: seconds within which the whole answer must be there.
            began: since when, by time.perf_counter; None: since it is asked for.
        """
        self._model = model
        self._messages = list(messages)
        self._timeout_s = timeout_s
        self._began = began
        self.cut = False
        """Whether the answer broke off: it reached its longest, or its end was never told."""
        self.metadata: dict[str, Any] = {}
        """What the provider has told of the answer so far."""

    def pieces(self) -> Generator[str]:
        """Yield the words as they come, and an empty piece every `BEAT_S` seconds without any.

        A connection that fails, or a server that is busy, before the first word is tried once more.

        Raises:
            ChatModelError: it failed, or did not end in time.
        """
        began = time.perf_counter() if self._began is None else self._began
        deadline = began + self._timeout_s
        try:
            yield from self._once(deadline)
        except _AgainError as failed:
            logger.warning("the chat model is asked once more: %r", failed.__cause__)
            time.sleep(min(_PAUSE_S, max(0.0, deadline - time.perf_counter())))
            try:
                yield from self._once(deadline)
            except _AgainError as error:
                raise _told(error.__cause__) from error.__cause__

    def _once(self, deadline: float) -> Generator[str]:
        items: queue.Queue[_Item] = queue.Queue()
        reading = asyncio.run_coroutine_threadsafe(self._read(items), _loop())
        reading.add_done_callback(lambda _: items.put(None))
        last: AIMessageChunk | None = None
        try:
            while True:
                left = deadline - time.perf_counter()
                if left <= 0:
                    raise ChatModelError(f"对话模型在 {self._timeout_s:g} 秒内没有答完")
                try:
                    item = items.get(timeout=min(BEAT_S, left))
                except queue.Empty:
                    yield ""
                    continue
                if item is None:
                    break
                last = item if last is None else last + item
                self.metadata = last.response_metadata
                yield str(item.text)
            self.cut = last is not None and _broken_off(last)
            if (error := reading.exception()) is not None:
                if last is None and _passing(error):
                    raise _AgainError from error
                raise _told(error) from error
        finally:
            reading.cancel()

    async def _read(self, items: "queue.Queue[_Item]") -> None:
        chunks = cast("Any", self._model.astream(self._messages))
        async with aclosing(chunks):
            async for chunk in chunks:
                items.put(chunk)


class _AgainError(Exception):
    """Nothing came yet, and the cause may have passed when it is tried again."""


def _told(error: BaseException | None) -> ChatModelError:
    """Say a failure in one line, without the addresses or keys that it may carry."""
    logger.warning("the chat model failed", exc_info=error)
    return ChatModelError(f"对话模型没有答完（{type(error).__name__}）")


def _passing(error: BaseException | None) -> bool:
    """Whether an error is one of the connection, or of a server that is busy; no timeout is.

    By the names of the classes: each provider's package has an HTTP library of its own.
    """
    while error is not None:
        names = {one.__name__ for one in type(error).__mro__}
        if names & _TIMEOUTS:
            return False
        if names & _CONNECTION or getattr(error, "status_code", None) in _BUSY:
            return True
        error = error.__cause__ or error.__context__
    return False


def _broken_off(said: AIMessageChunk) -> bool:
    """Whether an answer's end was not its own; models of no known provider do not tell."""
    told = said.response_metadata
    reason = told.get("finish_reason") or told.get("done_reason")
    return reason == "length" or (reason is None and "model_provider" in told)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """The loop on which all models are read; clients of theirs may live as long as it does."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="chat model", daemon=True).start()
    return loop
