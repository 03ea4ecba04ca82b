"""A question with several parts is taken apart, each part standing alone."""

import pytest

from assistant.parts import MOST, split

PLACES = ("桂花社区", "石桥社区", "临江区")


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("电梯是谁出的钱？每户出多少？", ("电梯是谁出的钱", "电梯每户出多少")),
        ("助老食堂是哪天开的，设在哪里？", ("助老食堂是哪天开的", "助老食堂设在哪里")),
        ("《老街》是什么片子？它的导演是谁？", ("《老街》是什么片子", "老街的导演是谁")),
        ("食堂的时间和地点？", ("食堂的时间？", "食堂的地点？")),
    ],
)
def test_each_part_stands_alone(question: str, texts: tuple[str, ...]) -> None:
    found = split(question, PLACES)
    assert found is not None
    assert tuple(part.text for part in found.parts) == texts


@pytest.mark.parametrize(
    "question",
    [
        "加装电梯的费用怎么分摊？",
        "我家在三楼，想装电梯，怎么申请？",
        "物业费是按月交，还是按年交？",
        "物业和居民的矛盾怎么解决？",
        "在哪里？",
    ],
)
def test_a_single_question_stays_whole(question: str) -> None:
    assert split(question, PLACES) is None


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("桂花社区和石桥社区有什么不同？", ("桂花社区", "石桥社区")),
        ("桂花和石桥在养老上有什么区别", ("桂花的养老", "石桥的养老")),
        ("对比一下桂花和石桥的加装电梯", ("桂花的加装电梯", "石桥的加装电梯")),
        ("石桥与桂花的收费有哪些差异？", ("石桥的收费", "桂花的收费")),
    ],
)
def test_a_comparison_asks_of_each_place(question: str, texts: tuple[str, ...]) -> None:
    found = split(question, PLACES)
    assert found is not None
    assert (tuple(part.text for part in found.parts), found.compares) == (texts, True)


@pytest.mark.parametrize(
    "question",
    [
        "桂花和石桥的停车费哪个便宜？",
        "桂花的停车费比石桥贵吗？",
        "桂花和石桥的停车费有什么共同点？",
        "桂花和石桥的停车费的区别在哪儿？",
    ],
)
def test_comparisons_are_asked_in_many_ways(question: str) -> None:
    found = split(question, PLACES)
    assert found is not None
    assert [part.text for part in found.parts] == ["桂花的停车费", "石桥的停车费"]
    assert [part.label for part in found.parts] == ["桂花", "石桥"]


def test_what_follows_the_first_thing_goes_on_at_the_last() -> None:
    found = split("桂花社区食堂和石桥社区食堂的价格有什么不同？", PLACES)
    assert found is not None
    assert [part.text for part in found.parts] == ["桂花社区的食堂的价格", "石桥社区的食堂的价格"]


@pytest.mark.parametrize(
    "question", ["桂花和石桥的电梯是谁装的？", "石桥社区与桂花社区各有几部电梯"]
)
def test_a_known_name_is_never_cut(question: str) -> None:
    found = split(question, PLACES)
    assert found is not None
    assert all(part.label.removesuffix("社区") in ("桂花", "石桥") for part in found.parts)


def test_a_part_is_shown_as_it_was_asked() -> None:
    found = split("助老食堂是哪天开的，设在哪里？", PLACES)
    assert found is not None
    assert [part.label for part in found.parts] == ["助老食堂是哪天开的", "设在哪里"]


def test_a_part_without_a_noun_is_about_what_the_first_is_about() -> None:
    found = split("表箱的位置是谁发现的？后来怎么处理？", PLACES)
    assert found is not None
    assert "表箱" in found.parts[1].text


def test_a_word_of_comparing_alone_compares_nothing() -> None:
    assert split("比较便宜的食堂在哪里？", PLACES) is None


def test_more_parts_than_can_be_answered_are_asked_as_they_stand() -> None:
    many = "？".join(f"第{n}件事是怎么办的" for n in range(MOST + 1))
    assert split(many, PLACES) is None


MANY = tuple(f"{name}社区" for name in ("桂花", "石桥", "银杏", "梧桐", "望湖"))


@pytest.mark.parametrize("question", ["{}有什么不同？", "比较{}有什么不同", "对比一下{}有什么区别"])
def test_of_many_places_compared_each_is_asked_about_alone(question: str) -> None:
    found = split(question.format("、".join(MANY[:-1]) + "和" + MANY[-1]), MANY)
    assert found is not None
    assert found.compares
    assert tuple(part.text for part in found.parts) == MANY
