"""The default answerer: the chosen sentences, word for word, each citing itself."""

from collections.abc import Iterator, Sequence

from assistant.assess import Assessment, evidence_of
from assistant.ports import Draft
from assistant.records import AnswerSentence, Evidence
from store.library import Library


class Extractive:
    """Quotes; invents nothing and needs no model."""

    name = "extractive"

    def choose(self, library: Library, assessment: Assessment) -> tuple[Evidence, ...]:
        """Choose the sentences that the assessment chose, in reading order."""
        return evidence_of(library, assessment.chosen)

    def answer(self, found: Assessment, evidence: Sequence[Evidence]) -> Iterator[Draft]:
        """Say every piece of evidence as it stands."""
        del found
        yield Draft(
            sentences=tuple(
                AnswerSentence(text=one.sentence.text, labels=(number,), support=1.0)
                for number, one in enumerate(evidence, start=1)
            )
        )
