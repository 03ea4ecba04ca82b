"""SQuAD's and CMRC's JSON is read in its shapes, and what is wrong told with its place."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.datasets import load
from store.errors import UsageError


def squad(**changes: object) -> dict[str, Any]:
    question: dict[str, Any] = {
        "id": "q1",
        "question": "一餐多少钱？",
        "answers": [{"text": "十二元", "answer_start": 7}, {"text": "十二元", "answer_start": 7}],
    }
    paragraph = {"id": "p1", "context": "社区食堂一餐十二元。", "qas": [question | changes]}
    return {"version": "1", "data": [{"title": "食堂", "paragraphs": [paragraph]}]}


def squad_file(folder: Path, value: object) -> Path:
    path = folder / "dev.json"
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), "utf-8")
    return path


def test_squad_paragraphs_are_documents_and_answers_spellings(tmp_path: Path) -> None:
    found = load(squad_file(tmp_path, squad()))
    assert [(one.id, one.title) for one in found.documents] == [("p1", "食堂")]
    assert found.questions[0].gold == ("p1",)
    assert found.questions[0].answers == (("十二元",),)


def test_a_long_title_before_the_paragraphs_does_not_hide_the_format(tmp_path: Path) -> None:
    value = squad()
    value = {"version": "一" * 3000, "data": value["data"]}
    assert len(load(squad_file(tmp_path, value)).documents) == 1


def test_squad_questions_without_an_answer_are_not_answerable(tmp_path: Path) -> None:
    (question,) = load(squad_file(tmp_path, squad(is_impossible=True, answers=[]))).questions
    assert (question.answerable, question.gold, question.answers) == (False, (), ())


def test_cmrc_in_its_older_shape_is_read(tmp_path: Path) -> None:
    question = {"query_id": "T_0", "query_text": "多少钱？", "answers": ["十二元"]}
    value = [
        {"context_id": "T", "context_text": "一餐十二元。", "title": "食堂", "qas": [question]}
    ]
    found = load(squad_file(tmp_path, value))
    assert (found.documents[0].id, found.questions[0].gold) == ("T", ("T",))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (squad(id=None), r"第 1 题）：缺少 id"),
        (squad(question=""), r"第 \d+ 行（第 1 篇第 1 段第 1 题）：question 是空的"),
        (squad(answers=[]), r"第 1 题）：没有 answers"),
        (squad(answers=[{"text": 1.5}]), r"第 1 题）：answers 应为文字"),
        ({"paragraphs": [], "data": "x"}, r"第 \d+ 行（整个文件）：data 应为列表"),
        ([1], r"第 1 行（第 1 篇）：应是一个 JSON 对象"),
        ([], r"里没有问题"),
    ],
)
def test_bad_squad_files_are_refused_with_their_place(
    tmp_path: Path, value: object, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        load(squad_file(tmp_path, value))


def test_the_line_of_a_bad_squad_question_is_where_it_stands(tmp_path: Path) -> None:
    path = squad_file(tmp_path, squad(answers=[]))
    line = next(
        number
        for number, text in enumerate(path.read_text("utf-8").split("\n"), start=1)
        if '"q1"' in text
    )
    with pytest.raises(UsageError, match=f"第 {line} 行"):
        load(path)


def test_json_that_breaks_off_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "dev.json"
    path.write_text('{"data": [\n{"paragraphs": [\n', "utf-8")
    with pytest.raises(UsageError, match=r"dev\.json 第 3 行：不是有效的 JSON"):
        load(path)
