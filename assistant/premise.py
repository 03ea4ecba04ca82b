"""What a question takes for granted and the reports say otherwise: place, figure, year, person."""

from collections.abc import Sequence

from assistant.amounts import Amount, amounts, has_amount, same_unit
from assistant.dates import When, dates, has_date
from assistant.figures import figures_of
from assistant.lexicon import lexicon
from assistant.persons import people
from assistant.reading import readable
from assistant.scoring import Candidate, surroundings
from assistant.terms import Term, tagged

_ALIKE = 0.6
_BEFORE, _AFTER = 6, 6
"""Characters around an amount within which the thing it counts is named."""


def contradicted(
    question: str, terms: Sequence[Term], best: Candidate, printed: Sequence[str] = ()
) -> str | None:
    """Return one sentence on what the best sentence says otherwise than the question, or None.

    An amount counts where the sentence gives another one of the same thing, a year where it gives
    another, a person where it names another in the same part; in each case the article never
    mentions the question's own, and the sentence holds most of the question's other words.

    Args:
        question: as understood.
        terms: its weighed words.
        best: the best of the sentences that would be said.
        printed: what the report says of its own date: a year that it was printed in is no
            contradiction to one told relative to it.
    """
    text = readable(best.sentence.text)
    if shared(terms, f"{text}\n{surroundings(best.article, best.index)}") < _ALIKE:
        return None
    whole, plain = readable(best.article.body), readable(question)
    other = (
        _other_amount(plain, text, whole)
        or _other_year(plain, text, whole, printed)
        or _other_person(plain, text, whole)
    )
    if other is None:
        return None
    theirs, asked = other
    return f"报道中是“{theirs}”，与问题所说的“{asked}”不同"


def elsewhere(
    place: str, terms: Sequence[Term], here: Sequence[Candidate], there: Candidate
) -> str | None:
    """Return one sentence saying that what was asked of a place is told of another, or None.

    It is where a sentence about the other place holds the question's weightiest noun and most of
    its other words, and no article that mentions the place asked about holds that noun.

    Args:
        place: as the question names it.
        terms: the question's weighed words without the place.
        here: the candidates found for the question as it stands.
        there: the best candidate for the question without the place.
    """
    told_of = there.article.community
    noun = weightiest(terms)
    text = readable(there.sentence.text)
    if told_of is None or noun is None or noun.text not in text:
        return None
    if readable(place) in readable(there.article.body) or shared(terms, text) < _ALIKE:
        return None
    if not missing_from(noun, place, here):
        return None
    return f"报道中说到这件事的是“{told_of}”，与问题所说的“{place}”不同"


def weightiest(terms: Sequence[Term]) -> Term | None:
    """Return the noun of a question that weighs most; None where it has none."""
    return max((one for one in terms if one.noun), key=lambda one: one.weight, default=None)


def missing_from(noun: Term, place: str, here: Sequence[Candidate]) -> bool:
    """Say whether no article found that mentions a place holds a noun, or one that means it."""
    bodies = {one.article.id: readable(one.article.body) for one in here}
    return not any(noun.presence(body) for body in bodies.values() if readable(place) in body)


def shared(terms: Sequence[Term], text: str) -> float:
    """Return the weight share of a question's words, figures and names aside, that a text holds."""
    plain = [
        one
        for one in terms
        if not figures_of(one.text) and not one.name and one.text not in lexicon().question_nouns
    ]
    total = sum(one.weight for one in plain)
    if not total:
        return 0.0
    return sum(one.weight * one.presence(text) for one in plain) / total


def _other_amount(question: str, text: str, whole: str) -> tuple[str, str] | None:
    held, there = amounts(whole), amounts(text)
    for asked in amounts(question):
        if any(has_amount(asked, one) for one in held):
            continue
        alike = [one for one in there if same_unit(asked, one) and one.value != asked.value]
        same = [one for one in alike if _same_thing(asked, one, text, len(alike))]
        if same and not any(one.value == asked.value for one in there):
            return _said(same[0], text), _said(asked, question)
    return None


def _same_thing(asked: Amount, found: Amount, text: str, candidates: int) -> bool:
    """Whether two amounts count the same: its noun stands beside the other, or nothing else does.

    Money, shares and the like name no thing; there it is the only one of its kind.
    """
    noun = _noun(asked)
    if not noun:
        return candidates == 1 and bool(asked.unit)
    around = text[max(0, found.start - _BEFORE) : found.end + _AFTER]
    return noun in around


def _noun(amount: Amount) -> str:
    """The noun that an amount counts: the first word after the measure, if it is one."""
    if not amount.after:
        return ""
    word, tag = tagged(amount.after)[0]
    return word if tag.startswith(("n", "j", "vn")) else ""


def _said(amount: Amount, text: str) -> str:
    return text[amount.start : amount.end] + _noun(amount)


def _other_year(
    question: str, text: str, whole: str, printed: Sequence[str]
) -> tuple[str, str] | None:
    asked = [one for one in dates(question) if _year(one)]
    there = [one for one in dates(text) if _year(one)]
    if len(asked) != 1 or len(there) != 1 or _year(asked[0]) == _year(there[0]):
        return None
    year = _year(asked[0]) or ""
    if has_date(asked[0], dates(whole)) or any(year in one for one in printed):
        return None
    return text[there[0].start : there[0].end], question[asked[0].start : asked[0].end]


def _year(when: When) -> str | None:
    return next((part[2:] for part in when.parts if part.startswith("年 ")), None)


def _other_person(question: str, text: str, whole: str) -> tuple[str, str] | None:
    """The person that the sentence names in the part of the one who is asked about."""
    asking = question.rstrip("？?。！!").rpartition("，")[2]
    asked, there = people(asking), people(text)
    if len(asked) != 1 or asked[0] in whole or not there:
        return None
    role = _before(asked[0], asking)
    same = [one for one in there if role and _before(one, text) == role]
    other = same or (there if len(there) == 1 else [])
    return (other[0], asked[0]) if other else None


def _before(name: str, text: str) -> str:
    """The noun that stands right before a name (居民, 社区党委书记: 书记)."""
    words = tagged(text[: text.index(name)])
    return words[-1][0] if words and words[-1][1].startswith("n") else ""
