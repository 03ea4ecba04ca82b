"""Citation recall and precision of an answer, sentence by sentence, as ALCE defines them.

Recall of a sentence: it cites something, and all that it cites together supports it. Precision of
a citation: its sentence's recall is 1, and it is not irrelevant; it is irrelevant where it does
not support the sentence alone and the others do without it (Gao et al. 2023, section 3).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.citing import support
from assistant.evaluation.results import Tally
from assistant.evaluation.strings import segments
from assistant.records import Answer

_LEAST = 0.5


class SupportCheck(Protocol):
    """Decides whether quotes support a sentence; `name` is told beside the figures."""

    @property
    def name(self) -> str:
        """What decides, in a few words."""
        ...

    def supports(self, said: str, quotes: Sequence[str]) -> bool:
        """Say whether the quotes, taken together, support the sentence."""
        ...


@dataclass(frozen=True, slots=True)
class Quoted:
    """The check that needs no model: a quote holds the sentence, or is close enough to it.

    Close enough: every figure, name, quotation and negation is there, and at least half of the
    sentence's character pairs are (assistant.citing.support).
    """

    name: str = f"quote holds the sentence, or assistant.citing.support >= {_LEAST:g}"

    def supports(self, said: str, quotes: Sequence[str]) -> bool:
        """Say whether the quotes, taken together, support the sentence."""
        if not quotes:
            return False
        claim = "\0".join(segments(said))
        held = any(claim in "\0".join(segments(quote)) for quote in quotes)
        return held or support(said, quotes) >= _LEAST


def citation_tallies(answer: Answer, check: SupportCheck) -> dict[str, Tally]:
    """Measure the citations of an answer; nothing is measured where it says no sentence.

    Both are means within the answer (over its sentences, over its citations), so that every
    answer weighs the same; an answer that cites nothing has a precision of 0.
    """
    if not answer.sentences:
        return {}
    quotes = {one.label: one.quote for one in answer.citations}
    recalled: list[bool] = []
    precise: list[bool] = []
    for sentence in answer.sentences:
        cited = [quotes[label] for label in sentence.labels if label in quotes]
        resolved = len(cited) == len(sentence.labels)
        whole = resolved and check.supports(sentence.text, cited)
        recalled.append(whole)
        precise += [
            whole and _relevant(sentence.text, number, cited, check) for number in range(len(cited))
        ]
    return {
        "citation_recall": (sum(recalled) / len(recalled), 1.0),
        "citation_precision": (sum(precise) / len(precise) if precise else 0.0, 1.0),
    }


def _relevant(said: str, number: int, cited: Sequence[str], check: SupportCheck) -> bool:
    alone = check.supports(said, cited[number : number + 1])
    return alone or not check.supports(said, [*cited[:number], *cited[number + 1 :]])
