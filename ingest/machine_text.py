"""Tells text that programs read from text that people read: code, data, drawn graphics.

A report must never be taken for one of these: so a line with Chinese outside of quotes and
comments counts as people's, and of the others many must be what hardly anybody writes but for a
machine (people, too, write lists, tables of figures and lines that end with a semicolon).
"""

import codecs
import re
from collections import Counter

_SAMPLE = 65_536
_MOST_LINES = 400
_LONGEST = 400  # characters of a line that are looked at: its two ends

_DATA = re.compile(
    r'\{\s*"(?:[^"\\]|\\.){0,200}"\s*:|\[\s*[\[{]\s*["\[{\d-]|\[\s*"[^"]{0,200}"\s*,'
)
_PROLOG = re.compile(r"<(?:\?xml|svg[\s>]|!doctype svg|[\w:.-]+\s[^<>]*\bxmlns\b)", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?([A-Za-z_][\w.-]{0,40})")
_PROGRAM = re.compile(r"#!\s*/|<\?(?:php|=)", re.IGNORECASE)

# What stands between marks, or goes on to the end: examples, long strings, comments.
_BLOCK = re.compile(
    r"""(```|\"{3}|'{3}).*?(?:\1|\Z)|/\*.*?(?:\*/|\Z)|<!--.*?(?:-->|\Z)""", re.DOTALL
)
_QUOTED = re.compile(r"""(["'`])(?:[^\\]|\\.)*?\1""")
# A comment; or the name of a group of settings, as of what is heard in a transcript.
_REMARK = re.compile(
    r"(?:^|\s)(?://|#(?!include|define|undef|if|endif)|--\s|%\s).*$"
    r"|^\*(?:\s.*|/)?$|^\[\[?[^\[\]]*\]\]?$"
)
_HARD = re.compile(
    r"""
    .*[{}(\[]$ | [\])},;]+:?$ | .*[)\]}"']\)?;$ | .*\S\s*[=:]\s*\S.*;$ | (?:end|fi|esac);?$
    | (?:async\s+)?(?:def|class)\s+\w+\s*[(:].*$
    | (?:from\s+[\w.]+\s+)?import\s+[\w.*{(,\s]+$
    | (?:const|let|var|public|private|static|void|func|fn|namespace|struct|enum)\b.*[={(].*$
    | (?:SELECT|INSERT|CREATE|UPDATE|DELETE|DROP|ALTER)\b.*$
    | \#                                                # for the preprocessor of C
    | </?[A-Za-z!][^<>]*>$
    | [A-Za-z_$@][\w.$-]*\s*(?:[-+*/|]?=|=>)\s*\S.*$   # a value for a name
    | [A-Za-z_][\w.]*\(.*\)$                            # a call
    """,
    re.VERBOSE,
)
_LEAST_HARD = 0.3  # of lines; of twenty texts that people wrote one has a tenth
_MOST_PROSE = 0.2  # of lines, and of characters
_LEAST_BRACES = 0.01  # of characters, in what was packed into a few long lines


def format_of_text(data: bytes) -> str | None:
    """Return "svg", "data" or "code" for a text of that kind, None for any other."""
    text = _decoded(data[:_SAMPLE])
    if len(data) > _SAMPLE:
        text = text[: text.rfind("\n") + 1] or text
    start = text.lstrip()[:4096]
    if _PROLOG.match(start):
        root = _ROOT.search(start)
        return "svg" if root and root[1].lower() == "svg" else "data"
    if _DATA.match(start):
        return "data"
    return "code" if _PROGRAM.match(start) or _is_code(text) else None


def _decoded(data: bytes) -> str:
    """Return a text near enough: which letters there are does not matter, but that they are."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(data)  # it may end in a character
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _is_code(text: str) -> bool:
    text = _BLOCK.sub("", text)
    lines: Counter[str] = Counter()
    letters: Counter[str] = Counter()
    for whole in text.splitlines()[:_MOST_LINES]:
        line = whole.strip()
        if len(line) > _LONGEST:
            line = line[: _LONGEST // 2] + line[-_LONGEST // 2 :]
        bare = _REMARK.sub("", _QUOTED.sub('""', line)).strip()
        if bare:
            kind = "other" if bare.isascii() else "prose"
            kind = "hard" if bare.isascii() and _HARD.match(bare) else kind
            lines[kind] += 1
            letters[kind] += len(line)
    if any(found["prose"] > _MOST_PROSE * found.total() for found in (lines, letters)):
        return False
    if lines.total() <= 5 and letters.total() > 200:
        braces = text.count("{") + text.count("}")
        if braces > _LEAST_BRACES * len(text):
            return True
    hard = lines["hard"]
    return hard >= _LEAST_HARD * lines.total() and (hard > 2 or hard == lines.total() > 0)
