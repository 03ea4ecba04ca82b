"""What a chat model's yes is worth changes how an answer is banded."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from assistant.answerers.chat_model import ChatAnswerer, load
from assistant.answerers.margin import first_word, read
from assistant.config import AssistantConfig, ChatConfig
from assistant.coverage import confirmed
from assistant.pipeline import Assistant
from assistant.records import EvidenceReady, Status
from store.library import Library
from tests.assistant.answerers.chat_server import Handler, Seen, serving

QUESTION = "加装电梯的费用怎么分摊？"
SAID = "费用按“一层不出、逐层递增”的办法分摊[1]。"


def alternatives(**words: float) -> dict[str, Any]:
    told = [{"token": word, "logprob": odds, "bytes": None} for word, odds in words.items()]
    return {"content": [{**told[0], "top_logprobs": told}]}


SURE, UNSURE = alternatives(是=-0.001, 否=-9.0), alternatives(否=-0.001, 是=-9.0)


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
        judging(handler, SURE if about_food else UNSURE)

    with serving(behave) as seen:
        answer = asked_of(seen, library).ask("楼道议事会开了多少场？助老食堂设在哪里？")
    assert [one.status for one in answer.parts] == [Status.NOT_COVERED, Status.ANSWERED]


def test_what_a_part_that_fell_had_found_is_not_given_to_the_model(library: Library) -> None:
    def behave(handler: Handler, _: int) -> None:
        about_food = "食堂" in json.dumps(handler.asked["messages"][-1], ensure_ascii=False)
        judging(handler, SURE if about_food else UNSURE)

    with serving(behave) as seen:
        answer = asked_of(seen, library).ask("楼道议事会开了多少场？助老食堂设在哪里？")
    assert "12场" not in seen.asked[-1]["messages"][-1]["content"]
    assert {one.part for one in answer.sentences} <= {1, None}


def test_the_judgement_stands_where_the_models_own_answer_does_not(library: Library) -> None:
    def behave(handler: Handler, _: int) -> None:
        if handler.asked.get("logprobs"):
            judging(handler, alternatives(是=-0.5, 否=-2.2))
        else:
            handler.begin()
            handler.say("费用由宏达公司全部承担[1]。")
            handler.end()

    with serving(behave) as seen:
        answer = asked_of(seen, library).ask(QUESTION)
    assert (answer.model, answer.status) == ("extractive", Status.RELATED)


def test_citations_are_told_only_of_what_was_confirmed(library: Library) -> None:
    with serving(lambda one, _: judging(one, UNSURE)) as seen:
        events = list(asked_of(seen, library).stream(QUESTION))
    (ready,) = [one for one in events if isinstance(one, EvidenceReady)]
    assert ready.citations == ()


@pytest.mark.parametrize("told", [None, {"content": []}], ids=["nothing", "no words"])
def test_a_server_without_probabilities_is_asked_for_them_by_one_question_only(
    library: Library, told: dict[str, Any] | None
) -> None:
    with serving(lambda one, _: judging(one, told)) as seen:
        assistant = asked_of(seen, library)
        answers = [assistant.ask(QUESTION) for _ in range(2)]
    assert [one.status for one in answers] == [Status.ANSWERED] * 2
    assert [one.get("top_logprobs") for one in seen.asked] == [20, 5, None, None]


def test_a_server_that_gives_fewer_is_asked_for_fewer(library: Library) -> None:
    def behave(handler: Handler, _: int) -> None:
        if handler.asked.get("top_logprobs", 0) > 5:
            handler.send_error(400)
        else:
            judging(handler, SURE)

    with serving(behave) as seen:
        assistant = asked_of(seen, library)
        assert [assistant.ask(QUESTION).status for _ in range(2)] == [Status.ANSWERED] * 2
    assert [one.get("top_logprobs") for one in seen.asked] == [20, 5, None, 5, None]


def test_a_server_that_refuses_to_tell_them_still_answers(library: Library) -> None:
    def behave(handler: Handler, _: int) -> None:
        if handler.asked.get("logprobs"):
            handler.send_error(400)
        else:
            judging(handler, None)

    with serving(behave) as seen:
        answer = asked_of(seen, library).ask(QUESTION)
    assert (answer.status, answer.model) == (Status.ANSWERED, "openai:m")


def test_a_server_that_is_slow_to_judge_leaves_time_to_answer(library: Library) -> None:
    def behave(handler: Handler, _: int) -> None:
        if handler.asked.get("logprobs"):
            handler.begin()
            handler.wait_until_left()
        else:
            judging(handler, None)

    with serving(behave) as seen:
        chat = ChatConfig(model="openai:m", base_url=seen.url, api_key="k", timeout_s=3)
        answerer = ChatAnswerer(load(chat), chat, 12)
        answer = Assistant(library, AssistantConfig(), answerer).ask(QUESTION)
    assert (answer.status, answer.model) == (Status.ANSWERED, "openai:m")
    assert answer.elapsed_ms < 3000
    assert seen.left.is_set()


@pytest.mark.parametrize(
    ("shape", "margin"),
    [
        (lambda told: told, 2.0),
        (lambda told: told["content"], 2.0),
        (lambda told: {"content": [{"token": "\n", "logprob": 0.0}, *told["content"]]}, 2.0),
        (lambda told: {"content": [{"token": "<think>", "logprob": 0.0}, *told["content"]]}, None),
    ],
    ids=["as OpenAI", "as Ollama", "a blank before", "thinking before"],
)
def test_probabilities_of_the_first_word_are_read_however_they_are_told(
    shape: Callable[[dict[str, Any]], object], margin: float | None
) -> None:
    word = first_word({"logprobs": shape(alternatives(是=-0.5, 有=-1.0, 否=-2.5))})
    assert word is not None
    assert read(word) == margin


@pytest.mark.parametrize("told", [{"content": []}, {"content": None}, None, []])
def test_where_nothing_is_told_there_is_no_first_word(told: object) -> None:
    assert first_word({"logprobs": told}) is None
    assert first_word({}) is None


def test_a_word_that_is_not_told_is_as_likely_as_the_last_that_is() -> None:
    assert read(alternatives(是=-0.5, 有=-4.5)["content"][0]) == 4.0
    assert read(alternatives(有=-0.5, 能=-4.5)["content"][0]) is None


def test_the_surer_the_model_the_likelier_the_answer() -> None:
    likely = [confirmed(0.5, margin)[0] for margin in (-3.0, 0.0, 3.0, 6.0)]
    assert likely == sorted(likely)
    assert all(
        0 <= one <= 1 for one in [*likely, confirmed(0.0, -50.0)[0], confirmed(1.0, 50.0)[0]]
    )
