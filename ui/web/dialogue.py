"""One question of a visitor, from the input box to the screen; knows no framework."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from assistant.pipeline import Assistant
from assistant.records import Answer, Citation, Delta, Event, EvidenceReady, Finished
from store.errors import BadQuestionError, WenyuanError
from store.ids import ConversationId
from store.turns import Turn
from ui.web import render
from ui.web.conversations import Conversations, Shown
from ui.web.literal import literal
from ui.web.threads import in_thread
from ui.web.votes import votes

logger = logging.getLogger(__name__)

REDRAW_S = 0.25
"""Seconds between two redraws of a growing answer: each one costs the server 2.6 ms."""

TROUBLE = "这次没能回答，问题出在我们这边。请稍后再试一次。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What changes on the page; None leaves a part as it is."""

    past: str | None = None
    current: str | None = None
    question: str | None = None
    hint: str | None = None


class Dialogue:
    """Answers the visitors of the page, a bounded number of them at a time."""

    def __init__(
        self, assistant: Assistant, conversations: Conversations, *, threads: int = 8
    ) -> None:
        """Answer through the assistant.

        Args:
            assistant: answers questions.
            conversations: what was said before.
            threads: questions answered at one time; others wait their turn.
        """
        self._assistant = assistant
        self._conversations = conversations
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="question")

    async def restore(self, conversation: ConversationId | None) -> Screen:
        """Show a conversation as it stands, to a visitor who comes back to it."""
        try:
            shown = await asyncio.to_thread(self._conversations.shown, conversation)
        except Exception:
            logger.exception("a conversation could not be restored")
            shown = ()
        return Screen(past=past(shown), current="", question="", hint="")

    async def ask(self, text: str, conversation: ConversationId | None) -> AsyncGenerator[Screen]:
        """Answer a question, redrawing the screen as the answer grows.

        Never raises: what cannot be answered is said in one sentence on the screen.
        """
        draft = _Draft(number=1, question=text.strip())
        try:
            shown = await asyncio.to_thread(self._conversations.shown, conversation)
            history = await asyncio.to_thread(self._conversations.history, conversation)
            draft.number = len(shown) + 1
            if draft.question:
                yield Screen(past=past(shown), current=draft.html(), question="", hint="")
            async for current in self._answer(draft, text, history, conversation):
                yield Screen(current=current)
        except BadQuestionError as error:
            yield Screen(current="", question=text.strip(), hint=literal(str(error)))
        except WenyuanError as error:
            logger.warning("a question was not answered: %s", error)
            yield Screen(current=draft.failed(str(error)))
        except Exception:
            logger.exception("a question was not answered")
            yield Screen(current=draft.failed(TROUBLE))

    def close(self) -> None:
        """Let go of the threads; questions that have not begun are dropped."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _answer(
        self,
        draft: "_Draft",
        text: str,
        history: Sequence[Turn],
        conversation: ConversationId | None,
    ) -> AsyncGenerator[str]:
        redrawn = 0.0
        events = in_thread(lambda: self._assistant.stream(text, history), self._pool)
        try:
            async for event in events:
                draft.take(event)
                if isinstance(event, Finished):
                    draft.ordinal = await asyncio.to_thread(
                        self._remember, conversation, event.answer
                    )
                elif isinstance(event, Delta) and time.monotonic() - redrawn < REDRAW_S:
                    continue
                yield draft.html()
                redrawn = time.monotonic()
        finally:
            await events.aclose()

    def _remember(self, conversation: ConversationId | None, answer: Answer) -> int | None:
        try:
            return self._conversations.remember(conversation, answer)
        except Exception:  # an answer that cannot be kept can still be read
            logger.exception("a turn was not remembered")
            return None


class _Draft:
    """The turn on which an answer is growing."""

    def __init__(self, *, number: int, question: str) -> None:
        self.number = number
        self.question = question
        self.ordinal: int | None = None  # once it is kept, and can be voted on
        self._standalone: str | None = None
        self._citations: tuple[Citation, ...] = ()
        self._raw = ""
        self._answer: Answer | None = None

    def take(self, event: Event) -> None:
        """Grow by an event."""
        if isinstance(event, EvidenceReady):
            self._standalone = event.question.understood
            self._citations = event.citations
            self._raw = ""  # comes a second time when a chat model has failed half way
        elif isinstance(event, Delta):
            self._raw += event.text
        else:
            self._answer = event.answer

    def html(self) -> str:
        """Show the turn as far as it has come."""
        if self._answer is not None:
            below = "" if self.ordinal is None else votes(self.ordinal)
            return render.answered_turn(self.number, self._answer, below)
        if self._raw.strip():
            return render.streaming_turn(
                self.number, self.question, self._standalone, self._raw, self._citations
            )
        return render.pending_turn(self.number, self.question, self._citations)

    def failed(self, sentence: str) -> str:
        """Show the turn with one sentence on why it has no answer."""
        return render.failed_turn(self.number, self.question, sentence)


def past(shown: Sequence[Shown]) -> str:
    """Show earlier turns, one below the other."""
    return "".join(_earlier(number, one) for number, one in enumerate(shown, start=1))


def _earlier(number: int, shown: Shown) -> str:
    below = votes(shown.ordinal, shown.feedback)
    if isinstance(shown.said, Answer):
        return render.answered_turn(number, shown.said, below)
    return render.remembered_turn(number, shown.said, below)
