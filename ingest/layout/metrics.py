"""The measures of a page: its running type, how wide a text is, and where white gaps are."""

from collections.abc import Iterable, Sequence

from ingest.layout.printed import Printed

LARGE = 1.13
"""From this size on, running text being 1, a line is set to be seen."""

HUGE = 1.35
"""From this size on a line may head an article."""

GUTTER = 0.85
"""In running type: a narrower white gap does not part columns."""

_SAME = 0.06


def cells(text: str) -> float:
    """Return how wide a text is in full-width characters."""
    return sum(0.5 if character < "\u2000" else 1.0 for character in text)


def running_size(lines: Sequence[Printed]) -> float:
    """Return the size of running type: the one that most characters of a page have."""
    weights = [(line.em, cells(line.text)) for line in lines if line.text.strip()]
    if not weights:
        return 1.0

    def support(em: float) -> float:
        return sum(weight for other, weight in weights if abs(other - em) <= _SAME * em)

    sizes = sorted({round(em, 2) for em, _ in weights})
    best = max(sizes[:: max(1, len(sizes) // 200)], key=support)
    near = [(em, weight) for em, weight in weights if abs(em - best) <= _SAME * best]
    return sum(em * weight for em, weight in near) / sum(weight for _, weight in near)


def gaps(intervals: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return what intervals leave free between them, from left to right."""
    ordered = sorted(intervals)
    free: list[tuple[float, float]] = []
    end = ordered[0][1] if ordered else 0.0
    for start, stop in ordered:
        if start > end:
            free.append((end, start))
        end = max(end, stop)
    return free


def thin_gaps(intervals: Sequence[tuple[float, float]], most: int) -> list[tuple[float, float]]:
    """Return where at most so many of some intervals lie, between places where more do."""
    events = sorted([(start, 1) for start, _ in intervals] + [(stop, -1) for _, stop in intervals])
    found: list[tuple[float, float]] = []
    depth, begun = 0, None
    for at, step in events:
        before, depth = depth, depth + step
        if before > most >= depth:
            begun = at
        elif before <= most < depth and begun is not None:
            found.append((begun, at))
    return found
