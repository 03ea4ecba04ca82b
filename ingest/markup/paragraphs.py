"""Walks through a tree and gathers its paragraphs, with what the marks say of each."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from ingest.markup.style import is_bold, is_centred, pixels, style_of
from ingest.markup.tables import rows_of
from ingest.markup.tree import Element, names_of
from ingest.normalise import repair_characters
from store.text import HAN

_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "picture", "q", "rp", "rt", "ruby",
    "s", "samp", "small", "source", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr",
))  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PICTURES = {"img", "picture", "image", "amp-img", "mpvideosnap", "video"}
_HOLDERS = {"p", "td", "figure", "center", "li", "dt", "dd"}
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:caption|figcaption|figure-?desc|ima?ge?[_-]?(?:descr?|note|text|caption)|pic-?(?:desc|note|text|txt)|photo-?desc|"
    r"wp-caption-text|tushuo|tuzhu)(?=$|[\s_-])|img-caption|imgcaption|imagecaption"
)
# What holds date, source and author of an article, each in an element of its own.
_INFO = re.compile(
    r"(?:^|[\s_-])(?:meta|info|byline|source|author|pub-?time|date|time|ly|laiyuan|(?:entry|post|article)-header)(?=$|[\s_-]|\d)"
    r"|(?:article|news|page|art|detail)_?-?(?:info|meta|date|time)"
)
_WHITE = re.compile(r"[ \t\r\n\f\xa0]+")
_BREAK = re.compile(rf"\n(?=[{HAN}，。、：；“”（）])")
# Paragraphs set by hand in one element: a sentence ends, and an indent of two characters follows.
_BY_HAND = re.compile(r"(?<=[。！？”…）：])[ \xa0]*(?:\u3000[ \xa0]*){2,}|(?<=[。！？”…])\xa0{4,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of a page.

    Attributes:
        text: in one line.
        level: heading level, where it is marked up as a heading.
        bold: share of its characters that is bold; linked: that is part of links (0 to 1).
        size: type size in pixels, where it is told.
        centred: its lines are.
        caption: it is marked up as the text of a picture.
        item: it is an item of a list; row: a row of a table.
        below_picture: nothing stands between it and the picture above; beside: it is in the same
            element as that.
    """

    text: str
    level: int | None = None
    bold: float = 0.0
    linked: float = 0.0
    size: float | None = None
    centred: bool = False
    caption: bool = False
    item: bool = False
    row: bool = False
    below_picture: bool = False
    beside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marks:
    """What holds inside an element."""

    bold: bool = False
    linked: bool = False
    centred: bool = False
    caption: bool = False
    item: bool = False
    verbatim: bool = False
    spaced: bool = False
    size: float | None = None
    level: int | None = None


@dataclass(slots=True)
class _Gathered:
    """The paragraph that is being read."""

    marks: _Marks
    parts: list[str] = field(default_factory=list)
    count: int = 0
    bold: int = 0
    linked: int = 0
    sizes: Counter[float] = field(default_factory=Counter)

    def add(self, text: str, marks: _Marks) -> None:
        if not self.count:
            self.marks = marks
        length = len(text.strip())
        self.parts.append(text)
        self.count += length
        self.bold += length if marks.bold else 0
        self.linked += length if marks.linked else 0
        if marks.size:
            self.sizes[marks.size] += length


def paragraphs_of(root: Element, *, spaced: bool = False) -> list[Paragraph]:
    """Return the paragraphs in an element.

    Args:
        root: the element.
        spaced: parts of a line that have elements of their own are set apart by a space, as
            date, source and author of an article are.
    """
    return _Walk(spaced=spaced).through(root)


class _Walk:
    """One walk, from the first element to the last, without recursion."""

    def __init__(self, *, spaced: bool) -> None:
        self._found: list[Paragraph] = []
        self._stack: list[_Marks] = [_Marks(spaced=spaced)]
        self._path: list[Element] = []
        self._open = _Gathered(_Marks())
        self._picture: Element | None = None

    def through(self, root: Element) -> list[Paragraph]:
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                self._start(element)
                if element.tag == "table" and (rows := rows_of(element)):
                    self._found += [Paragraph(text=row, row=True) for row in rows]
                    walk.skip_subtree()
                else:
                    self._take(element.text)
            else:
                self._end(element)
                if element is not root:
                    self._take(element.tail)
        self._flush()
        return self._found

    def _start(self, element: Element) -> None:
        above = self._stack[-1]
        if element.tag == "br" and above.level:
            self._open.add(" ", above)
        elif not _is_inline(element):
            self._flush()
        if element.tag in _PICTURES:
            self._flush()
            self._picture = element
        self._stack.append(_marks(element, above))
        self._path.append(element)

    def _end(self, element: Element) -> None:
        if not _is_inline(element) and not (element.tag == "br" and self._stack[-1].level):
            self._flush()
        self._path.pop()
        self._stack.pop()
        if self._stack[-1].spaced and _is_inline(element):
            self._open.add(" ", self._stack[-1])

    def _take(self, text: str | None) -> None:
        if not text:
            return
        marks = self._stack[-1]
        if marks.spaced:
            text = " " + text
        parts = text.split("\n") if marks.verbatim else _BY_HAND.split(text)
        for number, part in enumerate(parts):
            if number:
                self._flush()
            self._open.add(part, marks)

    def _flush(self) -> None:
        read, self._open = self._open, _Gathered(self._stack[-1])
        text = _one_line("".join(read.parts))
        if not text:
            return
        marks, count = read.marks, max(read.count, 1)
        picture = self._picture
        self._picture = None
        self._found.append(
            Paragraph(
                text=text,
                level=marks.level,
                bold=read.bold / count,
                linked=read.linked / count,
                size=read.sizes.most_common(1)[0][0] if read.sizes else None,
                centred=marks.centred,
                caption=marks.caption,
                item=marks.item,
                below_picture=picture is not None,
                beside=picture is not None and self._is_beside(picture),
            )
        )

    def _is_beside(self, picture: Element) -> bool:
        """Say whether the element that a picture stands in is still open, and no large one."""
        holder = picture.getparent()
        while holder is not None and holder.tag in _INLINE:
            holder = holder.getparent()
        return holder is not None and holder.tag in _HOLDERS and holder in self._path


def _marks(element: Element, above: _Marks) -> _Marks:
    style = style_of(element)
    bold, centred = is_bold(style, element), is_centred(style, element)
    tag = element.tag
    return replace(
        above,
        bold=above.bold if bold is None else bold,
        centred=above.centred if centred is None else centred,
        size=pixels(style, element, above.size),
        linked=above.linked or (tag == "a" and element.get("href") is not None),
        caption=above.caption or tag in {"figcaption", "caption"} or _is_caption(element),
        item=above.item or tag in {"li", "dd", "dt"},
        verbatim=above.verbatim or tag == "pre",
        spaced=above.spaced or _INFO.search(names_of(element)) is not None,
        level=_HEADINGS.get(tag, above.level),
    )


def _is_inline(element: Element) -> bool:
    """Say whether an element stands within a line; so do those that Word adds to its pages."""
    return element.tag in _INLINE or ":" in element.tag


def _is_caption(element: Element) -> bool:
    names = names_of(element)
    return names != "" and _CAPTION.search(names) is not None


def _one_line(text: str) -> str:
    """Return text as a browser sets it: runs of white space are one space, or none in Chinese."""
    single = _WHITE.sub(lambda found: "\n" if "\n" in found[0] else " ", text)
    joined = _BREAK.sub("", single).replace("\n", " ")
    return repair_characters(joined).replace("\n", " ").strip().strip("\u3000").strip()
