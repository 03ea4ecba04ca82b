"""Marks to citations: every mark resolved, every sentence checked against what it cites."""

import re
from collections.abc import Sequence

from assistant.figures import figures_of, has_figure
from assistant.prompts import REFUSAL
from assistant.records import AnswerSentence, Citation, Evidence
from assistant.scoring import readable

_MARK = re.compile(r"[\[【〔]\s*(\d{1,3}(?:\s*[,，、]\s*\d{1,3})*)\s*[\]】〕]")
_BRACKETED = re.compile(r"[\[【〔][^\[\]【】〔〕]{0,12}[\]】〕]")
_SENTENCE = re.compile(
    r"[^。！？!?\n]*(?:[。！？!?]+[”’」』）)]*|\n|$)(?:\s*[\[【〔][^\[\]【】〔〕]{0,12}[\]】〕])*"
)
_QUOTE = re.compile(r"[“「『]([^“”「」『』]{2,})[”」』]")
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
    )


def verified(text: str, evidence: Sequence[Evidence]) -> tuple[AnswerSentence, ...]:
    """Split a model's answer into sentences and keep those that their evidence supports.

    Marks are 1-based and bounds-checked: [0] or [99] resolves to nothing, never to the last one.
    A sentence whose marks do not hold is given the evidence that supports it best, and dropped
    when there is none. Sentences that only refuse are dropped too (see `refuses`).
    """
    kept: list[AnswerSentence] = []
    for raw in _SENTENCE.findall(text):
        marks = _marks(raw, len(evidence))
        said = _BRACKETED.sub("", raw).strip()
        if not re.search(r"\w", said) or REFUSAL in said:
            continue
        labels, support = _supporting(said, marks, evidence)
        if labels:
            kept.append(AnswerSentence(text=said, labels=labels, support=round(support, 3)))
    return tuple(kept)


def refuses(text: str) -> bool:
    """Say whether a model's answer is nothing but the agreed refusal."""
    plain = re.sub(r"\W", "", _BRACKETED.sub("", text))
    return REFUSAL in plain and len(plain) <= len(REFUSAL) + 12


def support(said: str, quotes: Sequence[str]) -> float:
    """Say how far quotes support a sentence, 0 to 1.

    0 when a figure or a quotation of the sentence is in none of them; otherwise the share of the
    sentence's character pairs that are there.
    """
    source, claim = readable("\n".join(quotes)), readable(said)
    if any(not has_figure(figure, source) for figure in figures_of(claim)):
        return 0.0
    if any(readable(quoted) not in source for quoted in _QUOTE.findall(said)):
        return 0.0
    pairs, there = _pairs(claim), _pairs(source)
    return len(pairs & there) / len(pairs) if pairs else 0.0


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
        return marks, cited
    scored = [
        (support(said, [one.sentence.text]), number) for number, one in enumerate(evidence, start=1)
    ]
    best, number = max(scored, default=(0.0, 0))
    return ((number,), best) if best >= _SUPPORTED else ((), 0.0)


def _pairs(text: str) -> set[str]:
    kept = re.sub(r"\W", "", text)
    return {kept[i : i + 2] for i in range(len(kept) - 1)} or ({kept} if kept else set())
