"""Mistyped questions read as they were probably meant, by what one library holds."""

from functools import lru_cache
from weakref import WeakKeyDictionary

from assistant.lexicon import lexicon
from assistant.mending import Held, asking_pairs, mended
from assistant.terms import tagged
from store.library import Library


class Speller:
    """Mends questions by what one library holds; learns anew after the library has changed."""

    def __init__(self, library: Library) -> None:
        """Mend by a library; nothing is read before the first question."""
        self._library = library
        self._known: tuple[int, dict[str, tuple[str, ...]]] = (-1, {})

    def mend(self, text: str) -> str:
        """Return a normalised question as it was probably meant; most are returned as they are."""
        held = Held(
            pairs=self._library.pairs(),
            alike=self._alike,
            times=lambda piece: self._library.document_frequency([piece])[0],
        )
        return mended(text, held)

    def _alike(self, char: str) -> list[str]:
        """Return the other characters of the library, and of asking, that sound like one."""
        generation = self._library.generation
        if self._known[0] != generation:
            self._known = (
                generation,
                _by_sound(set().union(*self._library.pairs(), *asking_pairs())),
            )
        return [one for one in self._known[1].get(_sounds(char)[0], ()) if one != char]


_spellers: WeakKeyDictionary[Library, Speller] = WeakKeyDictionary()


def speller(library: Library) -> Speller:
    """Return the speller of a library, one for all who ask."""
    return _spellers.setdefault(library, Speller(library))


def changes(typed: str, read: str) -> tuple[tuple[str, str], ...]:
    """Return the words that two texts of one length differ in: as typed, and as read."""
    found: list[tuple[str, str]] = []
    at = 0
    for word, _ in tagged(read):
        was = typed[at : at + len(word)]
        if was != word:
            found.append((was, word))
        at += len(word)
    return tuple(found)


def _by_sound(chars: set[str]) -> dict[str, tuple[str, ...]]:
    """Order characters by how they sound, tones aside."""
    found: dict[str, list[str]] = {}
    for char in sorted(chars):
        for sound in _sounds(char)[: 2 if char in lexicon().polyphones else 1]:
            found.setdefault(sound, []).append(char)
    return {sound: tuple(alike) for sound, alike in found.items()}


@lru_cache(maxsize=8192)
def _sounds(char: str) -> tuple[str, ...]:
    """How a character is read, tones aside, the commonest way first."""
    from pypinyin import Style, pinyin

    return tuple(pinyin(char, style=Style.NORMAL, heteronym=True)[0])
