"""Text that programs read is told from reports, and no report is ever taken for it."""

import json
import time
from pathlib import Path

import pytest

from ingest.config import IngestConfig
from ingest.detect import format_of, refusal
from ingest.machine_text import format_of_text
from ingest.read import parse_report
from store.outcomes import Rejection
from tests.ingest.texts import PEOPLES, PROGRAMS

ROOT = Path(__file__).parents[2]

PROGRAM = """\
\"\"\"统计每个社区的报名人数。\"\"\"

import csv
from collections import Counter

NAMES = ["南湖社区", "槐树社区"]  # 只算这两个


def count(path: str) -> Counter[str]:
    # 逐行读取
    with open(path) as file:
        rows = list(csv.reader(file))
    return Counter(row[1] for row in rows if row[1] in NAMES)


if __name__ == "__main__":
    print("合计：", count("报名.csv"))
"""
SCRIPT = """\
// 点了按钮就展开
const button = document.querySelector("#more");
button.addEventListener("click", () => {
	document.body.classList.toggle("open");
	button.textContent = "收起全文";
});
"""
PACKED = (
    "var a=function(e){return e&&e.b?e.b(1):0};!function(){for(var t=0;t<9;t++)a({b:t})}();"
    "window.c=[1,2,3].map(e=>({d:e*2}));function f(){return a(c[0])||{}}"
) * 2
SHEET = "/* 全站样式 */\n.top { color: red; }\n.top a:hover {\n  color: blue;\n}\n"
SETTINGS = "[server]\nhost = 127.0.0.1\nport = 7860\n\n[log]\nlevel = debug\n"
LOG = "".join(f"2026-01-02 10:11:0{at} INFO server: request took {at} ms\n" for at in range(9))
QUERY = """\
CREATE TABLE report (
  id TEXT PRIMARY KEY,
  title TEXT
);
INSERT INTO report VALUES ('一', '二');
"""
TABLE = '姓名,小区,电话\n张三,南湖社区,1\n李四,槐树社区,2\n王五,"柳荫,东区",3\n'
GRAPHIC = '<svg xmlns="http://www.w3.org/2000/svg"><text x="1" y="9">南湖社区食堂开张</text></svg>'

STORY = (
    "社区食堂开张\n\n南湖社区食堂昨天正式开门营业，每天为老人提供三餐，六十岁以上的老人打八折。\n"
)
HALF_WIDTH = "居民代表来议事,讨论停车位,大家同意先保障消防通道.\n" * 5
FORM = "姓名：张三\n小区：南湖社区\n电话：12345\n事由：申请加装电梯\n"
LIST = "食堂开张  见第2版\n电梯加装  见第3版\n停车新规  见第4版\n"
CHAT = (
    "2026-01-02 10:11:12 张三\n大家好，食堂开门了。\n2026-01-02 10:12:00 李四\n好的，谢谢。\n" * 3
)
ENGLISH = """\
The yard of Willow Lane, rebuilt by its neighbours

The neighbours met on Monday, and talked about the lamps. They want four of them, and a bench;
the street office pays for two, they pay for the rest.

If all goes well, the work begins in May.
"""
SCHEDULE = "时间\t内容\n九点\t开会，听取居民的意见。\n十点\t到三号楼看电梯，并和施工方商量。\n"
MARKDOWN = (
    "# 食堂开张\n\n> 南湖社区\n\n- 早餐七点开始，一份五元。\n- 午餐十一点半开始，一份十二元。\n"
)
GUIDE = (
    "# 怎样报名\n\n居民在网页里填好表，再把下面一行发给工作人员。\n\n```\nname = 1;\ncall();\n```\n"
)
SPOKEN = '"今天来了很多人。"\n"是啊，食堂的菜很好。"\n"明天我还来。"\n' * 3
DICTATED = "张阿姨说,好\n李大爷说,不行\n"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (PROGRAM, "code"),
        (SCRIPT, "code"),
        (PACKED, "code"),
        (SHEET, "code"),
        (SETTINGS, "code"),
        (QUERY, "code"),
        ("#!/bin/sh\nsay 你好\n", "code"),
        ("<?php\n// 首页\necho '社区';\n", "code"),
        ("[InternetShortcut]\nURL=https://example.org/\n", "code"),
        (json.dumps({"标题": "食堂", "正文": ["一", "二"]}, ensure_ascii=False), "data"),
        ('{"text": "食堂开张。"}\n{"text": "电梯装好。"}\n', "data"),
        ('[\n  {"a": 1},\n  {"a": 2}\n]', "data"),
        ('<?xml version="1.0"?>\n<!-- 导出 -->\n<rows><row>社区</row></rows>', "data"),
        (GRAPHIC, "svg"),
        (f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE svg>\n{GRAPHIC}', "svg"),
        ("<a:rows xmlns:a='x'>\n<a:row>社区</a:row></a:rows>", "data"),
        (f"<?xml version='1.0'?><s:svg xmlns:s='x'>{'社区' * 9}</s:svg>", "svg"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_what_programs_read_is_told_whatever_its_encoding(
    text: str, name: str, encoding: str
) -> None:
    assert format_of(text.encode(encoding)) == name


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        STORY * 40,
        HALF_WIDTH,
        FORM,
        LIST,
        CHAT,
        ENGLISH,
        SCHEDULE,
        MARKDOWN,
        GUIDE,
        SPOKEN,
        DICTATED,
        "\t" + STORY.replace("\n", "\n\t"),
        "社区通讯录",
        "[1] 社区食堂\n[2] 加装电梯\n[3] 停车\n",
        "{记者 张三}\n" + STORY,
        "a; b\n",
        LOG,
        TABLE,
        TABLE.replace(",", "\t"),
        "标题,正文\n" + '"食堂开张","昨天开门。老人打八折。"\n' * 5,
        "* 停水通知\n* 停电通知\nTel: 62330011\n",
        "# 联系我们\nTel: 62330011\nWeb: example.org\nWeChat: willow\n",
        "% 居民满意度\nA: 98\nB: 97\n",
        "昨天下午,社区开了大会\n王主任,讲了电梯的事\n李阿姨,提了车位的事\n最后,大家都投了票\n",
        "春眠不觉晓,处处闻啼鸟\n" * 4,
        "Date: 3 May\nTime: 9:00\nChair: Wang\nClerk: Li\nPresent: all\nThe lamps were agreed.\n",
        "Police: 110\nFire: 119\nLunch: noodles\n",
        "Opening (9:00)\nClosed (holiday)\nFlour (500 g)\n",
        "The lamps are lit;\nthe yard is swept;\nwe all go home;\n",
        "2024-05-03 10:00:01 Wang: the lift works\n" * 4,
        '"停水","停电"\n',
        '"张阿姨": "电梯什么时候装？"\n' * 3,
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_what_people_read_is_text(text: str, encoding: str) -> None:
    assert format_of(text.encode(encoding)) == "text"


@pytest.mark.parametrize("text", PROGRAMS.values(), ids=PROGRAMS)
def test_code_is_told_in_whatever_language(text: str) -> None:
    assert format_of(text.encode()) == "code"


@pytest.mark.parametrize("text", PEOPLES.values(), ids=PEOPLES)
def test_lists_tables_and_verse_are_text(text: str) -> None:
    for encoding in ("utf-8", "gb18030"):
        assert format_of(text.encode(encoding)) == "text"
        assert format_of(text.replace("\n", "\r\n").encode(encoding) * 20) == "text"


def test_a_name_decides_nothing() -> None:
    assert parse_report(Path("/x/新闻.py"), STORY.encode(), IngestConfig()) is not None
    for name, text in (("新闻.txt", PROGRAM), ("新闻.txt", GRAPHIC)):
        refused = parse_report(Path("/x") / name, text.encode(), IngestConfig())
        assert isinstance(refused, Rejection)


@pytest.mark.parametrize("name", ["code", "data", "svg", "spreadsheet", "slides", "media"])
def test_each_is_refused_in_one_sentence_that_says_what_to_do(name: str) -> None:
    reason = refusal(name)
    assert reason.endswith("。")
    assert reason.count("。") == 1
    assert "请" in reason


def test_our_own_programs_are_programs_and_the_sample_is_a_report() -> None:
    programs = [ROOT / "ingest" / "watch.py", *(ROOT / "ui" / "web" / "assets").glob("*.js")]
    assert {format_of_text(file.read_bytes()) for file in programs} == {"code"}
    texts = [*(ROOT / "reports").glob("*.txt"), *(ROOT / "tests" / "fixtures").rglob("*.txt")]
    assert {format_of_text(file.read_bytes()) for file in texts} == {None}


@pytest.mark.parametrize("piece", ['"\\', "/*", '"""', "[{", "a:", "((", "a,", "<!--", "'"])
def test_no_text_is_looked_at_for_long(piece: str) -> None:
    began = time.process_time()
    for text in (piece * 200_000, "\n".join([piece * 150] * 400)):
        format_of_text(text.encode())
    assert time.process_time() - began < 5
