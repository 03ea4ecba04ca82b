"""Reads e-books (.epub): chapter by chapter in the order of the book, each as a page is read."""

import posixpath
from dataclasses import dataclass, replace
from urllib.parse import unquote

from ingest.decode import decode
from ingest.limits import letters, too_long
from ingest.markup.lines import lines_of
from ingest.markup.paragraphs import paragraphs_of
from ingest.markup.prune import prune_code, prune_hidden
from ingest.markup.tree import Element, drop, elements, parse_page, parse_xml, text_of
from ingest.masthead import find_date
from ingest.package import Package, open_package
from ingest.reading import Line, Reading, Role, Unreadable, whole

LABEL = "电子书（.epub）"

_BROKEN = "电子书的目录缺失或已损坏，请换一个完整的文件后收入。"
_LOCKED = "电子书有版权加密（DRM），读不了，请换没有加密的版本。"
_EMPTY = "电子书里没有文字，可能整本都是图片，请把图片另外保存后收入。"
_PAGES = (".xhtml", ".html", ".htm", ".xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings of the reader of e-books.

    Attributes:
        max_unpacked_bytes: what all parts of a book may come to.
        max_text_chars: a book with more text is refused.
    """

    max_unpacked_bytes: int = 200_000_000
    max_text_chars: int = 3_000_000


class EpubReader:
    """Reads the chapters that the book's own list names, and what it says of itself."""

    def __init__(self, config: Config) -> None:
        """Keep the settings."""
        self._config = config

    def read(self, data: bytes) -> Reading | Unreadable:
        """Return the lines of the book, or why there are none."""
        package = open_package(data, self._config.max_unpacked_bytes, "电子书")
        if isinstance(package, Unreadable):
            return package
        if _is_locked(package):
            return Unreadable(reason=_LOCKED)
        place = _place_of_list(package)
        found = parse_xml(package.read(place) or b"") if place else None
        if place is None or found is None:
            return Unreadable(reason=_BROKEN)
        lines: list[Line] = []
        hidden: list[str] = []
        count = 0
        for name in _chapters(found, posixpath.dirname(place)):
            own, unseen = _chapter(package.read(name))
            lines += own
            count += sum(letters(line.text) for line in own)
            refused = too_long(count, self._config.max_text_chars)
            if refused:
                return refused
            hidden += [unseen] if unseen else []
        if not any(line.level is None for line in lines):
            return Unreadable(reason=_EMPTY)
        return whole("epub", (*_masthead(found), *lines), "\n".join(hidden))


def build(config: Config) -> EpubReader:
    """Make the reader."""
    return EpubReader(config)


def _named(root: Element, name: str) -> list[Element]:
    """Return the elements of a name, whatever their namespace."""
    return list(elements(root, f"{{*}}{name}"))


def _is_locked(package: Package) -> bool:
    """Say whether chapters are encrypted; fonts often are, and nobody reads them."""
    found = parse_xml(package.read("META-INF/encryption.xml") or b"")
    if found is None:
        return False
    names = [each.get("URI") or "" for each in _named(found, "CipherReference")]
    return any(name.lower().endswith(_PAGES) for name in names)


def _place_of_list(package: Package) -> str | None:
    """Return the name of the part that lists all others."""
    found = parse_xml(package.read("META-INF/container.xml") or b"")
    named = (
        [each.get("full-path") for each in _named(found, "rootfile")] if found is not None else []
    )
    known = [name for name in package.names if name.lower().endswith(".opf")]
    return next((name for name in (*named, *known) if name in package.names), None)


def _chapters(book: Element, folder: str) -> list[str]:
    """Return the names of the chapters in order, without the table of contents."""
    items = {each.get("id"): each for each in _named(book, "item")}
    names: list[str] = []
    for reference in _named(book, "itemref"):
        item = items.get(reference.get("idref"))
        if item is None or "nav" in (item.get("properties") or "").split():
            continue
        if "html" in (item.get("media-type") or "html") and item.get("href"):
            path = unquote(item.get("href").split("#")[0])
            names.append(posixpath.normpath(posixpath.join(folder, path)))
    return list(dict.fromkeys(names))


def _masthead(book: Element) -> list[Line]:
    """Return publisher, date and title of a book of several chapters as lines of a masthead."""
    texts = {
        name: next((text for each in _named(book, name) if (text := text_of(each))), "")
        for name in ("publisher", "date", "title")
    }
    lines = [
        f"来源：{texts['publisher'].replace(' ', '')[:24]}" if texts["publisher"] else "",
        find_date(texts["date"]) or "",
        texts["title"][:80],
    ]
    return [Line(text=text, gap=1, role=Role.FURNITURE, joins=False) for text in lines if text]


def _chapter(data: bytes | None) -> tuple[list[Line], str]:
    """Return the lines of a chapter, its first heading of the first level; and its hidden text."""
    text = decode(data) if data else None
    root = parse_page(text.replace("\0", "")) if text else None
    if root is None:
        return [], ""
    sheet = prune_code(root)
    hidden = prune_hidden(root, sheet)
    for each in list(elements(root, "nav")):
        drop(each)
    paragraphs = paragraphs_of(root)
    if sum(each.linked > 0.8 for each in paragraphs) > 0.6 * len(paragraphs):
        return [], hidden  # a table of contents that is not marked as one
    lines = lines_of(paragraphs)
    return _opened(lines), hidden


def _opened(lines: list[Line]) -> list[Line]:
    """Let a chapter begin as an article of its own: with the highest of its headings."""
    highest = min((line.level for line in lines if line.level), default=None)
    if highest is None:
        return lines
    first = next(at for at, line in enumerate(lines) if line.level == highest)
    shifted = [
        replace(line, level=line.level - highest + 1) if line.level else line for line in lines
    ]
    shifted[first] = replace(shifted[first], ruled=True)
    return shifted
