"""Reads saved web pages: articles of WeChat, of newspapers' page editions, of news sites."""

import re
from dataclasses import dataclass

from ingest.decode import decode
from ingest.limits import letters, too_long
from ingest.markup.head import read_head
from ingest.markup.mhtml import unwrap
from ingest.markup.prune import prune_code, prune_hidden, prune_tools
from ingest.markup.stories import read_stories
from ingest.markup.tree import Element, elements, parse_page, text_of
from ingest.reading import Reading, Role, Unreadable, whole

LABEL = "网页（.html、.mhtml）"

_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]{2,30})", re.IGNORECASE
)
_DELIMITED = re.compile(r"<!--\s*(/?)enpcontent\s*-->", re.IGNORECASE)
_SHOWN_BY_PROGRAM = ("js_content", "js_article", "page-content", "img-content")
_MOST_ELEMENTS = 400_000

_NO_TEXT = {Role.FURNITURE, Role.BYLINE}
_EMPTY = "网页里没有正文，可能要登录或联网才显示，请在浏览器里打开、看到文字后再保存。"
_LIST = "网页是一份目录，没有正文，请打开其中的文章，逐篇保存后收入。"
_FRAMES = "网页的正文在另外的框架页里，这个文件里没有，请打开框架里的那一页再保存。"
_PICTURES = "网页里只有图片，没有文字，请把图片另外保存后收入。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings of the reader of web pages.

    Attributes:
        sample_bytes: bytes that the encoding is guessed from, when it does not tell itself.
        max_text_chars: a page with more text, programs and styles left out, is refused.
    """

    sample_bytes: int = 65_536
    max_text_chars: int = 3_000_000


class HtmlReader:
    """Finds the articles of a web page, and leaves out what stands round them."""

    def __init__(self, config: Config) -> None:
        """Keep the settings."""
        self._config = config

    def read(self, data: bytes) -> Reading | Unreadable:
        """Return the lines of the page's articles, or why there are none."""
        page, named = unwrap(data)
        found = _DECLARED.search(page[:4096])
        declared = named or (found[1].decode("ascii", "replace") if found else None)
        text = decode(page, self._config.sample_bytes, declared)
        if text is None:
            return Unreadable(reason="无法识别网页的文字编码，请在浏览器里另存为 UTF-8 后重试。")
        text = _DELIMITED.sub(r"<\1founder-content>", text.replace("\0", ""))
        root = parse_page(text)
        if root is None:
            return Unreadable(reason=_EMPTY)
        if sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
            return Unreadable(reason="网页过于庞杂，读不了，请只把正文复制成文本文件再收入。")
        return _read(root, self._config.max_text_chars)


def build(config: Config) -> HtmlReader:
    """Make the reader."""
    return HtmlReader(config)


def _read(root: Element, most: int) -> Reading | Unreadable:
    head = read_head(root)
    frames = next(elements(root, "frame", "iframe"), None) is not None
    locked = any(each.get("type") == "password" for each in elements(root, "input"))
    sheet = prune_code(root)
    refused = too_long(letters(text_of(root)), most)
    if refused:
        return refused
    pictures = next(elements(root, "img"), None) is not None
    listed = sum(1 for _ in elements(root, "a")) >= 10
    shown = [each for each in elements(root) if each.get("id") in _SHOWN_BY_PROGRAM]
    hidden = prune_hidden(root, sheet, spared=frozenset(shown))
    content = next((each for each in shown if each.get("id") == "js_content"), None)
    prune_tools(root, content)
    lines = tuple(read_stories(root, head, content))
    told = [line for line in lines if not line.level and line.role not in _NO_TEXT]
    if not told or (locked and sum(len(line.text) for line in told) < 200):
        place = content if content is not None else root
        if pictures and len(text_of(place)) < 40:
            return Unreadable(reason=_PICTURES)
        if listed and not locked:
            return Unreadable(reason=_LIST)
        return Unreadable(reason=_FRAMES if frames and not locked else _EMPTY)
    return whole("html", lines, hidden)
