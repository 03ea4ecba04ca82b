"""The one place that knows the order: understand, assess, answer, cite."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answerers.extractive import Extractive
from assistant.assess import Assessment, assess
from assistant.citing import citation
from assistant.config import AssistantConfig
from assistant.ports import Answerer, Draft
from assistant.records import (
    Answer,
    Delta,
    Event,
    Evidence,
    EvidenceReady,
    Finished,
    PartCoverage,
    Status,
)
from assistant.suggest import suggestions
from assistant.understand import readings
from store.errors import ChatModelError
from store.library import Library
from store.records import Turn

LEADS = {
    Status.ANSWERED: "",
    Status.RELATED: "报道中没有直接的答案，以下内容可能相关：",
    Status.NOT_COVERED: "报道中没有提到。",
}
_PREFER_RESOLVED = 0.1
_NEWEST = 12


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers questions over a library. Holds no conversation: history is passed in.

    Attributes:
        library: what is searched and quoted.
        config: how.
        chat: the answerer of a chat model, or None for the extractive one.
    """

    library: Library
    config: AssistantConfig
    chat: Answerer | None = None

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
        found = self.assess(text, history)
        notice = None
        if self.chat and found.status is not Status.NOT_COVERED:
            try:
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

        Of two readings the one resolved from the history wins unless it is clearly worse, or finds
        the same sentence as the question does without it.

        Raises:
            BadQuestionError: see `ask`.
        """
        places = self.library.places()
        read = readings(text, history, places, self.config.max_question_chars)
        found = [assess(self.library, one, places, self.config) for one in read]
        resolved, alone = found[0], found[-1]
        if resolved.chosen and alone.chosen and resolved.ranked[0].place == alone.ranked[0].place:
            return alone
        close = resolved.probability + _PREFER_RESOLVED >= alone.probability
        return resolved if close else alone

    def _answers(self, text: str) -> bool:
        short = len(text) <= self.config.max_question_chars
        return short and self.assess(text).status is Status.ANSWERED

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
            for event in answerer.answer(found.question, shown):
                if isinstance(event, Delta):
                    yield event
                else:
                    draft = event
        answer = _composed(found, draft, shown, answerer.name)
        elapsed = (time.perf_counter() - began) * 1000
        yield Finished(answer=replace(answer, notice=notice, elapsed_ms=round(elapsed, 1)))


def _composed(found: Assessment, draft: Draft, evidence: Sequence[Evidence], model: str) -> Answer:
    """Put an answer together: its band, its sentences, and the citations they use."""
    status = draft.status or found.status
    used = {label for sentence in draft.sentences for label in sentence.labels}
    return Answer(
        question=found.question,
        status=status,
        lead=LEADS[status],
        sentences=draft.sentences,
        citations=tuple(
            citation(number, one) for number, one in enumerate(evidence, start=1) if number in used
        ),
        parts=(PartCoverage(text=found.question.standalone, status=status),),
        model=model,
    )
