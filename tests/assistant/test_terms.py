"""Content words are found and weighed; presence forgives a little."""

from collections.abc import Sequence

import pytest

from assistant.terms import presence, question_terms, words_of


def test_function_words_and_marks_are_no_terms() -> None:
    words = [word for word, _ in words_of("电梯的费用是怎么分摊的？")]
    assert words == ["电梯", "费用", "分摊"]


def test_a_short_quoted_phrase_is_a_name() -> None:
    assert ("一元食堂", "nz") in words_of("“一元食堂”几点开门？")


def test_one_of_many_houses_is_a_name_and_its_number_alone_is_nothing() -> None:
    words = words_of("1号楼什么时候装电梯？")
    assert ("1号楼", "nz") in words
    assert not {"1", "号楼"} & {word for word, _ in words}


def test_a_rare_noun_outweighs_a_common_one() -> None:
    def frequency(terms: Sequence[str]) -> Sequence[int]:
        return [90 if term == "居民" else 1 for term in terms]

    weights = {term.text: term.weight for term in question_terms("居民的电梯", frequency, 100)}
    assert weights["电梯"] > 4 * weights["居民"]


def test_no_words_give_no_terms() -> None:
    assert question_terms("是什么呢", lambda terms: [0] * len(terms), 10) == ()


@pytest.mark.parametrize(
    ("term", "text", "value"),
    [
        ("电梯", "加装电梯", 1.0),
        ("党支部", "小区党员支持此事", 0.0),
        ("议事小组", "院落议事组小组长", 0.8),
        ("开工", "公开透明", 0.0),
        ("换电缆", "换成电缆", 0.5),
        ("物业费", "引进物业", 0.2),
        ("分摊", "分头摊派", 0.5),
        ("参与", "与会者参加", 0.0),
    ],
)
def test_presence_forgives_a_little(term: str, text: str, value: float) -> None:
    assert presence(term, text) == value
