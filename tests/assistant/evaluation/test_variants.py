"""Questions mistyped and rephrased: one thing is changed, and the same seed changes the same."""

import pytest
from pypinyin import Style, lazy_pinyin

from assistant.evaluation.records import EvalQuestion
from assistant.evaluation.variants import VARIANTS, changed

TEXT = "加装电梯的费用，由哪几户分摊？"


def question(text: str = TEXT, id_: str = "1") -> EvalQuestion:
    return EvalQuestion(id=id_, type="fact", question=text, answerable=True)


def variant(name: str, text: str = TEXT, seed: int = 0) -> str:
    found = changed(question(text), name, seed)
    assert found is not None
    return found


@pytest.mark.parametrize("name", VARIANTS)
def test_the_same_seed_changes_the_same_way(name: str) -> None:
    assert variant(name, seed=7) == variant(name, seed=7) != TEXT


def test_another_seed_or_question_changes_otherwise() -> None:
    assert len({variant("dropped", seed=seed) for seed in range(20)}) > 3
    assert len({changed(question(id_=str(n)), "dropped", 0) for n in range(20)}) > 3


@pytest.mark.parametrize(("name", "count"), [("homophone", 1), ("homophones", 2)])
@pytest.mark.parametrize("seed", range(10))
def test_homophones_sound_the_same_and_look_otherwise(name: str, count: int, seed: int) -> None:
    found = variant(name, seed=seed)
    assert len(found) == len(TEXT)
    other = [(a, b) for a, b in zip(TEXT, found, strict=True) if a != b]
    assert len(other) == count
    # errors may give a list, which the package's types do not know
    read = lazy_pinyin(TEXT, style=Style.TONE3, errors=list)  # type: ignore[arg-type]
    sounds = dict(zip(TEXT, read, strict=True))
    assert all(lazy_pinyin(b, style=Style.TONE3) == [sounds[a]] for a, b in other)


def test_one_character_is_dropped_or_two_are_swapped() -> None:
    assert len(variant("dropped")) == len(TEXT) - 1
    swapped = variant("swapped")
    assert sorted(swapped) == sorted(TEXT)
    assert sum(a != b for a, b in zip(TEXT, swapped, strict=True)) == 2


def test_the_others_change_form_and_keep_content() -> None:
    assert variant("unpunctuated") == "加装电梯的费用由哪几户分摊"
    assert TEXT in variant("polite")
    assert variant("traditional") == "加裝電梯的費用，由哪幾戶分攤？"
    assert set(variant("keywords").split()) >= {"加装", "电梯", "费用", "分摊"}
    assert "的" not in variant("keywords").split()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("那批不达标的电线后来换成了什么线？", "不"),
        ("哪几户未经同意就动工了？", "未经"),
        ("他为什么从没来过？", "从没"),
    ],
)
def test_keywords_deny_what_the_question_denies(text: str, kept: str) -> None:
    assert kept in variant("keywords", text).split()


def test_what_would_stay_the_same_is_not_asked_again() -> None:
    assert changed(question("没有标点"), "unpunctuated", 0) is None
    assert changed(question("电"), "dropped", 0) is None
    assert changed(question("电"), "swapped", 0) is None
    assert all(changed(question("How much is it?"), name, 0) is None for name in VARIANTS)
