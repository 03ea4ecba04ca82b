"""Reads bylines: who wrote, who photographed, for which outlet; and tells them from other lines."""

import re

from ingest.byline_words import (
    ASIDE,
    BOTH_MARKS,
    COLUMNS,
    LATIN,
    MARKER,
    MOMENT,
    NAME,
    NO_GIVER,
    NO_NAMES,
    NO_PARTY,
    ORNAMENTS,
    OUTLET,
    PARTY,
    POSTED,
    SENTENCE,
    SEPARATORS,
    SOURCE,
    SURNAMES,
    WRITER,
    People,
    kinds_of,
)
from ingest.cues import fold
from store.articles import Byline


def parse_byline(text: str) -> Byline | None:
    """Read a line as a byline or picture credit, or return None where it is neither.

    A credit names photographers only: it has no reporters and no outlet, but a `photo`.
    """
    if not 2 <= len(text) <= 120 or SENTENCE.search(text):
        return None
    special = LATIN.match(text) or POSTED.match(text)
    if special:
        outlet = special.groupdict().get("outlet")
        return Byline(raw=text, reporters=(special["who"],), outlet=outlet)
    tokens = _tokens(ORNAMENTS.sub("", text))
    if not tokens:
        return None
    people = People(marker_first=_is_bare_marker(tokens[0]))
    for at, token in enumerate(tokens):
        people.leads = _leads(tokens, at)
        if not _read(token, people):
            return None
    people.flush()
    if not _is_byline(people):
        return None
    return Byline(
        raw=text,
        reporters=tuple(people.writers),
        photo="、".join(people.photo) or None,
        outlet=people.outlet,
    )


def parse_signature(text: str) -> Byline | None:
    """Read the brackets that end a news item, where names alone do: 张三 李四."""
    byline = parse_byline(text)
    if byline:
        return byline
    tokens = [token for token in SEPARATORS.split(text.strip()) if token]
    names = [token for token in tokens if not OUTLET.match(fold(token))]
    if not names or not all(_is_signed_name(name) for name in names):
        return None
    outlet = next((token for token in tokens if token not in names), None)
    return Byline(raw=text, reporters=tuple(names), outlet=outlet)


def _is_signed_name(name: str) -> bool:
    return 2 <= len(name) <= 4 and name[0] in SURNAMES and _is_name(name)


def _is_byline(people: People) -> bool:
    if people.roles:
        return bool(people.writers or people.photo or people.outlet)
    return people.markers > 0 and bool(people.writers or people.photo)


def is_credit(byline: Byline) -> bool:
    """Say whether a byline credits a picture only, and so belongs to it and not to the article."""
    return not byline.reporters and byline.photo is not None


def _tokens(line: str) -> list[str]:
    """Cut a line into names, roles and marks; its time, its editors and the like are left out."""
    for pattern in (MOMENT, ASIDE):
        for found in reversed(list(pattern.finditer(fold(line)))):
            line = line[: found.start()] + " " + line[found.end() :]
    line = BOTH_MARKS.sub(r"\1\2", line.strip())
    if len(line) > 70:
        return []
    joined: list[str] = []
    for token in (each for each in SEPARATORS.split(line) if each.strip("·•")):
        # A source and its name are one part: 来源 新华网.
        if joined and SOURCE.match(fold(joined[-1])) and len(joined[-1]) <= 4:
            joined[-1] += "：" + token
        else:
            joined.append(token)
    return _with_marks_apart(joined)


def _with_marks_apart(tokens: list[str]) -> list[str]:
    """Part a name from the next mark where marks lead: 文 / 某某供图 / 某社区, spaces lost."""
    if len(tokens) < 3 or not _is_bare_marker(tokens[0]):
        return tokens
    parted: list[str] = []
    for token, after in zip(tokens, [*tokens[1:], ""], strict=True):
        found = MARKER.match(fold(token))
        name = token[: len(found["who"])] if found else ""
        if found and 2 <= len(name) <= 3 and name[0] in SURNAMES and after and _is_giver(after):
            parted += [name, token[len(name) :]]
        else:
            parted.append(token)
    return parted


def _leads(tokens: list[str], at: int) -> bool:
    """Say whether a marker stands before its people (摄影 裴军) and not behind (裴军 摄影)."""
    after = tokens[at + 1 : at + 3]
    if not after or not _is_bare_marker(tokens[at]) or not _is_giver(after[0]):
        return False
    return not (MARKER.match(fold(after[0])) or (len(after) > 1 and _is_bare_marker(after[1])))


def _is_giver(token: str) -> bool:
    return _is_name(token) or PARTY.match(fold(token)) is not None


def _is_bare_marker(token: str) -> bool:
    found = MARKER.match(fold(token))
    return found is not None and not found["who"]


def _read(token: str, people: People) -> bool:
    """Take one part of a byline in; False where it can be none. Names stay as printed."""
    plain = fold(token)
    source, writer, marker = SOURCE.match(plain), WRITER.match(plain), MARKER.match(plain)
    if source:
        people.roles += 1
        people.outlet = people.outlet or token[slice(*source.span("outlet"))] or None
    elif writer and _read_writer(token, writer, people):
        pass
    elif marker and (not marker["who"] or _is_party(marker["who"], marker["what"])):
        people.marker(kinds_of(marker["what"]), NO_GIVER.sub("", token[: len(marker["who"])]))
    elif OUTLET.match(plain):
        people.outlet = people.outlet or token
    elif _is_name(token) and plain not in NO_PARTY:
        people.name(token)
    else:
        return plain in NO_PARTY or (PARTY.match(plain) is not None and people.party(token))
    return True


def _read_writer(token: str, writer: re.Match[str], people: People) -> bool:
    rest = writer["rest"]
    if rest.startswith(COLUMNS + NO_NAMES) or rest.endswith(COLUMNS):
        return False
    if writer["outlet"].endswith(("小", "位", "名", "对", "向", "与", "和", "的")):
        return False
    if rest and rest[0] not in SURNAMES:
        return False
    people.writer(token[: len(writer["outlet"])])
    return _read_attached(token[writer.start("rest") :], people) if rest else True


def _read_attached(rest: str, people: People) -> bool:
    """Read names that stand right after 记者, without a space: 记者王强, 记者王强社区供图."""
    if len(rest) <= 3 and not rest.endswith(("摄", "攝")):
        people.name(rest)
        return True
    for length in (3, 2):
        marker = MARKER.match(fold(rest[length:]))
        if marker and (not marker["who"] or not _is_name(marker["who"]) or len(marker["who"]) == 2):
            people.name(rest[:length])
            people.marker(kinds_of(marker["what"]), rest[length : length + len(marker["who"])])
            return True
    if len(rest) == 4:
        people.name(rest)
    return len(rest) == 4


def _is_party(who: str, what: str) -> bool:
    """Say whether a picture or text may come from them: 王强 摄, 社区供图, 受访者提供."""
    if what in {"文", "图", "报道", "综合报道"}:
        # 文 may well be the last character of a name of three.
        return who[0] in SURNAMES and (3 if len(what) == 1 else 2) <= len(who) <= 4
    return len(who) >= 2


def _is_name(token: str) -> bool:
    if not NAME.match(token):
        return False
    return len(token) <= 3 or token[0] in SURNAMES or "·" in token or token.isascii()
