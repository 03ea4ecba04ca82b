"""Formats are told by content, not by name."""

import importlib
import io
import pkgutil
import zipfile

import pytest

import ingest.readers
from ingest.config import IngestConfig
from ingest.detect import NAMES, format_of, readable, reader_for


def zipped(member: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(member, "社区")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\n\n%PDF-1.4", "pdf"),
        (b"\x89PNG\r\n\x1a\n\x00", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (zipped("word/document.xml"), "docx"),
        (zipped("a.txt"), "archive"),
        (b"<!DOCTYPE html><html>", "html"),
        ("\ufeff<html>社区".encode(), "html"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
        (bytes(range(32)) * 20, "binary"),
        (b"abc\x00\x00\x00\x01", "binary"),
        ("社区\n新闻".encode("utf-16"), "text"),
        ("社区召集大家开会，讨论改造。\n".encode("utf-16-le"), "text"),
        ("社区".encode("gbk"), "text"),
        ("<社区> 不是网页".encode(), "text"),
    ],
)
def test_the_format_is_told_by_the_first_bytes(data: bytes, name: str) -> None:
    assert format_of(data) == name
    assert name in NAMES


def test_every_reader_is_one_file_that_keeps_the_contract() -> None:
    for found in pkgutil.iter_modules(ingest.readers.__path__):
        module = importlib.import_module(f"ingest.readers.{found.name}")
        assert found.name in NAMES
        assert module.LABEL in readable()
        assert module.build(module.Config()).read is not None


def test_a_format_without_a_reader_has_none() -> None:
    assert reader_for("media", IngestConfig()) is None
