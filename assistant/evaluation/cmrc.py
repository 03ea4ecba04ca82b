"""Exact match and F1 as cmrc2018_evaluate.py counts them: its segments, its punctuation.

Its words of anything but Chinese are those of NLTK's word_tokenize, which the rules below repeat;
only what that does besides (sentences within such words, gonna, cannot) is left out.
"""

import re
from difflib import SequenceMatcher

# Its "……" is two characters, and it compares one at a time: … stays.
_DROPPED = str.maketrans("", "", "-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』")
_HAN = re.compile("([\u4e00-\u9fa5])")
_TOKENS = tuple(
    (re.compile(pattern), replaced)
    for pattern, replaced in (
        (r"[«‘„]", r" \g<0> "),
        (r'^ "', " `` "),
        (r'(?<=[ (\[{<])"', " `` "),
        (r"(?<!\w)'(?!(?:re|ve|ll|m|t|s|d|n)\b)(?=\w)", "' "),
        (r"([^.])(\.)([\])}>\"'» ]*)$", r"\1 \2 \3 "),
        (r",(?!\d)|\.{2,}|[;@#$%&?!‒-―]", r" \g<0> "),
        (r"(?<=[^'])' ", " ' "),
        (r"[\][(){}<>]", r" \g<0> "),
        (r"»|''", r" \g<0> "),
        (r'"', " '' "),
        (r"(?<=[^' ])('[smd]|'|'ll|'re|'ve|n't)(?= )", r" \1"),
    )
)


def exact(said: str, wanted: str) -> bool:
    """Say whether two texts are the same but for case and the punctuation that is dropped."""
    return _without_marks(said) == _without_marks(wanted)


def f1(said: str, wanted: str) -> float:
    """Return the F1 of a text with a string, 0 to 1.

    The overlap is the longest run of segments that both share, over the text's length (precision)
    and over the string's (recall).
    """
    one, other = segments(said), segments(wanted)
    if not one or not other:
        return 0.0
    shared = SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
    return 2 * shared / (len(one) + len(other))


def segments(text: str) -> tuple[str, ...]:
    """Cut a text into Chinese characters and words of anything else."""
    found: list[str] = []
    for at, part in enumerate(_HAN.split(_without_marks(text))):
        found += [part] if at % 2 else _words(part)
    return tuple(found)


def _without_marks(text: str) -> str:
    return text.lower().strip().translate(_DROPPED)


def _words(text: str) -> list[str]:
    text = f" {text} "
    for pattern, replaced in _TOKENS:
        text = pattern.sub(replaced, text)
    return text.split()
