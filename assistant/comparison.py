"""A comparison taken apart: what is compared, and in which respect."""

import re
from collections.abc import Sequence

from assistant import topics

_DIFFERENCE = "不同|区别|差别|差异|不一样|异同|相同|共同点|共同之处"
_DEGREE = "多|少|高|低|大|小|好|贵|便宜|早|晚|快|慢"
_COMPARES = re.compile(
    rf"(?:有|存在)(?:什么|哪些|何|没有)?(?:{_DIFFERENCE})(?:点|之处|的地方)?吗?"
    rf"|的?(?:{_DIFFERENCE})(?:点|之处)?(?:在|是|有)?(?:哪里|哪儿|哪些方面|哪方面|哪|什么|哪些)?(?=[？?]?$)"
    r"|(?:相比较?|对比|比较)(?:一下|起来)?(?=[，,？?]|$)"
    r"|^(?:请)?(?:对比|比较)(?:一下|下)?"
    rf"|(?:哪个|哪家|哪边|哪里|谁)(?:的)?(?:更|比较)?(?:{_DEGREE})(?=[？?]?$)"
)
_THAN = re.compile(rf"更?(?:{_DEGREE})(?:吗|多少|一些|一点|几倍)?[？?]?$")
_BETWEEN = re.compile(r"和|与|跟|同|比|以及|及|、|，|,")
_ENDS = re.compile(
    r"^(?:的|在|社区|街道)+|(?:的|在|上|方面|各|都|有|是|中|里)+$|[两二三四几]个(?:社区|小区|地方)(?:的)?"
)
_MARK = "\x00"


def compared(question: str, known_places: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return what is compared: each place as named, with what is asked of it; empty: nothing is.

    A comparison that names no respect (有什么不同) asks of each place nothing but itself.

    Args:
        question: as understood.
        known_places: communities and districts of the library.
    """
    asked = without_comparing(question)
    rest = asked or question.strip("？?。，, ")
    names = named(rest, known_places)
    than = _THAN.search(rest) if not asked and "比" in rest else None
    if len(names) < 2 or not (asked or than):
        return ()
    if than:
        rest = rest[: than.start()]
    respects = _respects(rest, names)
    return tuple((name, f"{name}的{of}" if of else name) for name, of in respects)


def without_comparing(question: str) -> str | None:
    """Return a question without the words that ask for a comparison; None where it has none."""
    rest, found = _COMPARES.subn("", question)
    return rest.strip("？?。，, ") if found else None


def named(text: str, known_places: Sequence[str]) -> tuple[str, ...]:
    """Return the known places that a text names, as it writes them, in its order, each once."""
    found: dict[str, int] = {}
    for place in known_places:
        stem = topics.stem(place)
        name = place if place in text else stem
        if len(name) >= 2 and name in text:
            found.setdefault(name, text.index(name))
    whole = [one for one in found if not any(one != other and one in other for other in found)]
    return tuple(sorted(whole, key=found.__getitem__))


def _respects(text: str, names: Sequence[str]) -> list[tuple[str, str]]:
    """For each place what follows it, or what follows the last one that anything follows."""
    pieces = re.split("|".join(map(re.escape, names)), text)
    before, *after = (_respect(piece) for piece in pieces)
    shared = next((one for one in reversed(after) if one), before)
    # 甲食堂和乙食堂的价格: what follows the first goes on at the last.
    own = [one if one and not shared.startswith(one) else shared for one in after]
    return list(zip(names, own, strict=False))


def _respect(piece: str) -> str:
    kept = [_ENDS.sub("", part).strip() for part in _BETWEEN.split(piece)]
    return max((part for part in kept if part), key=len, default="")
