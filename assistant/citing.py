"""Marks to citations: every mark resolved, every sentence checked against what it cites."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer_types import is_person
from assistant.figures import figures_of, has_figure
from assistant.lexicon import lexicon
from assistant.reading import pairs, readable
from assistant.records import AnswerSentence, Citation, Evidence
from assistant.terms import tagged

_MARK = re.compile(r"[\[【]\s*(\d{1,3}(?:\s*[,，、]\s*\d{1,3})*)\s*[\]】]")
_BRACKETED = re.compile(r"\[[^\[\]]{0,12}\]|【\s*[\d,，、\s]{1,12}】")
_SENTENCE = re.compile(
    r"[^。！？!?\n]*(?:[。！？!?]+[”’」』）)]*|\n|$)(?:\s*(?:\[[^\[\]]{0,12}\]|【[\d,，、\s]{1,12}】))*"
)
_QUOTE = re.compile(r"[“「『\"]([^“”「」『』\"]{2,})[”」』\"]")
_NEGATIONS = ("没", "未", "并非", "不是", "不能", "不会", "不再", "不得", "无法", "禁止", "拒绝")
_SUPPORTED = 0.5


def citation(label: int, evidence: Evidence) -> Citation:
    """Build the citation of one piece of evidence."""
    sentence, article = evidence.sentence, evidence.article
    return Citation(
        label=label,
        quote=sentence.text,
        article_id=article.id,
        headline=article.headline,
        community=article.community,
        report_id=evidence.report.id,
        path=evidence.report.path,
        title=evidence.report.title,
        section=article.heading_of(sentence),
        start=sentence.start,
        end=sentence.end,
        page=sentence.page,
        boxes=sentence.boxes,
        confidence=sentence.confidence,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What of a model's answer holds, and whether some of it refused to answer."""

    sentences: tuple[AnswerSentence, ...]
    refused: bool


def verified(text: str, evidence: Sequence[Evidence]) -> Verified:
    """Split a model's answer into sentences and keep those that their evidence supports.

    Marks are 1-based and bounds-checked: [0] or [99] resolves to nothing, never to the last one.
    Marks that add no support are dropped. A sentence whose marks do not hold is given the evidence
    that supports it best, and dropped when there is none. Sentences that say that the reports do
    not answer are no statements of the reports: they are dropped, and told by `refused`.
    """
    kept: list[AnswerSentence] = []
    refused = False
    for raw in _SENTENCE.findall(text):
        marks = _marks(raw, len(evidence))
        said = _BRACKETED.sub("", raw).strip()
        if not re.search(r"[^\W_]", said):
            continue
        if lexicon().refuses.search(said):
            refused = True
            continue
        labels, share = _supporting(said, marks, evidence)
        if labels:
            kept.append(AnswerSentence(text=said, labels=labels, support=round(share, 3)))
    return Verified(sentences=tuple(kept), refused=refused)


def support(said: str, quotes: Sequence[str]) -> float:
    """Say how far quotes support a sentence, 0 to 1.

    0 when a figure, a quotation, a person's name or a negation of the sentence is in none of them;
    otherwise the share of the sentence's character pairs that are there.
    """
    source, claim = readable("\n".join(quotes)), readable(said)
    if any(not has_figure(figure, source) for figure in figures_of(claim)):
        return 0.0
    if any(readable(quoted) not in source for quoted in _QUOTE.findall(said)):
        return 0.0
    if any(is_person(word) and word[0] not in source for word in tagged(claim)):
        return 0.0
    if any(word in claim for word in _NEGATIONS) and not any(w in source for w in _NEGATIONS):
        return 0.0
    there = pairs(source)
    return len(pairs(claim) & there) / len(pairs(claim)) if pairs(claim) else 0.0


def _marks(raw: str, count: int) -> tuple[int, ...]:
    """The numbers of a sentence's marks that exist, each once, in order."""
    found = [int(number) for group in _MARK.findall(raw) for number in re.findall(r"\d+", group)]
    return tuple(dict.fromkeys(number for number in found if 1 <= number <= count))


def _supporting(
    said: str, marks: tuple[int, ...], evidence: Sequence[Evidence]
) -> tuple[tuple[int, ...], float]:
    """The labels that a sentence may keep, and how well they support it."""
    cited = support(said, [evidence[number - 1].sentence.text for number in marks])
    if marks and cited >= _SUPPORTED:
        return _needed(said, marks, cited, evidence), cited
    scored = [
        (support(said, [one.sentence.text]), number) for number, one in enumerate(evidence, start=1)
    ]
    best, number = max(scored, default=(0.0, 0))
    return ((number,), best) if best >= _SUPPORTED else ((), 0.0)


def _needed(
    said: str, marks: tuple[int, ...], cited: float, evidence: Sequence[Evidence]
) -> tuple[int, ...]:
    """Drop each mark without which the others support the sentence as well."""
    needed = list(marks)
    for mark in marks:
        others = [number for number in needed if number != mark]
        quotes = [evidence[number - 1].sentence.text for number in others]
        if others and support(said, quotes) >= cited:
            needed = others
    return tuple(needed)
