"""A file with too much text is refused at once; the sentence names the limit and its setting."""

import time
from pathlib import Path

import pytest

from ingest.config import IngestConfig
from ingest.limits import letters, too_long
from ingest.read import parse_report
from store.outcomes import Rejection
from store.reports import ReportContents
from tests.ingest.readers.offices import p, word
from tests.ingest.readers.pdfs import lines, pdf
from tests.ingest.readers.test_epub import book, chapter

SENTENCE = "南湖社区食堂昨天正式开门营业，每天为老人提供三餐，六十岁以上的老人打八折。"
MOST = 400


def read(name: str, data: bytes, most: int = MOST) -> ReportContents | Rejection:
    return parse_report(Path("/x") / name, data, IngestConfig(max_text_chars=most))


def page(body: str) -> bytes:
    head = "<head><title>食堂</title></head>"
    return f"<html>{head}<body><h1>食堂开张</h1>{body}</body></html>".encode()


def files(sentences: int) -> dict[str, bytes]:
    """Make files of every format that holds text as such."""
    each = [SENTENCE] * sentences
    tags = "".join(f"<p>{text}</p>" for text in each)
    return {
        "a.txt": "食堂开张\n\n".encode() + "\n\n".join(each).encode("utf-8"),
        "b.txt": "食堂开张\n\n".encode("gb18030") + "\n\n".join(each).encode("gb18030"),
        "c.html": page(tags),
        "d.docx": word("".join(map(p, each))),
        "e.epub": book({"c.xhtml": chapter("食堂开张", each)}),
        "f.pdf": pdf([lines("w", sentences)]),
    }


@pytest.mark.parametrize("name", list(files(1)))
def test_more_text_than_allowed_is_refused_and_less_is_read(name: str) -> None:
    assert isinstance(read(name, files(3)[name]), ReportContents)
    refused = read(name, files(30)[name])
    assert isinstance(refused, Rejection)
    assert f"超过 {MOST} 字的上限" in refused.reason
    assert "max_text_chars" in refused.reason
    assert "拆成几份" in refused.reason


def test_spaces_programs_and_pictures_are_no_text() -> None:
    assert letters(" 社 区\n\n\t食堂\u3000") == 4
    spread = ("\n" * 50).join([SENTENCE] * 9).encode()
    assert isinstance(read("a.txt", spread), ReportContents)
    picture = f"<img src='data:image/png;base64,{'A' * 5000}'><script>{'x();' * 999}</script>"
    assert isinstance(read("a.html", page(f"<p>{SENTENCE * 5}</p>{picture}")), ReportContents)


@pytest.mark.parametrize(
    ("count", "most", "told"),
    [(401, 400, "401 字，超过 400 字"), (10_140_000, 3_000_000, "1014 万字，超过 300 万字")],
)
def test_the_sentence_tells_both_numbers(count: int, most: int, told: str) -> None:
    refused = too_long(count, most)
    assert refused is not None
    assert told in refused.reason
    assert too_long(most, most) is None


@pytest.mark.parametrize("name", ["a.txt", "b.txt", "c.html"])
def test_thirty_megabytes_are_refused_in_seconds(name: str) -> None:
    data = files(270_000)[name]
    began = time.process_time()
    refused = parse_report(Path("/x") / name, data, IngestConfig())
    assert time.process_time() - began < 15
    assert isinstance(refused, Rejection)
    assert "300 万字的上限" in refused.reason
