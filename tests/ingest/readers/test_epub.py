"""E-books: chapters in the order of the book, and books that cannot be read."""

import io
import zipfile
from collections.abc import Callable

from ingest.detect import format_of
from ingest.readers.epub import Config, build
from ingest.reading import Unreadable
from store.articles import Article
from store.reports import ReportContents

CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>"""
CHAPTERS = {
    "楼道里的协商会": [
        "柳林社区的楼道里摆着六把小板凳，每周三晚上，楼上楼下的邻居在这里坐下来商量电梯的事。",
        "社区党委书记何敏说，协商会开了23次，没有一户是被说服的，都是自己想通的。",
    ],
    "夜间食堂": ["晚上八点，夜间食堂的灯还亮着，加完班的年轻人排队打饭，一荤两素十二元。"],
    "小院里的旧物站": ["旧物站开在三号院，半年里换出去了四百多件家具，也换来了邻里的熟络。"],
}
Parse = Callable[..., ReportContents]


def chapter(title: str, paragraphs: list[str]) -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>x</title></head><body><h2>{title}</h2>{body}</body></html>"
    )


def book(pages: dict[str, str] | None = None, more: dict[str, str] | None = None) -> bytes:
    if pages is None:
        pages = {f"c{n}.xhtml": chapter(*each) for n, each in enumerate(CHAPTERS.items())}
    items = "".join(
        f'<item id="i{n}" href="Text/{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(pages)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(pages)))
    opf = f"""<package
    xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>
    <dc:title>邻里之间</dc:title><dc:publisher>云川出版社</dc:publisher>
    <dc:date>2026-09-01T00:00:00Z</dc:date></metadata>
    <manifest><item id="n" href="nav.xhtml"
    properties="nav" media-type="application/xhtml+xml"/>{items}</manifest>
    <spine><itemref idref="n"/>{spine}</spine></package>"""
    files = {
        "META-INF/container.xml": CONTAINER,
        "OEBPS/content.opf": opf,
        "OEBPS/nav.xhtml": "<html><body><nav><a href='1'>目录里的一章</a></nav></body></html>",
        **{f"OEBPS/Text/{name}": text for name, text in reversed(pages.items())},
        **(more or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def texts(article: Article) -> list[str]:
    return [article.text(span) for part in article.sections for span in part.paragraphs]


def refused(data: bytes) -> str:
    assert format_of(data) == "epub"
    found = build(Config()).read(data)
    assert isinstance(found, Unreadable), found
    assert found.reason.endswith("。")
    assert found.reason.count("。") == 1
    return found.reason


def test_each_chapter_is_an_article_in_the_order_of_the_book(parse: Parse) -> None:
    contents = parse(book(), "a.epub")
    assert [each.headline for each in contents.articles] == list(CHAPTERS)
    assert [texts(each) for each in contents.articles] == list(CHAPTERS.values())
    assert contents.report.publisher == "云川出版社"
    assert contents.report.printed_date == "2026-09-01"
    assert contents.report.series == "邻里之间"


def test_headings_within_a_chapter_are_sections_of_it(parse: Parse) -> None:
    first, text = next(iter(CHAPTERS.items()))
    page = chapter(first, text).replace("</body>", f"<h3>后来</h3><p>{text[0]}</p></body>")
    other = chapter("夜间食堂", CHAPTERS["夜间食堂"])
    contents = parse(book({"a.xhtml": page, "b.xhtml": other}), "a.epub")
    assert [each.headline for each in contents.articles] == [first, "夜间食堂"]
    assert [part.heading for part in contents.articles[0].sections] == [None, "后来"]


def test_a_list_of_chapters_that_is_no_chapter_is_left_out(parse: Parse) -> None:
    links = "".join(f"<p><a href='c{n}.xhtml'>第{n}章</a></p>" for n in range(5))
    pages = {"toc.xhtml": f"<html><body><h1>目录</h1>{links}</body></html>"}
    pages |= {f"c{n}.xhtml": chapter(*each) for n, each in enumerate(CHAPTERS.items())}
    assert len(parse(book(pages), "a.epub").articles) == 3


def test_an_encrypted_book_is_refused_and_one_with_encrypted_fonts_is_not(parse: Parse) -> None:
    def encryption(name: str) -> str:
        return (
            '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
            f'<enc:EncryptedData><enc:CipherData><enc:CipherReference URI="{name}"/>'
            "</enc:CipherData></enc:EncryptedData></encryption>"
        )

    place = {"META-INF/encryption.xml": encryption("OEBPS/Text/c0.xhtml")}
    assert "DRM" in refused(book(more=place))
    place = {"META-INF/encryption.xml": encryption("OEBPS/Fonts/a.ttf")}
    assert len(parse(book(more=place), "a.epub").articles) == 3


def test_broken_empty_and_hostile_books_are_refused_in_one_sentence() -> None:
    whole = book()
    assert "损坏" in refused(whole[: len(whole) // 2])
    assert "损坏" in refused(book(more={"OEBPS/content.opf": "<package"}))
    bomb = '<!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><package>&b;</package>'
    assert "损坏" in refused(book(more={"OEBPS/content.opf": bomb}))
    assert "图片" in refused(book({"a.xhtml": "<html><body><img src='1.jpg'/></body></html>"}))
    assert "压缩" in refused(book(more={"x.xhtml": "好" * 5_000_000}))
