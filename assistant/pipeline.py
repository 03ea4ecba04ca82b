"""The one place that knows the order: understand, assess, answer, cite."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant import about, telling
from assistant.answerers.extractive import Extractive
from assistant.assess import Assessment
from assistant.citing import citation
from assistant.compose import composed, from_catalog
from assistant.config import AssistantConfig
from assistant.joint import assess_question
from assistant.parts import split
from assistant.ports import Answerer, Draft
from assistant.records import (
    Answer,
    Delta,
    Event,
    EvidenceReady,
    Finished,
    Question,
    Status,
)
from assistant.suggest import suggestions
from assistant.understand import Rewrite, aids_of, readings
from store.errors import ChatModelError
from store.library import Library
from store.turns import Turn

_PREFER_RESOLVED = 0.1
_NEWEST = 12


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers questions over a library. Holds no conversation: history is passed in.

    Attributes:
        library: what is searched and quoted.
        config: how.
        chat: the answerer of a chat model, or None for the extractive one.
        rewrite: makes follow-ups stand alone where the rules are not certain, or None.
    """

    library: Library
    config: AssistantConfig
    chat: Answerer | None = None
    rewrite: Rewrite | None = None

    def ask(self, text: str, history: Sequence[Turn] = ()) -> Answer:
        """Answer a question.

        Args:
            text: as typed.
            history: earlier turns, oldest first.

        Raises:
            BadQuestionError: it is empty, too long, or holds control characters.
        """
        for event in self.stream(text, history):
            if isinstance(event, Finished):
                return event.answer
        raise AssertionError("a stream ends with its answer")

    def stream(self, text: str, history: Sequence[Turn] = ()) -> Iterator[Event]:
        """Answer a question, telling what is known as soon as it is; `Finished` comes last.

        Raises:
            BadQuestionError: see `ask`; raised before the first event.
        """
        began = time.perf_counter()
        places = self.library.places()
        read = self._readings(text, history, places)
        for question in read:
            told = self._told_by_the_catalog(question, places, follows=bool(history))
            if told:
                answer = from_catalog(told, question)
                yield EvidenceReady(question=question, citations=answer.citations)
                yield Finished(answer=replace(answer, elapsed_ms=_since(began)))
                return
        found = self._assessed(read, places)
        notice = None
        if self.chat and found.status is not Status.NOT_COVERED:
            try:
                found = yield from self.chat.confirmed(found, began)
                yield from self._said_by(self.chat, found, began)
            except ChatModelError as error:
                notice = f"{error}，以下为报道原文摘录。"
            else:
                return
        yield from self._said_by(Extractive(), found, began, notice)

    def replayed(self, history: Sequence[Turn]) -> tuple[Turn, ...]:
        """Fill in the answers that are empty in a history by asking its questions in turn."""
        turns: list[Turn] = []
        for turn in history:
            if turn.answer:
                turns.append(turn)
                continue
            answer = self.ask(turn.question, turns)
            turns.append(
                Turn(
                    question=turn.question,
                    answer=answer.text,
                    standalone=answer.question.standalone,
                )
            )
        return tuple(turns)

    def suggestions(self, count: int = 4) -> tuple[str, ...]:
        """Return questions that the library answers, drawn from what was ingested."""
        return suggestions(
            [
                article
                for report in self.library.reports()[-_NEWEST:]
                for article in self.library.articles(report.id)
            ],
            self._answers,
            count,
        )

    def assess(self, text: str, history: Sequence[Turn] = ()) -> Assessment:
        """Find and judge the evidence for a question without saying an answer.

        Raises:
            BadQuestionError: see `ask`.
        """
        places = self.library.places()
        read = self._readings(text, history, places)
        return self._assessed(read, places)

    def _readings(
        self, text: str, history: Sequence[Turn], places: Sequence[str]
    ) -> tuple[Question, ...]:
        aids = aids_of(self.library, self.config, self.rewrite)
        return readings(text, history, places, self.config.max_question_chars, aids)

    def _answers(self, text: str) -> bool:
        short = len(text) <= self.config.max_question_chars
        return short and self.assess(text).status is Status.ANSWERED

    def _assessed(self, read: Sequence[Question], places: Sequence[str]) -> Assessment:
        """Assess the readings of a question and choose one.

        The one resolved from the history wins unless it is clearly worse, or finds the same
        sentence as the question does without it.
        """
        found = [assess_question(self.library, one, places, self.config) for one in read]
        resolved, alone = found[0], found[-1]
        if resolved.chosen and alone.chosen and resolved.ranked[0].place == alone.ranked[0].place:
            return alone
        close = resolved.probability + _PREFER_RESOLVED >= alone.probability
        return resolved if close else alone

    def _told_by_the_catalog(
        self, question: Question, places: Sequence[str], *, follows: bool
    ) -> telling.Told | None:
        """What the catalog says to a question, or None where it is for the reports.

        A question that `follows` others and only asks how is about what was spoken of.
        """
        asks = _catalog_questions(question, places)
        if not asks or (follows and asks[0].kind == about.USAGE):
            return None
        return telling.told(self.library, asks)

    def _said_by(
        self, answerer: Answerer, found: Assessment, began: float, notice: str | None = None
    ) -> Iterator[Event]:
        evidence = answerer.choose(self.library, found)
        shown = evidence if found.status is not Status.NOT_COVERED else ()
        yield EvidenceReady(
            question=found.question,
            citations=tuple(citation(n, one) for n, one in enumerate(shown, start=1)),
        )
        draft = Draft()
        if shown:
            for event in answerer.answer(found.question, shown, began):
                if isinstance(event, Delta):
                    yield event
                else:
                    draft = event
        answer = composed(found, draft, shown, answerer.name)
        yield Finished(
            answer=replace(answer, notice=notice or draft.notice, elapsed_ms=_since(began))
        )


def _catalog_questions(question: Question, places: Sequence[str]) -> list[about.Asked]:
    """What of the catalog a question asks for, in one part or in several; else nothing."""
    whole = about.asked(question.standalone, places)
    if whole and whole.certain:
        return [whole]
    taken = split(question.standalone, places)
    asks = [about.asked(part.text, places) for part in taken.parts] if taken else []
    if asks and all(asks):
        return [one for one in asks if one]
    return [whole] if whole else []


def _since(began: float) -> float:
    """Milliseconds since a moment of the performance counter."""
    return round((time.perf_counter() - began) * 1000, 1)
