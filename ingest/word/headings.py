"""Tells headings of a Word file: by style and outline, and where there is none, by their look."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.bylines import parse_byline
from ingest.cues import is_caption, is_heading_shaped, is_headline_question, is_subtitle
from ingest.markup.tree import Element, elements
from ingest.masthead import is_furniture, is_masthead
from ingest.places import parse_dateline
from ingest.word.clean import text_in
from ingest.word.styles import Look, Styles, W, paragraph_look, run_look

MARKS = {**{f"WenyuanHeading{level}": level for level in range(1, 7)}, "WenyuanCaption": 0}
"""The style ids that headings are marked with, with their levels; 0 for captions."""

_ISSUE = re.compile(r"(?:简报|通讯|快讯|专报|周报|月报|内刊|动态|信息|文件)$")
_SECTION = 3
_LARGER = 1.15
_LARGE = 1.35
_TOP = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A paragraph with text, and how it looks on the whole."""

    element: Element
    text: str
    size: float
    bold: bool
    look: Look
    in_table: bool


def mark_headings(root: Element, styles: Styles) -> None:
    """Give the headings and captions of a part the styles of `MARKS`, and all others none."""
    seen = [found for each in elements(root, f"{W}p") if (found := _see(each, styles))]
    usual = _usual_size(seen)
    title = _title(seen, usual)
    shift = int(title is not None)
    deepest = max((each.look.level or 0 for each in seen), default=0)
    below = title is None
    for each in seen:
        below = below or each is title
        # What stands above the title is the head of the page, however large it is.
        level = _level(each, usual, title, shift, deepest) if below else None
        _mark(each.element, 0 if each.look.caption else level)


def is_issue(text: str) -> bool:
    """Say whether a line is the name of what an office issues: 某某简报, 某某文件."""
    return len(text) <= 24 and _ISSUE.search(text) is not None


def _see(paragraph: Element, styles: Styles) -> _Seen | None:
    text = text_in(paragraph)
    if not text:
        return None
    above = paragraph_look(paragraph, styles)
    sizes: Counter[float] = Counter()
    bold = 0
    for run in elements(paragraph, f"{W}r"):
        look = run_look(run, above, styles)
        length = len(text_in(run))
        sizes[look.size or 21] += length
        bold += length if look.bold else 0
    total = max(sum(sizes.values()), 1)
    return _Seen(
        element=paragraph,
        text=text,
        size=sizes.most_common(1)[0][0] if sizes else 21,
        bold=bold >= 0.9 * total,
        look=above,
        in_table=next(paragraph.iterancestors(f"{W}tc"), None) is not None,
    )


def _usual_size(seen: Sequence[_Seen]) -> float:
    sizes: Counter[float] = Counter()
    for each in seen:
        sizes[each.size] += len(each.text)
    return sizes.most_common(1)[0][0] if sizes else 21


def _title(seen: Sequence[_Seen], usual: float) -> _Seen | None:
    """Return the paragraph that titles the file, if one does: by its style, or at its top.

    At the top: before any running text, the largest of what is centred or clearly larger.
    """
    styled = next((each for each in seen if each.look.title), None)
    if styled is not None:
        return styled
    top: list[_Seen] = []
    for each in seen[:_TOP]:
        if len(each.text) > 60 or each.text.endswith("。") or (each.look.level and not top):
            break
        if _is_shaped(each) and not each.look.level:
            top.append(each)
    fit = [each for each in top if each.look.centred or each.size >= _LARGE * usual]
    named = [each for each in fit if not is_masthead(each.text) and not is_issue(each.text)]
    return max(named or fit, key=lambda each: (each.size, each.bold), default=None)


def _level(each: _Seen, usual: float, title: _Seen | None, shift: int, deepest: int) -> int | None:
    """Return the heading level of a paragraph, or None where it is text."""
    if each is title:
        return 1
    if each.look.level:
        level = each.look.level + (0 if each.look.title else shift)
        return min(level, 6) if len(each.text) <= 80 else None
    if each.in_table or not _is_shaped(each):
        return None
    # As large as the title, in a file without styles: another article's.
    alike = title is not None and not title.look.title and each.size >= 0.95 * title.size
    if alike and not deepest and each.size >= _LARGE * usual:
        return 1
    larger = each.size >= _LARGER * usual
    if each.bold or larger or (each.look.centred and is_subtitle(each.text)):
        return min(max(_SECTION, deepest + shift + 1), 6)
    return None


def _is_shaped(each: _Seen) -> bool:
    """Say whether a paragraph could be a heading by its words."""
    text = each.text
    if each.look.caption or not (is_heading_shaped(text) or is_headline_question(text)):
        return False
    if is_caption(text) or is_furniture(text) or parse_byline(text):
        return False
    return parse_dateline(text) is None


def _mark(paragraph: Element, level: int | None) -> None:
    """Set the style of a paragraph to that of a level, or take it away."""
    name = next((mark for mark, each in MARKS.items() if each == level), None)
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        if name is None:
            return
        properties = paragraph.makeelement(f"{W}pPr")
        paragraph.insert(0, properties)
    for style in properties.findall(f"{W}pStyle"):
        properties.remove(style)
    if name is not None:
        style = paragraph.makeelement(f"{W}pStyle", {f"{W}val": name})
        properties.insert(0, style)
