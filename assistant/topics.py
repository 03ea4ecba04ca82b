"""What a question is about: its noun phrases and the places it names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import rjieba

from assistant.lexicon import lexicon
from assistant.reading import readable
from assistant.terms import tagged

_PLACE_SUFFIX = re.compile(
    r"(?:社区|街道|小区|新区|开发区|(?<![夜超门集股都城菜闹])市|(?<![社小园景城厂校])区|[省县镇乡村路街巷院]|家园|花园|商圈|广场|公园|大厦)$"
)
_COMMUNITIES = ("社区", "街道", "小区", "新区", "开发区")
_UNITS = ("社区", "街道", "小区", "新区", "开发区", "省", "市", "区", "县", "镇", "乡", "村")
_ADMINISTRATIVE = re.compile(r"(?:社区|街道|小区|新区|开发区|[省市区县镇乡村])$")
_BREAKS = ("r", "u", "p", "c", "y", "e", "o")
_COMMON_VERB = ("v", "d", "a")
_OPENS = "(?:请问|那么?|在|想?问一?下)*"
_NAME_TAGS = ("nr", "ns", "nt", "nz")
_PLACE_TAGS = ("ns", "nt")
_DESCRIBING_TAGS = ("a", "b", "d", "v", "z", "m", "f", "t")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A run of content words of a question, such as a name with its kind (某某社区)."""

    text: str
    nominal: bool

    @property
    def place(self) -> bool:
        """Whether it ends as places do."""
        return bool(_PLACE_SUFFIX.search(self.text)) and len(self.text) > 2

    @property
    def stem(self) -> str:
        """The phrase without the administrative ending (某某社区: 某某); itself if too short."""
        stem = _ADMINISTRATIVE.sub("", self.text)
        return stem if len(stem) >= 2 else self.text


@lru_cache(maxsize=1024)
def phrases(text: str) -> tuple[Phrase, ...]:
    """Split a question at its function words and return the runs of content words between."""
    runs: list[list[tuple[str, str]]] = [[]]
    for word, tag in tagged(text):
        if word in lexicon().function_words or tag.startswith(_BREAKS) or _is_mark(word):
            runs.append([])
        else:
            runs[-1].append((word, tag))
            if word in _UNITS and len(runs[-1]) > 1:  # a name ends with its kind
                runs.append([])
    return tuple(phrase for run in runs if (phrase := _phrase(run)))


def topic(text: str) -> str | None:
    """Return what a question is about: its first place or name, else its longest noun phrase."""
    found = [one for one in phrases(text) if one.nominal and not is_time(one.text)]
    if not found:
        return None
    places = [phrase.text for phrase in found if phrase.place]
    return places[0] if places else max(found, key=lambda phrase: len(phrase.text)).text


def thing(text: str) -> str | None:
    """Return what a question is about beside places: its longest noun phrase that is none."""
    found = [
        one.text for one in phrases(text) if one.nominal and not one.place and not is_time(one.text)
    ]
    return max(found, key=len) if found else topic(text)


def place(texts: Iterable[str], known: Sequence[str]) -> str | None:
    """Return the first place that the texts name, known ones before those only shaped like one."""
    seen = list(texts)
    for text in seen:
        for name in known:
            if name in text or (len(stem(name)) >= 2 and stem(name) in text):
                return name
    for text in seen:
        for phrase in phrases(text):
            if phrase.nominal and phrase.place:
                return phrase.text
    return None


def is_time(text: str) -> bool:
    """Say whether a text is nothing but a time (今年, 后来)."""
    return all(tag == "t" for _, tag in tagged(text))


def named_places(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return the stems of the places that a question names: known ones, and those shaped like one.

    A place is shaped like one when it ends with an administrative unit and the rest is no common
    word (老旧小区 and 智慧社区 name no place). The stems are normalised.
    """
    plain = readable(text)
    found = [stem(readable(name)) for name in known if _names(plain, readable(name))]
    found += [
        phrase.stem
        for phrase in phrases(plain)
        if phrase.text.endswith(_COMMUNITIES)
        and len(phrase.stem) >= 2
        and _is_name(phrase.stem, _PLACE_TAGS)
    ]
    return tuple(dict.fromkeys(found))


def communities(text: str) -> tuple[str, ...]:
    """Return whatever a question calls a community or street, in full (某某社区), normalised."""
    return tuple(
        phrase.text
        for phrase in phrases(readable(text))
        if phrase.text.endswith(("社区", "街道")) and len(phrase.text) > 3
    )


def _names(text: str, name: str) -> bool:
    """Whether a text names a place: in full, or by its stem, where that is meant as a name.

    A word of the dictionary is, where it is long or opens the text (菊园的食堂在哪); one that
    describes (幸福) is not.
    """
    bare = stem(name)
    if name in text or bare not in text:
        return name in text
    if _is_name(bare, _NAME_TAGS):
        return True
    describes = all(tag.startswith(_DESCRIBING_TAGS) for _, tag in tagged(bare))
    return not describes and (len(bare) > 2 or bool(re.match(f"{_OPENS}{bare}", text)))


def _is_name(stem_: str, tags: tuple[str, ...]) -> bool:
    """Whether a stem can only be a name: no word of the dictionary, or one with such a tag."""
    words = tagged(stem_)
    if all(tag.startswith(_DESCRIBING_TAGS) for _, tag in words):
        return False
    if len(words) == 1 and rjieba.has_word(stem_):
        return words[0][1].startswith(tags)
    return not all(rjieba.has_word(word) and len(word) > 1 for word, _ in words)


def stem(name: str) -> str:
    """Return a place name without its administrative ending."""
    return Phrase(text=name, nominal=True).stem


def _phrase(run: list[tuple[str, str]]) -> Phrase | None:
    """Join a run of words, without the common verbs and adverbs that lead it."""
    while (
        len(run) > 1
        and run[0][1].startswith(_COMMON_VERB)
        and rjieba.has_word(run[0][0])
        and run[1][0] not in _UNITS  # 幸福社区 is a name, although 幸福 is an adjective
        and len(run[1][0]) > 1  # 充电桩 is one thing, although 充电 is a verb
    ):
        run = run[1:]
    while len(run) > 1 and run[0][1] == "t" and run[-1][0] in _UNITS:
        run = run[1:]  # 今年某某社区 is the place in a year
    if not run:
        return None
    text = "".join(word for word, _ in run)
    nominal = run[-1][1].startswith(("n", "j", "l", "i", "s", "q", "t", "vn", "eng"))
    return Phrase(text=text, nominal=nominal and text not in lexicon().question_nouns)


def _is_mark(word: str) -> bool:
    return not re.search(r"[\w·]", word) or not word.strip()
