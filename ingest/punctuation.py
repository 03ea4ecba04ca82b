"""Where text is open and where it is closed: ends, brackets, and words across a break."""

import re

from store.text import HAN

PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "【": "】",
    "《": "》",
    "〈": "〉",
    "〔": "〕",
}
CLOSERS = frozenset(PAIRS.values())
_ENDS = frozenset("。！？!?…；：:")
_CLOSING = "”’」』）)】》〉〕\"' "
# What a paragraph may carry behind its last full stop: a signature, a source, a credit.
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff～~][\ufe0f\u200d]*$")
_ASIDE = re.compile(r"(?:（[^（）]{1,50}）|\([^()]{1,50}\)|【[^【】]{1,50}】)\s*$")
_TAIL = re.compile(rf".*[^{HAN}]", re.DOTALL)
_HEAD = re.compile(rf"[{HAN}]*")
# A paragraph is never complete after one of these.
_HANGING = re.compile(r"[，、,的和与及在把被对向从将并而或為为與對將從]$")
_LEADING = re.compile(r"^[，。、；：！？”』」）)》】％%]")
# No paragraph begins with one character of a row (费、登记), unless it is a number (一、).
_STUMP = re.compile(rf"^[{HAN}](?<![〇零一二三四五六七八九十甲乙丙丁戊己庚辛壬癸上中下])、")
_UNIT = re.compile(r"^[\d年月日号时人个名户家次条项元万亿余多岁楼栋％%]")


def ends_closed(text: str) -> bool:
    """Say whether a block ends as a finished sentence or clause does.

    A colon counts: "他说：" may well end a paragraph. So does a full stop after Chinese.
    """
    core = text.rstrip().rstrip(_CLOSING)
    if not core:
        return False
    if _EMOJI.search(core[-3:]):
        # It stands for a full stop, or points to what comes below.
        return "，" in core or "。" in core
    if core[-1] in _ENDS or re.search(rf"[{HAN}]\.$", core[-2:]):
        return True
    aside = _ASIDE.search(text[-60:])
    return aside is not None and text[-60:][: aside.start()].rstrip(_CLOSING)[-1:] in tuple(_ENDS)


def imbalance(text: str) -> tuple[int, int]:
    """Count closers without an opener, and openers without a closer."""
    expected: list[str] = []
    stray = 0
    for character in text:
        if character in PAIRS:
            expected.append(PAIRS[character])
        elif character in CLOSERS:
            if character in expected[-8:]:
                while expected.pop() != character:
                    pass
            else:
                stray += 1
    return stray, len(expected)


def word_straddles(left: str, right: str) -> bool:
    """Say whether a dictionary word begins at the end of `left` and ends in `right`."""
    import rjieba

    before = _TAIL.sub("", left[-8:])
    found = _HEAD.match(right[:8])
    after = found[0] if found else ""
    if not before or not after:
        return False
    position = 0
    for word in rjieba.cut(before + after, False):
        if position < len(before) < position + len(word):
            return True
        position += len(word)
    return False


def runs_on(left: str, right: str) -> bool:
    """Say whether the break between two texts shows that they are one: more than a guess."""
    if not left or not right:
        return False
    if _LEADING.match(right) or is_stump(right) or _HANGING.search(left):
        return True
    if left[-1].isdigit() and left[-1].isascii() and _UNIT.match(right):
        return True
    return rests_on(left, right)


def rests_on(left: str, right: str) -> bool:
    """Say whether a text goes on with half a word or half a quotation of the one before."""
    return closes_quote(left, right) or word_straddles(left, right)


def is_stump(text: str) -> bool:
    """Say whether a text begins in the middle of a row of things."""
    return _STUMP.match(text) is not None


def closes_quote(left: str, right: str) -> bool:
    """Say whether `left` opens a quotation that `right` closes without opening it."""
    return imbalance(left)[1] > 0 and imbalance(right)[0] > 0


def join(left: str, right: str) -> str:
    """Join two parts of one sentence; Latin words keep a space between them."""
    if not left or not right:
        return left + right
    latin = left[-1].isascii() and left[-1].isalnum() and right[0].isascii() and right[0].isalnum()
    both_letters = latin and not (left[-1].isdigit() and right[0].isdigit())
    return f"{left} {right}" if both_letters else left + right
