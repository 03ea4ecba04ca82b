"""Pages as trees: what styles hide, what paragraphs and tables there are, what the head says."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.decode import decode
from ingest.markup.head import Head, read_head
from ingest.markup.lines import lines_of
from ingest.markup.paragraphs import Paragraph, paragraphs_of
from ingest.markup.prune import prune_code, prune_hidden, prune_tools
from ingest.markup.style import hidden_names, is_white, pixels, style_of
from ingest.markup.tables import rows_of
from ingest.markup.tree import Element, drop, elements, parse_page, parse_xml, text_of
from ingest.package import Package, open_package
from ingest.reading import Role, Unreadable

PROSE = "居民议事会每月开一次，大事小事都摆到桌面上来说，说完就办。"


def tree(body: str, head: str = "") -> Element:
    root = parse_page(f"<html><head>{head}</head><body>{body}</body></html>")
    assert root is not None
    return root


def first(body: str, tag: str) -> Element:
    return next(elements(tree(body), tag))


def read(body: str) -> list[str]:
    return [each.text for each in paragraphs_of(tree(body))]


def test_white_space_is_set_as_a_browser_sets_it() -> None:
    assert read("<p>社区\n   食堂 <b>开</b>张</p>text<div>a\n b&nbsp;c</div>") == [
        "社区食堂 开张",
        "text",
        "a b c",
    ]
    assert read("<pre>第一行\n第二行</pre>") == ["第一行", "第二行"]
    assert read("<h1>上半句<br>下半句</h1>") == ["上半句 下半句"]


def test_marks_of_a_paragraph_are_told() -> None:
    found = paragraphs_of(
        tree(
            "<h3>头</h3><p><b>全粗</b></p><p><a href=1>链</a>接</p><ul><li>一</li></ul>"
            "<p><img src=1></p><p align=center>图下</p><p style='font-size:12px'>小</p>"
        )
    )
    assert [each.level for each in found] == [3, None, None, None, None, None]
    assert found[1].bold == 1.0
    assert found[2].linked == 0.5
    assert found[3].item
    assert found[4].below_picture
    assert found[4].centred
    assert found[5].size == 12.0


@given(st.recursive(st.sampled_from(["字", "。", " ", "&lt;"]), st.lists))
def test_no_character_of_a_page_is_lost(parts: object) -> None:
    def written(part: object) -> str:
        if isinstance(part, list):
            return f"<div>{''.join(written(each) for each in part)}</div>"
        return str(part)

    root = tree(written(parts))
    shown = "".join(text_of(root).split())
    assert "".join("".join(each.text.split()) for each in paragraphs_of(root)) == shown


def test_dropping_an_element_keeps_the_text_behind_it() -> None:
    root = tree("<p>前<script>x</script>中<i>斜</i><script>y</script>后</p>")
    prune_code(root)
    assert text_of(root) == "前中斜后"
    drop(root)
    assert text_of(root) == "前中斜后"


@pytest.mark.parametrize(
    ("marks", "white"),
    [
        ("color:#FFF", True),
        ("color: rgb(255, 255, 255)", True),
        ("color: white !important", True),
        ("color:rgba(0,0,0,0)", True),
        ("color:transparent", True),
        ("color:#ffff00", False),
        ("color:#333", False),
    ],
)
def test_white_is_known_however_it_is_written(marks: str, white: bool) -> None:
    element = first(f'<p style="{marks}">x</p>', "p")
    assert is_white(style_of(element), element) is white


def test_white_text_on_a_ground_of_its_own_is_kept() -> None:
    root = tree(
        "<div bgcolor=#cc0000><font color=white>看得见</font></div><font color=white>看不见</font>"
    )
    assert prune_hidden(root) == "看不见"
    assert text_of(root) == "看得见"


def test_a_style_sheet_hides_classes_on_screen_alone() -> None:
    sheet = """/* .c{display:none} */ @media print { .a { display:none } } .b, #d
    { visibility:hidden } p.e { display:none } .f .g { display:none } .h { color: red }"""
    assert hidden_names(sheet) == {".b", "#d"}


def test_type_sizes_are_in_pixels_whatever_their_unit() -> None:
    def size(marks: str) -> float | None:
        element = first(f'<p style="font-size:{marks}">x</p>', "p")
        return pixels(style_of(element), element, 20.0)

    assert size("15px") == 15.0
    assert size("12pt") == 16.0
    assert size("1.5em") == 30.0
    assert size("120%") == 24.0
    assert size("large") == 18.0
    assert size("calc(1px)") == 20.0


def test_tools_go_but_never_most_of_the_text() -> None:
    root = tree(
        f"<div class='share-page'><p>{PROSE}</p></div><div class=share>分享到</div><nav>首页</nav>"
    )
    prune_tools(root)
    assert text_of(root) == PROSE


def test_tables_of_words_have_rows_and_layouts_have_none() -> None:
    words = "<table><tr><td>一</td><td>二</td></tr><tr><td>三</td><td>四</td></tr></table>"
    assert rows_of(first(words, "table")) == ["一｜二", "三｜四"]
    assert rows_of(first("<table><tr><td>一</td></tr><tr><td>二</td></tr></table>", "table")) == []
    assert (
        rows_of(first(f"<table><tr><td>一<td>二<tr><td>三<td>{PROSE * 4}</table>", "table")) == []
    )


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            "<title>老楼装电梯_柳林区人民政府</title>",
            Head(title="老楼装电梯", site="柳林区人民政府"),
        ),
        (
            "<title>社区-居民同心 老楼换新-云川网</title>",
            Head(title="社区-居民同心 老楼换新", site="云川网"),
        ),
        (
            "<title>云川日报--2026年10月08日--老楼装电梯</title>",
            Head(title="老楼装电梯", site="云川日报", date="2026-10-08"),
        ),
        (
            "<title>老楼装电梯</title><meta name=pubdate content='2026-10-08T00:00:00Z'>",
            Head(title="老楼装电梯", date="2026-10-08"),
        ),
        (
            "<title>老楼装电梯</title><link rel=canonical href='https://a.cn/art/202610/t20261008_12.html'>",
            Head(title="老楼装电梯", date="2026-10-08"),
        ),
        (
            "<title>老楼装电梯</title><link rel=canonical href='https://a.cn/20269999/1.html'>",
            Head(title="老楼装电梯"),
        ),
        ("", Head()),
    ],
)  # fmt: skip
def test_the_head_tells_title_site_and_full_date(head: str, expected: Head) -> None:
    assert read_head(tree("", head)) == expected


def test_headings_by_look_are_told_from_bylines_talk_and_lists() -> None:
    def bold(text: str) -> Paragraph:
        return Paragraph(text=text, bold=1.0)

    body = Paragraph(text=PROSE)
    given = [
        body,
        bold("把会开到楼道里"),
        body,
        bold("本报记者 秦岚"),
        body,
        bold("记者：您怎么看？"),
        body,
    ]
    assert [line.level for line in lines_of(given)] == [None, 4, None, None, None, None, None]
    rows = [body, body, body, body, bold("甲组"), bold("乙组"), bold("丙组")]
    lines = lines_of(rows)
    assert [line.level for line in lines] == [None] * 7
    assert [line.role for line in lines[4:]] == [Role.BODY] * 3


def test_bytes_are_believed_only_where_they_fit() -> None:
    text = "社区食堂开张，喆、镕、堃都来了。" * 5
    assert decode(text.encode("gb18030"), declared="gb2312") == text
    assert decode(text.encode("utf-8"), declared="gb2312") == text
    assert decode(text.encode("gb18030"), declared="utf-8") == text
    assert decode(text.encode("gb18030"), declared="iso-8859-1") == text
    assert decode(text.encode("gb18030"), declared="no-such-thing") == text
    assert decode(text.encode("gb18030"), declared="hex") == text


def test_xml_with_a_document_type_is_not_read() -> None:
    assert parse_xml(b"<a><b/></a>") is not None
    assert parse_xml(b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>') is None
    assert parse_xml('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'.encode("utf-16")) is None
    assert parse_xml(b"<a>" * 100_000) is None
    assert parse_xml(b"") is None


def test_a_package_is_never_unpacked_beyond_its_limit() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", "x" * 600)
        archive.writestr("b", "y" * 600)
    assert isinstance(open_package(buffer.getvalue(), 1000, "文件"), Unreadable)
    package = open_package(buffer.getvalue(), 1300, "文件")
    assert isinstance(package, Package)
    assert package.read("a") == b"x" * 600
    assert package.read("a") == b"x" * 600
    assert package.read("b") is None
    assert package.read("c") is None
