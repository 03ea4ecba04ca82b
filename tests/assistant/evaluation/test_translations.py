"""Translations come from a file beside the questions, or from one that is named."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.evaluation.datasets import load
from assistant.evaluation.records import Dataset, EvalQuestion
from assistant.evaluation.translations import translated
from assistant.evaluation.variants import changed
from store.errors import UsageError

BENCH = Path(__file__).resolve().parents[3] / "bench" / "questions"
QUESTION = EvalQuestion(id="q1", type="", question="一餐多少钱？", answerable=True)
DATASET = Dataset(name="some", questions=(QUESTION,))
LINE = {"id": "q1", "question_en": "How much is a meal?"}


def written(path: Path, *values: object) -> Path:
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in values), "utf-8")
    return path


def test_a_question_is_asked_in_the_english_that_a_file_gives(tmp_path: Path) -> None:
    (found,) = translated([DATASET], written(tmp_path / "en.jsonl", LINE))
    assert changed(found.questions[0], "english", 0) == "How much is a meal?"
    assert changed(QUESTION, "english", 0) is None


def test_another_translation_is_another_data_set_but_only_where_it_translates(
    tmp_path: Path,
) -> None:
    other = Dataset(name="other", questions=(replace(QUESTION, id="q2"),), fingerprint="o")
    one, untouched = translated([DATASET, other], written(tmp_path / "en.jsonl", LINE))
    again, _ = translated([DATASET, other], written(tmp_path / "en.jsonl", LINE))
    changed_line = LINE | {"question_en": "What does a meal cost?"}
    two, _ = translated([DATASET, other], written(tmp_path / "en.jsonl", changed_line))
    assert len({DATASET.fingerprint, one.fingerprint, two.fingerprint}) == 3
    assert again.fingerprint == one.fingerprint
    assert untouched == other


@pytest.mark.parametrize("path", sorted(BENCH.glob("*.en.jsonl")), ids=lambda path: path.stem)
def test_our_own_translations_hold_ids_and_english_only(path: Path) -> None:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert lines
    assert {tuple(sorted(one)) for one in lines} == {("id", "question_en")}
    assert not [one for one in lines if not one["question_en"].isascii()]


def test_the_questions_of_the_public_news_are_translated() -> None:
    assert (BENCH / "rgb_news.en.jsonl").is_file()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([LINE, LINE], "第 2 行.*重复"),
        ([{"id": "q9", "question_en": "What?"}], "第 1 行.*q9"),
        ([{"id": "q1"}], "第 1 行.*question_en"),
        ([{"question_en": "What?"}], "第 1 行.*id"),
    ],
)
def test_a_bad_translation_is_refused_with_its_line(
    tmp_path: Path, values: list[object], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        translated([DATASET], written(tmp_path / "en.jsonl", *values))


def test_a_folder_may_hold_its_translations_and_a_question_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    asked = [
        {"id": "q1", "question": "一餐多少钱？", "answerable": False},
        {"id": "q2", "question": "谁？", "answerable": False, "question_en": "Who?"},
    ]
    written(folder / "corpus.jsonl", {"id": "d1", "text": "社区食堂。"})
    written(folder / "questions.jsonl", *asked)
    written(folder / "translations.jsonl", LINE)
    assert [one.english for one in load(folder).questions] == ["How much is a meal?", "Who?"]
