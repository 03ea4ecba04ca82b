"""Blocking iterators on a bounded pool of threads, read from asynchronous code."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from concurrent.futures import Executor
from typing import TypeVar

T = TypeVar("T")


async def in_thread(make: Callable[[], Iterator[T]], pool: Executor) -> AsyncGenerator[T]:
    """Yield what an iterator yields, running it on a thread of the pool.

    When the reader goes away (the visitor closed the page, or pressed stop), the iterator is
    closed at its next item, so that a chat model is not left writing for nobody.

    Args:
        make: makes the iterator; called on the thread.
        pool: the threads; when all are busy, the iterator waits its turn.

    Raises:
        Exception: whatever the iterator raises.
    """
    loop = asyncio.get_running_loop()
    items: asyncio.Queue[T | None] = asyncio.Queue()
    left = threading.Event()

    def run() -> None:
        iterator = make()
        try:
            for item in iterator:
                if left.is_set():
                    return
                loop.call_soon_threadsafe(items.put_nowait, item)
        finally:
            close = getattr(iterator, "close", None)
            if close is not None:
                close()

    def ended(running: "asyncio.Future[None]") -> None:
        if not running.cancelled():
            running.exception()  # looked at, so that nobody complains when the reader has left
        items.put_nowait(None)

    running = loop.run_in_executor(pool, run)
    running.add_done_callback(ended)
    try:
        while (item := await items.get()) is not None:
            yield item
        await running
    finally:
        left.set()
        running.cancel()
