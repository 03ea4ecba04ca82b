"""Reads Word files (.docx): text, tables, text boxes, notes; headings by style or by look."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.markup.lines import apart, is_letter_number, lines_of
from ingest.markup.paragraphs import Paragraph, paragraphs_of
from ingest.markup.tree import Element, drop, elements, parse_page, parse_xml, write_xml
from ingest.masthead import is_masthead
from ingest.package import Package, open_package
from ingest.reading import Line, Reading, Role, Unreadable, whole
from ingest.word.clean import clean, text_in
from ingest.word.headings import MARKS, is_issue, mark_headings
from ingest.word.styles import Styles, W, read_styles

LABEL = "Word 文档（.docx）"

_BROKEN = "Word 文档不完整或已损坏，请在 Word 或 WPS 里打开并另存一份后收入。"
_DECLARES = "Word 文档里有不该有的实体声明，没有读取，请在 Word 或 WPS 里另存一份后收入。"
_PICTURES = "Word 文档里只有图片，没有文字，请把图片另外保存后收入。"
_LARGE = "Word 文档的文字过多，请拆成几份再收入。"
_EMPTY = "Word 文档里没有文字，请检查是不是选错了文件。"
_PART = re.compile(r"^(?:\[Content_Types\]\.xml|_rels/\.rels|word/(?:_rels/)?[^/]+\.(?:xml|rels))$")
_HEAD_LINES = 7
_MOST_TEXT = 20_000_000  # bytes of a part: half a minute of work, and some hundred MB
_NOT_READ = ("stylesWithEffects", "theme", "ettings", "fontTable", "comments", "people", "glossary")
_TEXT = re.compile(r"^word/(?:document\d*|footnotes|endnotes)\.xml$")
_FAILURES = (
    ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError,
    zipfile.BadZipFile,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings of the reader of Word files.

    Attributes:
        max_unpacked_bytes: what all parts of a file may come to.
    """

    max_unpacked_bytes: int = 200_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cleaned:
    """The parts of a file as they are converted, its headers, and what was hidden."""

    parts: dict[str, bytes]
    headers: tuple[str, ...]
    hidden: str


class DocxReader:
    """Cleans a file, has mammoth make a page of it, and reads that as pages are read."""

    def __init__(self, config: Config) -> None:
        """Keep the settings."""
        self._config = config

    def read(self, data: bytes) -> Reading | Unreadable:
        """Return the lines of the file, or why there are none."""
        package = open_package(data, self._config.max_unpacked_bytes, "Word 文档")
        cleaned = package if isinstance(package, Unreadable) else _cleaned(package)
        if isinstance(cleaned, Unreadable):
            return cleaned
        page = _converted(cleaned.parts)
        if page is None:
            return Unreadable(reason=_BROKEN)
        paragraphs = paragraphs_of(page)
        if not paragraphs:
            pictured = next(elements(page, "img"), None) is not None
            return Unreadable(reason=_PICTURES if pictured else _EMPTY)
        lines = apart(_with_head(lines_of(paragraphs)))
        return whole("docx", (*_masthead(cleaned.headers, paragraphs), *lines), cleaned.hidden)


def build(config: Config) -> DocxReader:
    """Make the reader."""
    return DocxReader(config)


def _cleaned(package: Package) -> _Cleaned | Unreadable:
    """Parse the parts that matter and clean those with text; no other part is looked at."""
    parts: dict[str, Element] = {}
    for name in package.names:
        if not _PART.match(name) or any(word in name for word in _NOT_READ):
            continue
        data = package.read(name) or b""
        if len(data) > _MOST_TEXT:
            return Unreadable(reason=_LARGE)
        root = parse_xml(data)
        if root is None:
            declares = b"<!DOCTYPE" in data.replace(b"\0", b"")
            return Unreadable(reason=_DECLARES if declares else _BROKEN)
        parts[name] = root
    styles = read_styles(parts.get("word/styles.xml"))
    hidden = [clean(root, styles) for name, root in parts.items() if _TEXT.match(name)]
    for name, root in parts.items():
        if name.startswith("word/document"):
            mark_headings(root, styles)
    return _Cleaned(
        parts={name: write_xml(root) for name, root in parts.items()},
        headers=tuple(_headers(parts, styles)),
        hidden="\n".join(text for text in hidden if text),
    )


def _headers(parts: dict[str, Element], styles: Styles) -> Iterator[str]:
    """Yield the lines of the headers, and those of the footers that name paper, date or page."""
    for name, root in parts.items():
        if not name.startswith(("word/header", "word/footer")):
            continue
        clean(root, styles)
        for paragraph in elements(root, f"{W}p"):
            text = text_in(paragraph)
            if len(text) > 1 and (name.startswith("word/header") or is_masthead(text)):
                yield text


def _converted(parts: dict[str, bytes]) -> Element | None:
    """Return the file as a page, or None where mammoth cannot make one of it."""
    import mammoth

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    marks = [
        f"p.{mark} => " + (f"h{level}:fresh" if level else "p.caption:fresh")
        for mark, level in MARKS.items()
    ]
    try:
        page = mammoth.convert_to_html(
            packed,
            style_map="\n".join(marks),
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(lambda _: {"src": ""}),
        ).value
    except _FAILURES:
        return None
    root = parse_page(f"<html><body>{page}</body></html>")
    if root is not None:
        _drop_references(root)
    return root


def _drop_references(root: Element) -> None:
    """Take the marks of notes out of the text, and the arrows back to it out of the notes."""
    for link in list(elements(root, "a")):
        if re.match(r"#(?:foot|end)note-", link.get("href") or ""):
            drop(link)


def _masthead(headers: tuple[str, ...], paragraphs: list[Paragraph]) -> list[Line]:
    """Return each line of the headers once, but for what the text has itself."""
    own = {each.text for each in paragraphs}
    texts = [text for text in dict.fromkeys(headers) if text not in own and len(text) <= 80]
    return [Line(text=text, gap=1, role=Role.FURNITURE, joins=False) for text in texts[:6]]


def _with_head(lines: list[Line]) -> list[Line]:
    """Give a letter or newsletter its head back: its name and number, down to its headline."""
    tops = [at for at, line in enumerate(lines[:_HEAD_LINES]) if line.level == 1]
    numbers = [at + 1 for at, line in enumerate(lines[:6]) if is_letter_number(line.text)]
    end = next(iter(numbers + tops), 0)
    above = lines[:end]
    named = any(
        is_letter_number(each.text) or is_masthead(each.text) or is_issue(each.text)
        for each in above
    )
    if not named or any(len(each.text) > 40 or "。" in each.text for each in above):
        return lines
    head = [replace(each, role=Role.FURNITURE, level=None) for each in above]
    return [*head, *lines[end:]]
