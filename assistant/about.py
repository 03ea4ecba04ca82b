"""Questions about the reports themselves, or the assistant: told apart from what reports say."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from assistant import topics

USAGE = "usage"
"""The kind of a question that only asks how: alone of the assistant, in a conversation of what
was spoken of."""

_MARKS = re.compile(r"[？?！!。，,、；;：:\s“”《》]+")
_SPACES = re.compile(r"(?<![a-z])\s+|\s+(?![a-z])")
_ASIDE = re.compile(r"分别|各自|(?:呢|呀|啊|吗|吧)$")
_CLAUSES = re.compile(r"[？?！!。，,；;：:\n]+|\. ")
_PLACE = (
    r"(?:关于|有关|介绍|写|讲)?(?:{})(?:社区|街道|小区|区)?"
    r"(?:[和与跟同及](?:{})(?:社区|街道|小区|区)?)*(?:的|那篇|这篇|那份|这份)?"
)
_ABOUT_A_PLACE = ("communities", "streets")
_TALK = ("assistant", "thanks", USAGE, "english", "orders")
_DATE = re.compile(
    r"(?:在|于)?(?P<year>\d{4})年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号])?)?份?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What of the catalog is asked for, and what narrows it.

    `places` narrow it to articles about one of them, `paper` to a report or headline of that name,
    `date` (ISO, or its beginning) to reports that bear it, `author` to articles signed so, `word`
    to articles signed so or that say it. `certain` where nothing else of the question is left;
    `known` where it is only asked if the library has the author or says none of `word`; of a
    `paper` that it has not, reports may tell.
    """

    kind: str
    places: tuple[str, ...] = ()
    paper: str | None = None
    date: str | None = None
    author: str | None = None
    word: str | None = None
    certain: bool = True
    known: bool = False


def asked(question: str, known_places: Sequence[str]) -> Asked | None:
    """Say what of the catalog is asked for, or None where it is what reports say.

    Args:
        question: as understood.
        known_places: communities and districts of the library.
    """
    talk = _talk(question)
    if talk:
        return talk
    paper, rest = _taken(question, _wording().paper)
    plain = _ASIDE.sub("", _MARKS.sub("", rest))
    named = tuple(place for place in known_places if topics.stem(place) in plain)
    if named:
        stems = sorted(map(topics.stem, named), key=len, reverse=True)
        either = "|".join(map(re.escape, stems))
        plain = re.sub(_PLACE.format(either, either), "", plain)
    found = _fitting(plain)
    if found is None or (named and found.kind in _ABOUT_A_PLACE):
        return None
    return replace(found, places=named, paper=paper)


def sayings() -> dict[str, str]:
    """Return what is said to each kind of question that no report is needed for."""
    return _wording().says


def _talk(question: str) -> Asked | None:
    """What is said to the assistant itself: a greeting, a question about it, an order, a sum."""
    kind = _kind(_spoken(question), _TALK)
    if kind:
        return Asked(kind=kind[0])
    first, *more = (one.strip() for one in _CLAUSES.split(question))
    if not any(pattern.fullmatch(_spoken(first)) for pattern in _wording().overrides):
        return None
    beside = (one for one in more if one and not _kind(_spoken(one), ("orders",)))
    return Asked(kind="orders", word="，".join(beside) or None, known=True)


def _spoken(text: str) -> str:
    """A text without marks, in lower case, spaced between Latin words only."""
    return _SPACES.sub("", re.sub(r"[^\w+×*÷=/.−–\s-]|[.](?!\d)", "", text).lower())


def _fitting(plain: str) -> Asked | None:
    """The kind of question that a text is: as it stands, else without a date or a topic."""
    found = _catalogued(plain)
    if found:
        return found
    if not re.search(_wording().report, plain):
        return None
    dated = _DATE.search(plain)
    if dated:
        date = "-".join(f"{int(one):02}" for one in dated.groups() if one)
        found = _fitting(plain[: dated.start()] + plain[dated.end() :].removeprefix("的"))
        return replace(found, date=date) if found else None
    for topic in _wording().topics:
        word, rest = _taken(plain, topic)
        found = _catalogued(rest) if word else None
        if found and not _wording().asks.search(word or ""):
            return replace(found, word=word)
    asks = any(pattern.search(plain) for pattern in _wording().fallback)
    return Asked(kind="articles", certain=False) if asks else None


def _catalogued(plain: str) -> Asked | None:
    kind = _kind(plain, tuple(one for one in _wording().kinds if one not in _TALK))
    if kind is None:
        return None
    groups = kind[1].groupdict()
    return Asked(
        kind=kind[0],
        word=groups.get("word"),
        author=groups.get("author") or groups.get("perhaps"),
        known=bool(groups.get("perhaps")),
    )


def _kind(plain: str, among: Sequence[str]) -> tuple[str, re.Match[str]] | None:
    for kind in among:
        for pattern in _wording().kinds[kind]:
            if found := pattern.fullmatch(plain):
                return kind, found
    return None


def _taken(text: str, pattern: re.Pattern[str]) -> tuple[str | None, str]:
    """What a pattern names in a text, and the text without it; None and the text where nothing."""
    found = pattern.search(text)
    if found is None:
        return None, text
    word = next(one for one in found.groups() if one)
    return word, text[: found.start()] + text[found.end() :]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wording:
    says: dict[str, str]
    report: str
    kinds: dict[str, tuple[re.Pattern[str], ...]]
    paper: re.Pattern[str]
    asks: re.Pattern[str]
    topics: tuple[re.Pattern[str], ...]
    fallback: tuple[re.Pattern[str], ...]
    overrides: tuple[re.Pattern[str], ...]


@cache
def _wording() -> _Wording:
    """Read the patterns that lie in the package."""
    raw = tomllib.loads(files("assistant").joinpath("data/catalog.toml").read_text("utf-8"))
    pieces = raw["pieces"]

    def compiled(pattern: str) -> re.Pattern[str]:
        for name, piece in pieces.items():  # a piece may hold those after it
            pattern = pattern.replace(name.upper(), piece)
        return re.compile(pattern)

    def all_of(name: str) -> tuple[re.Pattern[str], ...]:
        return tuple(map(compiled, raw["beside"][name]))

    return _Wording(
        says={**raw["says"], USAGE: raw["says"]["assistant"]},
        report=pieces["report"],
        kinds={kind: tuple(map(compiled, given)) for kind, given in raw["kinds"].items()},
        paper=compiled(raw["beside"]["paper"]),
        asks=compiled(raw["beside"]["asks"]),
        topics=all_of("topics"),
        fallback=all_of("fallback"),
        overrides=all_of("overrides"),
    )
