"""Answers as strings: what is found, what is the same, and F1 as CMRC counts it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation import cmrc
from assistant.evaluation.strings import exact, f1, holds, segments


def test_chinese_falls_into_characters_and_anything_else_into_words() -> None:
    assert segments("《ABC报》，1,200元 50MM！") == ("abc", "报", "1200", "元", "50mm")


@pytest.mark.parametrize(
    ("said", "accepted", "right"),
    [
        ("费用是每户２８０００元。", "28,000元", True),
        ("費用由街道出", "费用由街道", True),
        ("一共15元", "5元", False),
        ("完成率100%", "100%", True),
        ("说过", "", False),
    ],
)
def test_an_answer_is_found_whatever_its_width_script_and_punctuation(
    said: str, accepted: str, right: bool
) -> None:
    assert holds(said, [accepted]) is right


def test_the_same_but_for_punctuation_and_case_is_an_exact_match() -> None:
    assert exact("“光荣”和ω-Force。", ["光荣和ωforce"])
    assert not exact("由光荣开发", ["光荣"])
    assert not exact("3,5", ["35"])  # a comma of ASCII is none of those that CMRC drops


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("《ABC报》，1,200元 50MM！", ("abc", "报", "1,200", "元", "50mm")),
        ("约3.5%，R&B", ("约", "3.5", "%", "r", "&", "b")),
        ("（a,b）$5.00", ("a", ",", "b", "$", "5.00")),
        ("其“Mr. O'Neil's”。", ("其", "mr.", "o'neil", "'s")),
        ('他说"no"。', ("他", "说", "``", "no", "''")),
        ("don't stop...", ("do", "n't", "stop", "...")),
        ("", ()),
    ],
)
def test_f1_counts_the_segments_of_cmrc2018_evaluate(text: str, found: tuple[str, ...]) -> None:
    """As its script and NLTK's word_tokenize cut these texts."""
    assert cmrc.segments(text) == found


def test_f1_of_a_number_with_its_per_cent_sign_is_that_of_two_segments() -> None:
    assert f1("75", ["75%"]) == pytest.approx(2 / 3)


def test_f1_takes_the_longest_shared_run_and_the_best_accepted_string() -> None:
    # five segments of the answer are shared: precision 5/8, recall 5/5
    assert f1("由村雨城的人改编", ["村雨城的人"]) == pytest.approx(2 * 5 / (8 + 5))
    assert f1("村雨城", ["任天堂", "村雨城"]) == 1.0
    assert f1("", ["村雨城"]) == f1("天", []) == 0.0


@given(st.text("甲乙丙", max_size=8), st.text("甲乙丙", max_size=8))
def test_f1_is_that_of_every_pair_of_places_tried(said: str, wanted: str) -> None:
    runs = {said[i:j] for i in range(len(said)) for j in range(i + 1, len(said) + 1)}
    shared = max((len(run) for run in runs if run in wanted), default=0)
    expected = 2 * shared / (len(said) + len(wanted)) if said and wanted else 0.0
    assert f1(said, [wanted]) == pytest.approx(expected)
