"""What stands above the articles, and editors' lines."""

import pytest

from ingest.masthead import find_date, is_furniture, is_page_number, read_masthead


def test_one_line_may_hold_everything() -> None:
    head = read_masthead(["江浦社区报 2024年3月1日 星期五 A06 邻里 责编：奚文 美编：阮小勇"])
    assert (head.publisher, head.date, head.page_label) == ("江浦社区报", "2024-03-01", "A06 邻里")
    assert head.series is None


def test_a_lone_year_is_a_hint_and_no_date() -> None:
    head = read_masthead(["2021", "为民办实事 成果展"])
    assert (head.date, head.year_hint, head.series) == (None, "2021", "2021 为民办实事 成果展")


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("2022年9月16日 星期五", "2022-09-16"),
        ("2023-07-27 10:22", "2023-07-27"),
        ("二〇二三年十二月三十一日", "2023-12-31"),
        ("2023年13月40日", None),
        ("1月20日", None),
    ],
)
def test_full_dates_are_read_and_others_not_guessed(line: str, date: str | None) -> None:
    assert find_date(line) == date


@pytest.mark.parametrize(
    "line",
    [
        "第05版", "责编：潘越 美编：孟琳", "（责任编辑：郭子明）", "A06 邻里",
        "值班编委：凌川 责任编辑：卓一鸣 版式：南乔", "初审：柏舟　复审：洪涛　终审：时敏",
        "首页 > 民生 > 临溪区 > 正文", "当前位置：首页 >> 新闻", "【纠错】 【打印】 【关闭窗口】",
        "上一篇：夜市摊位怎么分", "（下转C4版）",
        "点击上方蓝字关注我们", "— END —", "字号：大 中 小",
    ],
)  # fmt: skip
def test_page_and_editor_lines_belong_to_the_page(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line", ["设计一条健身步道", "编辑部的故事", "主编寄语", "G98环岛高速", "设计师走进社区",
        "打印店里的夜班", "更多居民加入进来", "分享一碗热汤", "首页故事"]
)  # fmt: skip
def test_headlines_that_begin_alike_do_not(line: str) -> None:
    assert not is_furniture(line)


def test_page_numbers_are_set_off() -> None:
    assert is_page_number("- 12 -")
    assert is_page_number("第3页")
    assert not is_page_number("12")


@pytest.mark.parametrize(
    ("line", "publisher", "series"),
    [
        ("《家门口》月刊　基层议事特辑", "《家门口》月刊", "基层议事特辑"),
        ("汐州日报·里巷", "汐州日报", "里巷"),
        ("云涧邻里报", "云涧邻里报", None),
        ("YUNJIAN NEIGHBOUR", None, None),
        ("【走街巷·看新貌】", None, "走街巷·看新貌"),
        ("首页 > 民生 > 正文", None, None),
    ],
)
def test_a_publisher_is_told_from_its_column(
    line: str, publisher: str | None, series: str | None
) -> None:
    head = read_masthead([line])
    assert (head.publisher, head.series) == (publisher, series)


def test_the_pages_of_an_issue_are_no_page_number() -> None:
    head = read_masthead(["2022年7月14日　星期四　今日8版", "03版·身边"])
    assert (head.page_label, head.series) == ("03版·身边", None)


def test_a_bare_number_beside_a_full_date_is_the_page() -> None:
    assert read_masthead(["2023年5月26日", "社区", "02"]).page_label == "02"
    assert read_masthead(["工作简报", "02"]).page_label is None


@pytest.mark.parametrize(
    "line", ["责任编辑：何一舟 新闻热线：0500-8866123", "投稿邮箱：paper@example.cn"]
)
def test_how_to_reach_the_editors_belongs_to_the_page(line: str) -> None:
    assert is_furniture(line)


def test_how_to_reach_an_office_is_kept() -> None:
    assert not is_furniture("咨询电话：0500-8866123")
