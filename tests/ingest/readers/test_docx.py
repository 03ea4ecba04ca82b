"""Word files as offices write them, and as no office would."""

import io
import zipfile

import pytest

from ingest.detect import format_of, refusal
from ingest.readers.docx import Config, build
from ingest.reading import Reading, Unreadable
from tests.ingest.readers.offices import NS, p, r, styled, table, word
from tests.ingest.readers.reports import P1, P2, P3, P4, TITLE, Parse, headings, only, texts


def refused(data: bytes, config: Config | None = None) -> str:
    assert format_of(data) == "docx"
    found = build(config or Config()).read(data)
    assert isinstance(found, Unreadable), found
    assert found.reason.endswith("。")
    assert found.reason.count("。") == 1
    return found.reason


def hidden(data: bytes) -> str:
    found = build(Config()).read(data)
    assert isinstance(found, Reading), found
    read = found.page(1)
    assert not isinstance(read, Unreadable)
    return read.hidden


def test_styles_of_title_and_headings_are_followed(parse: Parse) -> None:
    data = word(
        styled("T", TITLE), p("柳林区青石桥街道柳林社区"), p(P1),
        styled("1", "把会开进楼道"), p(P2),
        styled("1", "把账算给大家看"), p(P3), p(P4), styled("C", "图1 新装的电梯"),
        p("本报记者 秦岚 柳林社区供图"),
    )  # fmt: skip
    article = only(parse(data, "a.docx"))
    assert article.headline == TITLE
    assert headings(article) == ["把会开进楼道", "把账算给大家看"]
    assert texts(article) == [P1, P2, P3, P4]
    assert [article.text(each.span) for each in article.captions] == ["图1 新装的电梯"]
    assert article.byline is not None
    assert article.byline.reporters == ("秦岚",)
    assert article.location is not None
    assert article.location.community == "柳林社区"


def test_headings_without_a_style_are_told_by_their_look(parse: Parse) -> None:
    big, bold = '<w:b/><w:sz w:val="44"/>', "<w:b/>"
    data = word(
        p(TITLE, '<w:jc w:val="center"/>', big), p("2026年10月26日", '<w:jc w:val="center"/>'),
        p(P1), p("把会开进楼道", "", bold), p(P2), p("为什么低层住户也签字？", "", bold), p(P3),
        p(P4 + "全文完。", "", bold),
    )  # fmt: skip
    contents = parse(data, "a.docx")
    article = only(contents)
    assert article.headline == TITLE
    assert headings(article) == ["把会开进楼道", "为什么低层住户也签字？"]
    assert texts(article) == [P1, P2, P3, P4 + "全文完。"]
    assert contents.report.printed_date == "2026-10-26"


def test_a_style_of_the_offices_own_makes_a_headline_by_its_look(parse: Parse) -> None:
    data = word(
        styled("X", TITLE), p(P1), p("一、把会开进楼道", "", '<w:sz w:val="28"/>'), p(P2), p(P3)
    )
    article = only(parse(data, "a.docx"))
    assert article.headline == TITLE
    assert headings(article) == ["一、把会开进楼道"]


def test_two_articles_under_headings_of_the_first_level(parse: Parse) -> None:
    data = word(
        styled("1", TITLE), p("本报记者 秦岚"), p(P1), styled("2", "把会开进楼道"), p(P2),
        styled("1", "夜间食堂开张三天 来了四百人"), p("本报记者 陆川"), p(P3), p(P4),
    )  # fmt: skip
    contents = parse(data, "a.docx")
    assert [each.headline for each in contents.articles] == [TITLE, "夜间食堂开张三天 来了四百人"]
    assert headings(contents.articles[0]) == ["把会开进楼道"]
    assert texts(contents.articles[1]) == [P3, P4]


def test_two_articles_under_headlines_of_one_look(parse: Parse) -> None:
    centre, big = '<w:jc w:val="center"/>', '<w:b/><w:sz w:val="36"/>'
    data = word(
        p(TITLE, centre, big), p("本报记者 秦岚"), p(P1), p(P2),
        p("夜间食堂开张三天 来了四百人", centre, big), p("本报记者 陆川"), p(P3), p(P4),
    )  # fmt: skip
    contents = parse(data, "a.docx")
    assert [each.headline for each in contents.articles] == [TITLE, "夜间食堂开张三天 来了四百人"]


def test_a_newsletter_has_a_head_and_several_articles(parse: Parse) -> None:
    centre, red = '<w:jc w:val="center"/>', '<w:color w:val="FF0000"/><w:sz w:val="72"/>'
    big = '<w:b/><w:sz w:val="36"/>'
    data = word(
        p("柳林社区简报", centre, red), p("第12期", centre),
        p("柳林社区居委会编　　2026年10月28日"),
        p(TITLE, centre, big), p(P1), p("把会开进楼道", "", "<w:b/>"), p(P2),
        p("夜间食堂开张三天 来了四百人", centre, big), p(P3), p(P4),
    )  # fmt: skip
    contents = parse(data, "a.docx")
    assert [each.headline for each in contents.articles] == [TITLE, "夜间食堂开张三天 来了四百人"]
    assert headings(contents.articles[0]) == ["把会开进楼道"]
    assert contents.report.printed_date == "2026-10-28"
    assert contents.report.series is not None
    assert "柳林社区简报" in contents.report.series


def test_two_articles_under_plain_headings_of_the_first_level(parse: Parse) -> None:
    data = word(
        styled("1", TITLE), p(P1), p(P2), styled("1", "夜间食堂开张三天 来了四百人"), p(P3), p(P4)
    )
    assert len(parse(data, "a.docx").articles) == 2
    data = word(
        styled("1", "一、基本情况"), p(P1), p(P2), styled("1", "二、主要做法"), p(P3), p(P4)
    )
    assert len(parse(data, "a.docx").articles) == 1


def test_an_official_letter_begins_with_its_office_and_number(parse: Parse) -> None:
    centre = '<w:jc w:val="center"/>'
    data = word(
        p("柳林区青石桥街道办事处文件", centre, '<w:color w:val="FF0000"/><w:sz w:val="60"/>'),
        p("青街办〔2026〕18号", centre),
        p("关于柳林社区加装电梯工作情况的报告", centre, '<w:sz w:val="44"/>'),
        p("柳林区人民政府："), p(P2), p("一、基本做法", "", "<w:b/>"), p(P3),
        p("2026年10月26日", '<w:jc w:val="right"/>'),
    )  # fmt: skip
    article = only(parse(data, "a.docx"))
    assert article.headline == "关于柳林社区加装电梯工作情况的报告"
    assert headings(article) == ["一、基本做法"]
    assert P2 in texts(article)
    assert "18号" not in article.body


def test_tables_of_figures_go_row_by_row_and_tables_that_lay_out_as_text(parse: Parse) -> None:
    figures = table(("楼层", "比例"), ("三层", "10%"), ("七层", "30%"))
    data = word(styled("T", TITLE), table((P1, P2)), p(P3), figures, p(P4))
    assert texts(only(parse(data, "a.docx"))) == [
        P1,
        P2,
        P3,
        "楼层｜比例",
        "三层｜10%",
        "七层｜30%",
        P4,
    ]


def test_text_boxes_are_read_once_and_where_they_hang(parse: Parse) -> None:
    tip = p("温馨提示：申请加装电梯请到社区一楼大厅办理，电话见公示栏。")
    inside = f"<w:txbxContent>{tip}</w:txbxContent>"
    drawn = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing>'
    box = (
        f"<w:r><mc:AlternateContent>{drawn}</mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    alone = (
        f"<w:r><mc:AlternateContent>{drawn.replace('温馨', '再次')}"
        "</mc:Choice></mc:AlternateContent></w:r>"
    )
    data = word(styled("T", TITLE), p(r(P1) + box), p(P2), p(alone), p(P3))
    body = texts(only(parse(data, "a.docx")))
    assert [text[:4] for text in body] == [P1[:4], "温馨提示", P2[:4], "再次提示", P3[:4]]


def test_the_header_heads_the_page_and_stands_once(parse: Parse) -> None:
    header = f"<w:hdr {NS}>{p('柳林社区报')}{p('2026年10月27日 第3版')}</w:hdr>"
    footer = f"<w:ftr {NS}>{p('第 1 页 共 2 页')}</w:ftr>"
    data = word(styled("T", TITLE), p(P1), p(P2), header1=header, header2=header, footer1=footer)
    contents = parse(data, "a.docx")
    assert contents.report.publisher == "柳林社区报"
    assert contents.report.printed_date == "2026-10-27"
    assert contents.report.series is None
    assert texts(only(contents)) == [P1, P2]


def test_notes_stand_at_the_end_and_leave_no_marks(parse: Parse) -> None:
    note = p("数据由社区居委会提供，统计到九月底。")
    notes = f'<w:footnotes {NS}><w:footnote w:id="2">{note}</w:footnote></w:footnotes>'
    data = word(
        styled("T", TITLE),
        p(r(P1) + '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        p(P2),
        footnotes=notes,
    )
    assert texts(only(parse(data, "a.docx"))) == [P1, P2, "数据由社区居委会提供，统计到九月底。"]


def test_insertions_are_kept_and_deletions_dropped(parse: Parse) -> None:
    changed = (
        r(P1[:10])
        + '<w:del w:id="1"><w:r><w:delText>已经删去的话</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2">{r(P1[10:])}</w:ins>'
        + f'<w:moveFrom w:id="3">{r("搬走的话")}</w:moveFrom>'
    )
    assert texts(only(parse(word(styled("T", TITLE), p(changed), p(P2)), "a.docx"))) == [P1, P2]


def test_hidden_text_is_dropped_and_logged(parse: Parse) -> None:
    data = word(
        styled("T", TITLE),
        p(r(P1) + r("密语甲", "<w:vanish/>") + r("密语乙", '<w:color w:val="FFFFFF"/>')),
        p("密语丙", "", '<w:sz w:val="2"/>'), p(r("密语丁", '<w:rStyle w:val="H"/>') + r(P2)),
        p("黑底上的白字看得见，要留着。", '<w:shd w:fill="333333"/>', '<w:color w:val="FFFFFF"/>'),
        p(P3, "", '<w:vanish w:val="0"/>'),
    )  # fmt: skip
    article = only(parse(data, "a.docx"))
    assert texts(article) == [P1, P2, "黑底上的白字看得见，要留着。", P3]
    assert hidden(data).split("\n") == ["密语甲", "密语乙", "密语丙", "密语丁"]


def test_a_file_with_macros_and_odd_parts_is_read_as_any_other(parse: Parse) -> None:
    data = io.BytesIO(word(styled("T", TITLE), p(P1)))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")
        archive.writestr("customXml/item1.xml", "<!DOCTYPE x><x/>")
    assert texts(only(parse(data.getvalue(), "a.docm"))) == [P1]


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    text = f"<?xml version='1.0'?>{bomb}<w:document {NS}><w:body>{p('&b;')}</w:body></w:document>"
    assert "实体" in refused(word(document=text))
    outside = text.replace(bomb, '<!DOCTYPE w [<!ENTITY b SYSTEM "file:///etc/passwd">]>')
    assert "实体" in refused(word(document=outside))
    assert "实体" in refused(word(p(P1), styles=f"{bomb}<w:styles {NS}/>"))


def noise() -> str:
    """Return 21 MB that do not shrink so far that they look like a bomb."""
    return "".join(f"<w:p>{number * 7919 % 1_000_003}</w:p>" for number in range(1_400_000))


def test_damaged_bombed_and_empty_files_are_refused_in_one_sentence() -> None:
    whole = word(styled("T", TITLE), p(P1), p(P2))
    assert "损坏" in refused(whole[:700])
    assert "损坏" in refused(word(document="<w:document"))
    assert "损坏" in refused(word(document=f"<w:document {NS}/>"))
    assert "压缩" in refused(word(p("好" * 5_000_000)))
    assert "过多" in refused(word(document=f"<w:document {NS}>{noise()}</w:document>"))
    assert "过大" in refused(whole, Config(max_unpacked_bytes=1000))
    assert "没有文字" in refused(word(p("")))
    assert "损坏" in refused(word("<w:sdt><w:sdtContent>" * 5000))


def test_old_and_encrypted_office_files_say_what_to_do() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    assert "另存为 .docx" in refusal(format_of(ole + "WordDocument".encode("utf-16-le")))
    assert "密码" in refusal(format_of(ole + "EncryptedPackage".encode("utf-16-le")))


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["[Content_Types].xml", "xl/workbook.xml"], "spreadsheet"),
        (["[Content_Types].xml", "ppt/presentation.xml"], "slides"),
        (["word/说明.txt", "word/照片.txt"], "archive"),
        (["新闻.txt"], "archive"),
    ],
)
def test_what_is_in_a_zip_is_told_by_its_members(names: list[str], kind: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "application/epub+zip word/document.xml xl/ ppt/")
    assert format_of(buffer.getvalue()) == kind
