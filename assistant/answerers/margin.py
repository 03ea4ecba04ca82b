"""Whether the evidence states the answer, as a chat model sees it: its log-odds of yes over no.

A small model says yes to almost anything; how sure it is of its yes tells far more than the word.
"""

import logging
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

_ALTERNATIVES = 20  # as many as OpenAI's interface gives
_NOT_GIVEN = frozenset({400, 404, 422, 500, 501})
_ROOM = 64  # tokens for the model's own marks and its one word


class Confirming:
    """Has a model confirm assessments, for as long as it tells its probabilities."""

    def __init__(self, model: BaseChatModel, config: ChatConfig) -> None:
        """Ask a model, within the time that the settings give it for an answer."""
        self._config = config
        self._tells = hasattr(model, "top_logprobs")
        self._plain = model
        self._model = cast("BaseChatModel", model.bind(logprobs=True, top_logprobs=_ALTERNATIVES))

    def confirmed(self, found: Assessment) -> Generator[Delta, None, Assessment]:
        """Return an assessment judged anew by the model's margin, part by part.

        What the margin tells nothing of stays as it was: a question that presumes what the reports
        contradict, one that captions, bylines or headlines answer, or one in another script.
        Yields an empty `Delta` while it waits, so that it can be closed: the request then ends.

        Raises:
            ChatModelError: the model failed, or said nothing in time.
        """
        if found.parts:
            parts = []
            for part in found.parts:
                parts.append((yield from self.confirmed(part)))  # noqa: PERF401 - it yields
            return with_parts(found, parts)
        if found.status is Status.NOT_COVERED or found.premise or not tells(found):
            return found
        margin = yield from self.margin(found)
        if margin is None:
            return found
        probability, status = confirmed(found.probability, margin)
        return replace(found, probability=probability, status=status)

    def margin(self, found: Assessment) -> Generator[Delta, None, float | None]:
        """Return the model's log-odds of yes over no to what was chosen; None: cannot be had.

        Raises:
            ChatModelError: see `confirmed`.
        """
        said = [one.sentence.text for one in found.chosen]
        asked = judge_message(found.question.standalone, said)
        room = self._config.context_tokens - _ROOM
        if not self._tells or count_tokens(self._plain, JUDGE + asked) > room:
            return None
        messages = [SystemMessage(JUDGE), HumanMessage(asked)]
        reply = Reply(self._model, messages, self._config.timeout_s)
        try:
            with closing(reply.pieces()) as pieces:
                for _ in pieces:
                    if (margin := read(reply.metadata)) is not None:
                        return margin  # the first word is all that is needed
                    yield Delta(text="")
        except ChatModelError as error:
            if getattr(error.__cause__, "status_code", None) not in _NOT_GIVEN:
                raise
        logger.info("the chat model does not tell its probabilities: it is not asked again")
        self._tells = False
        return None


def tells(found: Assessment) -> bool:
    """Whether a margin can tell anything: a question in Chinese, and running text chosen for it."""
    running = any(one.sentence.kind is Kind.BODY for one in found.chosen)
    return found.question.chinese and running


def read(metadata: Mapping[str, Any]) -> float | None:
    """Return the log-odds of yes over no from what a provider tells of the first words.

    A word that is not among the alternatives counts as likely as the last of them. None where
    neither is, or where there is nothing.
    """
    told = metadata.get("logprobs") or ()
    tokens = told.get("content") if isinstance(told, Mapping) else told  # Ollama's is the list
    for token in tokens or ():
        likely: dict[str, float] = {}
        for one in (*(token.get("top_logprobs") or ()), token):
            likely.setdefault(str(one["token"]).strip(), float(one["logprob"]))
        if YES in likely or NO in likely:
            least = min(likely.values())
            return likely.get(YES, least) - likely.get(NO, least)
    return None
