"""Which format a file is in, told by its bytes and not by its name, and the reader for it."""

import codecs
import importlib
import importlib.util
import io
import pkgutil
import re
import zipfile
from collections.abc import Iterator
from dataclasses import fields
from typing import cast

import ingest.readers
from ingest.config import IngestConfig
from ingest.machine_text import format_of_text
from ingest.markup.mhtml import is_mhtml
from ingest.ports import Reader
from ingest.zips import DAMAGED, is_overfull, is_plain

NAMES = {
    "pdf": "PDF",
    "docx": "Word 文档（.docx）",
    "opendocument": "OpenDocument 文档",
    "spreadsheet": "表格",
    "slides": "演示文稿",
    "epub": "电子书",
    "archive": "压缩包",
    "image": "图片",
    "html": "网页",
    "rtf": "RTF 文档",
    "ole": "旧版 Office 文档（.doc、.wps）",
    "locked": "加密的 Office 文档",
    "media": "音频或视频",
    "binary": "二进制文件",
    "svg": "矢量图（SVG）",
    "data": "数据文件（JSON、XML）",
    "code": "程序代码",
    "text": "文本",
}
"""Every format that is told apart, as it is named to the user."""

_HINTS = {
    "ole": "旧版 Office 文档（.doc、.wps 等）读不了，请在 Word 或 WPS 里另存为 .docx 后收入。",
    "locked": "Office 文档设了打开密码，请去掉密码另存为 .docx 后收入。",
    "opendocument": "OpenDocument 文档（.odt）读不了，请另存为 .docx 后收入。",
    "rtf": "RTF 文档读不了，请在 Word 或 WPS 里另存为 .docx 后收入。",
    "spreadsheet": "表格（.xlsx 等）读不了，请把其中的文字复制到 Word 文档里，存为 .docx 后收入。",
    "slides": "演示文稿读不了，请另存为 PDF 后收入。",
    "media": "音频和视频读不了，请换成文字稿后收入。",
    "svg": "矢量图（SVG）读不了，请另存为 PDF，或 .png、.jpg 图片后收入。",
    "data": "这是数据文件（JSON、XML 等），不是报道，请换成报道的文本、网页或文档。",
    "code": "这像是程序代码或配置，不是报道；如果是报道，请存为 Word 文档再收入。",
}

_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"PK\x03\x04", "zip"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"ID3", "media"),
    (b"OggS", "media"),
    (b"\x7fELF", "binary"),
    (b"SQLite format 3\x00", "binary"),
)
_PHOTO_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_HEAD = 8_192
_TAGS = re.compile(
    rb"^<(?:meta|title|link|body|head|html|article|section|div|table|p|h[1-6]|center|font)[\s>]"
)


def format_of(data: bytes) -> str:
    """Return the format of a file's bytes, one of `NAMES`; "text" where nothing speaks against."""
    head = data[:_HEAD]
    known = next((name for magic, name in _MAGIC if head.startswith(magic)), _in_a_frame(head))
    if known == "zip":
        return _zip_format(data)
    if known == "ole":
        return "locked" if _LOCKED in data else "ole"
    if known:
        return known
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if _is_html(head) or is_mhtml(head):
        return "html"
    return "binary" if _is_binary(head) else format_of_text(data) or "text"


def _in_a_frame(head: bytes) -> str | None:
    """Tell pictures, sound and film by what stands behind the first bytes."""
    if head.startswith(b"RIFF"):
        return "image" if head[8:12] == b"WEBP" else "media"
    if head[4:8] == b"ftyp":
        return "image" if head[8:12] in _PHOTO_BRANDS else "binary"
    # The two letters of a BMP alone may begin a text.
    return "image" if head.startswith(b"BM") and head[6:10] == bytes(4) else None


def reader_for(name: str, config: IngestConfig) -> Reader | None:
    """Return the reader of a format, or None where there is none.

    Its own `Config` gets those of our settings that it has fields for.
    """
    if importlib.util.find_spec(f"ingest.readers.{name}") is None:
        return None
    module = importlib.import_module(f"ingest.readers.{name}")
    wanted = {field.name for field in fields(module.Config)} & {f.name for f in fields(config)}
    own = module.Config(**{name: getattr(config, name) for name in wanted})
    return cast("Reader", module.build(own))


def refusal(name: str) -> str:
    """Return why a format that has no reader is not taken in, and what to do, in one sentence."""
    return (
        _HINTS.get(name) or f"暂不支持{NAMES[name]}，请换成能读的格式，目前可以读取：{readable()}。"
    )


def readable() -> str:
    """Return the formats that can be read, as told to the user."""
    names = sorted(found.name for found in pkgutil.iter_modules(ingest.readers.__path__))
    modules = [importlib.import_module(f"ingest.readers.{name}") for name in names]
    return "、".join(str(module.LABEL) for module in modules)


def _zip_format(data: bytes) -> str:
    """Tell the formats that are zip archives apart by their directory of members.

    Where that is broken off, by the names that stand in front of the members.
    """
    if is_overfull(data):
        return "archive"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:80] if _is_small(archive, "mimetype") else b""
    except DAMAGED:
        names, kind = set(_names_in_front(data)), data[38:118]
    if kind.startswith(b"application/epub+zip") or "META-INF/container.xml" in names:
        return "epub"
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        return "opendocument"
    parts = (("word/", "docx"), ("xl/", "spreadsheet"), ("ppt/", "slides"))
    if "[Content_Types].xml" in names:
        found = (name for part, name in parts if any(each.startswith(part) for each in names))
        return next(found, "archive")
    return "docx" if "word/document.xml" in names else "archive"


def _is_small(archive: zipfile.ZipFile, name: str) -> bool:
    """Say whether a member is there, and so small and plain that reading it is safe."""
    found = archive.NameToInfo.get(name)
    return found is not None and is_plain(found) and found.file_size <= 1000


def _names_in_front(data: bytes) -> Iterator[str]:
    """Yield the names in the headers of a broken archive's members, of the first hundred."""
    at = 0
    for _ in range(100):
        at = data.find(b"PK\x03\x04", at)
        if at < 0:
            return
        length = int.from_bytes(data[at + 26 : at + 28], "little")
        yield data[at + 30 : at + 30 + length].decode("utf-8", "replace")
        at += 30


def _is_html(head: bytes) -> bool:
    if head.startswith(_WIDE_MARKS):
        head = head[: len(head) // 4 * 4].decode("utf-16", "replace").encode("utf-8", "replace")
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:2048].lower()
    if not start.startswith(b"<"):
        return False
    if any(tag in start for tag in (b"<!doctype html", b"<html", b"<head", b"<body")):
        return True
    # A piece of a page: it begins with an element, and has no headings as Markdown writes them.
    return _TAGS.match(start) is not None and head.count(b"</") > 1 and b"\n#" not in head


def _is_binary(head: bytes) -> bool:
    """NUL bytes are no text, but for UTF-16; so are many control characters."""
    if head.startswith(_WIDE_MARKS):
        return False
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\v\x1b" for byte in head)
    if 0 in head:
        return not _looks_like_utf16(head)
    return controls > len(head) // 20


def _looks_like_utf16(head: bytes) -> bool:
    """Say whether line ends and spaces are two bytes wide, and hardly anything else is NUL."""
    pairs = [head[at : at + 2] for at in range(0, len(head) - 1, 2)]
    if not pairs or b"\x00\x00" in pairs:
        return False
    for encoding in ("utf-16-le", "utf-16-be"):
        text = b"".join(pairs).decode(encoding, errors="replace")
        sane = sum(
            "\u4e00" <= c <= "\u9fff" or c in "\n\r 　，。、：“”" or c.isalnum() for c in text
        )
        if sane > 0.9 * len(text) and any(c in "\n，。 " for c in text):
            return True
    return False
