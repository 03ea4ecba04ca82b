"""An amount that a question takes for granted, and another of the same thing in a sentence."""

import re
from collections.abc import Sequence

import rjieba

from assistant.amounts import Amount, amounts, has_amount, same_unit
from assistant.figures import figures_of
from assistant.lexicon import lexicon
from assistant.persons import people
from assistant.reading import readable
from assistant.scoring import Candidate, surroundings
from assistant.terms import Term, tagged

ALIKE = 0.6
"""Weight share of a question's words from which a sentence is about the same."""
_SCARCE = 1.0
"""Weight of a question's words below which they tell too little of what its amount counts."""
_COMMUNITIES = ("社区", "小区", "街道")
_NEAR = 6
"""Characters around an amount within which the thing it counts, or whose it is, is named."""
_OF_PERSONS = frozenset({"岁", "号"})
_ORDERS = frozenset({"楼", "层", "期", "届", "版", "级", "点", "第", "年", "月", "日"})
"""Measures that name one of many, not how many there are."""
_DIMENSIONS = frozenset("长宽高深重")
_LOOSE_BEFORE = re.compile(r"(?:[哪几每某这那]|超过|不到|多于|少于|至少|最多|大约|约|近)$")
_LOOSE_AFTER = re.compile(r"[多余]|以[上下内外]|左右|上下")
_SUPPOSES = re.compile(r"我|咱|如果|要是|假如|假设|(?:可以|能)[换抵买兑打免享领得]")
_AGED = re.compile(
    r"([\u4e00-\u9fff]{2,3}?)(?:老人)?(?:今年|现在|已经|有|是|满|快)[\u4e00-\u9fff]{0,3}\d+岁"
)
_PER = re.compile("每.")
_TAKEN_UP = re.compile(r"的[他她]|^[他她]")


def shared(terms: Sequence[Term], text: str) -> float:
    """Return the weight share of a question's words, figures and names aside, that a text holds."""
    words = _plain(terms)
    total = sum(one.weight for one in words)
    if not total:
        return 0.0
    return sum(one.weight * one.presence(text) for one in words) / total


def other_amount(  # noqa: PLR0913 - what is asked, and where
    question: str, terms: Sequence[Term], one: Candidate, whole: str, *, best: bool, placed: bool
) -> tuple[str, str] | None:
    """Return another amount of the same thing in a sentence, and the question's; or None.

    Args:
        question: normalised.
        terms: its weighed words.
        one: the sentence.
        whole: the articles that may say the question's own amount: then nothing is contradicted.
        best: it is the sentence that answers best: a lone amount of its kind is the same thing.
        placed: the article mentions the place asked about: then few words are enough.
    """
    text, said = readable(one.sentence.text), amounts(whole)
    around = f"{text}\n{surroundings(one.article, one.index)}"
    for asked in amounts(question):
        if asked.unit in _OF_PERSONS | _ORDERS or not _presumed(asked, question):
            continue
        alike = _alike(asked, question, text)
        values = {other.value for other in alike}
        if not alike or asked.value in values or any(has_amount(asked, held) for held in said):
            continue
        words, noun = _words_about(asked, question, _plain(terms)), _noun(asked)
        others = {one.text for one in _words_about(asked, question, terms)} - {noun, *_COMMUNITIES}
        if not placed and not others:
            continue
        scarce = sum(word.weight for word in words) < _SCARCE
        if not (scarce and placed) and shared(words, around) < ALIKE:
            continue
        towards = [other for other in alike if asked.change and other.change == asked.change]
        lead, lone = _lead(asked, question), best and not scarce
        same = _same_thing(noun, towards or alike, words, text, lead, lone=lone)
        led = [other for other in same if noun or (lead and lead == _lead(other, text))]
        if len(same) == 1 and (led or not scarce):
            return _said(same[0], text), _said(asked, question)
    return None


def other_of_person(question: str, one: Candidate) -> tuple[str, str] | None:
    """Return the age or house that a sentence tells of a person, and that of the question; or None.

    It is the one person whom the question names; None where the sentence tells the same, or none.
    """
    asked = [amount for amount in amounts(question) if amount.unit in _OF_PERSONS]
    names = subjects(question)
    if len(asked) != 1 or len(names) != 1 or not _presumed(asked[0], question):
        return None
    text = readable(one.sentence.text)
    found = [amount for amount in amounts(text) if amount.unit == asked[0].unit]
    if asked[0].unit == "号":
        found = [amount for amount in found if _noun(amount) == _noun(asked[0])]
    his = [amount for amount in found if _belongs(amount, names[0], text, one)]
    if len(his) != 1 or asked[0].value in {amount.value for amount in found}:
        return None
    return _said(his[0], text), _said(asked[0], question)


def subjects(question: str) -> list[str]:
    """Return the persons whom a question names.

    Also one whom only an age tells to be a person, where the tagger knows no such name.
    """
    aged = _AGED.match(question)
    found = people(question)
    if found or not aged or rjieba.has_word(aged[1]) or aged[1][0] not in lexicon().surnames:
        return found
    return [aged[1]]


def _presumed(amount: Amount, question: str) -> bool:
    """Whether a question states an amount: it asks for none, guesses none and supposes none."""
    before, after = question[: amount.start], question[amount.end :]
    loose = _LOOSE_BEFORE.search(before) or _LOOSE_AFTER.match(after)
    about = re.search("[多余几来]", question[amount.start : amount.end])
    return not (loose or about or _single(amount, question) or _SUPPOSES.search(question))


def _single(amount: Amount, text: str) -> bool:
    """Whether it is the word 一, which introduces a thing more often than it counts."""
    return text[amount.start : amount.end].startswith("一") and amount.value == 1


def _alike(asked: Amount, question: str, text: str) -> list[Amount]:
    """The amounts of a text with the measure of one of the question, and per the same."""
    rates = _rates(asked, question)
    return [
        other
        for other in amounts(text)
        if same_unit(asked, other) and not _single(other, text) and rates <= _rates(other, text)
    ]


def _words_about(amount: Amount, question: str, terms: Sequence[Term]) -> list[Term]:
    """The words of the clause of a question that holds an amount, its own aside."""
    clause = _clause(amount, question)
    own = question[amount.start : amount.end]
    return [
        one
        for one in terms
        if one.text in clause
        and one.text not in own
        and not (amount.unit and one.text.startswith(amount.unit))
    ]


def _same_thing(  # noqa: PLR0913 - what is asked, and where
    noun: str, alike: Sequence[Amount], words: Sequence[Term], text: str, lead: str, *, lone: bool
) -> list[Amount]:
    """Those of a sentence's amounts that count the same: what is counted stands beside them.

    Where that is not said (money, shares), or stands elsewhere in the sentence, it is those in
    whose clause a word of the question stands; else those that the same character leads, or, of a
    sentence that answers best, the only one.
    """
    beside = [
        one for one in alike if noun in text[max(0, one.start - _NEAR) : one.end + _NEAR] and noun
    ]
    if beside or (noun and (noun not in text or len(alike) > 1)):
        return beside[:1]
    told = [one for one in alike if any(word.text in _clause(one, text) for word in words)]
    if told or noun:
        return told
    return list(alike) if lone else [one for one in alike if lead and _lead(one, text) == lead]


def _belongs(amount: Amount, name: str, text: str, one: Candidate) -> bool:
    """Whether an amount stands right by a person, or by the pronoun that takes the person up."""
    clause = _clause(amount, text)
    reach = len(name) + _NEAR
    if name in text[max(0, amount.start - reach) : amount.end + reach] and name in clause:
        return not set(people(clause)) - {name}
    before = readable(one.article.sentences[one.index - 1].text) if one.index else ""
    return bool(_TAKEN_UP.search(clause)) and people(before) == [name]


def _clause(amount: Amount, text: str) -> str:
    """The clause of a text that an amount stands in."""
    marks = "，。；：！？,;!?"
    start = max(text.rfind(mark, 0, amount.start) for mark in marks) + 1
    ends = [at for mark in marks if (at := text.find(mark, amount.end)) >= 0]
    return text[start : min(ends, default=len(text))]


def _rates(amount: Amount, text: str) -> set[str]:
    """What the clause of an amount says it is per (每户, 每月)."""
    return set(_PER.findall(_clause(amount, text)))


def _lead(amount: Amount, text: str) -> str:
    """The character that leads an amount (花 of 花了), but none that only links."""
    return text[: amount.start].rstrip("了过着有是为约近达到")[-1:]


def _noun(amount: Amount) -> str:
    """What an amount counts: the first word after the measure, if it is a noun or a dimension."""
    if not amount.after:
        return ""
    word, tag = tagged(amount.after)[0]
    return word if tag.startswith(("n", "j", "vn")) or word in _DIMENSIONS else ""


def _said(amount: Amount, text: str) -> str:
    return text[amount.start : amount.end] + _noun(amount)


def _plain(terms: Sequence[Term]) -> list[Term]:
    """The words that are neither figures nor names nor such as only ask."""
    return [
        one
        for one in terms
        if not figures_of(one.text) and not one.name and one.text not in lexicon().question_nouns
    ]
