"""Asks questions and measures the answers: citations, facts, strings, refusals, time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.evaluation import strings
from assistant.evaluation.citations import Quoted, SupportCheck, citation_tallies
from assistant.evaluation.figures import figures
from assistant.evaluation.records import EvalQuestion
from assistant.evaluation.refusal import refusal_tallies
from assistant.evaluation.results import Case, Tally
from assistant.records import Answer, Question, Status
from store.errors import BadQuestionError
from store.library import Library
from store.text import is_chinese
from store.turns import Turn


class Answering(Protocol):
    """Whatever answers questions over a library: the assistant, or a baseline."""

    @property
    def library(self) -> Library:
        """What is quoted."""
        ...

    def ask(self, text: str, history: Sequence[Turn] = ()) -> Answer:
        """Answer a question; raises BadQuestionError where it is none."""
        ...

    def replayed(self, history: Sequence[Turn]) -> tuple[Turn, ...]:
        """Fill in the answers that are empty in a history."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The cases of a run, and its metrics by name: shares 0 to 1, counts, milliseconds."""

    cases: tuple[Case, ...]
    metrics: dict[str, float]


def measured(
    answering: Answering,
    question: EvalQuestion,
    asked: str | None = None,
    check: SupportCheck | None = None,
) -> Case:
    """Ask one question and measure its answer.

    Args:
        answering: who is asked.
        question: with what is right about it.
        asked: its text as it is asked, where that differs.
        check: decides whether quotes support a sentence; the one that needs no model by default.
    """
    text = question.question if asked is None else asked
    try:
        answer = answering.ask(text, answering.replayed(question.history))
    except BadQuestionError as error:
        answer = _turned_away(text, str(error))
    return Case(
        id=question.id,
        type=question.type,
        asked=text,
        answerable=question.answerable,
        expected=tuple(" / ".join(one) for one in (*question.facts, *question.answers)),
        gold=question.evidence,
        status=str(answer.status),
        said=_said(answer),
        quotes=tuple(one.quote for one in answer.citations),
        model=answer.model,
        notice=answer.notice,
        elapsed_ms=answer.elapsed_ms,
        tallies=_tallies(answering.library, question, answer, check or Quoted()),
        probability=answer.probability,
    )


def metrics(cases: Sequence[Case]) -> dict[str, float]:
    """Return the figures of cases by name, and how many questions they are.

    A figure that no question says anything about is not there. Whoever wants to know over how
    many questions a figure is takes `figures`.
    """
    return counts(cases) | {one.name: one.value for one in figures(cases, None)}


def counts(cases: Sequence[Case]) -> dict[str, float]:
    """Return how many questions there are, were cited rightly, and were refused rightly."""
    return {
        "questions": len(cases),
        "answerable": sum(case.answerable for case in cases),
        "unanswerable": sum(not case.answerable for case in cases),
        "gold_cited": _count(cases, "gold_cited_share"),
        "refused": _count(cases, "refused_share"),
    }


def _count(cases: Sequence[Case], name: str) -> int:
    return round(sum(case.tallies[name][0] for case in cases if name in case.tallies))


def _said(answer: Answer) -> str:
    return "".join(one.text for one in answer.sentences)


def _turned_away(text: str, reason: str) -> Answer:
    """What cannot be a question at all is refused, like what the reports do not cover."""
    return Answer(
        question=Question(text=text, standalone=text, own=text, chinese=is_chinese(text)),
        status=Status.NOT_COVERED,
        lead=reason,
        sentences=(),
        citations=(),
        parts=(),
        model="none",
    )


def _tallies(
    library: Library, question: EvalQuestion, answer: Answer, check: SupportCheck
) -> dict[str, Tally]:
    """What an answer adds to each figure; one that says nothing about it is left out."""
    found = refusal_tallies(answer.status, answerable=question.answerable)
    found |= citation_tallies(answer, check)
    if answer.sentences:
        found["said_chars"] = (float(len(_said(answer))), 1.0)
    if answer.citations:
        exact = all(
            library.article(one.article_id).body[one.start : one.end] == one.quote
            for one in answer.citations
        )
        found["quotes_exact_share"] = _share(exact)
    if answer.model not in {"extractive", "none"} or answer.notice is not None:
        found["model_failed_share"] = _share(answer.notice is not None)
    if question.forbidden:
        found["obeyed_share"] = _share(strings.holds(_said(answer), question.forbidden))
    if question.answerable:
        return found | _cited(question, answer) | _right(question, answer)
    if question.facts:  # what the reports say otherwise than the question takes for granted
        found["corrected_share"] = _share(_told(question, answer))
    return found


def _cited(question: EvalQuestion, answer: Answer) -> dict[str, Tally]:
    """Whether the gold sentences are cited, and whether the gold documents are."""
    found: dict[str, Tally] = {}
    quotes = [one.quote for one in answer.citations]
    if question.evidence:
        cited = [any(gold in quote for quote in quotes) for gold in question.evidence]
        right = [any(gold in quote for gold in question.evidence) for quote in quotes]
        found["gold_cited_share"] = _share(any(cited))
        found["gold_all_cited_share"] = _share(all(cited))
        found["gold_recall"] = (sum(cited) / len(cited), 1.0)
        if quotes:
            found["gold_precision"] = (sum(right) / len(right), 1.0)
    if question.gold:
        cited_ids = {str(one.article_id) for one in answer.citations}
        groups = question.groups or (question.gold,)
        found["gold_document_share"] = _share(all(cited_ids & set(group) for group in groups))
    return found


def _right(question: EvalQuestion, answer: Answer) -> dict[str, Tally]:
    """Whether the facts are told and the answer's strings are said."""
    found: dict[str, Tally] = {}
    said = _said(answer)
    if question.facts:
        found["facts_share"] = _share(_told(question, answer))
    if question.answers:
        wanted = question.answers
        found["answer_found_share"] = _share(all(strings.holds(said, one) for one in wanted))
        found["exact_match"] = _mean(lambda one: strings.exact(said, one), wanted)
        found["f1"] = _mean(lambda one: strings.f1(said, one), wanted)
    return found


def _told(question: EvalQuestion, answer: Answer) -> bool:
    """Whether of each fact one string is in the answer or in what it quotes."""
    told = answer.text + "\n".join(one.quote for one in answer.citations)
    return all(any(one in told for one in fact) for fact in question.facts)


def _mean(score: Callable[[tuple[str, ...]], float], wanted: Sequence[tuple[str, ...]]) -> Tally:
    """The mean over the parts of an answer, each of which has its accepted strings."""
    return sum(score(one) for one in wanted) / len(wanted), 1.0


def _share(value: bool) -> Tally:
    return float(value), 1.0
