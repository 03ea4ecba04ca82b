"""Tells text that programs read from text that people read: code, data, drawn graphics.

A report must never be taken for one of these: so a line with Chinese outside of quotes and
comments counts as people's, most lines must be a program's, and some must be nothing else (people
write lists of settings, tables of figures and lines that end with a semicolon, too).
"""

import re
from collections import Counter
from collections.abc import Iterator

_SAMPLE = 65_536
_MOST_LINES = 400
_LONGEST = 400  # characters of a line that are looked at: its two ends

_DATA = re.compile(
    r'\{\s*"(?:[^"\\]|\\.){0,200}"\s*:|\[\s*[\[{]\s*["\[{\d-]|\[\s*"[^"]{0,200}"\s*,'
)
_PROLOG = re.compile(r"<(?:\?xml|svg[\s>]|!doctype svg)", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?([A-Za-z_][\w.-]{0,40})")
_PROGRAM = re.compile(r"#!\s*/|<\?(?:php|=)", re.IGNORECASE)

_QUOTED = re.compile(r"""(["'`])(?:[^\\]|\\.)*?\1""")
_REMARK = re.compile(r"(?:^|\s)(?://|#|--\s|%\s).*$|^\*(?:\s.*|/)?$")
_BLOCKS = (("```", "```"), ('"""', '"""'), ("'''", "'''"), ("/*", "*/"), ("<!--", "-->"))
_CODE = re.compile(
    r"""
    .*[{};]$                                            # ends as a statement or block does
    # Brackets and commas, and nothing else.
    | (?=.*[\[\](){}<>]|.*""\s*[,:])[\[\](){}<>"'`,;:.=|&+*/\s-]+$
    | [)\]}].*[:{,;(]$
    | .*\\$                                              # goes on in the next line
    | (?:async\s+)?(?:def|class)\s+\w+\s*[(:\[].*$
    | (?:async\s+)?(?:if|elif|for|while|with|try|except|else|finally|case|match)\b.*:$
    | (?:from\s+[\w.]+\s+)?import\s+[\w.*{(,\s]+$
    | (?:return|raise|yield|assert|del|pass|await|throw|echo|export|set)\b(?:\s.*[\w)\]}"'.]|)$
    | @\w[\w.]*(?:\(.*)?$
    # A value for a name, whose type may stand between.
    | [A-Za-z_$*&][\w.$\[\]"'\s,*-]{0,80}?(?::\s*[\w.\[\]|,\s"]+)?\s*
        (?:[-+*/|:%?&]?=|=>|<-)(?:\s|["'\[{(\w-]|$)
    | [\w.$-]+\s*\(.*$
    | \.[\w-]+.*[({,;)]$
    | (?:public|private|protected|static|const|let|var|function|func|fn|package|namespace|using
        |export|struct|enum|interface|type|typedef|extern|void|int|char|template)\b.*[(){}=;:<>"].*$
    | </?[A-Za-z!][^<>]*/?>.*$
    | \[\[?[\w\s.:"/-]+\]\]?$
    | -?\s*"?[\w./*-]+"?\s*:\s*\S*(?:\[.*\]|\s\|\s.*)?$  # a setting: a name and one word
    | \\[A-Za-z]+\b.*$
    | (?:SELECT|INSERT|CREATE|UPDATE|DELETE|DROP|ALTER|BEGIN|COMMIT)\b.*$
    | \w+\s+(?:TEXT|INTEGER|INT|REAL|BLOB|BOOLEAN|DATE|TIMESTAMP|VARCHAR|CHAR|BIGINT)\b.*$
    | \[?\d{4}[-/]\d\d[-/]\d\d[T\s]\d\d:\d\d:\d\d.*$    # a line of a log
    """,
    re.VERBOSE,
)
# What hardly anybody writes but for a machine.
_HARD = re.compile(
    r"""
    .*[{}]$ | .*[)\]}"']\)?;$ | .*\S\s*[=:]\s*\S.*;$
    | (?:async\s+)?(?:def|class)\s+\w+\s*[(:].*$
    | (?:from\s+[\w.]+\s+)?import\s+[\w.*{(,\s]+$
    | (?:const|let|var|public|private|static|void|func|fn|namespace|struct|enum)\b.*[={(].*$
    | (?:SELECT|INSERT|CREATE|UPDATE|DELETE|DROP|ALTER)\b.*$
    | </?[A-Za-z!][^<>]*/?>$
    | [A-Za-z_$][\w.$]*\s*(?:[-+*/|]?=|=>)\s*\S.*$
    | [A-Za-z_][\w.]*\(.*\)$
    """,
    re.VERBOSE,
)
_LEAST_HARD = 0.2
_MARKS = re.compile(r"[{}();=<>\[\]]")
_MOST_CODE = 0.6
_MARKED = 0.06  # of characters; prose has a hundredth of it
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_HAN = re.compile(r"[\u3400-\u9fff]")


def format_of_text(data: bytes) -> str | None:
    """Return "svg", "data" or "code" for a text of that kind, None for any other."""
    text = _decoded(data[:_SAMPLE])
    if len(data) > _SAMPLE:
        text = text[: text.rfind("\n") + 1] or text
    start = text.lstrip()[:4096]
    if _PROLOG.match(start):
        return "svg" if "svg" in _roots(start) else "data"
    if _DATA.match(start):
        return "data"
    if _PROGRAM.match(start):
        return "code"
    return "code" if _is_code(text) else None


def _decoded(data: bytes) -> str:
    """Return a text near enough: which letters there are does not matter, but that they are."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        # Only the last character is cut off: else it is not UTF-8.
        encoding = "utf-8-sig" if exc.start > len(data) - 4 else "gb18030"
        return data.decode(encoding, "replace")


def _roots(start: str) -> list[str]:
    """Return the name of the first element; none where it stands too far below."""
    return [found[1].lower() for found in _ROOT.finditer(start)][:1]


def _is_code(text: str) -> bool:
    for opening, closing in _BLOCKS:
        text = _without(text, opening, closing)
    lines: Counter[str] = Counter()
    letters: Counter[str] = Counter()
    for kind, length in _kinds(text):
        lines[kind] += 1
        letters[kind] += length
    if lines["prose"] > lines.total() // 5 or letters["prose"] > letters.total() // 5:
        return False
    code = lines["code"] + lines["hard"]
    if lines["hard"] < _LEAST_HARD * lines.total():
        return False
    if code >= _MOST_CODE * lines.total() and (code >= 3 or code == lines.total() > 0):
        return True
    # What was packed for sending has hardly any lines, and many marks in them.
    few = lines.total() <= 5 and letters.total() > 200
    return few and len(_MARKS.findall(text)) > _MARKED * len(text)


def _kinds(text: str) -> Iterator[tuple[str, int]]:
    """Say of each line whether it is a program's (hard: surely), people's or neither, and its size.

    Remarks are passed over, but for those that are Chinese and nothing else stands beside.
    """
    for whole in text.splitlines()[:_MOST_LINES]:
        line = whole.strip()
        if len(line) > _LONGEST:
            line = line[: _LONGEST // 2] + line[-_LONGEST // 2 :]
        bare = _REMARK.sub("", _QUOTED.sub('""', line)).strip()
        if not bare:
            continue
        said = bare == '""' and _HAN.search(line)
        if said or _FOREIGN.search(bare):
            yield "prose", len(line)
        else:
            hard = "hard" if _HARD.match(bare) else "code"
            yield hard if _CODE.match(bare) else "other", len(line)


def _without(text: str, opening: str, closing: str) -> str:
    """Return a text without what stands between two marks, in one walk whatever it holds."""
    kept: list[str] = []
    at = 0
    while (start := text.find(opening, at)) >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            break
        kept.append(text[at:start])
        at = end + len(closing)
    return "".join((*kept, text[at:]))
