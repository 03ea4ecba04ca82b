"""PDF files that lie or are damaged in part: what can be read is read, and what cannot is told."""

import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from ingest.config import IngestConfig
from ingest.pdf.drawings import largest_picture
from ingest.pdf.opening import opened
from ingest.pipeline import ingest
from ingest.read import read_file
from ingest.readers.pdf import Config, build
from ingest.reading import Reading, ReadPage, Unreadable
from ingest.task import FileDone, Task
from store.config import StoreConfig
from store.library import Library
from store.outcomes import Rejection
from store.reports import ReportContents
from tests.ingest.readers.pdfs import FONT, lines, made, pdf, pictured

THREE = pdf([lines(f"page{at}row", 3) for at in range(1, 4)])
KIDS = b"4 0 R 6 0 R 8 0 R"


def done(data: bytes, config: IngestConfig | None = None) -> FileDone:
    found = read_file(Task(path="/yard.pdf", data=data, config=config or IngestConfig()))
    reason = [found.found.reason] if isinstance(found.found, Rejection) else []
    for sentence in (*found.lost, *reason):
        assert sentence.endswith("。")
        assert sentence.count("。") == 1
        assert "请" in sentence
    return found


def refused(found: FileDone) -> bool:
    return isinstance(found.found, Rejection)


def body(found: FileDone) -> str:
    assert isinstance(found.found, ReportContents)
    return " ".join(article.body for article in found.found.articles)


def told_pages(found: FileDone) -> list[str]:
    return re.findall(r"第 (\d+) 页", " ".join(found.lost))


@pytest.mark.parametrize("said", ["0", "1", "2", "-7", "99999999999", "x"])
def test_a_wrong_number_of_pages_hides_none_of_them(said: str) -> None:
    found = done(THREE.replace(b"/Count 3", f"/Count {said}".encode()))
    assert [f"page{at}row0" in body(found) for at in (1, 2, 3)] == [True] * 3
    assert found.lost == ()


def test_pages_that_are_said_to_be_there_and_are_not_are_told_once() -> None:
    found = done(THREE.replace(b"/Count 3", b"/Count 900000"))
    assert [f"page{at}row0" in body(found) for at in (1, 2, 3)] == [True] * 3
    assert [("900000" in told, "前 3 页" in told) for told in found.lost] == [(True, True)]


def test_a_tree_of_pages_is_counted_by_its_leaves() -> None:
    leaf = b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 400 500]>>"
    tree = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
        b"<</Type/Pages/Parent 2 0 R/Kids[5 0 R 6 0 R]/Count 1>>",
        b"<</Type/Pages/Parent 2 0 R/Kids[7 0 R 8 0 R]/Count 1>>",
        *[leaf] * 4,
    ]
    found = opened(made(tree), 1000)
    assert (found.pages, found.said, len(found.document)) == (4, 2, 4)


def test_a_page_that_was_taken_out_stays_out_though_it_is_still_in_the_file() -> None:
    found = done(THREE.replace(KIDS, b"4 0 R       8 0 R").replace(b"/Count 3", b"/Count 2"))
    assert [f"page{at}row0" in body(found) for at in (1, 2, 3)] == [True, False, True]
    assert found.lost == ()


def test_more_pages_than_are_read_are_refused_whatever_their_number_is_said_to_be() -> None:
    found = done(THREE.replace(b"/Count 3", b"/Count 1"), IngestConfig(max_pages=2))
    assert refused(found)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.replace(KIDS, b"4 0 R 77 0 R 8 0 R"),
        lambda data: data.replace(b"6 0 obj<</Type/Page", b"6 0 obj<(/Type/Page"),
        lambda data: data.replace(b"6 0 obj<</Type/Page", b"6 0 obj[</Type/Page"),
    ],
    ids=["missing", "no dictionary", "no object"],
)
def test_a_damaged_page_costs_itself_alone_and_is_told(spoil: Callable[[bytes], bytes]) -> None:
    found = done(spoil(THREE))
    assert [f"page{at}row0" in body(found) for at in (1, 2, 3)] == [True, False, True]
    assert told_pages(found) == ["2"]


def test_many_damaged_pages_are_told_in_few_sentences() -> None:
    pages = pdf([lines(f"page{at}row", 3) for at in range(12)])
    kids = b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(12))
    spoiled = b" ".join(b"99 0 R" if 0 < at < 11 else b"%d 0 R" % (4 + 2 * at) for at in range(12))
    found = read_file(
        Task(path="/yard.pdf", data=pages.replace(kids, spoiled), config=IngestConfig())
    )
    assert told_pages(found) == ["2", "3", "4"]
    assert "另有 7 页" in found.lost[-1]


def test_a_file_none_of_whose_pages_can_be_read_is_refused_in_one_sentence() -> None:
    assert refused(done(THREE.replace(KIDS, b"91 0 R 92 0 R 93 0 R")))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: re.sub(rb"startxref\n\d+", b"startxref\n7", data),
        lambda data: data.replace(b"xref\n0 ", b"xrxf\n0 "),
        lambda data: data.replace(b"%PDF-1.7\n", b"%PDF-1.7\n%moved by an editor\n"),
        lambda data: re.sub(rb"\d{10} 00000 n", b"0000000123 00000 n", data),
        lambda data: b"HTTP/1.1 200 OK\r\n\r\n" + data,
    ],
    ids=["place", "table", "all moved", "wrong entries", "something before"],
)
def test_a_file_whose_table_of_objects_is_damaged_is_read_whole(
    spoil: Callable[[bytes], bytes],
) -> None:
    found = done(spoil(THREE))
    assert [f"page{at}row0" in body(found) for at in (1, 2, 3)] == [True] * 3
    assert found.lost == ()


@pytest.mark.parametrize("in_form", [False, True])
def test_a_picture_of_too_many_pixels_costs_its_page_alone(in_form: bool) -> None:
    found = done(pictured(30_000, 30_000, in_form=in_form))
    assert "row0 neighbours" in body(found)
    assert told_pages(found) == ["2"]
    assert "30000×30000" in found.lost[0]
    assert "10000 万像素" in found.lost[0]


def test_a_file_that_is_one_such_picture_is_refused_with_what_to_do() -> None:
    data = pictured(5_000, 4_000).replace(b"3 0 R 4 0 R", b"4 0 R      ")
    found = done(data.replace(b"/Count 2", b"/Count 1"), IngestConfig(max_pixels=19_999_999))
    assert isinstance(found.found, Rejection)
    assert "5000×4000" in found.found.reason
    assert "缩小" in found.found.reason


def test_the_size_of_a_picture_is_known_from_the_page_alone() -> None:
    with pdfium.PdfDocument(pictured(640, 480, in_form=True)) as document:
        sizes = [largest_picture(page) for page in document]
    assert sizes == [(0, 0), (640, 480)]


def test_no_page_is_drawn_with_more_pixels_than_allowed() -> None:
    reading = build(Config(max_pixels=40_000)).read(pdf([lines("row", 6)], size=(9_000, 9_000)))
    assert isinstance(reading, Reading)
    page = reading.page(1)
    assert isinstance(page, ReadPage)
    assert page.image is not None
    assert page.image.width * page.image.height <= 41_000


def test_what_a_library_is_told_of_a_file_names_the_pages_that_are_lost(tmp_path: Path) -> None:
    file = tmp_path / "yard.pdf"
    file.write_bytes(THREE.replace(KIDS, b"4 0 R 77 0 R 8 0 R"))
    config = StoreConfig(folder=tmp_path / "home", embedder="hashing", vectors="memory")
    with Library.open(config) as library:
        [outcome] = ingest([file], library, IngestConfig())
    assert outcome.articles > 0
    assert "第 2 页" in outcome.notes[0]


def test_a_file_sealed_in_an_unknown_way_is_refused_with_what_to_do() -> None:
    sealed = made(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[]/Count 0>>",
            b"<</Filter/Unheard/V 9/R 9/P -1/O(x)/U(y)>>",
            FONT,
        ]
    ).replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 3 0 R/ID[(a)(b)]")
    found = build(Config()).read(sealed)
    assert isinstance(found, Unreadable)
    assert "加密" in found.reason


def test_a_file_cut_off_in_the_middle_is_refused() -> None:
    packed = zlib.compress(b"nothing")
    assert refused(done(THREE[: len(THREE) // 2] + packed))
