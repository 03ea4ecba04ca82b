"""From lines read in a picture to printed runs: the size of their type, their gaps and edges."""

import re
import statistics
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ingest.layout.pitch import OPENERS, STOPS, blank_between, cell, pitch_of
from ingest.layout.printed import Printed
from store.text import HAN

_HAN = re.compile(f"[{HAN}]")
_HALF_WIDTH = re.compile(f"(?<=[{HAN}])([,:;?!]) ?(?=[{HAN}])")
_WIDE_MARKS = dict(zip(",:;?!", "，：；？！", strict=True))
_BRACKETS = re.compile(f"[(](?=[{HAN}])|(?<=[{HAN}])[)]")
_SPACE = 0.55  # blank in em beyond the usual between two characters: a space was printed
_GUTTER = 1.3  # what lies beyond so wide a blank is another run
_NARROW = 0.7  # likewise, where other lines begin beyond it too: it is the gap of two columns
_BESIDE = 3  # lines that must begin there
_TELLING = 3  # characters from which a line is wide enough to tell the size of its type
_WIDE = 8  # characters from which it tells the size of type for certain
_LOOSE = 1.06  # a line's type is this much larger than its ink tells, at most
_MARGIN = 0.1  # blank in em at both ends of a line as it is found
_LEEWAY = 0.12  # em: how exactly the middle of a character is told
_NEAR = 1.07  # sizes of type no farther apart than this may be one that was measured badly
_NEAR_SHORT = 1.1  # likewise, where one of them is a short line's
_USUAL = 1.09  # em over the height of ink of Chinese type, where no line tells


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """One line as read in a picture that stands upright, in pixels.

    Attributes:
        text: as read; spaces may be missing.
        places: the middle of each character other than spaces, along the line, from 0 to 1.
        x0, y0, x1, y1: what it takes up, y growing downwards.
        ink: how thick the line is, from edge to edge of its ink.
        confidence: 0 to 1.
        vertical: it runs downwards.
    """

    text: str
    places: tuple[float, ...]
    x0: float
    y0: float
    x1: float
    y1: float
    ink: float
    confidence: float
    vertical: bool = False

    @property
    def length(self) -> float:
        """How long the line is in the direction it runs."""
        return self.y1 - self.y0 if self.vertical else self.x1 - self.x0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A part of a line between wide blanks: its text, and where it is along the line (pixels).

    `first` and `last` are the middles of its first and last characters, where they are known.
    """

    text: str
    start: float
    end: float
    first: float | None = None
    last: float | None = None


def printed(found: Sequence[Recognised]) -> tuple[Printed, ...]:
    """Return what was read as printed runs, a line with a wide blank in it as several.

    A run is as high as its type is and begins and ends where its characters do, whatever was
    taken in around it.
    """
    pitches = [pitch_of(_letters(line), _places(line)) for line in found]
    told = [
        pitch / line.ink
        for line, pitch in zip(found, pitches, strict=True)
        if pitch and line.ink > 0 and len(line.places) >= _WIDE
    ]
    # The middle one: what holds for most of the page's lines holds for its short ones too.
    factor = statistics.median(told) if told else _USUAL
    sizes = [
        _size(line, pitch, line.ink * factor) for line, pitch in zip(found, pitches, strict=True)
    ]
    starts = [
        start
        for line, pitch in zip(found, pitches, strict=True)
        for start in _starts(line, pitch or line.ink)
    ]
    even = _even_out(sizes, [len(line.places) for line in found])
    return tuple(
        run
        for line, pitch, em in zip(found, pitches, even, strict=True)
        for run in _runs(line, pitch or em, em, starts)
    )


def _widened(text: str) -> str:
    """Make the marks and brackets right at Chinese characters wide, as they are printed."""
    text = _HALF_WIDTH.sub(lambda found: _WIDE_MARKS[found[1]], text)
    return _BRACKETS.sub(lambda found: "（" if found[0] == "(" else "）", text)


def _size(line: Recognised, pitch: float | None, by_ink: float) -> float:
    """Return the size of a line's type: the longer the line, the better its width tells it."""
    characters = len(line.places)
    if pitch is None or characters < _TELLING:
        size = by_ink
    elif characters < _WIDE:
        size = min(max(by_ink, 0.9 * pitch), 1.15 * pitch)
    else:
        size = pitch if pitch <= by_ink * _LOOSE else by_ink  # set wide to fill its column
    return max(size, 1.0)


def _even_out(sizes: Sequence[float], weights: Sequence[int]) -> list[float]:
    """Draw each size to the middle one of those near it: a page is set in few sizes of type."""
    order = sorted(zip(sizes, weights, strict=True))
    even: list[float] = []
    for size, characters in zip(sizes, weights, strict=True):
        reach = _NEAR if characters >= _WIDE else _NEAR_SHORT
        near = [(s, w) for s, w in order if size / reach <= s <= size * reach]
        reached = list(accumulate(weight for _, weight in near))
        even.append(near[bisect_left(reached, reached[-1] / 2)][0])
    return even


def _runs(line: Recognised, pitch: float, em: float, starts: Sequence[float]) -> Iterator[Printed]:
    for piece in _pieces(line, pitch, starts):
        middle = (line.x0 + line.x1) / 2 if line.vertical else (line.y0 + line.y1) / 2
        start, end = _edges(piece, em)
        x0, x1 = (middle - em / 2, middle + em / 2) if line.vertical else (start, end)
        y0, y1 = (start, end) if line.vertical else (middle - em / 2, middle + em / 2)
        yield Printed(
            text=_widened(piece.text),
            x0=x0,
            y0=y0,
            x1=x1,
            y1=y1,
            em=em,
            confidence=line.confidence,
            vertical=line.vertical,
        )


def _edges(piece: _Piece, em: float) -> tuple[float, float]:
    """Return where a piece begins and ends: at its ink, and not outside its cells.

    Lines are found with a margin, which grows where something stands beside them. A bracket's
    cell begins before its ink does; a stop is left as it is, for it may be set in half a cell.
    """
    start, end = piece.start + _MARGIN * em, piece.end - _MARGIN * em
    if piece.first is not None and piece.last is not None:
        start = max(start, piece.first - (cell(piece.text[0]) / 2 + _LEEWAY) * em)
        end = min(end, piece.last + (cell(piece.text[-1]) / 2 + _LEEWAY) * em)
    start -= 0.25 * em if piece.text[0] in OPENERS else 0
    return start, max(end, start)


def _pieces(line: Recognised, pitch: float, starts: Sequence[float]) -> Iterator[_Piece]:
    """Cut a line at its wide blanks, and put a space where a narrower one was printed.

    Between Chinese characters blanks are measured, whatever was read there: spaces of a quarter
    em are read here and missed there, and half of them tell less than none.
    """
    origin, places, letters = _origin(line), _places(line), _letters(line)
    if len(letters) != len(places):
        yield _Piece(text=line.text.strip(), start=origin, end=origin + line.length)
        return
    text, start, first, spaced, at = "", origin, 0, False, 0
    for character in line.text.strip():
        if character.isspace():
            spaced = True
            continue
        blank = blank_between(letters, places, at, pitch) if at else 0.0
        begins = places[at] - (cell(character) / 2 + _MARGIN) * pitch
        if text and (blank >= _GUTTER or (blank >= _NARROW and _is_edge(begins, pitch, starts))):
            end = places[at - 1] + (cell(letters[at - 1]) / 2 + _MARGIN) * pitch
            yield _Piece(text=text, start=start, end=end, first=places[first], last=places[at - 1])
            text, start, first = "", begins, at
        elif text and (
            blank >= _SPACE if _both_han(letters, at) else spaced and _words(text, character)
        ):
            text += " "
        text, spaced, at = text + character, False, at + 1
    yield _Piece(
        text=text, start=start, end=origin + line.length, first=places[first], last=places[-1]
    )


def _starts(line: Recognised, pitch: float) -> Iterator[float]:
    """Yield where a line begins, and where it goes on after a blank."""
    yield _origin(line)
    places, letters = _places(line), _letters(line)
    if len(letters) == len(places):
        for at in range(1, len(letters)):
            if blank_between(letters, places, at, pitch) >= _NARROW:
                yield places[at] - (cell(letters[at]) / 2 + _MARGIN) * pitch


def _words(text: str, character: str) -> bool:
    """Say whether a space may stand here: a full-width mark brings its own blank along."""
    return not {text[-1], character} & (STOPS | OPENERS)


def _is_edge(place: float, pitch: float, starts: Sequence[float]) -> bool:
    """Say whether a column begins here: other lines begin here, or go on after a blank."""
    return sum(abs(start - place) < 0.4 * pitch for start in starts) >= _BESIDE


def _origin(line: Recognised) -> float:
    return line.y0 if line.vertical else line.x0


def _places(line: Recognised) -> list[float]:
    return [_origin(line) + place * line.length for place in line.places]


def _letters(line: Recognised) -> str:
    return "".join(line.text.split())


def _both_han(letters: str, at: int) -> bool:
    return bool(_HAN.match(letters[at - 1]) and _HAN.match(letters[at]))
