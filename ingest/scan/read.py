"""Reads the lines found on a picture that stands upright, and mends what was cut off their ends."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ingest.layout.pitch import OPENERS, STOPS
from ingest.layout.recognised import Recognised
from ingest.layout.skew import Quads, lengths, runs_down
from ingest.scan.cut import cut_out, ink_beside, ink_height
from ingest.scan.engine import Engine, Pixels, ReadLine

_KEPT = 0.5  # lines read with less confidence are stains and pictures, no text
_FARTHER = 0.8  # a mark beside a line ends within this many times its thickness


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """A line where it was found, cut out, and read."""

    quad: Quads
    pixels: Pixels
    line: ReadLine


def read_lines(pixels: Pixels, quads: Quads, engine: Engine) -> tuple[Recognised, ...]:
    """Read every line of a picture; those that hardly read are no text."""
    cuts = [cut_out(pixels, quad) for quad in quads]
    read = [
        _Cut(quad=quad, pixels=cut, line=line)
        for quad, cut, line in zip(quads, cuts, engine.read(cuts), strict=True)
        if line.confidence >= _KEPT and line.text.strip()
    ]
    return tuple(_recognised(cut) for cut in _mend_ends(pixels, read, engine))


def _mend_ends(pixels: Pixels, read: Sequence[_Cut], engine: Engine) -> list[_Cut]:
    """Take in a mark of punctuation that stands a little apart from the end of its line.

    Quotation marks and full stops are often left out of the line that is found. A line is read
    again as far as its neighbouring ink, and believed when that adds one such mark and nothing
    else.
    """
    wider: list[tuple[int, _Cut]] = []
    for at, cut in enumerate(read):
        if runs_down(cut.quad[None])[0]:
            continue
        for quad, beside in _beyond(cut):
            strip = cut_out(pixels, beside)
            if ink_beside(cut.pixels, strip, before=bool(beside[1, 0] < cut.quad[1, 0])):
                grown = _Cut(quad=quad, pixels=cut_out(pixels, quad), line=cut.line)
                wider.append((at, grown))
    mended = dict(enumerate(read))
    lines = engine.read([cut.pixels for _, cut in wider])
    for (at, cut), line in zip(wider, lines, strict=True):
        if at in mended and _adds_a_mark(cut.line.text, line.text):
            # The mark may have been found by itself as well.
            mended = {k: each for k, each in mended.items() if k == at or not _within(each, cut)}
            mended[at] = _Cut(quad=cut.quad, pixels=cut.pixels, line=line)
    return list(mended.values())


def _within(inner: _Cut, outer: _Cut) -> bool:
    """Say whether a line is so short that all of it lies inside another."""
    upper, lower = outer.quad.min(axis=0), outer.quad.max(axis=0)
    middle = inner.quad.mean(axis=0)
    short = len(inner.line.places) <= 2
    return short and bool((upper < middle).all() and (middle < lower).all())


def _beyond(cut: _Cut) -> list[tuple[Quads, Quads]]:
    """Return a line made longer at its end, or its start, and what that adds, where marks lack."""
    width, height = (float(side) for side in lengths(cut.quad[None])[0])
    step = (cut.quad[1] - cut.quad[0]) / max(width, 1) * _FARTHER * height
    q0, q1, q2, q3 = cut.quad
    text = cut.line.text.strip()
    beyond: list[tuple[Quads, Quads]] = []
    if text[-1] not in STOPS:
        quad = np.stack([q0, q1 + step, q2 + step, q3])
        beyond.append((quad, np.stack([q1, q1 + step, q2 + step, q2])))
    if text[0] not in OPENERS:
        quad = np.stack([q0 - step, q1, q2, q3 - step])
        beyond.append((quad, np.stack([q0 - step, q0, q3, q3 - step])))
    return beyond


def _adds_a_mark(old: str, new: str) -> bool:
    old, new = old.strip(), new.strip()
    at_end = new[:-1] == old and (new[-1] in STOPS or new[-1] == "…")
    return at_end or (new[1:] == old and new[0] in OPENERS)


def _recognised(cut: _Cut) -> Recognised:
    vertical = bool(runs_down(cut.quad[None])[0])
    x0, y0, x1, y1 = _box(cut.quad, vertical=vertical)
    return Recognised(
        text=cut.line.text,
        places=cut.line.places,
        x0=x0,
        y0=y0,
        x1=x1,
        y1=y1,
        ink=ink_height(cut.pixels),
        confidence=min(cut.line.confidence, 1.0),
        vertical=vertical and len(cut.line.places) > 1,
    )


def _box(quad: Quads, *, vertical: bool) -> tuple[float, float, float, float]:
    """Return the upright box about a line: as long as it is, and no thicker for leaning."""
    x, y = (float(value) for value in quad.mean(axis=0))
    width, height = (float(side) / 2 for side in lengths(quad[None])[0])
    if vertical:
        top, bottom = float(quad[:2, 1].mean()), float(quad[2:, 1].mean())
        return x - width, top, x + width, bottom
    left, right = float(quad[[0, 3], 0].mean()), float(quad[[1, 2], 0].mean())
    return left, y - height, right, y + height
