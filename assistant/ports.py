"""The seam of answering: what turns evidence into the sentences of an answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.assess import Assessment
from assistant.records import AnswerSentence, Delta, Evidence, Status
from store.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an answerer says in the end; labels are evidence numbers, from 1.

    `status` is the answerer's own verdict on the evidence, or None to leave it as assessed;
    `assessed` is the assessment where the answerer judged it anew, or None. `notice` is one line
    about how the answer came to be, or None.
    """

    sentences: tuple[AnswerSentence, ...] = ()
    status: Status | None = None
    assessed: Assessment | None = None
    notice: str | None = None


class Answerer(Protocol):
    """Says an answer from evidence: any number of `Delta`, then one `Draft`."""

    @property
    def name(self) -> str:
        """Shown as the answer's model."""
        ...

    def choose(self, library: Library, assessment: Assessment) -> tuple[Evidence, ...]:
        """Choose the evidence to answer from, in the order of its numbers."""
        ...

    def answer(self, found: Assessment, evidence: Sequence[Evidence]) -> Iterator[Delta | Draft]:
        """Say the answer to what was assessed, every sentence resting on evidence.

        Raises:
            ChatModelError: a model failed; nothing of what it said is to be kept.
        """
        ...
