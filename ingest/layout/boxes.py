"""Boxed items: what stands inside a frame is read by itself, and not with what is around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.layout.metrics import LARGE
from ingest.layout.printed import Printed, PrintedPage, Rectangle

_THIN = 0.35  # of running type: a lower frame is a rule
_MOST = 0.85  # of a page's lines: what holds more frames the page
_MOST_RULES = 300  # a page with more draws no boxes with them
_LABEL = 2.6  # of its type: a frame around one line that is no higher is its ground
_EDGE = 2.0  # of running type: how far from each other the sides of a frame drawn as rules end


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxed:
    """A frame and the lines inside it."""

    frame: Rectangle
    lines: tuple[Printed, ...]


def rules_of(frames: Sequence[Rectangle], em: float) -> tuple[list[Rectangle], list[Rectangle]]:
    """Return the rules among some frames: those that lie, and those that stand."""
    lying = [each for each in frames if each.height <= _THIN * em and each.width > 3 * em]
    standing = [each for each in frames if each.width <= _THIN * em and each.height > 3 * em]
    return lying, standing


def part_boxed(
    lines: Sequence[Printed], page: PrintedPage, em: float
) -> tuple[list[Boxed], list[Printed]]:
    """Part the lines of a page that stand in frames from the others; outer frames first."""
    rest = list(lines)
    found: list[Boxed] = []
    every = [*page.frames, *_of_rules(page.frames, em)]
    frames = [each for each in every if each.width > 6 * em and each.height > 2 * em]
    for frame in sorted(frames, key=lambda each: -each.width * each.height):
        inside = [line for line in rest if _is_inside(line, frame, em)]
        if not 1 <= len(inside) < _MOST * len(lines) or _is_cut(rest, frame, em):
            continue
        if _is_headline(inside, frame, em):
            continue
        found.append(Boxed(frame=frame, lines=tuple(inside)))
        rest = [line for line in rest if line not in inside]
    return found, rest


def _is_inside(line: Printed, frame: Rectangle, em: float) -> bool:
    slack = 0.6 * em
    return (
        frame.x0 - slack <= line.x0
        and line.x1 <= frame.x1 + slack
        and frame.y0 - slack <= line.y0
        and line.y1 <= frame.y1 + slack
    )


def _is_headline(inside: Sequence[Printed], frame: Rectangle, em: float) -> bool:
    """Say whether a frame is the ground that a headline is printed on."""
    largest = max(line.em for line in inside)
    if is_label(inside, frame):
        return True
    return (
        len(inside) <= 3
        and min(line.em for line in inside) > LARGE * em
        and (frame.height < 4 * largest)
    )


def is_label(inside: Sequence[Printed], frame: Rectangle) -> bool:
    """Say whether a frame is the ground of one line: a label, or a heading among the text."""
    largest = max(line.em for line in inside)
    one_row = max(line.middle for line in inside) - min(line.middle for line in inside) < largest
    return one_row and 1.5 * largest < frame.height < _LABEL * largest


def labels_of(
    lines: Sequence[Printed], frames: Sequence[Rectangle], em: float
) -> frozenset[Printed]:
    """Return the lines that stand alone on a ground of their own, no other ground touching it."""
    grounds = [each for each in frames if em < each.height < 2 * _LABEL * em and each.width > em]
    found: set[Printed] = set()
    for frame in grounds[:_MOST_RULES]:
        inside = [line for line in lines if _is_inside(line, frame, em)]
        touched = any(
            other != frame
            and not (other.y0 <= frame.y0 and frame.y1 <= other.y1)
            and min(other.x1, frame.x1) > max(other.x0, frame.x0)
            and min(abs(other.y0 - frame.y1), abs(other.y1 - frame.y0)) < 0.3 * em
            for other in grounds
        )
        if len(inside) == 1 and is_label(inside, frame) and not touched:
            found.update(inside)
    return frozenset(found)


def _is_cut(lines: Sequence[Printed], frame: Rectangle, em: float) -> bool:
    """Say whether lines run across the sides of a frame: then it is a drawing, and no box."""
    return any(frame.holds(line) and not _is_inside(line, frame, em) for line in lines)


def _of_rules(frames: Sequence[Rectangle], em: float) -> list[Rectangle]:
    """Return the frames that are drawn as four rules, or as an upper and a lower one alike."""
    lying, standing = (rules[:_MOST_RULES] for rules in rules_of(frames, em))
    near = 0.5 * em
    found: list[Rectangle] = []
    for upper in lying:
        for lower in lying:
            alike = abs(upper.x0 - lower.x0) < near and abs(upper.x1 - lower.x1) < near
            if not alike or lower.y0 - upper.y0 < 2 * em:
                continue
            sides = [
                post
                for post in standing
                if abs(post.y0 - upper.y0) < _EDGE * em and abs(post.y1 - lower.y1) < _EDGE * em
            ]
            left = any(abs(post.x0 - upper.x0) < near for post in sides)
            right = any(abs(post.x1 - upper.x1) < near for post in sides)
            if left and right:
                found.append(Rectangle(x0=upper.x0, y0=upper.y0, x1=upper.x1, y1=lower.y1))
    return found
