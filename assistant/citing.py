"""Marks to citations: every mark resolved, every sentence checked against what it cites."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.dates import dates
from assistant.lexicon import lexicon
from assistant.offered import plain_source, source_of
from assistant.reading import readable
from assistant.records import AnswerSentence, Citation, Evidence
from assistant.sources import Source
from assistant.support import Finding, supports
from assistant.topics import communities, named_places
from assistant.wording import wording

_MARK = re.compile(r"[\[【]\s*(\d{1,3}(?:\s*[,，、]\s*\d{1,3})*)\s*[\]】]")
_BRACKETED = re.compile(r"\[[^\[\]]{0,12}\]|【\s*[\d,，、\s]{1,12}】")
_SENTENCE = re.compile(
    r"[^。！？!?\n]*(?:[。！？!?]+[”’」』）)]*|\n|$)(?:\s*(?:\[[^\[\]]{0,12}\]|【[\d,，、\s]{1,12}】))*"
)
_BULLET = re.compile(r"^\s*(?:[-*•·]+|\d{1,2}\s*[.．、)）](?!\d)|#+)\s*")
_FRAMING = re.compile(
    r"^(?:答案?|回答)[:：]\s*|^(?:根据|依据|从|按照)?(?:提供的|以上|上述|所给的?)?(?:资料|报道|材料|文章|文中)"
    r"(?:内容|信息)?(?:中|里|显示|提到|可知|所述|来看)*[，,：:]\s*"
)
_LEFT_OPEN = re.compile(r"[。！？!?]+[”’」』]\s*$")


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
    """What of a model's answer holds, whether some of it refused, and how many sentences fell."""

    sentences: tuple[AnswerSentence, ...]
    refused: bool
    removed: int = 0


def verified(text: str, evidence: Sequence[Evidence], question: str = "") -> Verified:
    """Split a model's answer into sentences and keep those that their evidence supports.

    Marks are 1-based and bounds-checked: [0] or [99] resolves to nothing, never to the last one.
    Marks that add no support are dropped. A sentence whose marks do not hold is given the evidence
    that supports it, and removed when there is none. Where the evidence only reports somebody's
    words and the sentence does not say whose, that is added. Sentences that say that the reports
    do not answer are no statements of the reports: they are dropped, and told by `refused`. So are
    those that would pass for an answer about a place or a year that the question names and that
    are about another one, without saying so. What is no statement (a question, a line that leads to
    a list) is dropped where it does not hold, and not counted.

    Args:
        text: as the model wrote it, marks included.
        evidence: what it was given, in the order of its numbers.
        question: what was asked.
    """
    sources = tuple(source_of(one) for one in evidence)
    known = [one.article.community for one in evidence if one.article.community]
    places = named_places(question, known)
    kept: list[AnswerSentence] = []
    refused, removed = False, 0
    for said, marks in sentences_of(text, len(evidence)):
        if lexicon().refuses.search(said):
            refused = True
            continue
        finding, labels = _resting(said, marks, sources)
        rests_on = [sources[number - 1] for number in labels]
        other = _elsewhere(said, places, rests_on) or _in_another_year(said, question, rests_on)
        if finding.wrong or other:
            removed += not said.endswith(("？", "?", "：", ":"))
        elif not any(one.text == said for one in kept):
            whole = _attributed(said, finding)
            kept.append(AnswerSentence(text=whole, labels=labels, support=finding.score))
    return Verified(sentences=tuple(kept), refused=refused, removed=removed)


def sentences_of(text: str, count: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the sentences of an answer without its marks, each with those of them that exist.

    Bullets, emphasis and phrases such as 根据资料 are left out. A quotation stays with the words
    after it that say whose it is.

    Args:
        text: as a model wrote it.
        count: pieces of evidence there are.
    """
    pending = ""
    pieces = _SENTENCE.findall(text)
    for piece, following in zip(pieces, [*pieces[1:], ""], strict=True):
        raw = pending + piece
        if _LEFT_OPEN.search(_BRACKETED.sub("", raw)) and _says_whose(following):
            pending = raw
            continue
        pending = ""
        said = _BULLET.sub("", _BRACKETED.sub("", raw).replace("**", "").strip())
        said = _FRAMING.sub("", said)
        if re.search(r"[^\W_]", said):
            yield said, _marks(raw, count)


def support(said: str, quotes: Sequence[str]) -> float:
    """Say how far quotes support a sentence, 0 (not) to 1 (see assistant.support.supports)."""
    return supports(said, [plain_source(quote) for quote in quotes]).score


def _says_whose(piece: str) -> bool:
    said = _BRACKETED.sub("", piece)
    return len(said) < 30 and bool(wording().says.search(said)) and "“" not in said


def _marks(raw: str, count: int) -> tuple[int, ...]:
    """The numbers of a sentence's marks that exist, each once, in order."""
    found = [int(number) for group in _MARK.findall(raw) for number in re.findall(r"\d+", group)]
    return tuple(dict.fromkeys(number for number in found if 1 <= number <= count))


def _resting(
    said: str, marks: tuple[int, ...], sources: Sequence[Source]
) -> tuple[Finding, tuple[int, ...]]:
    """What a sentence rests on: its own marks if they hold, else whatever of the evidence does."""
    finding = supports(said, [sources[number - 1] for number in marks])
    order = list(marks)
    if finding.wrong:
        order += [number for number in range(1, len(sources) + 1) if number not in marks]
        finding = supports(said, [sources[number - 1] for number in order])
    return finding, tuple(sorted(order[index] for index in finding.used))


def _elsewhere(said: str, places: Sequence[str], sources: Sequence[Source]) -> bool:
    """Whether a sentence rests on other places than those asked about, and names none itself."""
    if not places or named_places(said, ()) or communities(said):
        return False
    return not any(place in f"{one.text}\n{one.scope}" for place in places for one in sources)


def _in_another_year(said: str, question: str, sources: Sequence[Source]) -> bool:
    """Whether a sentence rests on other years than those asked about, and names none itself."""
    asked = _years(question)
    if not asked or _years(said):
        return False
    there = {year for one in sources for year in _years(one.text)}
    return bool(there) and not there & asked


def _years(text: str) -> set[str]:
    """The years that a text names in full."""
    return {part for one in dates(readable(text)) for part in one.parts if part[0] == "年"}


def _attributed(said: str, finding: Finding) -> str:
    """Say whose words a sentence repeats, where it does not say so itself."""
    if len(readable(said)) != len(said):  # places in the one are none in the other
        return _prefixed(said, finding.owed[0].who) if finding.owed else said
    for one in sorted(finding.owed, key=lambda owed: -owed.at):
        said = said[: one.at] + _prefixed(said[one.at :], one.who)
    return said


def _prefixed(said: str, who: str) -> str:
    return f"据{who or '受访者'}说，{said}"
