"""Parses a page into a tree, safely: no entities are expanded, and no depth is a danger."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

Element = Any
"""An element of lxml, which has no types."""

_SPACES = re.compile(r"\s+")
# A document type with declarations of its own: HTML has none, and would read them as text.
_DECLARED = re.compile(r"<!DOCTYPE[^>\[]{0,300}\[[^\]]{0,20000}\]\s*>", re.IGNORECASE)


def parse_page(text: str) -> Element | None:
    """Return the root of a page, without comments; None where there is nothing in it.

    The parser is that for HTML, even for XHTML: it knows no document type, so no entity of the
    file's own is ever expanded; and what is nested deeper than any page is, it lays flat.
    """
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        plain = _DECLARED.sub("", text, count=1)
        root = etree.fromstring(plain.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


def parse_xml(data: bytes) -> Element | None:
    """Return the root of an XML part; None where it is broken or brings a document type along.

    No part of a Word file or e-book needs one, and entity bombs do.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    info = root.getroottree().docinfo
    return None if info.doctype or info.internalDTD is not None else root


def write_page(root: Element) -> str:
    """Return a page as text."""
    from lxml import etree

    written: str = etree.tostring(root, encoding="unicode", method="html")
    return written


def write_xml(root: Element) -> bytes:
    """Return an XML part as bytes."""
    from lxml import etree

    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def text_of(element: Element, between: str = "", most: int | None = None) -> str:
    """Return the text in an element in one line, parts joined by `between`; `most` parts of it."""
    return _SPACES.sub(" ", between.join(islice(element.itertext(), most))).strip()


def prose(element: Element) -> int:
    """Return how many characters of an element are no part of a link."""
    linked = sum(
        len(text_of(link))
        for link in elements(element, "a")
        if not any(above.tag == "a" for above in link.iterancestors("a"))
    )
    return max(len(text_of(element)) - linked, 0)


def prose_of_all(root: Element) -> dict[Element, int]:
    """Return for each element what `prose` says of it, in one walk."""
    from lxml import etree

    counts: dict[Element, int] = {}
    stack = [0]
    links = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            links += element.tag == "a"
            stack.append(0 if links else len((element.text or "").strip()))
            continue
        counts[element] = stack.pop()
        links -= element.tag == "a"
        behind = 0 if links or element is root else len((element.tail or "").strip())
        stack[-1] += counts[element] + behind
    return counts


def drop(element: Element) -> None:
    """Take an element out of its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def is_within(element: Element, other: Element) -> bool:
    """Say whether an element is another one, or stands in it."""
    return element is other or any(above is other for above in element.iterancestors())


def names_of(element: Element) -> str:
    """Return the classes and the id of an element, in small letters, as far as anybody names."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower().strip()[:300]


def elements(root: Element, *tags: str) -> Iterator[Element]:
    """Yield elements in document order, those of the given names alone where any are given."""
    return (found for found in root.iter(*tags) if isinstance(found.tag, str))
