"""Which format a file is in, told by its bytes and not by its name, and the reader for it."""

import codecs
import importlib
import importlib.util
import pkgutil
from dataclasses import fields
from typing import cast

import ingest.readers
from ingest.config import IngestConfig
from ingest.ports import Reader

NAMES = {
    "pdf": "PDF",
    "docx": "Word 文档（.docx）",
    "spreadsheet": "表格",
    "slides": "演示文稿",
    "epub": "电子书",
    "archive": "压缩包",
    "image": "图片",
    "html": "网页",
    "rtf": "RTF 文档",
    "ole": "旧版 Office 文档",
    "media": "音频或视频",
    "binary": "二进制文件",
    "text": "文本",
}
"""Every format that is told apart, as it is named to the user."""

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
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_HEAD = 8_192


def format_of(data: bytes) -> str:
    """Return the format of a file's bytes, one of `NAMES`; "text" where nothing speaks against."""
    head = data[:_HEAD]
    known = next((name for magic, name in _MAGIC if head.startswith(magic)), None)
    if known == "zip":
        return _zip_format(data)
    if known:
        return known
    if head.startswith(b"RIFF"):
        return "image" if head[8:12] == b"WEBP" else "media"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if _is_html(head):
        return "html"
    return "binary" if head[4:8] == b"ftyp" or _is_binary(head) else "text"


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


def readable() -> str:
    """Return the formats that can be read, as told to the user."""
    names = sorted(found.name for found in pkgutil.iter_modules(ingest.readers.__path__))
    modules = [importlib.import_module(f"ingest.readers.{name}") for name in names]
    return "、".join(str(module.LABEL) for module in modules)


def _zip_format(data: bytes) -> str:
    """Tell the formats that are zip archives apart by the names of their members."""
    for member, name in (
        (b"word/", "docx"),
        (b"xl/", "spreadsheet"),
        (b"ppt/", "slides"),
        (b"application/epub+zip", "epub"),
    ):
        if member in data:
            return name
    return "archive"


def _is_html(head: bytes) -> bool:
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:1024].lower()
    if not start.startswith(b"<"):
        return False
    return any(tag in start for tag in (b"<!doctype html", b"<html", b"<head", b"<body"))


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
