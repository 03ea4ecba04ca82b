"""Reads the style attributes of a page: what they hide, and how large, bold or centred text is."""

import re
from collections.abc import Mapping

from ingest.markup.tree import Element

_DECLARATION = re.compile(r"([\w-]{1,40})\s*:\s*([^;]{1,200})")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT_RULE = re.compile(r"@[^{};]{0,200}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,4000})\}")
_SIMPLE = re.compile(r"^[.#][\w-]{1,80}$")
_SIZE = re.compile(r"^(\d{1,3}(?:\.\d+)?)(px|pt|r?em|%)$")
_OFF = re.compile(r"^-\d{3,}(?:\.\d+)?(?:px|em|pt|rem)?$")
_PIXELS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "%": 0.16}
_NAMED = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0,
    "large": 18.0, "x-large": 24.0, "xx-large": 32.0,
}  # fmt: skip
_FONT_SIZES = (10.0, 13.0, 16.0, 18.0, 24.0, 32.0, 48.0)
_WHITE = re.compile(
    r"^(?:white|#f[a-f]f[a-f]f[a-f]|#fff|rgba?\((?:25[0-5]\D+){3}.*|transparent|.*,\s*0(?:\.0+)?\s*\))$"
)

Style = Mapping[str, str]


def style_of(element: Element) -> Style:
    """Return the declarations of an element's style attribute, in small letters."""
    text = element.get("style")
    return _declarations(text) if text else {}


def hides(style: Style) -> bool:
    """Say whether declarations make text invisible by themselves, whatever is round it."""
    if style.get("display") == "none" or style.get("visibility") in {"hidden", "collapse"}:
        return True
    if _number(style.get("opacity")) == 0 or _is_tiny(style.get("font-size")):
        return True
    away = style.get("position") in {"absolute", "fixed"}
    places = [style.get(side, "") for side in ("left", "top", "right")] if away else []
    places += [style.get("text-indent", ""), style.get("margin-left", "")]
    if any(_OFF.match(place) for place in places):
        return True
    clipped = style.get("clip", "").replace(" ", "").startswith("rect(0")
    return away and (clipped or style.get("clip-path", "").startswith("inset(50%"))


def is_white(style: Style, element: Element) -> bool:
    """Say whether text is written in white, or in no colour at all."""
    colour = style.get("color") or (element.get("color") or "").lower()
    return _WHITE.match(colour.strip()) is not None if colour else False


def has_ground(style: Style, element: Element) -> bool:
    """Say whether an element is laid on a colour or picture of its own, but for white."""
    ground = " ".join(value for name, value in style.items() if name.startswith("background"))
    ground = ground or (element.get("bgcolor") or element.get("background") or "").lower()
    return ground != "" and _WHITE.match(ground.strip()) is None and ground != "none"


def hidden_names(sheet: str) -> frozenset[str]:
    """Return the classes (.name) and ids (#name) that a style sheet hides on every screen."""
    rules = _RULE.finditer(_AT_RULE.sub("", _COMMENT.sub("", sheet[:500_000])))
    return frozenset(
        name.strip()
        for rule in rules
        if hides(_declarations(rule[2]))
        for name in rule[1].split(",")
        if _SIMPLE.match(name.strip())
    )


def pixels(style: Style, element: Element, inherited: float | None) -> float | None:
    """Return the type size of an element in pixels; what it inherits where it sets none."""
    if element.tag == "font" and (element.get("size") or "").isdigit():
        return _FONT_SIZES[min(max(int(element.get("size")), 1), 7) - 1]
    value = style.get("font-size", "")
    if value in _NAMED:
        return _NAMED[value]
    found = _SIZE.match(value)
    if not found:
        return inherited
    if found[2] in {"em", "%"} and inherited:
        return float(found[1]) * inherited / (1.0 if found[2] == "em" else 100.0)
    return float(found[1]) * _PIXELS[found[2]]


def is_bold(style: Style, element: Element) -> bool | None:
    """Say whether an element's text is bold; None where it does not tell."""
    weight = style.get("font-weight", "")
    if weight in {"bold", "bolder", "600", "700", "800", "900"}:
        return True
    if weight in {"normal", "400", "lighter", "300"}:
        return False
    return True if element.tag in {"b", "strong"} else None


def is_centred(style: Style, element: Element) -> bool | None:
    """Say whether an element's lines are centred; None where it does not tell."""
    aligned = style.get("text-align") or (element.get("align") or "").lower()
    if element.tag == "center" or aligned == "center":
        return True
    return False if aligned else None


def _declarations(text: str) -> dict[str, str]:
    found = _DECLARATION.findall(text[:4000].lower())
    return {name: value.replace("!important", "").strip() for name, value in found}


def _number(value: str | None) -> float | None:
    try:
        return float(value) if value else None
    except ValueError:
        return None


def _is_tiny(value: str | None) -> bool:
    found = re.match(r"^(\d{1,3}(?:\.\d+)?)(?:px|pt)?$", value or "")
    return found is not None and float(found[1]) < 2
