"""Do quotes support a sentence? Clause by clause: its checks first, then a score for the rest.

Each clause must rest on one source; the clauses of a sentence may rest on several. What a source
reports as said by somebody supports a clause only as that person's words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.checks import CHECKS
from assistant.modality import wrong_plan
from assistant.reading import pairs, readable
from assistant.sources import Source, held
from assistant.statements import Clause, clauses, content_words, is_plan, names_of, speeches
from assistant.terms import tagged
from assistant.wording import wording

SUPPORTED = 0.6
_MISSING = 0.3
_QUOTE = re.compile(r"[“「『\"]([^“”「」『』\"]{2,})[”」』\"]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """An attribution that a claim lacks: whose words begin at a place in it (normalised)."""

    at: int
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How well sources support a claim.

    `score` is 0 (not) to 1; `used` are the indexes of the sources it rests on; `wrong` names the
    first check that failed, or the word that is missing, and is empty where it holds.
    """

    score: float
    used: tuple[int, ...] = ()
    owed: tuple[Owed, ...] = ()
    wrong: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    source: int
    score: float
    weight: float
    wrong: str = ""
    who: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A clause of a claim: it, what of it stands outside quotation marks, and what it goes on.

    `planned`: the claim is about plans so far. `names`: whom it is about, or who says it.
    """

    clause: Clause
    outside: str
    planned: bool
    names: tuple[str, ...]


def supports(claim: str, sources: Sequence[Source]) -> Finding:
    """Check a sentence against sources, the preferred ones first.

    Args:
        claim: one sentence without marks.
        sources: what it may rest on.
    """
    text = readable(claim)
    told = clauses(text)
    if not told or not sources:
        return Finding(score=0.0, wrong="nothing")
    known = [replace(one, others=[o for o in sources if o is not one]) for one in sources]
    fits: list[tuple[Clause, _Fit]] = []
    for one in _in_turn(text, told):
        fit = _best(one, known, fits[-1][1].source if fits else None)
        if fit.wrong:
            return Finding(score=0.0, wrong=fit.wrong)
        fits.append((one.clause, fit))
    used = tuple(dict.fromkeys(fit.source for _, fit in fits if fit.weight))
    if _misquotes(text, [known[index] for index in used]):
        return Finding(score=0.0, wrong="quotation")
    weight = sum(fit.weight for _, fit in fits)
    score = round(sum(fit.score * fit.weight for _, fit in fits) / weight, 3) if weight else 0.0
    if score < SUPPORTED:
        return Finding(score=score, wrong="score")
    return Finding(score=score, used=used, owed=_owed(text, fits))


def _in_turn(text: str, told: Sequence[Clause]) -> Iterator[_Told]:
    """Give each clause what the claim has said before it."""
    unquoted = _QUOTE.sub(lambda match: " " * len(match[0]), text)
    planned = False
    names: tuple[str, ...] = ()
    for clause in told:
        names = _speaking(clause, text) or names_of(tagged(clause.text)) or names
        outside = unquoted[clause.start : clause.end]
        yield _Told(clause=clause, outside=outside, planned=planned, names=names)
        planned = planned or is_plan(clause.text)


def _best(told: _Told, sources: Sequence[Source], last: int | None) -> _Fit:
    """The source that a clause fits best; of equals the one in use, then the preferred one."""
    fits = [_fit(told, source, index) for index, source in enumerate(sources)]
    fits = [_bound(fit, sources, told.names) for fit in fits]
    return max(
        fits,
        key=lambda fit: (not fit.wrong, round(fit.score, 2), fit.source == last, -fit.source),
    )


def _fit(told: _Told, source: Source, index: int) -> _Fit:
    clause = told.clause
    if source.addressing:
        clause, source = _outside(told, source)
    for name, check in CHECKS.items():
        if check(clause, source):
            return _Fit(source=index, score=0.0, weight=1.0, wrong=name)
    if told.outside.strip() and wrong_plan(clause, source, planned=told.planned):
        return _Fit(source=index, score=0.0, weight=1.0, wrong="plan")
    score, weight, missing = _score(clause, "\n".join([source.text, source.scope, *source.persons]))
    if _leads_in(clause):
        weight = 0.0
    wrong = f"word {missing}" if missing else ""
    return _Fit(source=index, score=score, weight=weight, wrong=wrong, who=_whose(clause, source))


def _score(clause: Clause, text: str) -> tuple[float, float, str]:
    """How much of a clause a text holds (0 to 1), the weight of it, and a word that is missing."""
    weight = total = 0.0
    missing = ""
    for word, _ in clause.words:
        share = held(word, text)
        size = float(min(len(word), 3))
        weight += size
        total += share * size
        if share < _MISSING and len(word) > 1:
            missing = missing or word
    words = total / weight if weight else 1.0
    near = pairs(clause.text)
    overlap = len(near & pairs(text)) / len(near) if near else 1.0
    return 0.6 * words + 0.4 * overlap, weight or (0.5 if near else 0.0), missing


def _bound(fit: _Fit, sources: Sequence[Source], names: Sequence[str]) -> _Fit:
    """What a person says or does rests on a source that names them, or follows one that does."""
    if fit.wrong or not fit.weight or not names:
        return fit
    source = sources[fit.source]
    if any(source.names(name) for name in names):
        return fit
    for other in () if names_of(tagged(source.text)) else sources:
        if source.place and other.place and any(name in other.text for name in names):
            same = source.place[0] == other.place[0]
            if same and 0 < source.place[1] - other.place[1] <= 2:
                return fit
    return replace(fit, wrong="subject")


def _leads_in(clause: Clause) -> bool:
    """Whether a clause does nothing but lead to what somebody says (居民周明告诉记者)."""
    said = list(wording().says.finditer(clause.text))
    return bool(said) and not re.search(r"\w", clause.text[said[-1].end() :])


def _speaking(clause: Clause, claim: str) -> tuple[str, ...]:
    """The names of whoever the claim says says a clause."""
    for one in speeches(claim):
        if one.start <= clause.start and clause.end <= one.end + 1:
            return names_of(tagged(one.who))
    return ()


def _whose(clause: Clause, source: Source) -> str | None:
    """Who says what the clause rests on, where only their words hold it; None for nobody."""
    said = speeches(source.text)
    if not said or not clause.words:
        return None
    outside = source.text
    for one in said:
        outside = outside[: one.start] + "　" * (one.end - one.start) + outside[one.end :]
    score, _, missing = _score(clause, outside)
    return None if score >= SUPPORTED and not missing else said[0].who


def _owed(text: str, fits: Sequence[tuple[Clause, _Fit]]) -> tuple[Owed, ...]:
    """The attributions that the claim does not make itself."""
    if wording().says.search(text) or wording().according.search(text):
        return ()
    owed: list[Owed] = []
    for clause, fit in fits:
        if fit.who is None or any(one.who == fit.who for one in owed):
            continue
        if fit.who and fit.who[-2:] in text:
            continue
        owed.append(Owed(at=clause.start, who=fit.who))
    return tuple(owed)


def _outside(told: _Told, source: Source) -> tuple[Clause, Source]:
    """Of a text that speaks to whoever answers, only quotations count, compared word for word.

    Here stays what both say outside their quotation marks.
    """
    left = _QUOTE.sub("", source.text)
    if wording().addressing.search(left):
        left = ""
    clause = replace(told.clause, text=told.outside, words=content_words(told.outside))
    return clause, replace(source, text=left, others=())


def _misquotes(text: str, sources: Sequence[Source]) -> bool:
    """Whether a quotation is in none of the sources, word for word but for its marks."""
    whole = [_bare(f"{one.text}\n{one.scope}") for one in sources]
    return any(not any(_bare(quoted) in one for one in whole) for quoted in _QUOTE.findall(text))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text)
