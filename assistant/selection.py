"""The few sentences that answer, without repetition, in reading order."""

import re
from collections.abc import Sequence
from itertools import takewhile

from assistant.answer_types import AnswerType, expected
from assistant.reading import pairs, readable
from assistant.scoring import ADDED, Candidate, scope, surroundings
from assistant.terms import Term
from store.articles import Kind

_LISTING = re.compile(r"哪些|哪几|分别|几种|有什么|怎么|怎样|如何|做法|措施|经验")
_PRONOUN = re.compile(
    r"[“‘]?(?:(?:他|她|它|这|那|该)(?!么|样)|[此其](?![外前后中他它余次实])|对此|为此|因此)"
)
_POOL = 8
_SEVERAL = 2
_SAME = 0.8
_PRESENT = 0.8
# How far below the best sentence a further one may lie. Totals are log-odds (they are fitted as
# such): at 1 a sentence is about a third as likely to answer as the best one.
_MARGIN_ANCHORED = 4.0
_MARGIN_LISTING = 3.0
_MARGIN_NEW_WORDS = 2.0
_MARGIN_BESIDE = 1.0
_MARGIN_HEADS = 1.0
_MARGIN = 0.75


def select(
    question: str, terms: Sequence[Term], ranked: Sequence[Candidate], max_sentences: int
) -> tuple[Candidate, ...]:
    """Choose the sentences to say, in reading order.

    The best one always; then those of the next `_POOL` that are nearly as likely to answer (more
    of them where the question asks for a list or a way), or that hold a weighty word of the
    question which none chosen so far holds. Where the objects of a verb are asked for
    (发现了哪些……) and several sentences hold it, those come first.

    Where a figure, a date or a name is asked for, the sentence that holds it comes first. A pronoun
    that a sentence begins with brings the sentence before it along, where there is room; a sentence
    that asks brings the one after it. Captions, bylines and datelines are said only where they are
    asked for or no running text is nearly as good.

    Args:
        question: as understood.
        terms: its weighed words.
        ranked: candidates, best first; may be empty.
        max_sentences: at most so many (1 or more).
    """
    if not ranked:
        return ()
    ranked = _anchored_first(_for_each_first(question, _running(question, ranked)))
    best, chosen = ranked[0], [ranked[0]]
    said = _words_in(best, terms) | _words_around(best, terms)
    for one in ranked[1 : _POOL + 1]:
        if len(chosen) >= max_sentences:
            break
        if one.features.typed < best.features.typed:
            continue
        if any(_repeats(one, other) for other in chosen):
            continue
        new = _words_in(one, terms) - said
        if best.total - one.total < _margin(question, one, chosen, bool(new)):
            chosen.append(one)
            said |= new
    chosen = _answered(chosen, ranked, max_sentences)
    chosen += _explaining(chosen, ranked)[: max_sentences - len(chosen)]
    place = {one.article.id: rank for rank, one in reversed(list(enumerate(chosen)))}
    ordered = sorted(chosen, key=lambda one: (place[one.article.id], one.index))
    strict = expected(question).strict and best.features.typed == 1
    return tuple(_first(best, ordered) if strict else ordered)


def _running(question: str, ranked: Sequence[Candidate]) -> Sequence[Candidate]:
    """Leave out what stands beside the running text, where that answers nearly as well.

    Captions, bylines and datelines name the thing asked about without telling anything of it.
    """
    wanted = ADDED.get(expected(question).kind)
    kept = [one for one in ranked if one.sentence.kind in (Kind.BODY, wanted)]
    best = ranked[0]
    enough = kept and (
        best.total - kept[0].total < _MARGIN_HEADS and kept[0].features.typed >= best.features.typed
    )
    return kept if enough else ranked


def _first(best: Candidate, ordered: Sequence[Candidate]) -> list[Candidate]:
    """Put a sentence first, after the one that explains its pronoun."""
    before = (best.article.id, best.index - 1)
    explained = _PRONOUN.match(best.sentence.text) is not None
    ahead = [one for one in ordered if one is best or (explained and one.place == before)]
    return [*ahead, *(one for one in ordered if one not in ahead)]


def best_of(chosen: Sequence[Candidate], count: int) -> tuple[Candidate, ...]:
    """Return the `count` best of chosen sentences in their order, and what explains a pronoun."""
    kept = sorted(chosen, key=lambda one: -one.total)[:count]
    needed = {(one.article.id, one.index - 1) for one in kept if _PRONOUN.match(one.sentence.text)}
    return tuple(one for one in chosen if one in kept or one.place in needed)


def _answered(
    chosen: Sequence[Candidate], ranked: Sequence[Candidate], max_sentences: int
) -> list[Candidate]:
    """Add the two sentences after each that asks, one at least in place of the question itself."""
    known = {one.place: one for one in ranked if _goes_on(one)}
    kept = list(chosen)
    for one in chosen:
        if one.features.tells:
            continue
        places = takewhile(known.__contains__, ((one.article.id, one.index + n) for n in (1, 2)))
        told = [known[place] for place in places]
        if told and len(kept) >= max_sentences:
            kept.remove(one)
        kept += [more for more in told if more not in kept][: max_sentences - len(kept)]
    return kept


def _explaining(chosen: Sequence[Candidate], ranked: Sequence[Candidate]) -> list[Candidate]:
    """The sentence before each that begins with a pronoun, so that a reader knows who is meant."""
    known = {one.place: one for one in ranked}
    said = {one.place for one in chosen}
    needed = [
        (one.article.id, one.index - 1)
        for one in chosen
        if _PRONOUN.match(one.sentence.text) and _goes_on(one)
    ]
    return [known[place] for place in needed if place in known and place not in said]


def _goes_on(one: Candidate) -> bool:
    """Whether a sentence stands behind another in its paragraph."""
    before = one.article.sentences[one.index - 1] if one.index else None
    here = (one.sentence.section, one.sentence.paragraph, one.sentence.kind)
    return before is not None and (before.section, before.paragraph, before.kind) == here


def _anchored_first(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Put the sentences of the pool that hold the verb asked after first, if there are several."""
    pool = ranked[: _POOL + 1]
    anchored = [one for one in pool if one.features.anchored]
    if len(anchored) < _SEVERAL:
        return list(ranked)
    return [*anchored, *(one for one in pool if not one.features.anchored), *ranked[_POOL + 1 :]]


def _for_each_first(question: str, ranked: Sequence[Candidate]) -> Sequence[Candidate]:
    """Put the sums for each of what is asked first (多少钱一度), if they are not far behind."""
    expectation = expected(question)
    if expectation.kind is not AnswerType.MONEY or not expectation.measure:
        return ranked
    least = ranked[0].total - _MARGIN_ANCHORED
    first = [one for one in ranked[: _POOL + 1] if one.features.typed == 1 and one.total > least]
    return [*first, *(one for one in ranked if one not in first)]


def _margin(question: str, one: Candidate, chosen: Sequence[Candidate], brings_new: bool) -> float:
    """How far below the best sentence a further one may lie and still be said."""
    beside = any(
        one.article.id == other.article.id and abs(one.index - other.index) == 1 for other in chosen
    )
    allowed = (
        (bool(one.features.anchored and chosen[0].features.anchored), _MARGIN_ANCHORED),
        (bool(_LISTING.search(question)), _MARGIN_LISTING),
        (brings_new, _MARGIN_NEW_WORDS),
        (beside, _MARGIN_BESIDE),
    )
    return max([_MARGIN, *(margin for holds, margin in allowed if holds)])


def _words_in(one: Candidate, terms: Sequence[Term]) -> set[str]:
    """The weighty words of the question that a sentence holds."""
    return _weighty(terms, readable(one.sentence.text))


def _words_around(one: Candidate, terms: Sequence[Term]) -> set[str]:
    """Likewise those that its headings and its article's headline and place hold."""
    return _weighty(terms, f"{surroundings(one.article, one.index)}\n{scope(one.article)}")


def _weighty(terms: Sequence[Term], text: str) -> set[str]:
    if not terms:
        return set()
    weighty = max(term.weight for term in terms) / 3
    return {
        term.text for term in terms if term.weight > weighty and term.presence(text) >= _PRESENT
    }


def _repeats(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences say the same, by their character pairs."""
    left, right = (pairs(each.sentence.text) for each in (one, other))
    return len(left & right) >= _SAME * max(1, min(len(left), len(right)))
