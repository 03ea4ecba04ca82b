"""What a question is about: noun phrases, places, people."""

import pytest

from assistant.topics import named_places, phrases, place, stem, thing, topic

KNOWN = ("桂花社区", "临江区")


def test_a_phrase_ends_with_the_kind_of_place_it_names() -> None:
    assert [one.text for one in phrases("桂花社区辖区有几个小区？")][:2] == ["桂花社区", "辖区"]


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("桂花社区的电梯是谁出钱的？", "桂花社区"),
        ("荧光夜市是谁办的？", "荧光夜市"),
        ("是怎么做的？", None),
    ],
)
def test_the_topic_is_a_place_or_the_longest_noun_phrase(question: str, about: str | None) -> None:
    assert topic(question) == about


def test_the_thing_asked_about_is_no_place() -> None:
    assert thing("桂花社区的助老食堂在哪里？") == "助老食堂"


@pytest.mark.parametrize(
    ("name", "bare"), [("桂花社区", "桂花"), ("临江区", "临江"), ("东村", "东村")]
)
def test_the_stem_leaves_out_the_kind(name: str, bare: str) -> None:
    assert stem(name) == bare


def test_a_known_place_is_found_by_its_stem() -> None:
    assert place(["桂花的电梯装好了吗"], KNOWN) == "桂花社区"
    assert named_places("桂花的电梯装好了吗", KNOWN) == ("桂花",)


def test_an_unknown_place_is_told_by_its_shape_and_an_adjective_is_none() -> None:
    assert named_places("银溪湾社区装电梯了吗", ()) == ("银溪湾",)
    for common in ("老旧小区", "智慧社区", "物业小区", "市区"):
        assert named_places(f"{common}装电梯了吗", ()) == ()


def test_a_known_place_whose_stem_is_a_common_word_must_be_named_in_full() -> None:
    known = ("幸福社区",)
    assert named_places("怎么让居民更幸福？", known) == ()
    assert named_places("幸福社区怎么做的？", known) == ("幸福",)


def test_a_known_place_whose_stem_is_a_word_is_named_where_it_opens_or_is_long() -> None:
    known = ("菊园社区", "百草园社区", "铁路新村社区")
    assert named_places("菊园的食堂在哪", known) == ("菊园",)
    assert named_places("请问菊园有食堂吗", known) == ("菊园",)
    assert named_places("孩子们在百草园玩到几点", known) == ("百草园",)
    assert named_places("铁路新村的物业费多少", known) == ("铁路新村",)
    assert named_places("哪里能看菊园", known) == ()
    assert named_places("铁路职工住在哪", known) == ()


def test_places_are_compared_in_one_script() -> None:
    assert named_places("观塘社区装了几部电梯？", ("觀塘社區",)) == ("观塘",)


def test_a_time_is_no_topic() -> None:
    assert topic("今年花了多少钱？") is None
    assert topic("今年桂花社区怎么样？") == "桂花社区"
