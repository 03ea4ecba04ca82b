"""What kind of answer a question expects, and whether a sentence holds one of that kind."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.figures import figures_of
from assistant.lexicon import lexicon
from assistant.reading import readable
from assistant.terms import tagged
from store.articles import Kind, Sentence


class AnswerType(StrEnum):
    """The kind of thing a question asks for; OPEN where any sentence may answer."""

    OPEN = "open"
    COUNT = "count"
    SHARE = "share"
    MONEY = "money"
    DATE = "date"
    CLOCK = "clock"
    AGE = "age"
    CONTACT = "contact"
    PERSON = "person"
    PLACE = "place"
    REASON = "reason"
    PHOTO = "photo"
    AUTHOR = "author"


_DATE = re.compile(
    r"\d{4}\s?年(?:\d{1,2}月(?:\d{1,2}[日号])?)?|\d{1,2}月\d{1,2}[日号]|(?<!\d)\d{4}[-./]\d{1,2}[-./]\d{1,2}"
    r"|\b[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}"
)
_CREDIT = re.compile(
    r"[（(][^（）()]{0,24}(?:摄影?|供图|记者|通讯员)[^（）()]{0,16}[）)]"
    r"|(?:^|(?<=[。！？”▲|｜\s]))[^。！？，；\s]{0,12}[\s/／]*(?:摄影?|供图)$"
    r"|(?:摄影|供图|图)\s?[:：/／]\s?\S{2,12}$"
)
_VAGUE = re.compile(
    r"(?<![\d一二三四五六七八九十百千万])(?:[几数]十?|上)[百千万亿]+|(?<!十)[几数]十"
)
_PER = re.compile(
    r"(?:每一?|(?<=[钱元块价费])一)(平方米|平米|公里|小时|分钟|"
    r"[度部个名位人户家张栋台辆吨件次座条套间场天年月份盏棵顿餐杯碗瓶斤升层])"
)
_DOES = re.compile(r"谁(?:来|去)?([\u4e00-\u9fff]{2})")
_OTHER_UNIT = 0.7  # an amount that answers how much, but not for each
_BY_KIND = {AnswerType.PHOTO: Kind.CAPTION, AnswerType.AUTHOR: Kind.BYLINE}
_STRICT = frozenset(
    {
        AnswerType.MONEY,
        AnswerType.SHARE,
        AnswerType.AGE,
        AnswerType.CLOCK,
        AnswerType.DATE,
        AnswerType.COUNT,
        AnswerType.CONTACT,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """The kind of answer expected; `measure` and `counted` narrow a count (几个小区: 个, 小区).

    `measure` of money is that for each of which it is paid (多少钱一度: 度), `counted` of a person
    what he does (谁施工: 施工).
    `by_name` says that a person's name is asked for. `given` are the question's own figures, which
    answer nothing.
    """

    kind: AnswerType
    measure: str = ""
    counted: str = ""
    by_name: bool = False
    given: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def strict(self) -> bool:
        """Whether a sentence without such a thing can hardly answer."""
        return self.kind in _STRICT or self.by_name

    @property
    def by_kind(self) -> bool:
        """Whether only captions (photos) or bylines (authors) can answer."""
        return self.kind in _BY_KIND


def expected(question: str) -> Expectation:
    """Tell from the wording of a question what kind of answer it expects."""
    given = figures_of(readable(question))
    for entry in lexicon().types:
        if not entry.asked.search(question):
            continue
        kind = AnswerType(entry.kind)
        counting = lexicon().counting.search(question) if kind is AnswerType.COUNT else None
        if counting:
            counted = counting.group(2) or ""
            if counted and not tagged(counted)[0][1].startswith(("n", "j")):
                counted = ""
            return Expectation(
                kind=kind, measure=counting.group(1) or "", counted=counted, given=given
            )
        if kind is AnswerType.MONEY and (per := _PER.search(question)):
            return Expectation(kind=kind, measure=per.group(1), given=given)
        by_name = kind is AnswerType.PERSON and bool(lexicon().asks_by_name.search(question))
        does = _DOES.search(question) if kind is AnswerType.PERSON else None
        return Expectation(
            kind=kind, counted=does.group(1) if does else "", by_name=by_name, given=given
        )
    return Expectation(kind=AnswerType.OPEN)


def without_asking(question: str, expectation: Expectation) -> str:
    """Drop the words that ask for a photo or an author: no caption and no byline repeats them."""
    if not expectation.by_kind:
        return question
    entry = next(entry for entry in lexicon().types if entry.kind == expectation.kind)
    return entry.asked.sub(" ", question)


def holds(expectation: Expectation, sentence: Sentence) -> float:
    """Say how well a sentence holds what is expected, 0 (not) to 1 (it does, or nothing is).

    Args:
        expectation: from `expected`.
        sentence: its text and its kind both count: captions tell of photos, bylines of authors.
    """
    kind = expectation.kind
    if kind is AnswerType.OPEN:
        return 1.0
    if kind in _BY_KIND:
        return 1.0 if sentence.kind is _BY_KIND[kind] else 0.0
    if kind is AnswerType.PERSON:
        return _holds_person(expectation, _without_credits(sentence))
    if kind in (AnswerType.COUNT, AnswerType.MONEY):
        held = _holds_count if kind is AnswerType.COUNT else _holds_money
        return held(expectation, sentence.text)
    if (kind is AnswerType.PLACE and sentence.kind is Kind.DATELINE) or _held(kind).search(
        sentence.text
    ):
        return 1.0
    return 0.0 if expectation.strict else 0.2


def _held(kind: AnswerType) -> re.Pattern[str]:
    found = next(entry.held for entry in lexicon().types if entry.kind == kind)
    if found is None:
        raise ValueError(f"the lexicon does not say how a sentence holds a {kind}")
    return found


def _holds_count(expectation: Expectation, text: str) -> float:
    """1 for a number with its measure or counted noun near it, 0.4 for some number, 0 for none.

    Dates and the question's own figures are no such number; that there is none is one.
    """
    if _denies(expectation, text):
        return 1.0
    text = _DATE.sub("\n", text)
    for figure in expectation.given:
        text = re.sub(f"(?<![\\d.]){re.escape(figure)}(?![\\d.])", "\n", text)
    if not _held(AnswerType.COUNT).search(text):
        return 0.0
    wanted = [re.escape(word) for word in (expectation.measure, expectation.counted) if word]
    if not wanted:
        return 1.0 if figures_of(readable(text)) else 0.4
    near = re.search(f"{lexicon().number}[^，。；、\\d]{{0,8}}?(?:{'|'.join(wanted)})", text)
    return 1.0 if near else 0.4


def _holds_money(expectation: Expectation, text: str) -> float:
    """1 for a sum, 0.7 where it is not told for each that is asked for, 0.4 for a vague one."""
    held, clear = _held(AnswerType.MONEY), _VAGUE.sub("\n", text)
    if not held.search(clear):
        return 0.4 if held.search(text) else 0.0
    unit, number = re.escape(expectation.measure), lexicon().number
    each = (
        f"[每单一]{unit}[^，。；]{{0,12}}?{number}[元块角毛]|{number}[元块角毛][每一/／]{unit}|免费"
    )
    return 1.0 if not unit or re.search(each, clear) else _OTHER_UNIT


def _denies(expectation: Expectation, text: str) -> bool:
    """Whether a sentence says that there is none of what is counted (没有人员伤亡, 没有一辆)."""
    counted = expectation.counted or (expectation.measure if expectation.measure == "人" else "")
    ways = [f"一?{re.escape(counted)}"] if counted else []
    ways += [f"一{re.escape(expectation.measure)}"] if expectation.measure else []
    what = "|".join(ways)
    return bool(ways) and bool(
        re.search(
            f"(?:没有?|并?未)[^，。；、]{{0,4}}?(?:{what})|(?:无(?!人[机驾])|零)(?:{what})", text
        )
    )


def _holds_person(expectation: Expectation, text: str) -> float:
    """1 for a person's name; where no name is asked for (谁做的) a body may do too: 0.3.

    1 also for a body that is said to do what is asked (由某公司施工).
    """
    if lexicon().names_person.search(text):
        return 1.0
    if expectation.by_name:
        return 0.0
    if expectation.counted and re.search(f"由[^，。；]{{2,16}}{expectation.counted}", text):
        return 1.0
    return 1.0 if any(map(is_person, tagged(text))) else 0.3


def _without_credits(sentence: Sentence) -> str:
    """The text of a sentence without who reported it or took the photo: they did nothing else."""
    if sentence.kind is Kind.BYLINE:
        return ""
    return _CREDIT.sub(" ", sentence.text)


def is_person(word: tuple[str, str]) -> bool:
    """Say whether a tagged word is a person's name: it begins with a surname."""
    text, tag = word
    return tag.startswith("nr") and 2 <= len(text) <= 3 and text[0] in lexicon().surnames
