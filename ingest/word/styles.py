"""Resolves what Word's styles and runs set: type size, bold, centred, hidden, heading level."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from ingest.markup.tree import Element, elements

_T = TypeVar("_T")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of Word's elements and attributes."""

_OFF = {"0", "false", "off", "none"}
_DEPTH = 12
_TITLES = {"title": 1, "标题": 1, "subtitle": 2, "副标题": 2}
_HEADINGS = {f"{word} {level}": level for word in ("heading", "标题") for level in range(1, 10)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How text looks; None where nothing is set.

    Attributes:
        size: in half points.
        level: heading level from 1, as styles and outline tell.
        title: it is in the style for the title of the document.
        caption: it is in the style for the text of pictures.
    """

    size: float | None = None
    bold: bool | None = None
    centred: bool | None = None
    hidden: bool | None = None
    white: bool | None = None
    shaded: bool | None = None
    level: int | None = None
    title: bool = False
    caption: bool = False

    def over(self, other: "Look") -> "Look":
        """Return this look laid over another: what it does not set is the other's."""
        return Look(
            size=_first(self.size, other.size),
            bold=_first(self.bold, other.bold),
            centred=_first(self.centred, other.centred),
            hidden=_first(self.hidden, other.hidden),
            white=_first(self.white, other.white),
            shaded=_first(self.shaded, other.shaded),
            level=_first(self.level, other.level),
            title=self.title or other.title,
            caption=self.caption or other.caption,
        )


Styles = Mapping[str, Look]


def read_styles(root: Element | None) -> Styles:
    """Return the look of each style by its id, and under the empty id that of plain text."""
    if root is None:
        return {"": Look(size=21)}
    found = {each.get(f"{W}styleId") or "": each for each in elements(root, f"{W}style")}
    default = root.find(f"{W}docDefaults")
    plain = Look(size=20) if default is None else _defaults(default)
    for each in found.values():
        if each.get(f"{W}default") == "1" and each.get(f"{W}type") == "paragraph":
            plain = _own(each).over(plain)
    looks = {name: _resolved(name, found).over(plain) for name in found}
    return {**looks, "": plain}


def paragraph_look(paragraph: Element, styles: Styles) -> Look:
    """Return the look that a paragraph gives to its runs."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        return styles[""]
    named = _value(properties, "pStyle")
    base = styles.get(named or "", styles[""])
    own = _paragraph_properties(properties)
    return own.over(base)


def run_look(run: Element, above: Look, styles: Styles) -> Look:
    """Return the look of a run in a paragraph of a look."""
    properties = run.find(f"{W}rPr")
    if properties is None:
        return above
    named = styles.get(_value(properties, "rStyle") or "-")
    # A character style sets what it sets; what it leaves to plain text, the paragraph sets.
    base = replace(named, size=None, level=None).over(above) if named else above
    return _run_properties(properties).over(base)


def _first(one: _T | None, other: _T | None) -> _T | None:
    return other if one is None else one


def _resolved(name: str, found: Mapping[str, Element]) -> Look:
    look = Look()
    for _ in range(_DEPTH):
        element = found.get(name)
        if element is None:
            break
        look = look.over(_own(element))
        name = _value(element, "basedOn") or ""
    return look


def _own(style: Element) -> Look:
    name = (_value(style, "name") or "").lower()
    run, paragraph = style.find(f"{W}rPr"), style.find(f"{W}pPr")
    look = Look() if run is None else _run_properties(run)
    if paragraph is not None:
        look = _paragraph_properties(paragraph).over(look)
    return replace(
        look,
        level=_HEADINGS.get(name) or _TITLES.get(name) or look.level,
        title=name in {"title", "标题"},
        caption=name in {"caption", "题注", "图注", "图片说明"},
    )


def _defaults(element: Element) -> Look:
    run = element.find(f"{W}rPrDefault/{W}rPr")
    return Look(size=20) if run is None else _run_properties(run).over(Look(size=20))


def _paragraph_properties(properties: Element) -> Look:
    aligned, outline = _value(properties, "jc"), _value(properties, "outlineLvl")
    level = int(outline) + 1 if outline and outline.isdigit() and int(outline) < 9 else None
    return Look(
        centred=None if aligned is None else aligned == "center",
        level=level,
        shaded=True if _is_shaded(properties) else None,
    )


def _run_properties(properties: Element) -> Look:
    size, colour = _value(properties, "sz"), _value(properties, "color")
    lit = _value(properties, "highlight")
    return Look(
        size=float(size) if size and size.isdigit() else None,
        bold=_flag(properties, "b"),
        hidden=_flag(properties, "vanish"),
        white=None if colour is None else colour.upper() == "FFFFFF",
        shaded=True if _is_shaded(properties) or (lit or "none") not in {"none", "white"} else None,
    )


def _is_shaded(properties: Element) -> bool:
    shade = properties.find(f"{W}shd")
    fill = "auto" if shade is None else (shade.get(f"{W}fill") or "auto")
    return fill.lower() not in {"auto", "ffffff"}


def is_shaded_cell(cell: Element) -> bool:
    """Say whether a cell of a table has a colour of its own."""
    properties = cell.find(f"{W}tcPr")
    return properties is not None and _is_shaded(properties)


def _value(element: Element, name: str) -> str | None:
    found = element.find(f"{W}{name}")
    value: str | None = None if found is None else found.get(f"{W}val")
    return value


def _flag(properties: Element, name: str) -> bool | None:
    found = properties.find(f"{W}{name}")
    return None if found is None else (found.get(f"{W}val") or "1").lower() not in _OFF
