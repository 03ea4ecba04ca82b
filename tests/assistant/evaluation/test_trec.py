"""TREC's topics and qrels are read in their shapes, and bad lines told with file and line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.evaluation.datasets import load
from assistant.evaluation.records import Dataset
from store.errors import UsageError

DOCUMENTS = [
    {"id": "d1", "title": "食堂", "text": "南湖社区食堂一餐十二元。"},
    {"id": "d2", "title": "", "text": "老楼装上了电梯。\n电梯由居民出资。"},
    {"id": "d3", "text": "小区里种了桂花。"},
]

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(**files: object) -> Path:
        """Write files into a folder: text as it is, anything else as lines of JSON."""
        folder = tmp_path / "新闻"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            lines = content if isinstance(content, list) else []
            text = "\n".join(
                one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)
                for one in lines
            )
            target = folder / name.replace("__", ".")
            target.write_text(content if isinstance(content, str) else text, "utf-8")
        return folder

    return written


TOPICS = "1\t一餐多少钱？\n2\t谁出资装电梯？\n3\t没人评过的题\n"
QRELS = "1 0 d1 2\n1 0 d2 1\n1 0 d3 0\n2 0 d2 1\n9 0 d1 1\n"


def trec(write: Write, topics: str = TOPICS, qrels: str = QRELS) -> Dataset:
    return load(write(corpus__jsonl=DOCUMENTS, topics__tsv=topics, qrels__txt=qrels))


def test_trec_topics_are_asked_where_something_was_judged_to_answer(write: Write) -> None:
    first, second = trec(write).questions
    assert (first.question, first.gold, first.grades) == ("一餐多少钱？", ("d1", "d2"), (2, 1))
    assert (second.id, second.gold) == ("2", ("d2",))


SGML = """<top>
<num> Number: 1
<title> Topic: 一餐
多少钱？
<desc> 说明
</top>
<top>
<num> Number: 2
<title>谁出资？
</top>"""
XML = """<topics><topic number="1"><query>一餐 多少钱？</query></topic>
<topic number="2"><query>谁&amp;出资？</query></topic></topics>"""


@pytest.mark.parametrize("topics", [SGML, XML])
def test_trec_topics_may_be_elements(write: Write, topics: str) -> None:
    found = trec(write, topics).questions
    assert [one.id for one in found] == ["1", "2"]
    assert found[0].question == "一餐 多少钱？"


def test_qrels_may_have_three_fields_and_a_heading(write: Write) -> None:
    found = trec(write, qrels="query-id\tcorpus-id\tscore\n1\td1\t1\n")
    assert found.questions[0].gold == ("d1",)


@pytest.mark.parametrize(
    ("topics", "qrels", "said"),
    [
        (TOPICS, "1 0 d9 1", "qrels.txt 第 1 行：qrels 里的“d9”不在"),
        (TOPICS, "1 0 d1 1\n1 0 d1 1", "qrels.txt 第 2 行：.*重复"),
        (TOPICS, "1 0 d1 好", "qrels.txt 第 1 行：应是题号"),
        (TOPICS, "9 0 d1 1", "里没有 topics.tsv 中任何一题"),
        ("1 没有制表符", QRELS, "topics.tsv 第 1 行：应是编号"),
        ("1\t一\n1\t二", QRELS, "topics.tsv 第 2 行：id “1”重复"),
        ("1\t", QRELS, "topics.tsv 第 1 行：question 是空的"),
        ("\n<top><title>题</top>", QRELS, "topics.tsv 第 2 行：缺少 id"),
    ],
)
def test_bad_topics_and_qrels_are_refused_with_file_and_line(
    write: Write, topics: str, qrels: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        trec(write, topics, qrels)
