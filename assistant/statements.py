"""What a clause states: its words, what it denies, whether it is a plan, and who says it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.answer_types import is_person
from assistant.lexicon import lexicon
from assistant.terms import tagged
from assistant.wording import wording

_CLAUSES = re.compile(r"[^，,。；;：:！？!?…\n]+")
_CONTENT = ("n", "j", "l", "i", "t", "s", "eng", "v", "a", "b", "z", "an")
_WHO = ("n", "j", "b", "l", "s", "r", "m", "q", "eng", "uj", "i", "an", "vn", "ns", "t", "zg")
_LEADING = re.compile(r"^[各均都共全也还先再每太很更](?=[\u4e00-\u9fff]$)")
_BA = re.compile(r"将(?=(?P<rest>.{1,8}))")
_SPOKEN = re.compile(r"[“「『\"](?P<words>[^”」』\"]+)[”」』\"]")
_SHORT = 8
_GIVEN = re.compile(r"[\u4e00-\u9fff]{1,2}")
_UNITS = ("社区", "街道", "小区", "新区", "村", "镇", "乡", "县", "区", "路", "街", "巷")
_PRONOUNS = ("他", "她", "他们", "她们", "大家", "有人", "其", "老人", "对方")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A part of a sentence between marks: where it stands, and its content words with tags."""

    text: str
    start: int
    end: int
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """Words of a sentence that somebody says: `start` to `end` in the sentence, and who.

    `who` is as the sentence has it, or empty where a pronoun or nobody is named.
    """

    start: int
    end: int
    who: str


@lru_cache(maxsize=4096)
def clauses(text: str) -> tuple[Clause, ...]:
    """Split a normalised text into its clauses; quotation marks do not part them."""
    return tuple(
        Clause(text=match[0], start=match.start(), end=match.end(), words=content_words(match[0]))
        for match in _CLAUSES.finditer(text)
        if re.search(r"[^\W_]", match[0])
    )


@lru_cache(maxsize=8192)
def content_words(text: str) -> tuple[tuple[str, str], ...]:
    """Return the words that a text's meaning rests on, with their tags, figures left out."""
    return tuple(
        (word, tag)
        for word, tag in _whole_words(text)
        if tag.startswith(_CONTENT)
        and not re.search(r"\d", word)
        and re.search(r"\w", word)
        and word not in lexicon().function_words
        and word not in wording().light
        and not wording().says.fullmatch(word)
        and not wording().negation.fullmatch(word)
    )


def _whole_words(text: str) -> Iterator[tuple[str, str]]:
    """The words of a text, 副 joined to the office it lowers, 都 and the like taken off verbs."""
    deputy = ""
    for word, tag in tagged(text):
        if word == "副":
            deputy = word
            continue
        yield deputy + _LEADING.sub("", word), tag
        deputy = ""


@lru_cache(maxsize=4096)
def denied(text: str) -> tuple[str, ...]:
    """Return what a clause denies: the one or two content words after each negation.

    Empty where nothing is denied; an empty string stands for a negation without a word after it.
    """
    found: list[str] = []
    plain = wording().not_negation.sub(lambda match: "　" * len(match[0]), text)
    for match in wording().negation.finditer(plain):
        after = [word for word, _ in content_words(text[match.end() :])][:2]
        found += after or [text[match.end() : match.end() + 2]]
    return tuple(found)


@lru_cache(maxsize=4096)
def is_plan(text: str) -> bool:
    """Say whether a clause tells of what is not yet so: planned, expected, due."""
    return is_intended(text) or bool(wording().ought.search(text))


@lru_cache(maxsize=4096)
def is_intended(text: str) -> bool:
    """Say whether a clause says outright that something is planned, expected or hoped for."""
    if wording().plan.search(text):
        return True
    return any(_future(match["rest"]) for match in _BA.finditer(text))


@lru_cache(maxsize=4096)
def is_done(text: str) -> bool:
    """Say whether a clause tells of what is done or going on."""
    return bool(wording().done.search(text))


def _future(after: str) -> bool:
    """Whether 将 looks ahead: a verb, a preposition or an adverb follows it, and no thing."""
    if not re.match(r"[\u4e00-\u9fff\d]", after):
        return False
    first = next(iter(tagged(after)))
    return first[1].startswith(("v", "p", "d")) and first[1] != "vn"


@lru_cache(maxsize=4096)
def speeches(text: str) -> tuple[Speech, ...]:
    """Find what a sentence reports as said: in quotation marks, or after 某某说 to its end."""
    found: list[Speech] = []
    source = wording().according.match(text)
    if source:
        return (Speech(start=source.end(), end=len(text), who=source["who"]),)
    quoted = [(match.start(), match.end()) for match in _SPOKEN.finditer(text)]
    for match in wording().says.finditer(text):
        if any(start < match.start() < end for start, end in quoted):
            continue
        who = _speaker(text[: match.start()])
        if who is None:
            continue
        who = who or _named_before(text[: match.start()])
        after = text[match.end() :]
        if not re.search(r"[\u4e00-\u9fff]", after):
            found += [Speech(start=start, end=end, who=who) for start, end in quoted]
        else:
            found.append(Speech(start=match.end(), end=len(text), who=who))
    return tuple(found)


def _speaker(before: str) -> str | None:
    """Who stands before a verb of saying: empty for a pronoun, None where nobody is there."""
    clause = re.split(r"[，,。；;！？!?…”」』\n]", before)[-1]
    words: list[str] = []
    for word, tag in tagged(clause):
        if tag.startswith(_WHO) or is_person((word, tag)):
            words.append(word)
        elif words:
            break
    rest = clause[len("".join(words)) :]
    if words and words[-1][-1] in lexicon().surnames and _GIVEN.fullmatch(rest):
        words.append(rest)  # a given name that is a common word
    if words and len(clause) <= _SHORT and not clause.endswith(("着", "地", "还", "也")):
        words = [clause]
    who = "".join(words).strip("的")
    if not who or wording().negation.search(clause):
        return None
    return "" if who in _PRONOUNS else who


def _named_before(before: str) -> str:
    """Whom a pronoun before a verb of saying stands for, as far as the same sentence tells."""
    names = names_of(tagged(before))
    return names[-1] if names else ""


def names_of(words: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Return the words that name a person; a surname alone takes in the word that follows it.

    What an administrative unit follows (金桥社区) names a place.
    """
    found: list[str] = []
    for (word, tag), (after, _) in zip(words, (*words, ("", ""))[1:], strict=True):
        if is_person((word, tag)) and after not in _UNITS and not word.endswith(_UNITS):
            found.append(word)
        elif tag in {"nr", "r"} and word in lexicon().surnames and _GIVEN.fullmatch(after):
            found.append(word + after)
    return tuple(found)
