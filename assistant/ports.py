"""The seam of answering: what turns evidence into the sentences of an answer."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.assess import Assessment
from assistant.records import AnswerSentence, Delta, Evidence, Question, Status
from store.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an answerer says in the end; labels are evidence numbers, from 1.

    `status` is the answerer's own verdict on the evidence, or None to leave it as assessed.
    `notice` is one line about how the answer came to be, or None.
    """

    sentences: tuple[AnswerSentence, ...] = ()
    status: Status | None = None
    notice: str | None = None


class Answerer(Protocol):
    """Says an answer from evidence: any number of `Delta`, then one `Draft`.

    Its steps are told when the question came (`began`, by time.perf_counter): all of them together
    have the time of one answer.
    """

    @property
    def name(self) -> str:
        """Shown as the answer's model."""
        ...

    def confirmed(self, found: Assessment, began: float) -> Generator[Delta, None, Assessment]:
        """Judge an assessment anew, or return it as it is; the deltas are empty.

        Raises:
            ChatModelError: a model failed.
        """
        ...

    def choose(self, library: Library, assessment: Assessment) -> tuple[Evidence, ...]:
        """Choose the evidence to answer from, in the order of its numbers."""
        ...

    def answer(
        self, question: Question, evidence: Sequence[Evidence], began: float
    ) -> Iterator[Delta | Draft]:
        """Say the answer, every sentence resting on evidence.

        Raises:
            ChatModelError: a model failed; nothing of what it said is to be kept.
        """
        ...
