"""Data sets of every format are told by their content, and bad ones refused with file and line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.evaluation.datasets import load, sampled
from store.errors import NotFoundError, UsageError

DOCUMENTS = [
    {"id": "d1", "title": "食堂", "text": "南湖社区食堂一餐十二元。"},
    {"id": "d2", "title": "", "text": "老楼装上了电梯。\n电梯由居民出资。"},
    {"id": "d3", "text": "小区里种了桂花。"},
]
QUESTION = {"id": "q1", "question": "一餐多少钱？", "answerable": True, "gold_ids": ["d1"]}

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


def corpus_and(write: Write, *questions: object) -> Path:
    return write(corpus__jsonl=DOCUMENTS, questions__jsonl=list(questions))


def test_a_folder_gives_documents_and_questions_with_all_that_is_right(write: Write) -> None:
    two = {
        "id": "q2",
        "type": "two",
        "question": "食堂和电梯？",
        "answerable": True,
        "gold_groups": [["d1"], ["d2", "d3"]],
        "answer_groups": [["十二元"], ["居民", "住户"]],
        "noise_ids": ["d3", "d3"],
    }
    found = load(corpus_and(write, QUESTION | {"answers": ["十二元", "12元"]}, two))
    first, second = found.questions
    assert found.name == "新闻"
    assert [one.id for one in found.documents] == ["d1", "d2", "d3"]
    assert found.documents[2].title == ""
    assert (first.gold, first.groups) == (("d1",), ())
    assert second.gold == ("d1", "d2", "d3")
    assert second.groups == (("d1",), ("d2", "d3"))
    assert second.answers == (("十二元",), ("居民", "住户"))
    assert (second.noise, second.type) == (("d3",), "two")


def test_plain_answers_are_spellings_of_one_unless_the_file_lists_spellings(write: Write) -> None:
    plain = QUESTION | {"answers": ["十二元", "12元"]}
    listed = QUESTION | {"id": "q2", "answers": [["十二元", "12元"]]}
    assert load(corpus_and(write, plain)).questions[0].answers == (("十二元", "12元"),)
    both = load(corpus_and(write, plain, listed)).questions
    assert both[0].answers == (("十二元",), ("12元",))
    assert both[1].answers == (("十二元", "12元"),)


def test_notes_beside_a_question_are_nobody_s_business(write: Write) -> None:
    notes = {"note": "口语", "page": "p1", "community": "南湖", "withheld_positive": False}
    refused = {"id": "q2", "question": "谁？", "answerable": False, "answers": ["不在库里"]}
    first, second = load(corpus_and(write, QUESTION | notes, refused)).questions
    assert (first.gold, second.answerable) == (("d1",), False)


def test_a_question_file_has_no_documents(write: Write) -> None:
    found = load(write(ask__jsonl=[QUESTION]) / "ask.jsonl")
    assert (found.name, found.documents, len(found.questions)) == ("ask", (), 1)


def test_the_fingerprint_changes_with_any_file(write: Write) -> None:
    first = load(corpus_and(write, QUESTION)).fingerprint
    assert load(corpus_and(write, QUESTION)).fingerprint == first
    assert load(corpus_and(write, QUESTION | {"type": "x"})).fingerprint != first


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        ([QUESTION, QUESTION], r"questions.jsonl 第 2 行：id “q1”重复"),
        ([QUESTION, "{"], r"questions.jsonl 第 2 行：不是有效的 JSON"),
        (["", "[]"], r"questions.jsonl 第 2 行：应是一个 JSON 对象"),
        ([QUESTION | {"gold_ids": ["d9"]}], r"第 1 行：gold_ids 里的“d9”不在"),
        ([QUESTION | {"noise_ids": ["d9"]}], r"第 1 行：noise_ids 里的“d9”不在"),
        (
            [QUESTION | {"gold_ids": [], "gold_groups": [["d1"], ["d9"]]}],
            r"第 1 行：gold_groups 里的“d9”不在",
        ),
        ([QUESTION | {"gold_groups": [[]]}], "第 1 行：gold_groups 里有空的列表"),
        ([QUESTION | {"gold_ids": "d1"}], "第 1 行：gold_ids 应为列表"),
        ([QUESTION | {"gold_ids": [["d1"]]}], "第 1 行：gold_ids 里应是文字"),
        ([QUESTION | {"question": "  "}], "第 1 行：question 是空的"),
        ([QUESTION | {"question": ["问"]}], "第 1 行：question 应为文字"),
        ([QUESTION | {"id": None}], "第 1 行：缺少 id"),
        ([QUESTION | {"answerable": 1}], "第 1 行：answerable 应为 true 或 false"),
        ([QUESTION | {"history": [["问"]]}], "第 1 行：对话历史的第 1 项"),
        ([QUESTION | {"gold_id": ["d1"]}], "第 1 行：不认识 gold_id，是不是 gold_ids"),
        ([QUESTION | {"answer": ["十二元"]}], "第 1 行：不认识 answer，是不是 answers"),
        ([QUESTION | {"answerable": False}], "第 1 行：answerable 是 false，却写了 gold_ids"),
        (
            [QUESTION | {"answerable": False, "gold_ids": [], "evidence": ["一餐十二元"]}],
            "第 1 行：answerable 是 false，却写了 evidence",
        ),
        ([QUESTION | {"gold_ids": []}], "第 1 行：answerable 是 true，却没有写什么是对的"),
        ([QUESTION | {"gold_groups": [["d2"]]}], "第 1 行：gold_ids 和 gold_groups"),
        ([json.dumps(QUESTION | {"question": "\ud800"})], "第 1 行：question 里有不完整的字符"),
        ([json.dumps(QUESTION | {"facts": [["\udfff"]]})], "第 1 行：facts 里有不完整的字符"),
        (
            [json.dumps(QUESTION | {"history": [["\ud800？", ""]]})],
            "第 1 行：history 里有不完整的字符",
        ),
        ([], "questions.jsonl 里没有问题"),
    ],
)
def test_bad_questions_are_refused_with_file_and_line(
    write: Write, questions: list[object], said: str
) -> None:
    with pytest.raises(UsageError, match=said) as refused:
        load(corpus_and(write, *questions))
    assert str(refused.value).endswith("。")
    assert str(refused.value).count("。") == 1


@pytest.mark.parametrize(
    ("documents", "said"),
    [
        ([DOCUMENTS[0], DOCUMENTS[0]], "corpus.jsonl 第 2 行：id “d1”重复"),
        ([{"id": "d1"}], "corpus.jsonl 第 1 行：缺少 text"),
        ([{"text": "文"}], "corpus.jsonl 第 1 行：缺少 id"),
        ([{"id": "d1", "text": {}}], "corpus.jsonl 第 1 行：text 应为文字"),
        ([json.dumps({"id": "d1", "text": "\ud83d"})], "第 1 行：text 里有不完整的字符"),
        ([], "corpus.jsonl 里没有文章"),
    ],
)
def test_bad_documents_are_refused_with_file_and_line(
    write: Write, documents: list[object], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        load(write(corpus__jsonl=documents, questions__jsonl=[QUESTION]))


def test_what_is_no_data_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="没有"):
        load(tmp_path / "none")
    with pytest.raises(UsageError, match=r"要有 corpus\.jsonl"):
        load(tmp_path)
    (tmp_path / "gbk.jsonl").write_bytes("问题".encode("gbk"))
    with pytest.raises(NotFoundError, match="UTF-8"):
        load(tmp_path / "gbk.jsonl")


def test_a_sample_is_the_same_for_a_seed_and_keeps_corpus_and_order(write: Write) -> None:
    many = [QUESTION | {"id": f"q{number}"} for number in range(20)]
    whole = load(corpus_and(write, *many))
    drawn = sampled(whole, 5, seed=3)
    assert drawn == sampled(whole, 5, seed=3)
    assert drawn.questions != sampled(whole, 5, seed=4).questions
    assert len(drawn.documents) == 3
    places = [whole.questions.index(one) for one in drawn.questions]
    assert len(places) == 5
    assert places == sorted(places)
    assert sampled(whole, 99).questions == sampled(whole, None).questions == whole.questions
    with pytest.raises(UsageError, match="至少为 1"):
        sampled(whole, 0)
