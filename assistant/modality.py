"""What is denied, planned or said of all must be so in the source: one function for each."""

import re
from collections.abc import Sequence

from assistant.sources import HELD, Source, nearest
from assistant.statements import Clause, content_words, denied, is_done, is_intended, is_plan
from assistant.terms import presence

_OWED = re.compile(r"还?要(?!求|是|好)|应当|应该|需要?|必须|须|正在|申请")
_ALREADY = re.compile(r"已经|已(?!故|婚)|了(?!解)")
_ALL = re.compile(r"所有|全部|全体|一律|人人|户户|百分之百|都(?!市|是)")
_SOME = re.compile(r"大半|多数|部分|有的|有些|一些|不少|个别|少数|几乎|近半|半数|一半|成|\d%|分之")

_ALLEGED = re.compile(r"嫌疑|涉嫌|疑似|疑为|[网据]传(?!统|播|染)|传言|传闻")


def wrong_negation(clause: Clause, source: Source) -> bool:
    """What is denied is not denied there, or the other way round."""
    here = denied(clause.text)
    there = {word for one in source.clauses for word in denied(one.text)}
    for word in here:
        in_source = word and presence(word, source.text) >= HELD
        if in_source and not any(presence(word, other) or word in other for other in there):
            return True
    if here and not there and not re.search(r"[免未无非不没]", source.text):
        return True
    for one in source.clauses:
        for word in denied(one.text):
            if (
                not here
                and _says(clause, word)
                and not any(_affirms(other, word) for other in source.clauses)
            ):
                return True
    return False


def wrong_plan(clause: Clause, source: Source, *, planned: bool = False) -> bool:
    """A plan is told as done, or what is done as a plan.

    `planned`: the claim has said before that it is about plans.
    """
    near = nearest(clause, source)
    if not near:
        return False
    told = planned or is_plan(clause.text)
    meant = [_planned(source.clauses, index) for index in near]
    if not told and all(meant):
        return True
    if is_intended(clause.text) and not planned and not any(meant):
        return not is_plan(source.text)
    texts = [source.clauses[index].text for index in near]
    owed = all(_OWED.search(text) and not _ALREADY.search(text) for text in texts)
    return bool(owed and not told and _ALREADY.search(clause.text))


def overstated(clause: Clause, source: Source) -> bool:
    """All are said to, where the source says that some do."""
    near = [source.clauses[index].text for index in nearest(clause, source)]
    return bool(_ALL.search(clause.text) and not _SOME.search(clause.text)) and any(
        _SOME.search(text) and not _ALL.search(text) for text in near
    )


def unproven(clause: Clause, source: Source) -> bool:
    """What the source only suspects is told as a fact."""
    near = [source.clauses[index].text for index in nearest(clause, source)]
    if not near or _ALLEGED.search(clause.text):
        return False
    return all(_ALLEGED.search(text) for text in near)


def _says(clause: Clause, word: str) -> bool:
    """Whether a clause holds a word as one of its own, or with something between (罚了款)."""
    if word in clause.text:
        return any(word == own for own, _ in content_words(clause.text))
    return len(word) > 1 and presence(word, clause.text) >= HELD


def _affirms(clause: Clause, word: str) -> bool:
    return word in clause.text and word not in denied(clause.text)


def _planned(found: Sequence[Clause], index: int) -> bool:
    """Whether a clause is a plan: itself, or because one before is and nothing done intervenes."""
    for one in reversed(found[: index + 1]):
        if is_plan(one.text):
            return True
        if is_done(one.text) or denied(one.text):
            return False
    return False
