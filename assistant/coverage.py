"""Do the reports answer this question? A probability from a few signals, and three bands.

Coefficients and thresholds are fitted (assistant.fitted), from questions named beside them.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.amounts import amounts, has_amount
from assistant.answer_types import Expectation
from assistant.figures import figures_of, has_figure
from assistant.fitted import fitted
from assistant.reading import readable
from assistant.records import Status
from assistant.scoring import Candidate, scope, surroundings
from assistant.terms import Term

_EDGE = 1e-6  # probabilities nearer to 0 or 1 are taken as this near


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What speaks for or against an answer: shares of 0 to 1 but for the two said below.

    `nouns_missing`, `words_missing`: weight share of the question's nouns and words that are
    neither in the chosen sentences nor in their neighbours and headings. `names_missing`: share of
    its names and places that the whole article never mentions; `figures_missing` of its figures
    that are not there, those elsewhere in the article counting half; `amounts_missing` of its
    amounts, with what they count (500米 is not 500人).
    `worth`: fitted worth of the best sentence (assistant.scoring), a tenth, 0 or more.
    `type_missing`: the kind of answer asked for is not there; `strict_missing`: likewise, where
    hardly any other would do, or there is nothing but a question.
    `closeness`: cosine of the best sentence, for questions in another script (else 0), -1 to 1.
    """

    nouns_missing: float
    words_missing: float
    names_missing: float
    figures_missing: float
    amounts_missing: float
    worth: float
    type_missing: float
    strict_missing: float
    closeness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What a chat model adds: `margin`, its log-odds of yes over no; `odds`, those of before."""

    odds: float
    margin: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A fitted logistic model over signals, and where its bands begin (probabilities)."""

    weights: dict[str, float]
    intercept: float
    answered: float
    related: float

    def probability(self, signals: Signals | Confirmation) -> float:
        """Return how likely the chosen sentences answer the question, 0 to 1."""
        total = self.intercept + sum(
            weight * getattr(signals, name) for name, weight in self.weights.items()
        )
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def band(self, probability: float) -> Status:
        """Return the band of a probability."""
        if probability >= self.answered:
            return Status.ANSWERED
        return Status.RELATED if probability >= self.related else Status.NOT_COVERED


def signals(  # noqa: PLR0913, PLR0917 - one value for each thing that is looked at
    question: str,
    terms: Sequence[Term],
    expectation: Expectation,
    chosen: Sequence[Candidate],
    names: Collection[str],
    closeness: float = 0.0,
) -> Signals:
    """Measure the signals for the chosen sentences.

    Args:
        question: normalised.
        terms: its words.
        expectation: the kind of answer it asks for.
        chosen: the sentences that would be said; not empty.
        names: names it mentions, places without their administrative endings.
        closeness: cosine of the best sentence, where sentences were ranked by it.
    """
    text = "\n".join(
        part
        for one in chosen
        for part in (
            readable(one.sentence.text),
            surroundings(one.article, one.index),
            scope(one.article),
        )
    )
    best = max(chosen, key=lambda one: one.total)
    typed = max(one.features.typed for one in chosen)
    telling = any(one.features.tells for one in chosen)
    wanted, held = amounts(question), amounts(text)
    figures = figures_of(question)
    whole = _whole(chosen) if names or figures else ""
    nouns = [term for term in terms if term.noun]
    return Signals(
        nouns_missing=_missing(nouns, text),
        words_missing=_missing(terms, text),
        names_missing=sum(name not in whole for name in names) / max(1, len(names)),
        figures_missing=sum(
            1.0 - (_holds_figure(one, text) + _holds_figure(one, whole)) / 2 for one in figures
        )
        / max(1, len(figures)),
        amounts_missing=sum(not any(has_amount(one, other) for other in held) for one in wanted)
        / max(1, len(wanted)),
        worth=best.worth / 10,
        type_missing=1 - typed,
        strict_missing=0.0 if telling and not expectation.strict else 1 - typed * telling,
        closeness=closeness,
    )


def mentioned(places: Sequence[str], chosen: Sequence[Candidate]) -> bool:
    """Say whether an article of the chosen sentences mentions one of the places (normalised)."""
    whole = _whole(chosen)
    return any(place in whole for place in places)


def confirmed(probability: float, margin: float) -> tuple[float, Status]:
    """Judge anew with a chat model's margin (assistant.answerers.margin): how likely, and the band.

    Args:
        probability: without it, 0 to 1.
        margin: in natural log units; above 0 for yes.
    """
    judge = _model("margin")
    likely = judge.probability(Confirmation(odds=log_odds(probability), margin=margin))
    return likely, judge.band(likely)


def log_odds(probability: float) -> float:
    """Return the log-odds of a probability, in natural log units; those of 0 and 1 are finite."""
    bounded = min(1 - _EDGE, max(_EDGE, probability))
    return math.log(bounded / (1 - bounded))


def model(*, chinese: bool) -> Model:
    """Return the fitted model for questions with or without Chinese characters."""
    return _model("chinese" if chinese else "other")


def _model(name: str) -> Model:
    part = fitted(name)
    return Model(
        weights=part["weights"],
        intercept=part["intercept"],
        answered=part["answered"],
        related=part["related"],
    )


def _holds_figure(figure: str, text: str) -> bool:
    """Whether a text holds a figure as it stands, or the number it is (十三部, 13部)."""
    values = {one.value for one in amounts(figure)}
    return has_figure(figure, text) or any(one.value in values for one in amounts(text))


def _whole(chosen: Sequence[Candidate]) -> str:
    """The articles of the chosen sentences, each once."""
    return "\n".join({one.article.id: readable(one.article.body) for one in chosen}.values())


def _missing(terms: Sequence[Term], text: str) -> float:
    """Weight share of the terms that a text does not hold, 0 (all there) to 1."""
    total = sum(term.weight for term in terms)
    if not total:
        return 0.0
    return sum(term.weight * (1 - term.presence(text)) for term in terms) / total
