"""Which columns make one article: headlines open them, and text cannot begin above its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.layout.metrics import HUGE, LARGE, cells
from ingest.layout.printed import Printed, Rectangle
from ingest.layout.regions import Ground, Stack, is_head

_SURE = 1.5  # of running type: a headline of this size opens an article even in one column
_MOST_BARS = 300  # a page with more draws no quotations with them
_ABOVE = 3  # lines that may stand over a headline and lead up to it


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The columns of one article in reading order; `opened` says that a headline opens it."""

    stacks: tuple[Stack, ...]
    opened: bool

    @property
    def top(self) -> float:
        """Where it begins."""
        return self.stacks[0].top

    def holds(self, place: Rectangle) -> float:
        """Return how much of a place lies between what it covers, 0 to 1."""
        left = min(stack.left for stack in self.stacks)
        right = max(stack.right for stack in self.stacks)
        bottom = max(stack.bottom for stack in self.stacks)
        wide = min(right, place.x1) - max(left, place.x0)
        high = min(bottom, place.y1) - max(self.top, place.y0)
        area = max(place.width * place.height, 1e-6)
        return max(wide, 0.0) * max(high, 0.0) / area


def flows_of(stacks: Sequence[Stack], ground: Ground, pictures: Sequence[Rectangle]) -> list[Flow]:
    """Return the articles of a page, each with its columns in reading order."""
    wide = _column_width(stacks, ground.em)
    flows: list[Flow] = []
    for stack in (part for whole in stacks for part in _apart(whole, ground, wide)):
        opens = _opens(stack, ground, wide)
        if flows and opens and not _has_text(flows[-1], ground.em):
            flows[-1] = Flow(stacks=(*flows[-1].stacks, stack), opened=True)
            continue
        if opens or not flows:
            flows.append(Flow(stacks=(stack,), opened=opens))
            continue
        at = _owner(flows, stack, ground, pictures)
        flows[at] = replace(flows[at], stacks=(*flows[at].stacks, stack))
    return flows


def _has_text(flow: Flow, em: float) -> bool:
    """Say whether an article has more than its headlines yet."""
    return any(
        _is_running(line, em) and cells(line.text) > 4
        for stack in flow.stacks
        for line in stack.lines
    )


def _owner(
    flows: Sequence[Flow], stack: Stack, ground: Ground, pictures: Sequence[Rectangle]
) -> int:
    """Return whose column this is: of the last article, unless it begins above its headline."""
    top = _top_with_picture(stack, pictures, ground.em)
    last = len(flows) - 1
    if not flows[last].opened or top > flows[last].top - 1.5 * ground.em:
        return last
    earlier = [at for at in range(last) if flows[at].top <= top + ground.em]
    centre = (stack.left + stack.right) / 2
    over = [
        at
        for at in earlier
        if flows[at].stacks[0].left - ground.em <= centre <= flows[at].stacks[0].right + ground.em
    ]
    return (over or earlier or [last])[-1]


def _top_with_picture(stack: Stack, pictures: Sequence[Rectangle], em: float) -> float:
    """Return where a column begins, the picture at its head counted in."""
    top = stack.top
    for picture in sorted(pictures, key=lambda picture: -picture.y1):
        over = min(picture.x1, stack.right) - max(picture.x0, stack.left) > 2 * em
        if over and picture.y0 < top and top - picture.y1 < 4 * em:
            top = picture.y0
    return top


def _column_width(stacks: Iterable[Stack], em: float) -> float:
    """Return how wide the lines of running type are in most columns."""
    widths = sorted(
        line.x1 - line.x0
        for stack in stacks
        for line in stack.lines
        if 0.9 * em <= line.em <= 1.1 * em
    )
    return widths[int(len(widths) * 0.6)] if widths else 0.0


def _apart(stack: Stack, ground: Ground, wide: float) -> list[Stack]:
    """Cut a column where another article begins in it."""
    starts = [0]
    for at in range(1, len(stack.lines)):
        here = replace(stack, lines=stack.lines[at:])
        running = any(_is_running(line, ground.em) for line in stack.lines[starts[-1] : at])
        if running and not _is_running(stack.lines[at], ground.em) and _opens(here, ground, wide):
            starts.append(at)
    bounds = zip(starts, [*starts[1:], len(stack.lines)], strict=True)
    return [replace(stack, lines=stack.lines[start:end]) for start, end in bounds]


def _is_running(line: Printed, em: float) -> bool:
    return line.em < LARGE * em and not line.vertical and not line.bold


def _opens(stack: Stack, ground: Ground, wide: float) -> bool:
    """Say whether a column begins with the headlines of an article."""
    for at, line in enumerate(stack.lines[: _ABOVE + 1]):
        if is_quoted(_display_text(stack.lines[at:])):
            return False
        if is_head(line, ground.em):
            broad = line.x1 - line.x0 > 1.2 * wide and line.em >= HUGE * ground.em
            sure = line.em >= _SURE * ground.em or line.vertical or broad
            return sure or _is_ruled(stack.lines[0], ground)
        if at == 0 and line.em >= LARGE * ground.em and _is_ruled(line, ground):
            return True
        if not _leads_up(line, stack.lines[at + 1 :], ground.em):
            return False
    return False


def _display_text(lines: Sequence[Printed]) -> str:
    """Return what is set in the type of the first line, with the lines of it that follow."""
    first = lines[0]
    text = first.text
    for above, line in pairwise(lines):
        alike = abs(line.em - first.em) < 0.08 * first.em
        if not alike or line.y0 - above.y1 > first.em:
            break
        text += line.text
    return text


def is_quoted(text: str) -> bool:
    """Say whether display type is a finished sentence, as what is quoted from a text is."""
    return text.rstrip().endswith(("。", "。”", "？”", "！”", "……”"))


def quote_rules(lines: Sequence[Printed], ground: Ground) -> tuple[Rectangle, ...]:
    """Return the rules that close what is quoted in display type between two of them, alike."""
    near = 0.5 * ground.em
    found: list[Rectangle] = []
    bars = ground.bars[:_MOST_BARS]
    for lower in bars:
        over = [line for line in lines if lower.x0 - near <= line.centre <= lower.x1 + near]
        for upper in bars:
            alike = abs(upper.x0 - lower.x0) < near and abs(upper.x1 - lower.x1) < near
            if upper is lower or not alike:
                continue
            inside = [line for line in over if upper.y0 <= line.middle <= lower.y1]
            inside.sort(key=lambda line: line.y0)
            display = bool(inside) and all(line.em >= LARGE * ground.em for line in inside)
            if display and is_quoted("".join(line.text for line in inside)):
                found.append(lower)
    return tuple(found)


def _leads_up(line: Printed, below: Sequence[Printed], em: float) -> bool:
    """Say whether a line stands over a headline as a kicker does: short, and right above it."""
    if cells(line.text) > 26 or line.text.rstrip().endswith(("。", "，", "；")):
        return False
    head = next((other for other in below[:_ABOVE] if is_head(other, em)), None)
    if head is None or line.em > head.em:
        return False
    return below[0].y0 - line.y1 < 1.3 * em


def _is_ruled(line: Printed, ground: Ground) -> bool:
    """Say whether a rule of the column's own stands right above a line."""
    width = max(line.x1 - line.x0, 12 * ground.em)
    return any(
        bar not in ground.quoting
        and bar.width < 2 * width
        and -0.3 * ground.em <= line.y0 - bar.y1 < 2.0 * ground.em
        and bar.height < 0.5 * ground.em
        and min(bar.x1, line.x1) - max(bar.x0, line.x0) > 0.8 * (line.x1 - line.x0)
        for bar in ground.bars
    )
