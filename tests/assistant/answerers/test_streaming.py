"""A model's server may be slow, gone or busy, and whoever asked may leave while it writes."""

from collections.abc import Generator

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage

from assistant.answerers.chat_model import load
from assistant.answerers.streaming import Reply
from assistant.config import ChatConfig
from store.errors import ChatModelError
from tests.assistant.answerers.chat_server import Handler, Seen, serving


def model_at(seen: Seen) -> BaseChatModel:
    return load(ChatConfig(model="openai:m", base_url=seen.url, api_key="k", timeout_s=30))


def ask(seen: Seen, timeout_s: float = 30) -> Generator[str]:
    return Reply(model_at(seen), [HumanMessage("你好")], timeout_s).pieces()


def test_words_come_one_after_the_other() -> None:
    def behave(request: Handler, _: int) -> None:
        request.begin()
        request.say("首批")
        request.say("9部。")
        request.end()

    with serving(behave) as seen:
        assert [piece for piece in ask(seen) if piece] == ["首批", "9部。"]
        assert seen.asked[0]["messages"][0]["content"] == "你好"


@pytest.mark.parametrize("words", ["", "首批"], ids=["before the first word", "between words"])
def test_the_server_sees_that_whoever_asked_has_left(words: str) -> None:
    def behave(request: Handler, _: int) -> None:
        request.begin()
        if words:
            request.say(words)
        request.wait_until_left()

    with serving(behave) as seen:
        pieces = ask(seen)
        assert next(pieces) == words
        pieces.close()
        assert seen.left.wait(10)


def test_a_server_that_says_nothing_is_given_up_in_time() -> None:
    with (
        serving(lambda request, _: request.wait_until_left()) as seen,
        pytest.raises(ChatModelError, match="1 秒内没有答完"),
    ):
        list(ask(seen, timeout_s=1))
    assert seen.left.wait(10)


def test_a_connection_that_breaks_before_the_first_word_is_tried_once_more() -> None:
    def behave(request: Handler, number: int) -> None:
        if number == 1:
            request.connection.close()
            return
        request.begin()
        request.say("好。")
        request.end()

    with serving(behave) as seen:
        assert "".join(ask(seen)) == "好。"
        assert len(seen.asked) == 2


def test_a_busy_server_is_asked_once_more_and_no_more() -> None:
    with serving(lambda request, _: request.send_error(503)) as seen:
        with pytest.raises(ChatModelError):
            list(ask(seen))
        assert len(seen.asked) == 2


def test_what_is_wrong_with_the_request_is_not_tried_again() -> None:
    with serving(lambda request, _: request.send_error(400)) as seen:
        with pytest.raises(ChatModelError, match="没有答完"):
            list(ask(seen))
        assert len(seen.asked) == 1


def test_an_answer_that_breaks_off_is_not_asked_for_again() -> None:
    def behave(request: Handler, _: int) -> None:
        request.begin()
        request.say("首批")
        request.connection.close()

    with serving(behave) as seen:
        pieces = ask(seen)
        said = []
        with pytest.raises(ChatModelError):
            said += [piece for piece in pieces if piece]
        assert len(seen.asked) == 1


@pytest.mark.parametrize(
    ("finish", "cut"),
    [("length", True), ("", True), ("stop", False)],
    ids=["long", "lost", "whole"],
)
def test_an_answer_that_broke_off_says_so(finish: str, cut: bool) -> None:
    def behave(request: Handler, _: int) -> None:
        request.begin()
        request.say("首批")
        request.end(finish or None)

    with serving(behave) as seen:
        reply = Reply(model_at(seen), [HumanMessage("你好")], 30)
        assert "".join(reply.pieces()) == "首批"
        assert reply.cut is cut
