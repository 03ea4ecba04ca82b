"""A question on its way to the screen: what is shown, what is remembered, what goes wrong."""

import asyncio
import logging
import threading
import time
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from assistant.config import AssistantConfig
from assistant.pipeline import Assistant
from assistant.records import Answer, Delta, Event, EvidenceReady, Finished, Question, Status
from store.errors import EmbedderError
from store.library import Library
from store.reports import ReportContents
from store.turns import Turn
from ui.web.conversations import Conversations, conversation_id, new_key
from ui.web.dialogue import TROUBLE, Dialogue, Screen
from ui.web.threads import in_thread

ASKED = "社区食堂一餐多少钱？"


@pytest.fixture
def filled(library: Library, make_contents: Callable[..., ReportContents]) -> Library:
    library.add(make_contents())
    return library


@pytest.fixture
def talk(filled: Library) -> Iterator[Dialogue]:
    dialogue = Dialogue(Assistant(filled, AssistantConfig()), Conversations(filled), threads=2)
    yield dialogue
    dialogue.close()


@dataclass(frozen=True, slots=True)
class Scripted(Assistant):
    """An assistant whose events are written down beforehand; an error among them is raised."""

    events: tuple[Event | Exception, ...] = field(default=())

    def stream(self, text: str, history: Sequence[Turn] = ()) -> Iterator[Event]:
        del text, history
        for event in self.events:
            if isinstance(event, Exception):
                raise event
            yield event


def scripted(library: Library, *events: Event | Exception) -> Dialogue:
    assistant = Scripted(library, AssistantConfig(), events=events)
    return Dialogue(assistant, Conversations(library), threads=1)


def screens(dialogue: Dialogue, text: str, key: str | None = None) -> list[Screen]:
    async def run() -> list[Screen]:
        return [screen async for screen in dialogue.ask(text, conversation_id(key))]

    return asyncio.run(run())


def test_a_question_is_shown_at_once_and_then_answered(talk: Dialogue) -> None:
    first, *_, last = screens(talk, ASKED, new_key())
    assert "正在查阅报道" in (first.current or "")
    assert first.question == ""
    assert "一餐十二元" in (last.current or "")
    assert "done" in (last.current or "")


def test_visitors_are_answered_side_by_side(talk: Dialogue) -> None:
    async def one(key: str) -> str:
        answers = [screen async for screen in talk.ask(ASKED, conversation_id(key))]
        return answers[-1].current or ""

    async def all_at_once() -> list[str]:
        return await asyncio.gather(*(one(new_key()) for _ in range(6)))

    assert all("一餐十二元" in answer for answer in asyncio.run(all_at_once()))


def test_earlier_turns_come_back_with_their_citations(talk: Dialogue) -> None:
    key = new_key()
    screens(talk, ASKED, key)
    again = asyncio.run(talk.restore(conversation_id(key)))
    assert "一餐十二元" in (again.past or "")
    assert 'class="cite"' in (again.past or "")
    first, *_ = screens(talk, "老人有优惠吗？", key)
    assert ASKED in (first.past or "")
    assert 'id="turn-2"' in (first.current or "")


def test_after_a_restart_the_words_are_still_there(talk: Dialogue, filled: Library) -> None:
    key = new_key()
    screens(talk, ASKED, key)
    shown = Conversations(filled).shown(conversation_id(key))
    assert [one.said.question for one in shown if isinstance(one.said, Turn)] == [ASKED]
    anew = Dialogue(Assistant(filled, AssistantConfig()), Conversations(filled))
    assert "一餐十二元" in (asyncio.run(anew.restore(conversation_id(key))).past or "")


def test_nobody_sees_another_visitors_conversation(talk: Dialogue) -> None:
    screens(talk, ASKED, new_key())
    assert asyncio.run(talk.restore(conversation_id(new_key()))).past == ""
    assert asyncio.run(talk.restore(None)).past == ""


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_question_gets_a_hint_and_no_turn(talk: Dialogue, text: str) -> None:
    (screen,) = screens(talk, text)
    assert screen.hint
    assert screen.current == ""


def test_a_long_question_goes_back_to_the_box_with_one_sentence(talk: Dialogue) -> None:
    long = "问" * 501
    *_, last = screens(talk, long)
    assert last.hint
    assert last.question == long
    assert last.current == ""


def test_a_failure_of_ours_is_one_sentence_and_a_log_line(
    filled: Library, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="ui.web.dialogue"):
        *_, last = screens(scripted(filled, RuntimeError("/secret/path")), ASKED)
    assert TROUBLE in (last.current or "")
    assert "secret" not in (last.current or "")
    assert "/secret/path" in caplog.text


def test_a_known_error_is_told_in_its_own_words(filled: Library) -> None:
    *_, last = screens(scripted(filled, EmbedderError("向量模型没有装好。")), ASKED)
    assert "向量模型没有装好。" in (last.current or "")


def test_what_a_failed_model_wrote_goes_when_the_evidence_comes_anew(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.web.dialogue.REDRAW_S", 0)
    question = Question(text=ASKED, standalone=ASKED, own=ASKED, chinese=True)
    ready = EvidenceReady(question=question, citations=())
    dialogue = scripted(filled, ready, Delta(text="半句胡话"), ready)
    shown = [screen.current or "" for screen in screens(dialogue, ASKED)]
    assert "半句胡话" in shown[2]
    assert "半句胡话" not in shown[3]


def test_a_growing_answer_is_redrawn_seldom(filled: Library) -> None:
    question = Question(text=ASKED, standalone=ASKED, own=ASKED, chinese=True)
    answer = Answer(
        question=question,
        status=Status.NOT_COVERED,
        lead="",
        sentences=(),
        citations=(),
        parts=(),
        model="m",
    )
    deltas = [Delta(text="字") for _ in range(200)]
    assert len(screens(scripted(filled, *deltas, Finished(answer=answer)), ASKED)) < 10


def test_an_answer_that_cannot_be_kept_can_be_read(
    filled: Library, caplog: pytest.LogCaptureFixture
) -> None:
    class Forgetful(Conversations):
        def remember(self, *_: object) -> None:
            raise OSError("磁盘已满")

    dialogue = Dialogue(Assistant(filled, AssistantConfig()), Forgetful(filled))
    *_, last = screens(dialogue, ASKED, new_key())
    assert "一餐十二元" in (last.current or "")
    assert "磁盘已满" in caplog.text


def test_the_least_recent_conversations_leave_memory(filled: Library) -> None:
    conversations = Conversations(filled, capacity=1)
    answer = Assistant(filled, AssistantConfig()).ask(ASKED)
    ids = [conversation_id(new_key()) for _ in range(2)]
    for one in ids:
        conversations.remember(one, answer)
    assert [type(conversations.shown(one)[0].said) for one in ids] == [Turn, Answer]


@pytest.mark.parametrize("key", [None, "", "短", "x" * 44, "x" * 42 + "/"])
def test_what_is_no_key_opens_nothing(key: str | None) -> None:
    assert conversation_id(key) is None


def test_keys_are_long_and_never_the_same() -> None:
    keys = {new_key() for _ in range(100)}
    assert len(keys) == 100
    assert all(conversation_id(key) not in (None, key) for key in keys)


def test_a_reader_who_leaves_stops_the_writer() -> None:
    closed = threading.Event()

    def endless() -> Iterator[int]:
        try:
            for number in range(10_000):
                time.sleep(0.001)
                yield number
        finally:
            closed.set()

    async def leave_early(pool: ThreadPoolExecutor) -> None:
        numbers: AsyncGenerator[int] = in_thread(endless, pool)
        async for number in numbers:
            if number == 3:
                break
        await numbers.aclose()

    with ThreadPoolExecutor(1) as pool:
        asyncio.run(leave_early(pool))
        assert closed.wait(2)
