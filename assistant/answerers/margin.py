"""Whether the evidence states the answer, as a chat model sees it: its log-odds of yes over no.

A small model says yes to almost anything; how sure it is of its yes tells far more than the word.
"""

import logging
import time
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import replace
from typing import Any, cast

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

from assistant.answerers.budget import count_tokens
from assistant.answerers.streaming import Reply
from assistant.assess import Assessment
from assistant.config import ChatConfig
from assistant.coverage import confirmed
from assistant.joint import with_parts
from assistant.prompts import JUDGE, NO, YES, judge_message
from assistant.records import Delta, Status
from store.articles import Kind
from store.errors import ChatModelError

logger = logging.getLogger(__name__)

_ALTERNATIVES = (20, 5)  # OpenAI's interface gives as many; some that are like it, fewer
_REFUSED = frozenset({400, 422, 501})
_ROOM = 64  # tokens for the model's own marks and its one word
_SHARE = 0.5  # of the time for an answer, after which nothing more is confirmed


class Confirming:
    """Has a model confirm assessments, for as long as it tells its probabilities."""

    def __init__(self, model: BaseChatModel, config: ChatConfig) -> None:
        """Ask a model, within a share of the time that the settings give it for an answer."""
        self._model = model
        self._config = config
        tells = hasattr(model, "top_logprobs")
        self._counts: tuple[int, ...] = _ALTERNATIVES if tells else ()

    def confirmed(self, found: Assessment, began: float) -> Generator[Delta, None, Assessment]:
        """Return an assessment judged anew by the model's margin, part by part.

        What the margin tells nothing of stays as it was: a question that presumes what the reports
        contradict, one that captions, bylines or headlines answer, or one in another script; and
        what there is no time for. Yields an empty `Delta` while it waits, so that it can be closed:
        the request then ends.

        Args:
            found: what was found.
            began: when the question came, by time.perf_counter.

        Raises:
            ChatModelError: the model failed.
        """
        if any(part.status is not Status.NOT_COVERED for part in found.parts):
            parts = []
            for part in found.parts:
                parts.append((yield from self.confirmed(part, began)))  # noqa: PERF401 - it yields
            return with_parts(found, parts)
        if found.status is Status.NOT_COVERED or found.premise or not tells(found):
            return found
        margin = yield from self.margin(found, began)
        if margin is None:
            return found
        probability, status = confirmed(found.probability, margin)
        return replace(found, probability=probability, status=status)

    def margin(self, found: Assessment, began: float) -> Generator[Delta, None, float | None]:
        """Return the model's log-odds of yes over no to what was chosen; None: cannot be had.

        Takes and raises what `confirmed` does.
        """
        said = [one.sentence.text for one in found.chosen]
        asked = judge_message(found.question.standalone, said)
        if count_tokens(self._model, JUDGE + asked) > self._config.context_tokens - _ROOM:
            return None
        for count in self._counts:
            try:
                told = yield from self._first_word(asked, count, began)
            except ChatModelError as error:
                if time.perf_counter() - began >= self._config.timeout_s * _SHARE:
                    return None
                if getattr(error.__cause__, "status_code", None) not in _REFUSED:
                    raise
                told = None
            if told:
                return read(told)
            self._counts = tuple(fewer for fewer in _ALTERNATIVES if fewer < count)
            logger.warning("the chat model does not tell %d probabilities", count)
        return None

    def _first_word(
        self, asked: str, count: int, began: float
    ) -> Generator[Delta, None, Mapping[str, Any] | None]:
        """What the provider tells of the model's first word; None where it tells nothing."""
        messages = [SystemMessage(JUDGE), HumanMessage(asked)]
        bound = self._model.bind(logprobs=True, top_logprobs=count)
        limit = self._config.timeout_s * _SHARE
        reply = Reply(cast("BaseChatModel", bound), messages, limit, began)
        with closing(reply.pieces()) as pieces:
            for _ in pieces:
                if first := first_word(reply.metadata):
                    return first
                yield Delta(text="")
        return first_word(reply.metadata)


def tells(found: Assessment) -> bool:
    """Whether a margin can tell anything: a question in Chinese, and running text chosen for it."""
    running = any(one.sentence.kind is Kind.BODY for one in found.chosen)
    return found.question.chinese and running


def first_word(metadata: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return what a provider tells of the first word that is not blank; None: nothing yet."""
    told = metadata.get("logprobs") or ()
    tokens = told.get("content") if isinstance(told, Mapping) else told  # Ollama's is the list
    return next((one for one in tokens or () if str(one["token"]).strip()), None)


def read(word: Mapping[str, Any]) -> float | None:
    """Return the log-odds of yes over no from the probabilities of a word.

    One that is not among the alternatives counts as likely as the last of them; None: neither is.
    """
    likely: dict[str, float] = {}
    for one in (*(word.get("top_logprobs") or ()), word):
        likely.setdefault(str(one["token"]).strip(), float(one["logprob"]))
    if YES not in likely and NO not in likely:
        return None
    least = min(likely.values())
    return likely.get(YES, least) - likely.get(NO, least)
