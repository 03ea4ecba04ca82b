"""What a question takes for granted and the reports say otherwise: place, figure, year, person."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.claims import ALIKE, other_amount, other_of_person, shared
from assistant.dates import When, dates, has_date
from assistant.figures import figures_of
from assistant.lexicon import lexicon
from assistant.persons import people
from assistant.reading import readable
from assistant.scoring import Candidate, surroundings
from assistant.terms import Term, tagged

_HELD, _NEARLY = 0.8, 0.5
_SLIGHT = 0.2
"""Weight up to which a word (人, 社区) tells nothing."""
_IS = ("是", "叫", "姓")


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """What the reports say otherwise than a question: one sentence `told`, and where it stands."""

    told: str
    by: Candidate


def contradicted(  # noqa: PLR0913 - what is asked, and where
    question: str,
    terms: Sequence[Term],
    pool: Sequence[Candidate],
    printed: Sequence[str] = (),
    *,
    placed: bool = False,
    strange: bool = True,
) -> Otherwise | None:
    """Return what a sentence says otherwise than the question, or None.

    An amount counts where a sentence gives another one of the same thing (an age or a house: of the
    same person), a year where the best one gives another, a person where that names another in the
    same part; in each case no article of the pool mentions the question's own, and the sentence
    holds most of the question's other words.

    Args:
        question: as understood, without the place it names.
        terms: its weighed words.
        pool: the candidates that could say so, best first; not empty.
        printed: what the report says of its own date: a year that it was printed in is no
            contradiction to one told relative to it.
        placed: the question names a place, and every article of the pool mentions it.
        strange: no report mentions the person whom the question names.
    """
    asked, best = readable(question), pool[0]
    whole = "\n".join({one.article.id: readable(one.article.body) for one in pool}.values())
    for one in pool:
        other = other_of_person(asked, one) or other_amount(
            asked, terms, one, whole, best=one is best, placed=placed
        )
        if other:
            return _otherwise(other, one)
    text = readable(best.sentence.text)
    if shared(terms, f"{text}\n{surroundings(best.article, best.index)}") < ALIKE:
        return None
    other = _other_year(asked, text, whole, printed)
    if other is None and strange:
        other = _other_person(asked, text, whole)
    return _otherwise(other, best) if other else None


def elsewhere(
    place: str, terms: Sequence[Term], here: Sequence[Candidate], there: Sequence[Candidate]
) -> Otherwise | None:
    """Return that what was asked of a place is told of another, and of no third; or None.

    It is where a sentence about the other place holds the question's nouns and most of its other
    words, and no article that mentions the place asked about holds any of its words. A
    single word tells too little of what is meant.

    Args:
        place: as the question names it.
        terms: the question's weighed words without the place.
        here: the candidates found for the question as it stands.
        there: those for the question without the place, best first; not empty.
    """
    words = telling(terms)
    noun = max((one for one in words if one.noun), key=lambda one: one.weight, default=None)
    if noun is None or len(words) <= 1 or not missing_from(words, place, here):
        return None
    best = there[0]
    told_of, text = best.article.community, readable(best.sentence.text)
    if told_of is None or any(one.noun and one.text not in text for one in words):
        return None
    if readable(place) in readable(best.article.body) or shared(terms, text) < ALIKE:
        return None
    holding = {
        one.article.community
        for one in there
        if noun.presence(readable(one.sentence.text)) >= _HELD
    }
    if len(holding) > 1:
        return None
    return Otherwise(told=f"报道中说到这件事的是“{told_of}”，与问题所说的“{place}”不同", by=best)


def telling(terms: Sequence[Term]) -> list[Term]:
    """Return the words of a question that tell what it asks of a place."""
    return [
        one
        for one in terms
        if (one.noun or len(one.text) > 1)
        and one.weight > _SLIGHT
        and not figures_of(one.text)
        and one.text not in lexicon().question_nouns
    ]


def missing_from(words: Sequence[Term], place: str, here: Sequence[Candidate]) -> bool:
    """Say whether no article found that mentions a place holds one of the words, or its like."""
    bodies = {one.article.id: readable(one.article.body) for one in here}
    about = [body for body in bodies.values() if readable(place) in body]
    return not any(word.presence(body) >= _NEARLY for body in about for word in words)


def _otherwise(other: tuple[str, str], by: Candidate) -> Otherwise:
    theirs, asked = other
    return Otherwise(told=f"报道中是“{theirs}”，与问题所说的“{asked}”不同", by=by)


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
    asking = question.rstrip("？?。！!吗吧").rpartition("，")[2]
    asked, there = people(asking), people(text)
    if len(asked) != 1 or asked[0] in whole or not there:
        return None
    role = _before(asked[0], asking)
    if role:
        other = [one for one in there if _before(one, text) == role]
    else:
        other = there if len(there) == 1 else []
    return (other[0], asked[0]) if other else None


def _before(name: str, text: str) -> str:
    """The noun that stands right before a name (居民, 社区党委书记: 书记), or is said to be it."""
    words = [one for one in tagged(text[: text.index(name)]) if one[0] not in _IS]
    return words[-1][0] if words and words[-1][1].startswith("n") else ""
