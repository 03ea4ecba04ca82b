"""Reading order and blocks of pages set by code: columns, headlines, boxes, captions."""

from collections.abc import Sequence

import pytest

from ingest.layout.lines import lines_of
from ingest.layout.printed import Printed, PrintedPage, Rectangle
from ingest.reading import Role
from tests.ingest.layout.sheets import Sheet, blocks, paragraph

WIDE = 14  # characters in a column


@pytest.fixture
def sheet() -> Sheet:
    """An empty page."""
    return Sheet()


def columns(sheet: Sheet, texts: Sequence[Sequence[str]], x: float, y: float) -> None:
    for at, column in enumerate(texts):
        sheet.column(column, x + at * (WIDE * 10 + 18), y, WIDE)


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_columns_below_a_banner_are_read_from_left_to_right(count: int, sheet: Sheet) -> None:
    bodies = [paragraph(mark) for mark in "甲乙丙丁戊"[:count]]
    sheet.line("大家一起把院子收拾干净", 60, 40, 26)
    columns(sheet, [[body] for body in bodies], 40, 90)
    lines = sheet.read()
    assert blocks(lines, Role.HEAD) == ["大家一起把院子收拾干净"]
    assert blocks(lines) == bodies


def test_a_paragraph_goes_on_at_the_top_of_the_next_column(sheet: Sheet) -> None:
    whole = paragraph("甲", 2 + 3 * WIDE - 2)
    sheet.line("一段话分在两栏", 60, 40, 26)
    first, rest = whole[: 2 * WIDE - 2], whole[2 * WIDE - 2 :]
    columns(sheet, [[first], ["+" + rest, paragraph("乙")]], 40, 90)
    assert blocks(sheet.read()) == [whole, paragraph("乙")]


def test_stacked_articles_are_read_one_after_the_other(sheet: Sheet) -> None:
    for number, (y, marks) in enumerate(((40, "甲乙丙"), (400, "丁戊己"))):
        sheet.line(f"第{'一二'[number]}篇文章的标题", 40, y, 22)
        columns(sheet, [[paragraph(mark)] for mark in marks], 40, y + 40)
    lines = sheet.read()
    assert [part[0] for part in blocks(lines)] == list("甲乙丙丁戊己")
    assert [line.text for line in lines if line.ruled] == ["第一篇文章的标题", "第二篇文章的标题"]


def test_articles_side_by_side_are_not_mixed(sheet: Sheet) -> None:
    sheet.line("左边文章的标题放在这里", 40, 40, 22)
    sheet.line("右边文章的标题放在这里", 400, 40, 22)
    columns(sheet, [[paragraph(mark)] for mark in "甲乙"], 40, 90)
    columns(sheet, [[paragraph(mark)] for mark in "丙丁"], 400, 90)
    assert [part[0] for part in blocks(sheet.read())] == list("甲乙丙丁")


@pytest.mark.parametrize("left", [True, False])
def test_an_article_that_runs_round_another_keeps_its_columns(left: bool, sheet: Sheet) -> None:
    sheet.line("外面这篇文章绕着里面那篇走一共四栏", 60, 30, 30)
    inner = (0, 1) if left else (2, 3)
    marks = iter("甲乙丙丁")
    for at in range(4):
        length = 84 if at in inner else 400
        sheet.column([paragraph(next(marks), length)], 40 + at * 158, 90, WIDE)
    x = 40 + inner[0] * 158
    sheet.line("里面那篇文章的标题", x + 20, 240, 20)
    columns(sheet, [[paragraph("戊")], [paragraph("己")]], x, 280)
    read = [part[0] for part in blocks(sheet.read())]
    assert read == list("甲乙丙丁戊己")


def test_a_box_is_read_apart_from_the_text_around_it(sheet: Sheet) -> None:
    sheet.line("文章的标题横跨三栏", 60, 40, 26)
    columns(sheet, [[paragraph("甲", 150)], [paragraph("乙", 60)], [paragraph("丙", 150)]], 40, 90)
    sheet.frames.append(Rectangle(x0=194, y0=170, x1=342, y1=262))
    sheet.line("框里的标题", 200, 176, 14)
    sheet.column([paragraph("丁", 40)], 200, 198, WIDE)
    lines = sheet.read()
    assert [part[0] for part in blocks(lines)] == list("甲乙丙丁")
    assert [line.text for line in lines if line.ruled] == ["文章的标题横跨三栏", "框里的标题"]


def test_a_caption_stands_apart_and_the_sentence_goes_on_behind_it(sheet: Sheet) -> None:
    whole = paragraph("甲", 5 * WIDE - 2)
    sheet.line("图片在一句话中间", 60, 40, 26)
    y = sheet.column([whole[: 2 * WIDE - 2]], 40, 90, WIDE)
    sheet.pictures.append(Rectangle(x0=40, y0=y, x1=180, y1=y + 80))
    sheet.line("居民在院子里种花。", 40, y + 83, 8)
    sheet.column(["+" + whole[2 * WIDE - 2 :]], 40, y + 100, WIDE)
    sheet.column([paragraph("乙", 120)], 198, 90, WIDE)
    lines = sheet.read()
    assert blocks(lines, Role.CAPTION) == ["居民在院子里种花。"]
    assert blocks(lines) == [whole, paragraph("乙", 120)]
    at = [line.role for line in lines].index(Role.CAPTION)
    assert 0 < at < len(lines) - 1


def test_a_caption_beside_its_picture_is_found(sheet: Sheet) -> None:
    sheet.line("说明在图片旁边", 60, 30, 26)
    sheet.pictures.append(Rectangle(x0=40, y0=70, x1=240, y1=190))
    sheet.line("志愿者给老人", 246, 160, 8)
    sheet.line("送饭。", 246, 171, 8)
    columns(sheet, [[paragraph("甲", 100)], [paragraph("乙", 100)]], 40, 210)
    lines = sheet.read()
    assert blocks(lines, Role.CAPTION) == ["志愿者给老人送饭。"]


def test_a_sentence_quoted_in_large_type_is_no_headline(sheet: Sheet) -> None:
    sheet.line("院子里的新规矩大家定", 60, 40, 26)
    whole = paragraph("甲", 6 * WIDE - 2)
    y = sheet.column([whole[: 3 * WIDE - 2]], 40, 90, WIDE)
    sheet.line("“定了就要做到。”", 40, y + 8, 15)
    sheet.column(["+" + whole[3 * WIDE - 2 :]], 40, y + 36, WIDE)
    sheet.column([paragraph("乙", 140)], 198, 90, WIDE)
    lines = sheet.read()
    assert blocks(lines, Role.CAPTION) == ["“定了就要做到。”"]
    assert blocks(lines) == [whole, paragraph("乙", 140)]


@pytest.mark.parametrize("x", [40.0, 530.0])
def test_an_upright_headline_comes_before_its_paragraph(x: float, sheet: Sheet) -> None:
    sheet.upright("竖着排的标题", x, 90, 28)
    columns(sheet, [[paragraph(mark, 120)] for mark in "甲乙丙"], 90 if x < 90 else 40, 90)
    lines = sheet.read()
    assert lines[0].text == "竖着排的标题"
    assert [part[0] for part in blocks(lines)] == list("甲乙丙")


def test_the_band_at_the_head_of_the_page_belongs_to_the_page(sheet: Sheet) -> None:
    sheet.line("第三版 社区", 40, 20)
    sheet.line("某某晚报", 500, 20)
    sheet.frames.append(Rectangle(x0=40, y0=36, x1=540, y1=37))
    sheet.line("标题比版头的字大", 60, 50, 26)
    columns(sheet, [[paragraph(mark)] for mark in "甲乙丙"], 40, 95)
    lines = sheet.read()
    assert [line.text for line in lines if line.role is Role.FURNITURE] == [
        "第三版 社区",
        "某某晚报",
    ]


def test_a_lone_page_number_belongs_to_the_page(sheet: Sheet) -> None:
    sheet.column([paragraph("甲", 200), paragraph("乙", 200)], 100, 80, 40)
    sheet.line("27", 390, 970)
    assert [line.text for line in sheet.read() if line.role is Role.FURNITURE] == ["27"]


def test_a_ruled_table_is_read_row_by_row(sheet: Sheet) -> None:
    sheet.column([paragraph("甲", 90)], 100, 80, 40)
    rows = (("社区", "议题", "办结"), ("桂苑", "18", "15"), ("南塘", "9", "9"))
    for row, cells in enumerate(rows):
        for at, cell in enumerate(cells):
            x, y = 100 + at * 100, 160 + row * 20
            sheet.frames.append(Rectangle(x0=x, y0=y, x1=x + 100, y1=y + 20))
            sheet.line(cell, x + 5, y + 5)
    sheet.column([paragraph("乙", 90)], 100, 240, 40)
    told = [line.text for line in sheet.read() if line.role is Role.BODY]
    assert told == ["　".join(cells) for cells in rows]


def test_rows_of_cells_without_rules_are_not_read_as_columns(sheet: Sheet) -> None:
    sheet.column([paragraph("甲", 90)], 100, 80, 40)
    for row, cells in enumerate((("时间", "活动"), ("九点", "议事会"), ("十点半", "讲座"))):
        for at, cell in enumerate(cells):
            sheet.line(cell, 100 + at * 150, 150 + row * 15)
    sheet.column([paragraph("乙", 90)], 100, 210, 40)
    read = [line.text.strip() for line in sheet.read()]
    assert read.index("时间") < read.index("活动") < read.index("九点") < read.index("议事会")


def test_a_large_first_character_belongs_to_its_paragraph(sheet: Sheet) -> None:
    sheet.line("首字下沉的段落", 60, 40, 26)
    sheet.line("三", 40, 90, 25)
    sheet.line("年前这里还是一片荒地", 70, 90)
    sheet.line("没有人愿意从旁边走过", 70, 105)
    sheet.column(["+去年大家动手种花。"], 40, 120, 13)
    sheet.column([paragraph("乙", 100)], 198, 90, WIDE)
    assert blocks(sheet.read())[0].startswith("三年前这里还是一片荒地没有人愿意")


def test_the_lines_of_a_headline_are_one_headline(sheet: Sheet) -> None:
    sheet.line("小院的事情大家商量", 130, 30, 26)
    sheet.line("街坊的烦心事有人管起来", 105, 62, 26)
    columns(sheet, [[paragraph(mark)] for mark in "甲乙丙"], 40, 110)
    assert blocks(sheet.read(), Role.HEAD) == ["小院的事情大家商量 街坊的烦心事有人管起来"]


def test_boxes_are_fractions_of_the_page_even_where_type_runs_over_its_edge() -> None:
    line = Printed(text="出血", x0=-5, y0=-2, x1=15, y1=8, em=10)
    [read] = lines_of(PrintedPage(number=3, width=100, height=100, lines=(line,)))
    assert read.box is not None
    assert (read.box.page, read.box.x0, read.box.y0) == (3, 0.0, 0.0)


def test_a_page_without_text_has_no_lines() -> None:
    assert lines_of(PrintedPage(number=1, width=100, height=100, lines=())) == ()
