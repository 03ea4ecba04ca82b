"""Splits Chinese paragraphs into sentences; a quotation stays with the words that attribute it."""

import re
from dataclasses import dataclass

from ingest.cues import fold
from ingest.punctuation import CLOSERS, PAIRS
from store.text import HAN

_ENDS = "。！？!?…"
_TITLES = "《〈【"
_QUOTES = "“‘「『"
# What follows a quotation, or leads up to one; 道 alone and the like count as whole words only.
_SAYING = tuple(
    re.findall(
        r"\S+",
        "说道 问道 笑道 喊道 答道 叹道 写道 感叹道 感慨道 表示 介绍 告诉 坦言 直言 感慨 感叹 回忆 "
        "回答 认为 指出 补充 强调 解释 透露 提到 反映 评价 称赞 点赞 建议 呼吁 承诺 讲述 谈到 "
        "分享 说起 说 道 称 笑 问 答 喊 讲 叹",
    )
)
_CLAUSE = re.compile(r"[^，。！？；：…“”‘’「」『』\n]{0,24}")
_LEAD_IN = re.compile(
    r"^(?:说起|谈到|谈起|提起|聊起|说到|提到|面对|对此|回忆起|看着|望着)[^，。！？；：“”]{0,16}，"
)
_AFTER_VERB = re.compile(r"^(?:了|着|起来|道|说|记者|笔者|我们|大家)*$")
_ALONE = re.compile(r"^[\s…。！？!?“”‘’「」『』（）()]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long a sentence may grow: within an open quotation, and without any full stop."""

    quote_chars: int = 200
    sentence_chars: int = 400


def split_sentences(text: str, limits: Limits | None = None) -> list[tuple[int, int]]:
    """Return the half-open ranges of the sentences of a paragraph, white space trimmed.

    In order, without overlap, and nothing but white space is left out between them.
    """
    limits = limits or Limits()
    closing = _matching(text)
    spans: list[tuple[int, int]] = []
    start = position = 0
    while position < len(text):
        end = _next_end(text, start, position, closing, limits)
        spans += _cut(text, start, end, limits.sentence_chars)
        start = position = end
    return spans


def _matching(text: str) -> dict[int, int]:
    """Return where each bracket or quotation opens and closes; what never closes is left out."""
    pairs: dict[int, int] = {}
    stack: list[tuple[int, str]] = []
    straight: int | None = None
    even = text.count('"') % 2 == 0
    for at, character in enumerate(text):
        if character == '"' and even:
            if straight is None:
                straight = at
            else:
                pairs[straight] = at
                straight = None
        elif character in PAIRS:
            stack.append((at, PAIRS[character]))
        elif character in CLOSERS:
            depth = next(
                (i for i, (_, mark) in enumerate(reversed(stack[-8:])) if mark == character), -1
            )
            if depth >= 0:
                pairs[stack[-1 - depth][0]] = at
                del stack[len(stack) - 1 - depth :]
    return pairs


def _next_end(text: str, start: int, position: int, closing: dict[int, int], limits: Limits) -> int:
    """Return where the sentence that begins at `start` ends."""
    while position < len(text):
        closed = closing.get(position)
        if closed is not None:
            if closed - start > limits.quote_chars and text[position] in _QUOTES + '"（(':
                position += 1  # runaway: this quotation may be cut inside
                continue
            end = _after_quote(text, start, position, closed)
            if end is not None:
                return end
            position = closed + 1
        elif _is_end(text, position):
            end = _past_marks(text, position)
            if not _ALONE.match(text[start:end]) or end == len(text):
                return end
            position = end
        else:
            position += 1
    return len(text)


def _is_end(text: str, at: int) -> bool:
    mark = text[at]
    if mark == ".":
        return _is_full_stop(text, at)
    if mark not in _ENDS:
        return False
    after = text[at + 1 : at + 2]
    return not (
        mark in "!?" and after and after.isascii() and (after.isalnum() or after in "=&/_-")
    )


def _is_full_stop(text: str, at: int) -> bool:
    """A dot ends a sentence after Chinese at the end, and between an English word and a capital."""
    before, after = text[max(0, at - 3) : at], text[at + 1 : at + 3]
    if text[at : at + 3] == "...":
        return False
    if before and re.search(rf"[{HAN}]$", before) and not after.strip():
        return True
    return re.search(r"[a-z]{3}$", before) is not None and re.match(r"\s[A-Z“]", after) is not None


def _past_marks(text: str, at: int) -> int:
    """Return the position behind a run of full stops and the closers that belong to them."""
    end = at + 1
    while end < len(text) and (text[end] in _ENDS or text[end] in CLOSERS):
        end += 1
    return end


def _after_quote(text: str, start: int, opened: int, closed: int) -> int | None:
    """Return where the sentence ends if it ends with this quotation or bracket, else None."""
    inner = text[opened + 1 : closed].rstrip("”’」』）) ")
    if text[opened] in _TITLES or not inner or inner[-1] not in _ENDS:
        return None
    end = closed + 1
    trailing = end
    while trailing < len(text) and text[trailing] in _ENDS:
        trailing += 1
    if trailing > end:
        return trailing
    if end < len(text) and text[end] in "，、；：,;:”’」』）)":
        return None
    if text[opened] not in _QUOTES + '"':
        return end
    before = text[start:opened]
    if end < len(text) and _is_term(before, text[end:]):
        return None
    return None if not _introduced(before) and _attributes(text[end : end + 60]) else end


def _introduced(before: str) -> bool:
    """Say whether the words before a quotation say whose it is, as 他说 and a colon do."""
    clause = re.split(r"[。！？；”]", before)[-1].rstrip("：:，, ")
    return before.endswith(("：", ":")) or (clause != "" and _ends_saying(clause))


def _is_term(before: str, rest: str) -> bool:
    """Say whether a quotation is a name inside a clause: 开展“我是业主！”活动."""
    if not before or before[-1] in "，：,:。；！？、”" or _ALONE.match(before):
        return False
    if _ends_saying(before[-24:]):
        return False
    return re.match(rf"[{HAN}]", rest) is not None


def _ends_saying(clause: str) -> bool:
    plain = fold(clause)
    return any(plain.endswith((verb, verb + "道", verb + "着", verb + "了")) for verb in _SAYING)


def _attributes(rest: str) -> bool:
    """Say whether a text begins with the words that say whose quotation came before it."""
    lead = _LEAD_IN.match(fold(rest))
    if lead:
        rest = rest[lead.end() :]
    found = _CLAUSE.match(rest)
    clause = fold(found[0]).strip() if found else ""
    if not clause or not any(verb in clause for verb in _SAYING):
        return False
    import rjieba

    words: list[str] = rjieba.cut(clause, False)
    for at, word in enumerate(words):
        if word in _SAYING and at <= 12 and _AFTER_VERB.match("".join(words[at + 1 :])):
            return True
    return words[-1].endswith(("说", "道")) and words[-1] not in {
        "小说",
        "街道",
        "通道",
        "渠道",
        "报道",
    }


def _cut(text: str, start: int, end: int, longest: int) -> list[tuple[int, int]]:
    """Trim a sentence, and cut it where it is longer than anything a reader could cite."""
    spans: list[tuple[int, int]] = []
    while end - start > longest:
        window = text[start : start + longest]
        stop = max(window.rfind("；"), window.rfind(";"))
        if stop < longest // 4:
            stop = max(window.rfind(mark) for mark in "，、, ")
        if stop < longest // 4:
            stop = longest - 1
        spans += _trimmed(text, start, start + stop + 1)
        start += stop + 1
    return spans + _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    part = text[start:end]
    left = start + len(part) - len(part.lstrip())
    right = start + len(part.rstrip())
    return [(left, right)] if left < right else []
