"""Finds the headline of a page: which element it is, or what the page says it is."""

import re
from collections.abc import Mapping

from ingest.markup.head import Head
from ingest.markup.style import pixels, style_of
from ingest.markup.tree import Element, elements, is_within, names_of, text_of
from ingest.masthead import is_masthead
from ingest.normalise import repair_characters

_TITLES = {"founder-title", "#activity-name"}
_LARGE = 20.0  # pixels: no text is set so large
_LONGEST = 400
_MOST_PARTS = 60
_TITLED = re.compile(r"(?:^|[\s_-])(?:\w*title|headline|biaoti|bt|tit)(?=$|[\s_-]|\d)")


def find_title(root: Element, content: Element, head: Head) -> Element | None:
    """Return the element with the headline: by its name, or a heading whose words the head has."""
    order = {element: at for at, element in enumerate(elements(root))}
    end = max(order[each] for each in elements(content))
    found = [each for each in order if _is_titled(each) and order[each] <= end]
    for each in found:
        if is_named(each, _TITLES) and plain_text(each):
            return each
    named = [each for each in found if _matches(plain_text(each), head.title)]
    if named:
        return max(named, key=lambda each: (each.tag == "h1", len(plain_text(each)), -order[each]))
    first = order[content]
    tops = [each for each in found if each.tag == "h1" and not is_masthead(plain_text(each))]
    above = [each for each in tops if order[each] < first and 4 <= len(plain_text(each)) <= 80]
    if above:
        return above[-1]
    within = [each for each in tops if order[each] > first]
    if len(within) == 1:
        return within[0]
    alike = _written_alike(root, content, head)
    return alike if alike is not None else _written_largest(order, content)


def _written_alike(root: Element, content: Element, head: Head) -> Element | None:
    """Return the first element that says what the title in the head says, whatever its name."""
    if len(head.title) < 4:
        return None
    for each in elements(root):
        if each is content:
            break
        start = (each.text or "").strip()[:4]
        if start and head.title.startswith(start) and plain_text(each) == head.title:
            return each
    return None


def _written_largest(order: Mapping[Element, int], content: Element) -> Element | None:
    """Return the line above the text that a style sets in by far the largest type, if one is."""
    found = [
        (size, -order[each], each)
        for each in order
        if order[each] < order[content]
        and (size := pixels(style_of(each), each, None)) is not None
        and size >= _LARGE
        and 4 <= len(plain_text(each)) <= 60
        and not is_masthead(plain_text(each))
        and not is_within(content, each)
    ]
    return max(found, key=lambda each: each[:2])[2] if found else None


def _is_titled(element: Element) -> bool:
    if element.tag in {"h1", "h2", "h3", "founder-title"}:
        return True
    return _TITLED.search(names_of(element)) is not None and len(element) <= 3


def _matches(text: str, title: str) -> bool:
    if not 4 <= len(text) <= 100 or not title:
        return False
    plain, other = re.sub(r"\W", "", text), re.sub(r"\W", "", title)
    return (plain in other and 2 * len(plain) > len(other)) or (other in plain and len(plain) < 100)


def is_named(element: Element, names: set[str]) -> bool:
    """Say whether a tag, an id (#) or a class (.) of an element is among some names."""
    own = {element.tag, f"#{(element.get('id') or '').lower()}"}
    own |= {f".{name}" for name in (element.get("class") or "").lower().split()}
    return bool(own & names)


def plain_text(element: Element) -> str:
    """Return the text of an element in one line, its characters repaired."""
    return (
        repair_characters(text_of(element, most=_MOST_PARTS)[:_LONGEST])
        .strip()
        .strip("\u3000")
        .strip()
    )


def unclosed_title(content: Element) -> str:
    """Return the headline in a heading that was never closed, so that all the text is in it."""
    holder = next(content.iterancestors("h1", "h2"), None)
    return (holder.text or "").strip() if holder is not None else ""
