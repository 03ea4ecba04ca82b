"""Putting an answer together: its band, its sentences, the citations they use, its parts."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.assess import Assessment
from assistant.citing import citation
from assistant.ports import Draft
from assistant.records import Answer, AnswerSentence, Evidence, PartCoverage, Question, Status
from assistant.telling import NAME, Told

LEADS = {
    Status.ANSWERED: "",
    Status.RELATED: "报道中没有直接的答案，以下内容可能相关：",
    Status.NOT_COVERED: "报道中没有提到。",
}


def composed(found: Assessment, draft: Draft, evidence: Sequence[Evidence], model: str) -> Answer:
    """Put an answer together: its band, its sentences, and the citations they use."""
    status = draft.status or found.status
    if found.premise and status is Status.ANSWERED:  # what a chat model makes of it all the same
        status = Status.RELATED
    used = {label for sentence in draft.sentences for label in sentence.labels}
    return Answer(
        question=found.question,
        status=status,
        lead=_lead(found, status),
        sentences=_by_part(draft.sentences, found, evidence),
        citations=tuple(
            citation(number, one) for number, one in enumerate(evidence, start=1) if number in used
        ),
        parts=tuple(
            PartCoverage(text=one.question.text, status=one.status, note=one.premise)
            for one in found.parts
        )
        or (PartCoverage(text=found.question.standalone, status=status),),
        model=model,
        probability=found.probability,
    )


def _by_part(
    sentences: Sequence[AnswerSentence], found: Assessment, evidence: Sequence[Evidence]
) -> tuple[AnswerSentence, ...]:
    """Say of each sentence which part it answers: the first that chose its quote."""
    of = {
        (one.article.id, one.sentence.start): number
        for number, part in reversed(list(enumerate(found.parts)))
        for one in part.chosen
    }
    return tuple(
        replace(one, part=of.get(evidence[one.labels[0] - 1].key)) if of and one.labels else one
        for one in sentences
    )


def _lead(found: Assessment, status: Status) -> str:
    """The line before the sentences: what is presumed wrongly, or the band."""
    return f"{found.premise}：" if found.premise and status is Status.RELATED else LEADS[status]


def from_catalog(said: Told, question: Question) -> Answer:
    """Put an answer of the catalog together: all of its evidence is cited."""
    return Answer(
        question=question,
        status=said.status,
        lead=said.lead,
        sentences=said.sentences,
        citations=tuple(citation(n, one) for n, one in enumerate(said.evidence, start=1)),
        parts=(PartCoverage(text=question.standalone, status=said.status),),
        model=NAME,
    )
