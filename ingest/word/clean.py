"""Cleans the XML of a Word file: hidden and deleted text out, text boxes into the text."""

import re

from ingest.markup.tree import Element, elements
from ingest.word.styles import Look, Styles, W, is_shaded_cell, paragraph_look, run_look

_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = (f"{W}del", f"{W}moveFrom", f"{W}rPrChange", f"{W}pPrChange", f"{W}rt")
_TINY = 4
_HELD = {f"{W}p", f"{W}tbl"}


def clean(root: Element, styles: Styles) -> str:
    """Leave in a part what its reader sees, and return what was hidden in it."""
    for element in list(elements(root, *_GONE)):
        _remove(element)
    _choose(root)
    _lift_boxes(root)
    return _drop_hidden(root, styles)


def text_in(element: Element) -> str:
    """Return the text in a paragraph or run in one line."""
    parts = (
        each.text or "" if each.tag == f"{W}t" else " "
        for each in elements(element, f"{W}t", f"{W}tab", f"{W}br", f"{W}cr")
    )
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def _choose(root: Element) -> None:
    """Leave one of the versions in which a drawing is written: that for old programs, if any."""
    for element in list(elements(root, f"{_CHOICE}AlternateContent")):
        choices = element.findall(f"{_CHOICE}Choice")
        fallback = element.find(f"{_CHOICE}Fallback")
        boxes = fallback is not None and next(elements(fallback, f"{W}t"), None) is not None
        kept = fallback if boxes or not choices else choices[0]
        parent = element.getparent()
        if kept is None or parent is None:
            continue
        at = parent.index(element)
        for child in reversed(list(kept)):
            parent.insert(at, child)
        parent.remove(element)


def _lift_boxes(root: Element) -> None:
    """Set the paragraphs of text boxes behind the paragraphs that the boxes hang on."""
    last: dict[Element, Element] = {}
    for box in list(elements(root, f"{W}txbxContent")):
        host = next(box.iterancestors(f"{W}p"), None)
        if host is None:
            continue
        after = last.get(host, host)
        for child in [each for each in box if each.tag in _HELD]:
            after.addnext(child)
            after = child
        last[host] = after
        _remove(box)


def _drop_hidden(root: Element, styles: Styles) -> str:
    hidden: list[str] = []
    for paragraph in elements(root, f"{W}p"):
        above = paragraph_look(paragraph, styles)
        grounded = above.shaded or any(map(is_shaded_cell, paragraph.iterancestors(f"{W}tc")))
        for run in list(elements(paragraph, f"{W}r")):
            look = run_look(run, above, styles)
            if _is_unseen(look, grounded=bool(grounded)):
                hidden.append(text_in(run))
                _remove(run)
    return "\n".join(text for text in hidden if text)


def _is_unseen(look: Look, *, grounded: bool) -> bool:
    white = look.white and not (look.shaded or grounded)
    return bool(look.hidden or white or (look.size is not None and look.size < _TINY))


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
