"""The default answerer: the chosen sentences, word for word, each citing itself."""

from collections.abc import Generator, Iterator, Sequence

from assistant.assess import Assessment, evidence_of
from assistant.ports import Draft
from assistant.records import AnswerSentence, Delta, Evidence, Question
from store.library import Library


class Extractive:
    """Quotes; invents nothing and needs no model."""

    name = "extractive"

    def confirmed(self, found: Assessment, began: float) -> Generator[Delta, None, Assessment]:
        """Leave the assessment as it is."""
        del began
        yield from ()
        return found

    def choose(self, library: Library, assessment: Assessment) -> tuple[Evidence, ...]:
        """Choose the sentences that the assessment chose, in reading order."""
        return evidence_of(library, assessment.chosen)

    def answer(
        self, question: Question, evidence: Sequence[Evidence], began: float
    ) -> Iterator[Draft]:
        """Say every piece of evidence as it stands."""
        del question, began
        yield Draft(
            sentences=tuple(
                AnswerSentence(text=one.sentence.text, labels=(number,), support=1.0)
                for number, one in enumerate(evidence, start=1)
            )
        )
