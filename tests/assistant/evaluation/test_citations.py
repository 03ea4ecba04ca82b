"""Citation recall and precision by ALCE's definitions, with any check of support."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from assistant.citing import citation
from assistant.evaluation.citations import Quoted, citation_tallies
from assistant.records import Answer, AnswerSentence, Evidence, Question, Status

Labels = tuple[int, ...]


@dataclass(frozen=True)
class Letters:
    """Quotes support a sentence where they hold all its letters."""

    name: str = "letters"

    def supports(self, said: str, quotes: Sequence[str]) -> bool:
        return bool(quotes) and set(said) <= set("".join(quotes))


def answer(evidence: Sequence[Evidence], *sentences: tuple[str, Labels]) -> Answer:
    question = Question(text="问", standalone="问", own="问", chinese=True)
    return Answer(
        question=question,
        status=Status.ANSWERED,
        lead="",
        sentences=tuple(AnswerSentence(text=text, labels=labels) for text, labels in sentences),
        citations=tuple(citation(number, one) for number, one in enumerate(evidence, start=1)),
        parts=(),
        model="some model",
    )


@pytest.mark.parametrize(
    ("sentences", "recall", "precision"),
    [
        ([("甲", (1,))], 1.0, 1.0),
        ([("甲", (2,))], 0.0, 0.0),
        ([("甲", ())], 0.0, 0.0),
        ([("甲乙", (1, 2))], 1.0, 1.0),  # each is needed
        ([("甲", (1, 2))], 1.0, 0.5),  # the second adds nothing
        ([("甲", (1, 9))], 0.0, 0.0),  # a mark that resolves to nothing
        ([("甲", (1,)), ("丙", (1,))], 0.5, 0.5),
        ([("甲", (1,)), ("丙", ())], 0.5, 1.0),
    ],
)
def test_a_sentence_is_supported_by_all_it_cites_and_a_citation_is_relevant_or_not(
    make_evidence: Callable[..., tuple[Evidence, ...]],
    sentences: list[tuple[str, Labels]],
    recall: float,
    precision: float,
) -> None:
    found = citation_tallies(answer(make_evidence("甲", "乙"), *sentences), Letters())
    assert found == {"citation_recall": (recall, 1.0), "citation_precision": (precision, 1.0)}


def test_where_nothing_is_said_nothing_is_measured() -> None:
    assert citation_tallies(answer([]), Quoted()) == {}


@pytest.mark.parametrize(
    ("said", "quote", "supported"),
    [
        ("食堂设在会议室", "助老食堂设在会议室，五月开张。", True),
        ("首批9部电梯惠及312户", "首批9部电梯投入使用，惠及312户居民。", True),
        ("首批8部电梯惠及312户", "首批9部电梯投入使用，惠及312户居民。", False),
        ("会议室里办起了画展", "助老食堂5月5日正式营业。", False),
    ],
)
def test_a_quote_that_holds_the_sentence_or_comes_close_supports_it(
    said: str, quote: str, supported: bool
) -> None:
    assert Quoted().supports(said, [quote]) is supported
    assert not Quoted().supports(said, [])
