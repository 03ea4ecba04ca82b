"""The few sentences that answer, without repetition, in reading order."""

import re
from collections.abc import Sequence

from assistant.reading import pairs, readable
from assistant.scoring import Candidate, scope, surroundings
from assistant.terms import Term, presence

_LISTING = re.compile(r"哪些|哪几|分别|几种|有什么|怎么|怎样|如何|做法|措施|经验")
_POOL = 8
_SEVERAL = 2
_SAME = 0.8
_PRESENT = 0.8


def select(
    question: str, terms: Sequence[Term], ranked: Sequence[Candidate], max_sentences: int
) -> tuple[Candidate, ...]:
    """Choose the sentences to say, in reading order.

    The best one always; then those of the next `_POOL` that nearly equal it (more of them where
    the question asks for a list or a way), or that hold a weighty word of the question which none
    chosen so far holds. Where the objects of a verb are asked for (发现了哪些……) and several
    sentences hold it, those come first and need no more than half of what the best brings.

    Args:
        question: as understood.
        terms: its weighed words.
        ranked: candidates, best first; may be empty.
        max_sentences: at most so many (1 or more).
    """
    if not ranked:
        return ()
    ranked = _anchored_first(ranked)
    best, chosen = ranked[0], [ranked[0]]
    said = _words_in(best, terms) | _words_around(best, terms)
    for one in ranked[1 : _POOL + 1]:
        if len(chosen) >= max_sentences:
            break
        if one.features.typed < best.features.typed or any(
            _repeats(one, other) for other in chosen
        ):
            continue
        new = _words_in(one, terms) - said
        if one.worth > _share_needed(question, one, chosen, bool(new)) * best.worth:
            chosen.append(one)
            said |= new
    place = {one.article.id: rank for rank, one in reversed(list(enumerate(chosen)))}
    return tuple(sorted(chosen, key=lambda one: (place[one.article.id], one.index)))


def _anchored_first(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Put the sentences of the pool that hold the verb asked after first, if there are several."""
    pool = ranked[: _POOL + 1]
    anchored = [one for one in pool if one.features.anchored]
    if len(anchored) < _SEVERAL:
        return list(ranked)
    return [*anchored, *(one for one in pool if not one.features.anchored), *ranked[_POOL + 1 :]]


def _share_needed(
    question: str, one: Candidate, chosen: Sequence[Candidate], brings_new: bool
) -> float:
    """How much of what the best sentence brings a further one needs to bring."""
    if one.features.anchored and chosen[0].features.anchored:
        return 0.5
    if brings_new:
        return 0.6
    if _LISTING.search(question):
        return 0.7
    beside = any(
        one.article.id == other.article.id and abs(one.index - other.index) == 1 for other in chosen
    )
    return 0.8 if beside else 0.9


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
        term.text
        for term in terms
        if term.weight > weighty and presence(term.text, text) >= _PRESENT
    }


def _repeats(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences say the same, by their character pairs."""
    left, right = (pairs(each.sentence.text) for each in (one, other))
    return len(left & right) >= _SAME * max(1, min(len(left), len(right)))
