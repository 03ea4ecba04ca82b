"""What makes a clause wrong whatever its other words: one function for each kind of error.

Each looks at one clause of a claim and one source, and says whether the source contradicts the
clause or lacks what a clause may not have of its own.
"""

import re
from collections.abc import Callable
from itertools import pairwise

from assistant import topics
from assistant.amounts import Amount, amounts, has_amount, same_unit
from assistant.dates import dates, has_date
from assistant.modality import overstated, unproven, wrong_negation
from assistant.sources import Source, overlap
from assistant.statements import Clause, content_words, denied, names_of
from assistant.terms import tagged
from assistant.wording import wording

_RATE = re.compile(r"每([一半个两三四五六七八九十\d]*)(年|月|天|日|周|星期|季度|小时|分钟|次)")
_LETTER = re.compile(r"(?<![A-Za-z])[A-Za-z](?![A-Za-z])")
_CAUSE = re.compile(r"因为|由于|(?<![原病成])因(?!此|而|素|地|人)|导致|之所以")
_BECAUSE = re.compile(r"因|由于|导致|所以|为了?|避免|防止|解决|原因|怕|担心|嫌")
_FROM_TO = re.compile(r"(从|由|到|至|向|为|成)了?([\u4e00-\u9fff]{2})")
_ROLE_TAGS = ("n", "b", "j")


def wrong_amount(clause: Clause, source: Source) -> bool:
    """An amount, or how often it recurs, is not the source's."""
    whole = amounts(source.text)
    if any(not any(has_amount(one, other) for other in whole) for one in amounts(clause.text)):
        return True
    return not _rates(clause.text) <= _rates(source.text)


def wrong_date(clause: Clause, source: Source) -> bool:
    """A time is not the source's."""
    known = dates(source.text)
    return any(not has_date(one, known) for one in dates(clause.text))


def misplaced_amount(clause: Clause, source: Source) -> bool:
    """An amount is the source's, but it tells it of something else.

    Either the word before the amount stands before another amount of the kind there, or another
    clause with such an amount is closer to this one.
    """
    for one in amounts(clause.text):
        same, rivals = _with_amount(one, source)
        if not one.unit or not same or not rivals:
            continue
        before = _before(clause.text, one)
        own, others = ({_before(c.text, a) for c, a in found} for found in (same, rivals))
        if before and (before in own) != (before in others):
            if before in others:
                return True
            continue
        mine = max(overlap(clause.words, c.text) for c, _ in same)
        if max(overlap(clause.words, c.text) for c, _ in rivals) > mine + 1:
            return True
    return False


def mispaired_amounts(clause: Clause, source: Source) -> bool:
    """Two amounts stand together that the source has, but pairs otherwise (80岁以上, 8元)."""
    rows = [amounts(one.text) for one in source.clauses]
    for first, second in pairwise(amounts(clause.text)):
        if not first.unit or not second.unit or same_unit(first, second):
            continue
        beside = [
            other
            for row in rows
            if any(has_amount(first, one) for one in row)
            for other in row
            if same_unit(second, other)
        ]
        if beside and not any(has_amount(second, one) for one in beside):
            return True
    return False


def wrong_person(clause: Clause, source: Source) -> bool:
    """A person is not named by the source, has another role there, or did not do this."""
    for name in names_of(tagged(clause.text)):
        if not source.names(name):
            return True
        if name not in source.text:
            continue
        if _other_role(name, clause.text, source.text):
            return True
        words = [pair for pair in clause.words if pair[0] not in name]
        mine = [overlap(words, one.text) for one in source.clauses if name in one.text]
        rival = [
            overlap(words, one.text)
            for one in source.clauses
            if name not in one.text and names_of(tagged(one.text))
        ]
        if mine and rival and max(rival) > max(mine) + 1:
            return True
    return False


def wrong_place(clause: Clause, source: Source) -> bool:
    """A community or street is named that neither the source nor its article is about."""
    own = topics.named_places(source.text, ())
    for stem in topics.named_places(clause.text, ()):
        if stem not in source.text and (own or stem not in source.scope):
            return True
    whole = f"{source.text}\n{source.scope}"
    return bool(topics.communities(whole)) and any(
        topics.stem(name) not in whole for name in topics.communities(clause.text)
    )


def opposite(clause: Clause, source: Source) -> bool:
    """A word is used whose opposite the source uses."""
    negated = {word for one in source.clauses for word in denied(one.text)}
    for word, others in wording().opposites.items():
        if word in clause.text and word not in source.text and word not in source.scope:
            there = {one for one in others if one in source.text and one not in clause.text}
            if there - negated:
                return True
    return False


def wrong_way(clause: Clause, source: Source) -> bool:
    """Where something comes from and where it goes are exchanged."""
    there = {(way in "从由", word) for way, word in _FROM_TO.findall(source.text)}
    return any(
        (way not in "从由", word) in there and (way in "从由", word) not in there
        for way, word in _FROM_TO.findall(clause.text)
    )


def wrong_cause(clause: Clause, source: Source) -> bool:
    """A cause is given where the source gives none."""
    return bool(_CAUSE.search(clause.text)) and not _BECAUSE.search(source.text)


def wrong_letter(clause: Clause, source: Source) -> bool:
    """A letter that tells things apart (C组, B区) is not the source's."""
    there = f"{source.text}\n{source.scope}".lower()
    return any(letter.lower() not in there for letter in _LETTER.findall(clause.text))


Check = Callable[[Clause, Source], bool]

CHECKS: dict[str, Check] = {
    "amount": wrong_amount,
    "date": wrong_date,
    "misplaced amount": misplaced_amount,
    "mispaired amounts": mispaired_amounts,
    "person": wrong_person,
    "place": wrong_place,
    "negation": wrong_negation,
    "opposite": opposite,
    "direction": wrong_way,
    "cause": wrong_cause,
    "all": overstated,
    "suspicion": unproven,
    "letter": wrong_letter,
}


def _rates(text: str) -> set[tuple[str, str]]:
    """How often things recur: how many of which unit (每两年: 两, 年)."""
    same = {"日": "天", "星期": "周"}
    return {
        ("" if count.rstrip("个") in {"", "一"} else count.rstrip("个"), same.get(unit, unit))
        for count, unit in _RATE.findall(text)
    }


def _with_amount(
    wanted: Amount, source: Source
) -> tuple[list[tuple[Clause, Amount]], list[tuple[Clause, Amount]]]:
    """The clauses with this amount, and those with another one of its kind."""
    same: list[tuple[Clause, Amount]] = []
    rivals: list[tuple[Clause, Amount]] = []
    for whole in (source, *source.others):
        for clause in whole.clauses:
            found = amounts(clause.text)
            if any(has_amount(wanted, one) for one in found):
                if whole is source:
                    same += [(clause, one) for one in found if has_amount(wanted, one)]
            else:
                rivals += [(clause, one) for one in found if same_unit(wanted, one)]
    return same, rivals


def _before(text: str, amount: Amount) -> str:
    """The last word before an amount, in its clause."""
    words = content_words(text[: amount.start])
    return words[-1][0] if words else ""


def _other_role(name: str, claim: str, source: str) -> bool:
    role, own = (_role(name, text) for text in (claim, source))
    if not role or not own or role in source[: source.index(name)][-8:] or own in claim:
        return False
    return role not in wording().synonyms.get(own, frozenset()) and role[-2:] != own[-2:]


def _role(name: str, text: str) -> str:
    """The noun right before a name (居民 of 居民周明)."""
    words = tagged(text[: text.index(name)])
    return words[-1][0] if words and words[-1][1].startswith(_ROLE_TAGS) else ""
