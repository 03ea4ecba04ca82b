"""Questions as people mistype and rephrase them, the same for the same seed.

What sounds alike comes from pypinyin, what is common from GB 2312, script from OpenCC, word
classes from rjieba: no table stands here.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from random import Random
from types import ModuleType

from assistant.evaluation.extras import require
from assistant.evaluation.records import EvalQuestion
from assistant.terms import tagged
from store.text import is_chinese

Change = Callable[[str, Random], str]

_CONTENT_TAGS = ("n", "v", "a", "j", "m", "t", "s", "i", "l", "eng")
_NEGATION = re.compile(r"[不没未]|^非$")  # without it the question is another
ENGLISH = "english"
"""The variant that somebody wrote: a question's own translation (`question_en`)."""

_COMMON = range(0xB0, 0xD8)  # lead bytes of GB 2312's first level, the 3,755 common characters
_POLITE = (
    "您好，打扰一下，我想问问{}麻烦您了，谢谢！",
    "不好意思，能不能帮我看看{}辛苦了。",
    "你好呀，请教一个问题：{}多谢！",
)


def changed(question: EvalQuestion, name: str, seed: int) -> str | None:
    """Return a question as a variant has it.

    Args:
        question: its text is changed, its history is not.
        name: of the variant, one of `NAMES`.
        seed: of the choice of characters and phrases.

    Returns:
        The text, or None where the variant leaves it as it is or the question is not Chinese, and
        for English where nobody translated it.

    Raises:
        MissingExtraError: the packages for it are not installed.
    """
    if not is_chinese(question.question):
        return None
    if name == ENGLISH:
        return question.english or None
    text = VARIANTS[name](question.question, Random(f"{seed}/{name}/{question.id}"))  # noqa: S311
    return text if text.strip() and text != question.question else None


def homophone(text: str, random: Random) -> str:
    """Put another common character of the same sound, tone included, for one character."""
    return _replaced(text, random, 1)


def homophones(text: str, random: Random) -> str:
    """Do so for two characters."""
    return _replaced(text, random, 2)


def dropped(text: str, random: Random) -> str:
    """Leave out one Chinese character."""
    places = _chinese(text)
    if len(places) < 2:
        return text
    place = random.choice(places)
    return text[:place] + text[place + 1 :]


def swapped(text: str, random: Random) -> str:
    """Swap two Chinese characters that stand side by side."""
    places = [
        place
        for place in _chinese(text)[:-1]
        if is_chinese(text[place + 1]) and text[place] != text[place + 1]
    ]
    if not places:
        return text
    place = random.choice(places)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def unpunctuated(text: str, random: Random) -> str:
    """Leave out all punctuation."""
    del random
    return "".join(one for one in text if not unicodedata.category(one).startswith("P"))


def polite(text: str, random: Random) -> str:
    """Wrap the question in polite filler."""
    return random.choice(_POLITE).format(text)


def keywords(text: str, random: Random) -> str:
    """Keep the words that carry the content or deny something, with spaces between them."""
    del random
    words = [
        word
        for word, tag in tagged(text)
        if tag.startswith(_CONTENT_TAGS) or _NEGATION.search(word)
    ]
    return " ".join(dict.fromkeys(words))


def traditional(text: str, random: Random) -> str:
    """Write the question in traditional characters."""
    del random
    return str(_to_traditional()(text))


VARIANTS: dict[str, Change] = {
    "homophone": homophone,
    "homophones": homophones,
    "dropped": dropped,
    "swapped": swapped,
    "unpunctuated": unpunctuated,
    "polite": polite,
    "keywords": keywords,
    "traditional": traditional,
}
NAMES = (*VARIANTS, ENGLISH)


def _replaced(text: str, random: Random, count: int) -> str:
    """Put homophones for `count` characters, fewer where fewer have one."""
    sounds = _sounds(text)
    choices = {
        place: others
        for place in _chinese(text)
        if (others := [one for one in _alike(sounds[place]) if one != text[place]])
    }
    written = list(text)
    for place in random.sample(sorted(choices), min(count, len(choices))):
        written[place] = random.choice(choices[place])
    return "".join(written)


def _chinese(text: str) -> list[int]:
    return [place for place, one in enumerate(text) if is_chinese(one)]


def _sounds(text: str) -> Sequence[str]:
    """The sound of each character in its words; a character without one stands for itself."""
    pinyin = _pinyin()
    sounds: list[str] = pinyin.lazy_pinyin(text, style=pinyin.Style.TONE3, errors=list)
    return sounds


@cache
def _homophones() -> dict[str, tuple[str, ...]]:
    """The common characters by the sound that each has most often."""
    pinyin = _pinyin()
    found: dict[str, list[str]] = {}
    for lead in _COMMON:
        for trail in range(0xA1, 0xFF):
            one = bytes((lead, trail)).decode("gb2312", "ignore")
            if one:
                (sound,) = pinyin.lazy_pinyin(one, style=pinyin.Style.TONE3)
                found.setdefault(sound, []).append(one)
    return {sound: tuple(alike) for sound, alike in found.items()}


def _alike(sound: str) -> tuple[str, ...]:
    return _homophones().get(sound, ())


def _pinyin() -> ModuleType:
    require("pypinyin")
    import pypinyin

    return pypinyin


@cache
def _to_traditional() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("s2t").convert
    return convert
