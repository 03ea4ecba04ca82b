"""Persons are told from words that only look like names."""

import pytest

from assistant.persons import people


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("党员杨兴安在巡查时发现问题", ["杨兴安"]),
        ("张三一个人来的", ["张三"]),
        ("居民周明说，以后买菜方便了", ["周明"]),
    ],
)
def test_persons_are_found(text: str, names: list[str]) -> None:
    assert set(names) <= set(people(text))


@pytest.mark.parametrize("text", ["党员和居民说", "她高兴地说", "大家都说好", "金额说明"])
def test_what_only_looks_like_a_name_is_none(text: str) -> None:
    assert people(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("业委会主任赵立群说，先把账算清楚", "赵立群"),
        ("老党员常胜男挨家敲门", "常胜男"),
        ("居民周明说，以后买菜方便了", "周明"),
        ("居民张伟等十人", "张伟"),
    ],
)
def test_a_name_that_the_tagger_splits_or_stretches_is_whole(text: str, name: str) -> None:
    assert people(text) == [name]
