"""A chat model judges support; what is no clear yes is a no."""

import pytest

from assistant.evaluation.judge import Judge


@pytest.mark.parametrize(
    ("answer", "supported"),
    [
        ("是", True),
        ("“是”。", True),
        ("Yes.", True),
        ("<think>否，不对……是的</think>\n是", True),
        ("否", False),
        ("不是", False),
        ("<think>是", False),
        ("", False),
        ("难说", False),
        (" “ Yes ” ", True),
        ("**是**", True),
        ("是的，都能得出", True),
        ("这句话不能得出，所以不是", False),
        ("不能说是", False),
        ("并非如此，是编的", False),
        ("It is not, yes?", False),
        ("是否支持：否", False),
        ("yesterday", False),
    ],
)
def test_the_verdict_is_read_from_what_the_model_says(answer: str, supported: bool) -> None:
    assert Judge("some", lambda _prompt: answer).supports("甲", ["甲乙"]) is supported


def test_the_same_is_asked_once_and_without_quotes_not_at_all() -> None:
    prompts: list[str] = []

    def say(prompt: str) -> str:
        prompts.append(prompt)
        return "是"

    judge = Judge("some", say)
    assert not judge.supports("甲", [])
    assert judge.supports("甲", ['乙"}']) is judge.supports("甲", ['乙"}']) is True
    assert len(prompts) == 1
    assert '乙\\"}' in prompts[0]
    assert judge.name == "chat model some"
