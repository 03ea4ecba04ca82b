"""Persons are told from words that only look like names."""

import pytest

from assistant.persons import people


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("居民周明说，以后买菜方便了", ["周明"]),
        ("党员杨兴安在巡查时发现问题", ["杨兴安"]),
        ("张三一个人来的", ["张三"]),
    ],
)
def test_persons_are_found(text: str, names: list[str]) -> None:
    assert set(names) <= set(people(text))


@pytest.mark.parametrize("text", ["党员和居民说", "她高兴地说", "大家都说好", "金额说明"])
def test_what_only_looks_like_a_name_is_none(text: str) -> None:
    assert people(text) == []
