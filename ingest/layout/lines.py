"""From what is printed on a page to its lines in reading order: for PDF pages and scans alike."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.layout.boxes import Boxed, labels_of, part_boxed, rules_of
from ingest.layout.captions import captions_of, clear_of
from ingest.layout.cutting import cut
from ingest.layout.flow import Flow, flows_of, quote_rules
from ingest.layout.groups import Group, groups_of
from ingest.layout.margins import part_masthead, part_numbers
from ingest.layout.metrics import cells, running_size
from ingest.layout.paragraphs import Kind, column_of
from ingest.layout.preparing import whole_lines
from ingest.layout.printed import Printed, PrintedPage, Rectangle
from ingest.layout.regions import Ground, Stack
from ingest.layout.tables import Table, tables_of
from ingest.layout.writing import Sheet, group_lines, page_line
from ingest.reading import Line, Role

_MOST = 8_000  # runs: no page that can be read has more
_MOST_FRAMES = 300  # drawings that are looked at for pictures
_PICTURE = 4.0  # of running type: a smaller drawing is no picture that text runs round
_ASIDE = 80  # cells: a box with less in it, and no headline, is an aside


def lines_of(page: PrintedPage) -> tuple[Line, ...]:
    """Return the lines of a page in reading order.

    Columns, headlines, boxes, captions and tables are told by where they stand and how large
    their type is. `joins` says what goes on with the running text before it: captions and asides
    that are printed in a paragraph stand in it as lines of their own.
    """
    if len(page.lines) > _MOST:
        page = replace(page, lines=page.lines[:_MOST])
    em = _text_size(page)
    lines = whole_lines(page.lines, em)
    numbers, lines = part_numbers(lines, page, em)
    tables = tables_of(page, lines, em)
    in_table = {line for table in tables for line in table.lines}
    holders = {_holder(table, em): table for table in tables}
    every = (*page.pictures, *_drawings(page.frames, page.lines, em))
    shown = (clear_of(each, lines, em) for each in every)
    pictures = tuple(
        each
        for each in shown
        if min(each.width, each.height) > 2 * em
        and each.width * each.height < 0.6 * page.width * page.height
    )
    sheet = Sheet(page=page, em=em, pictures=pictures, tables=holders)
    lines = [line for line in lines if line not in in_table]
    lying, _ = rules_of(page.frames, em)
    masthead, is_sure, lines = part_masthead(lines, lying, em)
    told = Role.FURNITURE if is_sure else None
    result = [replace(page_line(line, sheet), role=told) for row in masthead for line in row]
    for group in _article_groups([*lines, *holders], sheet):
        result += group_lines(group, sheet)
    result += [replace(page_line(line, sheet), role=Role.FURNITURE) for line in numbers]
    return tuple(result)


def _text_size(page: PrintedPage) -> float:
    """Return the size of running type, that of a table left out where there is text besides."""
    em = running_size(page.lines)
    in_table = {line for table in tables_of(page, page.lines, em) for line in table.lines}
    rest = [line for line in page.lines if line not in in_table]
    return running_size(rest) if sum(cells(line.text) for line in rest) >= _ASIDE else em


def _drawings(frames: Sequence[Rectangle], lines: Sequence[Printed], em: float) -> list[Rectangle]:
    """Return the filled places without type: pictures that are drawn, the outermost of each."""
    found: list[Rectangle] = []
    for frame in sorted(frames, key=lambda each: -each.width * each.height)[:_MOST_FRAMES]:
        if min(frame.width, frame.height) < _PICTURE * em or any(map(frame.touches, lines)):
            continue
        inside = any(
            other.x0 <= frame.x0 and frame.x1 <= other.x1
            and other.y0 <= frame.y0 and frame.y1 <= other.y1
            for other in found
        )  # fmt: skip
        if not inside:
            found.append(frame)
    return found


def _holder(table: Table, em: float) -> Printed:
    """Return a line that keeps a table's place while columns are cut."""
    frame = table.frame
    return Printed(text="\ufffc", x0=frame.x0, y0=frame.y0, x1=frame.x1, y1=frame.y1, em=em)


def _article_groups(lines: Sequence[Printed], sheet: Sheet) -> list[Group]:
    """Return all blocks of a page: article by article, boxed items behind what is around them."""
    holders = [line for line in lines if line in sheet.tables]
    boxes, rest = part_boxed(
        [line for line in lines if line not in sheet.tables], sheet.page, sheet.em
    )
    ground = _ground(sheet, boxes)
    ground = replace(ground, quoting=quote_rules(rest, ground))
    captions = captions_of(rest, sheet.pictures, sheet.em)
    for caption in captions:
        rest = [line for line in rest if line not in caption]
    stacks = cut([*rest, *holders], ground)
    flows = flows_of(stacks, ground, sheet.pictures)
    parts = [_flow_groups(flow, stacks, sheet, boxes) for flow in flows]
    for caption in captions:
        _insert_caption(caption, flows, parts, stacks, sheet)
    for boxed in boxes:
        at = _nearest(flows, boxed.frame) if flows else -1
        inner = _box_groups(boxed, sheet)
        if at < 0:
            parts.append(inner)
        else:
            parts[at] += inner
    return [group for part in parts for group in part]


def _ground(sheet: Sheet, boxes: Sequence[Boxed]) -> Ground:
    lying, standing = rules_of(sheet.page.frames, sheet.em)
    bars = (*lying, *sheet.pictures, *(boxed.frame for boxed in boxes))
    return Ground(em=sheet.em, bars=bars, posts=tuple(standing))


def _flow_groups(
    flow: Flow, stacks: Sequence[Stack], sheet: Sheet, boxes: Sequence[Boxed]
) -> list[Group]:
    walls = (*sheet.pictures, *(boxed.frame for boxed in boxes))

    def is_parted(above: Printed, line: Printed) -> bool:
        return any(
            above.middle < wall.y0 + sheet.em
            and wall.y1 - sheet.em < line.middle
            and min(wall.x1, line.x1) - max(wall.x0, line.x0) > 0.2 * (line.x1 - line.x0)
            for wall in walls
        )

    lines = [line for stack in flow.stacks for line in stack.lines]
    labels = labels_of(lines, sheet.page.frames, sheet.em)
    groups = groups_of(flow.stacks, stacks, sheet.em, is_parted, walls)
    for group in groups:
        if group.role is None and len(group.lines) == 1 and group.lines[0] in labels:
            group.role = None if group.lines[0].text.endswith(("。", "，", "；")) else Role.HEAD
    if groups and flow.opened:
        groups[0].opens = True
    return groups


def _insert_caption(
    caption: tuple[Printed, ...],
    flows: Sequence[Flow],
    parts: list[list[Group]],
    stacks: Sequence[Stack],
    sheet: Sheet,
) -> None:
    """Put a caption behind the block that stands above it in its column."""
    place = Rectangle(
        x0=min(line.x0 for line in caption), y0=min(line.y0 for line in caption),
        x1=max(line.x1 for line in caption), y1=max(line.y1 for line in caption),
    )  # fmt: skip
    stack = Stack(lines=caption, left=place.x0, right=place.x1)
    group = Group(
        kind=Kind.SMALL,
        lines=list(caption),
        column=column_of(stack, stacks, sheet.em),
        role=Role.CAPTION,
    )
    if not flows:
        parts.append([group])
        return
    part = parts[_nearest(flows, place)]
    part.insert(_caption_at(part, place, sheet.em), group)


def _caption_at(part: Sequence[Group], place: Rectangle, em: float) -> int:
    """Return which block a caption comes before: it follows the text above it in its column."""

    def is_over(line: Printed) -> bool:
        return line.x0 < place.x1 and line.x1 > place.x0

    above = [
        at
        for at, other in enumerate(part)
        if any(is_over(line) and line.y1 <= place.y0 + 0.5 * em for line in other.lines)
    ]
    below = [
        at
        for at, other in enumerate(part)
        if other.kind is Kind.RUNNING
        and is_over(other.lines[0])
        and other.lines[0].y0 >= place.y1 - 0.5 * em
    ]
    if below and not any(part[at].kind is Kind.RUNNING for at in above):
        return below[0]
    return above[-1] + 1 if above else len(part)


def _nearest(flows: Sequence[Flow], place: Rectangle) -> int:
    """Return which article a place belongs to: it is inside, or right below its beginning."""
    best = max(range(len(flows)), key=lambda at: flows[at].holds(place))
    if flows[best].holds(place) > 0.3:
        return best
    centre = (place.x0 + place.x1) / 2
    over = [
        at
        for at, flow in enumerate(flows)
        if flow.top <= place.y0 and any(s.left <= centre <= s.right for s in flow.stacks)
    ]
    above = [at for at, flow in enumerate(flows) if flow.top <= place.y0]
    return max(over or above or [0], key=lambda at: flows[at].top)


def _box_groups(boxed: Boxed, sheet: Sheet) -> list[Group]:
    """Return the blocks inside a box: an article of its own, or an aside."""
    frames = tuple(each for each in sheet.page.frames if each != boxed.frame)
    inner = replace(sheet, page=replace(sheet.page, frames=frames), tables={})
    if sum(cells(line.text) for line in boxed.lines) >= _ASIDE:
        inner = replace(inner, em=running_size(boxed.lines))  # boxes are often set smaller
    groups = _article_groups(boxed.lines, inner)
    if not groups:
        return []
    groups[0].goes_on = False
    first = groups[0]
    headed = first.kind in {Kind.LARGE, Kind.BOLD} and first.width < 40 and len(groups) > 1
    if headed and any(group.kind is Kind.RUNNING for group in groups[1:]):
        first.opens, first.role = True, Role.HEAD
    elif not first.opens and sum(group.width for group in groups) < _ASIDE:
        for group in groups:
            group.role = Role.CAPTION
    return groups
