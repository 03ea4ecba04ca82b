"""One thing asked of several (A和B的开放时间): the question written out for each of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.lexicon import lexicon
from assistant.terms import tagged

_JOINS = ("和", "与", "及", "以及", "跟", "同", "、")
_YEARS = re.compile(r"(?<!\d)(\d{4})(年?)(?:和|与|及|以及|跟|同|、)(\d{4})(年?)(?!\d)")
_EACH = re.compile(r"分别|各自|各(?=[是有为占])")
# What is said of several together is not said of each.
_TOGETHER = re.compile(
    r"关系|矛盾|冲突|之间|合作|共同|联合|一起|协作|联动|配合|结合|沟通|互动|双方|融合|纠纷|平衡|协调|联系"
    r"|共建|共治|共享|合并|统一"
)
_ASKED_AT_ONCE = re.compile(r"^(?:是|为|叫)(?:谁|什么|多少|哪|几)")
_BROKEN = re.compile(
    r"(?P<word>[\u4e00-\u9fff]{2,})(?P=word)|的的|的[和与及跟]|[和与及跟]的|、的|的、"
)
_BREAKS = ("u", "r", "p", "y", "d", "c", "x", "w")
_OPEN, _CLOSE = "“‘《「『（(", "”’》」』）)"
_SEARCHED = 4
_NAME_TAG = "name"

Word = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordination:
    """A question written out for each thing it joins: `texts`, and the things as asked (`items`).

    `certain` where the wording says that each is meant.
    """

    texts: tuple[str, ...]
    items: tuple[str, ...]
    certain: bool


def coordinated(question: str, names: Sequence[str] = ()) -> Coordination | None:
    """Write a question out for each of the things that it joins, or return None.

    None also where writing it out breaks the wording: it is then asked as it stands.

    Args:
        question: as understood.
        names: known names, which are never cut in two.
    """
    if _TOGETHER.search(question):
        return None
    each = bool(_EACH.search(question))
    plain = _EACH.sub("", question)
    found = _years(plain, each=each) or _things(plain, names, each=each)
    if found is None or len(found.texts) < 2 or any(map(_BROKEN.search, found.texts)):
        return None
    return found


def _years(plain: str, *, each: bool) -> Coordination | None:
    years = _YEARS.search(plain)
    if years is None:
        return None
    unit = years[2] or years[4]
    items = (years[1] + unit, years[3] + unit)
    texts = tuple(plain[: years.start()] + one + plain[years.end() :] for one in items)
    return Coordination(texts=texts, items=items, certain=each)


def _things(plain: str, names: Sequence[str], *, each: bool) -> Coordination | None:
    words = _words(plain, names)
    at = _first_join(words)
    if at is None:
        return None
    begin, items, end = _items(words, at)
    head, tail = _text(words[:begin]), _text(words[end:])
    said = tuple(dict.fromkeys(map(_text, items)))
    return Coordination(
        texts=tuple(head + item + tail for item in said),
        items=said,
        certain=each or bool(_ASKED_AT_ONCE.match(tail)),
    )


def _words(text: str, names: Sequence[str]) -> tuple[Word, ...]:
    """The words of a text, each known name one of them."""
    spans = [
        found.span()
        for name in sorted(names, key=len, reverse=True)
        for found in re.finditer(re.escape(name), text)
    ]
    words: list[Word] = []
    at = end = 0
    for word, tag in tagged(text):
        start, at = at, at + len(word)
        if words and start > end and _is_suffix((word, tag), words[-1]):  # 充电|桩
            words[-1] = (words[-1][0] + word, "n")
            continue
        if at <= end:
            continue
        span = next((one for one in spans if one[0] == max(start, end) and one[1] >= at), None)
        if span:
            end = span[1]
            words.append((text[span[0] : span[1]], _NAME_TAG))
        else:
            words.append((text[max(start, end) : at], tag))
    return tuple(words)


def _is_suffix(word: Word, before: Word) -> bool:
    return len(word[0]) == 1 and word[1] in ("n", "q") and before[1].startswith(("n", "v"))


def _first_join(words: tuple[Word, ...]) -> int | None:
    """Where the first word is that joins two nouns outside of quotation marks."""
    depth = 0
    for at, (word, _) in enumerate(words):
        depth += sum(word.count(mark) for mark in _OPEN) - sum(word.count(m) for m in _CLOSE)
        inside = depth > 0 or at in (0, len(words) - 1)
        if word in _JOINS and not inside and _joinable(words[at - 1], words[at + 1]):
            return at
    return None


def _joinable(left: Word, right: Word) -> bool:
    return not (left[1].startswith(_BREAKS) or right[1].startswith(_BREAKS))


def _items(words: tuple[Word, ...], at: int) -> tuple[int, list[tuple[Word, ...]], int]:
    """Where the joined things begin, the things, and where they end."""
    size = _size(words, at)
    begin = max(0, at - size)
    items = [words[begin:at]]
    end = at
    while end < len(words) and words[end][0] in _JOINS:
        following = min(end + 1 + size, len(words))
        items.append(words[end + 1 : following])
        end = following
    return begin, [item for item in items if item], end


def _size(words: tuple[Word, ...], at: int) -> int:
    """How many words each of the joined things has: as many on either side of the join."""
    before, after = _run(words[:at][::-1]), _run(words[at + 1 :])
    if _NAME_TAG in {before[0][1], after[0][1]}:
        return 1
    of = len(before) < at and words[at - len(before) - 1][0] == "的"
    repeated = [n for n, (word, _) in enumerate(before[:_SEARCHED], 1) if word == after[0][0]]
    if repeated:  # 最佳男演员和最佳女演员
        return min(repeated[0], len(after))
    if len(before[0][0]) == 1 or len(after[0][0]) == 1:  # 平江|路, 冬|残奥会
        return min(2, len(before), len(after))
    if set(before[0][0]) & set(after[0][0]):  # 男单和女单冠军
        return 1
    return min(len(before) if of else _nouns(before), 1 + _nouns(after[1:]), 2)


def _run(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The content words that a text begins with."""
    for n, (word, tag) in enumerate(words):
        if tag.startswith(_BREAKS) or word in lexicon().function_words:
            return words[:n] or words[:1]
    return words


def _nouns(run: tuple[Word, ...]) -> int:
    """How many words there are before the first verb, one at least."""
    return next((max(1, n) for n, (_, tag) in enumerate(run) if tag == "v"), len(run))


def _text(words: Sequence[Word]) -> str:
    return "".join(word for word, _ in words)
