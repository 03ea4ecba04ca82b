"""What belongs to which article of a page: rails, rules, quotations, boxes, labels, pictures."""

import pytest

from ingest.layout.printed import Rectangle
from ingest.reading import Role
from tests.ingest.layout.sheets import Sheet, blocks, paragraph

COLUMN = 158  # points from one column to the next


@pytest.fixture
def sheet() -> Sheet:
    """An empty page."""
    return Sheet()


def three_columns(sheet: Sheet, marks: str, y: float, length: int = 80) -> None:
    for at, mark in enumerate(marks):
        sheet.column([paragraph(mark, length)], 40 + at * COLUMN, y, 14)


def test_short_articles_side_by_side_under_their_headlines_are_no_table(sheet: Sheet) -> None:
    for side, marks in enumerate(("甲乙", "丙丁")):
        x = 40 + side * 300
        sheet.line("院子里的事大家商量" if side else "楼道里的灯都换新了", x + 20, 40, 22)
        for at, mark in enumerate(marks):
            sheet.column([paragraph(mark, 27), paragraph(mark, 24)], x + at * 120, 80, 10)
    assert [text[0] for text in blocks(sheet.read())] == list("甲甲乙乙丙丙丁丁")


@pytest.mark.parametrize("ruled", [True, False])
def test_a_column_beside_stacked_articles_is_not_cut_with_them(sheet: Sheet, ruled: bool) -> None:
    three_columns(sheet, "甲乙丙", 80)
    sheet.line("楼道里的灯都换新了", 160, 40, 24)
    sheet.line("院子里的事大家商量", 160, 210, 24)
    if ruled:
        sheet.frames.append(Rectangle(x0=40, y0=196, x1=490, y1=196.5))
    three_columns(sheet, "丁戊己", 250)
    sheet.column([paragraph("庚", 330)], 40 + 3 * COLUMN + 20, 80, 14)
    assert [text[0] for text in blocks(sheet.read())] == list("甲乙丙庚丁戊己")


def test_a_heading_below_a_quotation_between_rules_opens_no_article(sheet: Sheet) -> None:
    sheet.line("楼道里的灯都换新了", 100, 40, 26)
    sheet.column([paragraph("甲", 120)], 40, 90, 30)
    for y in (180.0, 220.0):
        sheet.frames.append(Rectangle(x0=40, y0=y, x1=340, y1=y + 1))
    sheet.line("大家看的是数字，不是脸色。", 42, 192, 16)
    sheet.line("采光现场量", 40, 232, 12.5)
    sheet.column([paragraph("乙", 120)], 40, 255, 30)
    lines = sheet.read()
    assert blocks(lines, Role.CAPTION) == ["大家看的是数字，不是脸色。"]
    assert [line.text for line in lines if line.ruled] == ["楼道里的灯都换新了"]


def test_a_box_in_smaller_type_keeps_its_headline(sheet: Sheet) -> None:
    sheet.line("楼道里的灯都换新了", 100, 40, 26)
    sheet.column([paragraph("甲", 300)], 40, 90, 30)
    sheet.frames.append(Rectangle(x0=40, y0=300, x1=350, y1=420))
    sheet.line("补贴怎么领", 50, 310, 12.5)
    sheet.column([paragraph("乙", 120)], 50, 335, 30, em=9)
    lines = sheet.read()
    assert blocks(lines, Role.HEAD) == ["楼道里的灯都换新了", "补贴怎么领"]
    assert [line.text for line in lines if line.ruled][1:] == ["补贴怎么领"]


def test_a_line_on_a_ground_of_its_own_heads_the_text_below_it(sheet: Sheet) -> None:
    sheet.line("楼道里的灯都换新了", 100, 40, 26)
    sheet.column([paragraph("甲", 120)], 40, 90, 30)
    sheet.frames.append(Rectangle(x0=120, y0=158, x1=260, y1=178))
    sheet.line("物业费谁来定？", 150, 163, 10.5)
    sheet.column([paragraph("乙", 120)], 40, 190, 30)
    lines = sheet.read()
    assert blocks(lines, Role.HEAD)[1:] == ["物业费谁来定？"]
    assert [text[0] for text in blocks(lines)] == ["甲", "乙"]


@pytest.mark.parametrize("left", [True, False])
def test_text_that_runs_round_a_picture_keeps_its_paragraphs(sheet: Sheet, left: bool) -> None:
    sheet.line("楼道里的灯都换新了", 100, 40, 26)
    y = sheet.column([paragraph("甲", 130)], 40, 90, 40)
    x = 250 if left else 40
    x0 = 40 if left else 250
    y = sheet.column([paragraph("乙", 70), paragraph("丙", 70)], x, y, 19)
    sheet.pictures.append(Rectangle(x0=x0, y0=152, x1=x0 + 190, y1=y))
    sheet.column([paragraph("丁", 130)], 40, y + 5, 40)
    assert [text[0] for text in blocks(sheet.read())] == ["甲", "乙", "丙", "丁"]


def test_a_filled_place_without_type_is_a_picture_that_may_have_a_caption(sheet: Sheet) -> None:
    sheet.line("楼道里的灯都换新了", 100, 40, 26)
    sheet.column([paragraph("甲", 130)], 40, 90, 30)
    sheet.frames.append(Rectangle(x0=40, y0=175, x1=340, y1=300))
    sheet.frames.append(Rectangle(x0=60, y0=190, x1=120, y1=250))
    sheet.line("居民在看新装的灯", 40, 305, 8.5)
    sheet.column([paragraph("乙", 130)], 40, 330, 30)
    assert blocks(sheet.read(), Role.CAPTION) == ["居民在看新装的灯"]


def test_small_type_on_the_text_of_a_column_is_no_caption_of_the_picture_beside_it(
    sheet: Sheet,
) -> None:
    sheet.line("楼道里的灯都换新了", 100, 40, 26)
    sheet.pictures.append(Rectangle(x0=200, y0=85, x1=500, y1=260))
    sheet.line("本报记者某某", 40, 90, 9)
    sheet.column([paragraph("甲", 150)], 40, 104, 14)
    assert blocks(sheet.read(), Role.CAPTION) == []


def test_the_type_of_a_large_table_is_not_that_of_the_text(sheet: Sheet) -> None:
    sheet.column([paragraph("甲", 100)], 40, 60, 40, em=13)
    for row in range(12):
        for at in range(4):
            x, y = 40 + at * 120, 130 + row * 20
            sheet.frames.append(Rectangle(x0=x, y0=y, x1=x + 120, y1=y + 20))
            sheet.line("数字和名称各一", x + 5, y + 5)
    sheet.column([paragraph("乙", 100)], 40, 400, 40, em=13)
    assert {line.size for line in sheet.read() if line.role is None} == {1.0}


def test_a_paper_is_named_by_large_type_with_its_issue_beside_it(sheet: Sheet) -> None:
    sheet.line("望春里邻报", 50, 30, 34)
    sheet.line("社区服务中心主办", 600, 34)
    sheet.line("秋季刊 总第19期", 600, 50)
    sheet.line("楼道里的灯都换新了", 60, 100, 18)
    three_columns(sheet, "甲乙丙", 140, 500)
    told = {line.text for line in sheet.read() if line.role is Role.FURNITURE}
    assert told == {"望春里邻报", "社区服务中心主办", "秋季刊 总第19期"}


def test_who_issues_a_document_stands_above_its_number_and_a_rule(sheet: Sheet) -> None:
    sheet.line("某某街道办事处文件", 200, 80, 34)
    sheet.line("某街办〔2023〕31号", 100, 200)
    sheet.frames.append(Rectangle(x0=90, y0=220, x1=700, y1=221))
    sheet.line("关于开展大扫除的通知", 250, 260, 14)
    sheet.column([paragraph("甲", 300)], 100, 300, 55)
    lines = sheet.read()
    assert blocks(lines, Role.HEAD) == ["关于开展大扫除的通知"]
    assert blocks(lines, Role.FURNITURE) == ["某某街道办事处文件", "某街办〔2023〕31号"]


def test_an_upright_headline_that_had_no_more_room_is_one_word(sheet: Sheet) -> None:
    sheet.upright("楼道里的灯都", 600, 40, 28)
    sheet.upright("换新了", 566, 40, 28)
    three_columns(sheet, "甲乙丙", 40)
    assert blocks(sheet.read(), Role.HEAD) == ["楼道里的灯都换新了"]
