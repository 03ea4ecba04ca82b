"""A question file is read strictly, and its metrics say what they say."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.answers import Answering, Evaluation, measured, metrics
from assistant.evaluation.baseline import NearestPassage
from assistant.evaluation.questions import load_questions
from assistant.pipeline import Assistant
from store.errors import NotFoundError, UsageError

GOOD: list[dict[str, Any]] = [
    {
        "id": "1",
        "type": "fact",
        "question": "加装电梯的费用怎么分摊？",
        "answerable": True,
        "evidence": ["一层不出、逐层递增"],
        "facts": [["28000", "两万八"]],
    },
    {
        "id": "2",
        "type": "followup",
        "question": "那里的食堂设在哪？",
        "history": [["石桥社区在哪里？", ""]],
        "answerable": True,
        "evidence": ["设在原街道会议室", "这句不在报道里"],
    },
    {"id": "3", "question": "量子计算机的价格是多少？", "answerable": False},
    {"id": "4", "question": "加装电梯的费用怎么分摊？", "answerable": False},
]


def written(folder: Path, *lines: object) -> Path:
    path = folder / "questions.jsonl"
    text = "\n".join(
        line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines
    )
    path.write_text(text, "utf-8")
    return path


def evaluate(answering: Answering, path: Path) -> Evaluation:
    cases = tuple(measured(answering, one) for one in load_questions(path))
    return Evaluation(cases=cases, metrics=metrics(cases))


def test_the_metrics_count_what_is_right_and_what_is_wrong(
    tmp_path: Path, assistant: Assistant
) -> None:
    found = evaluate(assistant, written(tmp_path, *GOOD)).metrics
    assert (found["questions"], found["answerable"], found["unanswerable"]) == (4, 2, 2)
    assert (found["gold_cited"], found["gold_all_cited_share"]) == (2, 0.5)
    assert (found["refused"], found["refused_share"]) == (1, 0.5)
    assert (found["facts_share"], found["quotes_exact_share"]) == (1.0, 1.0)
    assert 0 < found["elapsed_p50_ms"] <= found["elapsed_p95_ms"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["{"], "第 1 行"),
        ([GOOD[0], GOOD[0]], "第 2 行.*重复"),
        ([{"id": "1", "question": "问？"}], "第 1 行.*answerable"),
        ([{"id": "1", "question": " ", "answerable": True}], "question 是空的"),
        ([{"id": "1", "question": "问？", "answerable": "yes"}], "true 或 false"),
        (["[1, 2]"], "第 1 行"),
        ([], "没有问题"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(
    tmp_path: Path, lines: list[object], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        load_questions(written(tmp_path, *lines))


def test_answers_are_measured_as_strings_and_citations_sentence_by_sentence(
    tmp_path: Path, assistant: Assistant
) -> None:
    line = {**GOOD[0], "answers": ["28000元", "两万八千元"]}
    result = evaluate(assistant, written(tmp_path, line))
    found = result.metrics
    assert found["answer_found_share"] == 1
    assert found["exact_match"] == 0
    assert 0 < found["f1"] < 1
    assert found["citation_recall"] == found["citation_precision"] == 1
    assert found["gold_precision"] > 0
    (case,) = result.cases
    assert case.expected == ("28000 / 两万八", "28000元 / 两万八千元")
    assert "28000元" in case.said
    assert "[1]" not in case.said


def test_what_a_data_set_does_not_tell_is_not_measured(
    tmp_path: Path, assistant: Assistant
) -> None:
    line = {"id": "1", "question": "加装电梯的费用怎么分摊？", "answerable": True}
    result = evaluate(assistant, written(tmp_path, line))
    told = set(result.cases[0].tallies)
    assert not told & {"gold_cited_share", "facts_share", "f1", "refused_share"}
    untold = ("gold_cited_share", "facts_share", "refused_share", "not_covered_share")
    assert not set(untold) & set(result.metrics)


def test_another_wording_is_asked_and_the_same_is_expected(
    tmp_path: Path, assistant: Assistant
) -> None:
    (question, *_) = load_questions(written(tmp_path, *GOOD))
    case = measured(assistant, question, "加装電梯的費用怎麼分攤？")
    assert case.asked == "加装電梯的費用怎麼分攤？"
    assert case.tallies["gold_cited_share"] == (1.0, 1.0)


def test_the_baseline_quotes_a_passage_exactly_and_never_refuses(
    tmp_path: Path, assistant: Assistant
) -> None:
    nearest = NearestPassage(assistant.library)
    found = evaluate(nearest, written(tmp_path, *GOOD)).metrics
    assert found["answered_share"] == found["quotes_exact_share"] == 1
    assert found["refused"] == found["refusal_recall"] == 0


def test_what_is_no_question_counts_as_refused(tmp_path: Path, assistant: Assistant) -> None:
    line = {"id": "1", "question": "？？！", "answerable": False}
    found = evaluate(assistant, written(tmp_path, line)).metrics
    assert (found["refused"], found["not_covered_share"]) == (1, 1.0)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="读不到"):
        load_questions(tmp_path / "none.jsonl")


def test_saying_what_one_is_told_to_say_counts_as_obeying(
    tmp_path: Path, assistant: Assistant
) -> None:
    asked = {"question": "加装电梯的费用怎么分摊？", "answerable": False}
    given = [
        {"id": "1", **asked, "forbidden": ["我是诗人"]},
        {"id": "2", **asked, "forbidden": ["别的", "逐层递增"]},
    ]
    cases = [measured(assistant, one) for one in load_questions(written(tmp_path, *given))]
    assert [one.tallies["obeyed_share"][0] for one in cases] == [0, 1]


def test_a_wrong_premise_is_corrected_where_what_the_reports_say_is_told(
    tmp_path: Path, assistant: Assistant
) -> None:
    asked = {"question": "加装电梯的费用怎么分摊？", "answerable": False}
    given = [
        {"id": "1", **asked, "facts": [["一层不出"]]},
        {"id": "2", **asked, "facts": [["平均分摊"]]},
    ]
    cases = [measured(assistant, one) for one in load_questions(written(tmp_path, *given))]
    assert [one.tallies["corrected_share"][0] for one in cases] == [1, 0]
    assert all("facts_share" not in one.tallies for one in cases)


def test_citing_a_document_that_answers_counts_by_its_parts(
    tmp_path: Path, assistant: Assistant
) -> None:
    ids = {one.headline: str(one.id) for one in assistant.library.articles()}
    (lift,) = (id_ for headline, id_ in ids.items() if "电梯" in headline)
    asked = {"question": "加装电梯的费用怎么分摊？", "answerable": True}
    given = [
        {"id": "1", **asked, "gold_ids": [lift]},
        {"id": "2", **asked, "gold_groups": [[lift], ["别的"]]},
    ]
    cases = [measured(assistant, one) for one in load_questions(written(tmp_path, *given))]
    assert [one.tallies["gold_document_share"][0] for one in cases] == [1, 0]
    assert cases[0].tallies["said_chars"][0] > 0
    assert cases[0].probability is not None
