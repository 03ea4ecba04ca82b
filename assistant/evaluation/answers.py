"""Asks questions and measures the answers: citations, facts, refusals, time."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from assistant.evaluation.records import EvalQuestion
from assistant.pipeline import Assistant
from assistant.records import Answer, Question, Status
from store.errors import BadQuestionError
from store.text import is_chinese


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question, the answer it got, and what was right about it.

    `cited` says that a citation holds a gold sentence, `complete` that every gold sentence is
    cited, `facts` that every fact is in the answer or its quotes, `exact` that every quote is a
    substring of its article's body.
    """

    question: EvalQuestion
    answer: Answer
    cited: bool
    complete: bool
    facts: bool
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The cases of a run, and its metrics by name: shares 0 to 1, counts, milliseconds."""

    cases: tuple[Case, ...]
    metrics: dict[str, float]


def evaluate(assistant: Assistant, questions: Sequence[EvalQuestion]) -> Evaluation:
    """Ask every question and measure the answers."""
    cases = tuple(_case(assistant, question) for question in questions)
    return Evaluation(cases=cases, metrics=_metrics(cases))


def _case(assistant: Assistant, question: EvalQuestion) -> Case:
    try:
        answer = assistant.ask(question.question, assistant.replayed(question.history))
    except BadQuestionError as error:
        answer = _turned_away(question.question, str(error))
    quotes = [one.quote for one in answer.citations]
    cited = [any(gold in quote for quote in quotes) for gold in question.evidence]
    said = answer.text + "\n".join(quotes)
    return Case(
        question=question,
        answer=answer,
        cited=any(cited),
        complete=bool(cited) and all(cited),
        facts=all(any(one in said for one in fact) for fact in question.facts),
        exact=all(
            assistant.library.article(one.article_id).body[one.start : one.end] == one.quote
            for one in answer.citations
        ),
    )


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


def _metrics(cases: Sequence[Case]) -> dict[str, float]:
    asked = [case for case in cases if case.question.answerable]
    not_asked = [case for case in cases if not case.question.answerable]
    elapsed = [case.answer.elapsed_ms for case in cases]
    return {
        "questions": len(cases),
        "answerable": len(asked),
        "unanswerable": len(not_asked),
        "gold_cited": sum(case.cited for case in asked),
        "gold_cited_share": _share([case.cited for case in asked]),
        "gold_all_cited_share": _share([case.complete for case in asked]),
        "facts_share": _share([case.facts for case in asked]),
        "answered_share": _share([case.answer.status is Status.ANSWERED for case in asked]),
        "refused": sum(case.answer.status is not Status.ANSWERED for case in not_asked),
        "refused_share": _share([case.answer.status is not Status.ANSWERED for case in not_asked]),
        "not_covered_share": _share(
            [case.answer.status is Status.NOT_COVERED for case in not_asked]
        ),
        "quotes_exact_share": _share([case.exact for case in cases]),
        "elapsed_p50_ms": round(median(elapsed), 1),
        "elapsed_p95_ms": round(quantiles(elapsed, n=20, method="inclusive")[-1], 1)
        if len(elapsed) > 1
        else elapsed[0],
    }


def _share(values: Sequence[bool]) -> float:
    """Share of true values, 0 to 1; 1 where there are none."""
    return round(sum(values) / len(values), 4) if values else 1.0
