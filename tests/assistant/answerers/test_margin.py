"""What a chat model's yes is worth changes how an answer is banded."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from assistant.answerers.chat_model import ChatAnswerer, load
from assistant.answerers.margin import read
from assistant.config import AssistantConfig, ChatConfig
from assistant.coverage import confirmed
from assistant.pipeline import Assistant
from assistant.records import Status
from store.library import Library
from tests.assistant.answerers.chat_server import Handler, Seen, serving

QUESTION = "加装电梯的费用怎么分摊？"
SAID = "费用按“一层不出、逐层递增”的办法分摊[1]。"


def alternatives(**words: float) -> dict[str, Any]:
    told = [{"token": word, "logprob": odds, "bytes": None} for word, odds in words.items()]
    return {"content": [{**told[0], "top_logprobs": told}]}


def judging(handler: Handler, told: dict[str, Any] | None) -> None:
    """Answer a request for probabilities with these, and any other with `SAID`."""
    handler.begin()
    if handler.asked.get("logprobs"):
        handler.say("是", logprobs=told)
    else:
        handler.say(SAID)
    handler.end()


def asked_of(seen: Seen, library: Library) -> Assistant:
    chat = ChatConfig(model="openai:m", base_url=seen.url, api_key="k", timeout_s=20)
    return Assistant(library, AssistantConfig(), ChatAnswerer(load(chat), chat, 12))


def test_a_model_that_is_sure_of_its_no_ends_in_a_refusal(library: Library) -> None:
    with serving(lambda one, _: judging(one, alternatives(否=-0.001, 是=-9.0))) as seen:
        answer = asked_of(seen, library).ask(QUESTION)
    assert (answer.status, answer.sentences, answer.citations) == (Status.NOT_COVERED, (), ())
    assert len(seen.asked) == 1  # what is not there is not phrased
    assert answer.probability is not None
    assert answer.probability < 0.05


def test_a_model_that_is_sure_of_its_yes_goes_on_to_answer(library: Library) -> None:
    with serving(lambda one, _: judging(one, alternatives(是=-0.001, 否=-9.0))) as seen:
        answer = asked_of(seen, library).ask(QUESTION)
    assert (answer.status, answer.model) == (Status.ANSWERED, "openai:m")
    assert [bool(one.get("logprobs")) for one in seen.asked] == [True, False]
    sent = seen.asked[0]["messages"][-1]["content"]
    assert QUESTION in sent
    assert "逐层递增" in sent


def test_each_part_of_a_question_is_judged_for_itself(library: Library) -> None:
    def behave(handler: Handler, _: int) -> None:
        about_food = "食堂" in json.dumps(handler.asked["messages"][-1], ensure_ascii=False)
        sure = alternatives(是=-0.001, 否=-9.0) if about_food else alternatives(否=-0.001, 是=-9.0)
        judging(handler, sure)

    with serving(behave) as seen:
        answer = asked_of(seen, library).ask("楼道议事会开了多少场？助老食堂设在哪里？")
    assert [one.status for one in answer.parts] == [Status.NOT_COVERED, Status.ANSWERED]


@pytest.mark.parametrize("told", [None, {"content": []}], ids=["nothing", "no words"])
def test_a_server_without_probabilities_is_asked_for_them_once(
    library: Library, told: dict[str, Any] | None
) -> None:
    with serving(lambda one, _: judging(one, told)) as seen:
        assistant = asked_of(seen, library)
        answers = [assistant.ask(QUESTION) for _ in range(2)]
    assert [one.status for one in answers] == [Status.ANSWERED] * 2
    assert [bool(one.get("logprobs")) for one in seen.asked] == [True, False, False]


def test_a_server_that_refuses_to_tell_them_still_answers(library: Library) -> None:
    def behave(handler: Handler, _: int) -> None:
        if handler.asked.get("logprobs"):
            handler.send_error(400)
        else:
            judging(handler, None)

    with serving(behave) as seen:
        answer = asked_of(seen, library).ask(QUESTION)
    assert (answer.status, answer.model) == (Status.ANSWERED, "openai:m")


@pytest.mark.parametrize(
    ("shape", "margin"),
    [
        (lambda told: told, 2.0),
        (lambda told: told["content"], 2.0),
        (lambda told: {"content": [{"token": "\n", "logprob": 0.0}, *told["content"]]}, 2.0),
        (lambda _: {"content": []}, None),
        (lambda _: None, None),
    ],
    ids=["as OpenAI", "as Ollama", "a blank before", "empty", "nothing"],
)
def test_probabilities_are_read_however_they_are_told(
    shape: Callable[[dict[str, Any]], object], margin: float | None
) -> None:
    told = shape(alternatives(是=-0.5, 有=-1.0, 否=-2.5))
    assert read({"logprobs": told}) == margin


def test_a_word_that_is_not_told_is_as_likely_as_the_last_that_is() -> None:
    assert read({"logprobs": alternatives(是=-0.5, 有=-4.5)}) == 4.0
    assert read({"logprobs": alternatives(有=-0.5, 能=-4.5)}) is None


def test_the_surer_the_model_the_likelier_the_answer() -> None:
    likely = [confirmed(0.5, margin)[0] for margin in (-3.0, 0.0, 3.0, 6.0)]
    assert likely == sorted(likely)
    assert all(
        0 <= one <= 1 for one in [*likely, confirmed(0.0, -50.0)[0], confirmed(1.0, 50.0)[0]]
    )
