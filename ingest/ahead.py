"""Makes things ahead of their use, in a thread of its own."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_Item = TypeVar("_Item")


class Ahead(Iterator[_Item]):
    """Makes each item while the one before it is being used; never more than one ahead."""

    def __init__(self, items: Iterator[_Item]) -> None:
        """Begin with the first one at once."""
        self._items = items
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="read-ahead")
        self._coming: Future[_Item | None] = self._reader.submit(next, items, None)

    def __next__(self) -> _Item:
        """Return the next item, and begin the one after it; raises what making it raised."""
        item = self._coming.result()
        if item is None:
            raise StopIteration
        self._coming = self._reader.submit(next, self._items, None)
        return item

    def close(self) -> None:
        """Wait for what is being made, and make no more."""
        self._reader.shutdown(wait=True, cancel_futures=True)
