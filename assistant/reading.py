"""Text as it is compared: one width, script and case; and the character pairs it is made of."""

import re
from functools import lru_cache

from store.text import normalise


@lru_cache(maxsize=8192)
def readable(text: str) -> str:
    """Return text as the words of a question are compared with it (see store.text.normalise)."""
    return normalise(text)


@lru_cache(maxsize=8192)
def pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a text, marks and case aside."""
    kept = re.sub(r"[\W_]", "", readable(text))
    return frozenset(kept[i : i + 2] for i in range(len(kept) - 1)) or frozenset({kept} - {""})
