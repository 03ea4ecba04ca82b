"""Reads the lines found on a picture that stands upright, with the marks just off their ends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ingest.layout.pitch import OPENERS, STOPS
from ingest.layout.recognised import Recognised
from ingest.layout.skew import Quads, lengths, runs_down
from ingest.scan.cut import cut_out, fitted, has_room, ink_height
from ingest.scan.engine import Engine, Pixels, ReadLine

_KEPT = 0.5  # lines read with less confidence are stains and pictures, no text
_ROOM = 0.8  # of a line's thickness: what it is read with at its ends, where that is blank
_ENDS = STOPS | {"…"}
_UNREAD = ReadLine(text="", confidence=0.0, places=())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """A line as it was found, and as it was read: with some pixels more before and after it."""

    quad: Quads
    pixels: Pixels
    before: float = 0.0
    after: float = 0.0
    line: ReadLine = _UNREAD


def read_lines(pixels: Pixels, quads: Quads, engine: Engine) -> tuple[Recognised, ...]:
    """Read every line of a picture; those that hardly read are no text.

    Each is read with the blank at its ends: marks there are often left out of the line that is
    found, or are cut so close that they cannot be told. Where something else than a mark is read
    in that blank, the line is read again without it.
    """
    cuts = _read([_roomy(pixels, quad) for quad in quads], pixels, engine)
    strayed = [at for at, cut in enumerate(cuts) if not _only_marks(cut)]
    plain = [replace(cuts[at], before=0.0, after=0.0) for at in strayed]
    for at, cut in zip(strayed, _read(plain, pixels, engine), strict=True):
        cuts[at] = cut
    kept = [_bounded(cut) for cut in cuts if cut.line.confidence >= _KEPT and cut.line.text.strip()]
    # A mark that belongs to a line may have been found by itself as well.
    grown = [_wide(cut) for cut in kept if cut.before or cut.after]
    return tuple(
        _recognised(cut)
        for cut in kept
        if cut.before or cut.after or not any(_within(cut, quad) for quad in grown)
    )


def _read(cuts: Sequence[_Cut], pixels: Pixels, engine: Engine) -> list[_Cut]:
    lines = engine.read([_seen(pixels, cut) for cut in cuts])
    return [replace(cut, line=line) for cut, line in zip(cuts, lines, strict=True)]


def _seen(pixels: Pixels, cut: _Cut) -> Pixels:
    """Return what is looked at of a line; one that runs down is left as it was found."""
    if runs_down(cut.quad[None])[0]:
        return cut.pixels
    return fitted(cut_out(pixels, _wide(cut)) if cut.before or cut.after else cut.pixels)


def _roomy(pixels: Pixels, quad: Quads) -> _Cut:
    """Cut a line out, and tell how far it may be read beyond its ends."""
    line = cut_out(pixels, quad)
    if runs_down(quad[None])[0]:
        return _Cut(quad=quad, pixels=line)
    room = _ROOM * float(lengths(quad[None])[0, 1])
    q0, q1, q2, q3 = quad
    step = _unit(quad) * room
    start = cut_out(pixels, np.stack([q0 - step, q0, q3, q3 - step]))
    end = cut_out(pixels, np.stack([q1, q1 + step, q2 + step, q2]))
    return _Cut(
        quad=quad,
        pixels=line,
        before=room if has_room(line, start, before=True) else 0.0,
        after=room if has_room(line, end, before=False) else 0.0,
    )


def _unit(quad: Quads) -> Quads:
    """Return one pixel along a line."""
    across = quad[1] - quad[0]
    return np.asarray(across / max(float(np.linalg.norm(across)), 1.0), np.float32)


def _wide(cut: _Cut) -> Quads:
    start, end = _unit(cut.quad) * cut.before, _unit(cut.quad) * cut.after
    q0, q1, q2, q3 = cut.quad
    return np.stack([q0 - start, q1 + end, q2 + end, q3 - start]).astype(np.float32)


def _along(cut: _Cut) -> list[float]:
    """Return how many pixels each character is from where the line as found begins."""
    whole = _length(cut) + cut.before + cut.after
    return [place * whole - cut.before for place in cut.line.places]


def _length(cut: _Cut) -> float:
    across, along = (float(side) for side in lengths(cut.quad[None])[0])
    return along if runs_down(cut.quad[None])[0] else across


def _only_marks(cut: _Cut) -> bool:
    """Say whether a line has nothing beyond its ends but marks that belong there."""
    letters, along = "".join(cut.line.text.split()), _along(cut)
    if len(letters) != len(along):
        return not (cut.before or cut.after)
    placed = list(zip(letters, along, strict=True))
    before = {letter for letter, place in placed if place < 0}
    after = {letter for letter, place in placed if place > _length(cut)}
    return before <= OPENERS and after <= _ENDS


def _bounded(cut: _Cut) -> _Cut:
    """Give a line the ends it was found with, and farther ones where a mark lies beyond them."""
    along = _along(cut)
    before = cut.before if any(place < 0 for place in along) else 0.0
    after = cut.after if any(place > _length(cut) for place in along) else 0.0
    whole = max(_length(cut) + before + after, 1.0)
    places = tuple((place + before) / whole for place in along)
    return replace(cut, before=before, after=after, line=replace(cut.line, places=places))


def _within(inner: _Cut, outer: Quads) -> bool:
    """Say whether a line is so short that all of it lies inside another."""
    upper, lower = outer.min(axis=0), outer.max(axis=0)
    middle = inner.quad.mean(axis=0)
    short = len(inner.line.places) <= 2
    return short and bool((upper < middle).all() and (middle < lower).all())


def _recognised(cut: _Cut) -> Recognised:
    vertical = bool(runs_down(cut.quad[None])[0])
    x0, y0, x1, y1 = _box(_wide(cut), vertical=vertical)
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
