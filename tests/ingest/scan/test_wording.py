"""A blurred line is read by its looks, and by the words that they make where these leave doubt."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.scan.wording import likeliest

_CHARACTERS = st.sampled_from("居民议事会在楼道里商量路灯")


def read(*line: list[tuple[str, float]]) -> str:
    return "".join(character for character, _ in likeliest(line))


def test_a_doubted_character_is_the_one_that_makes_a_word() -> None:
    assert read([("图", 0.99)], [("节", 0.6), ("书", 0.3)], [("馆", 0.99)]) == "图书馆"


def test_what_looks_far_likelier_stays_whatever_the_words() -> None:
    assert read([("图", 0.99)], [("节", 0.97), ("书", 1e-6)], [("馆", 0.99)]) == "图节馆"


def test_a_name_that_is_no_word_stays_as_it_looks() -> None:
    line = "周沐桐说"
    assert read(*[[(character, 0.99)] for character in line]) == line
    assert read([("周", 0.99)], [("沐", 0.9), ("沭", 0.1)], [("桐", 0.99)]) == "周沐桐"


def test_a_lookalike_that_seems_sure_gives_way_to_a_word_and_is_told_as_less_sure() -> None:
    line = [[("表", 0.999)], [("影", 0.985), ("彰", 0.012)], [("十", 0.999)], [("佳", 0.999)]]
    assert read(*line) == "表彰十佳"
    assert likeliest(line)[1][1] < 0.7
    assert likeliest(line)[0] == ("表", 0.999)


def test_a_common_character_does_not_take_the_place_of_one_in_a_name() -> None:
    line = [[("鲁", 0.99)], [("彦", 0.9), ("产", 0.1)], [("彬", 0.7), ("林", 0.3)], [("说", 0.99)]]
    assert read(*line) == "鲁彦彬说"


def test_a_line_without_text_stays_empty() -> None:
    assert read() == ""


@given(
    st.lists(
        st.lists(st.tuples(_CHARACTERS, st.floats(0, 1)), min_size=1, max_size=4),
        max_size=30,
    )
)
def test_every_character_is_one_of_those_it_may_be(line: list[list[tuple[str, float]]]) -> None:
    found = likeliest(line)
    assert len(found) == len(line)
    for (character, likely), choices in zip(found, line, strict=True):
        assert character in {one for one, _ in choices}
        assert 0 <= likely <= 1
