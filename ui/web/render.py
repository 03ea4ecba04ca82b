"""Answers to HTML for the page's Markdown component.

Whatever a report, a reader or a chat model wrote is shown literally (ui.web.literal). A turn is
one HTML block on one line: a blank line would hand the rest back to the Markdown parser.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.records import Answer, AnswerSentence, Citation, PartCoverage, Status
from store.turns import Turn
from ui.scans import scan_mark
from ui.web.literal import literal
from ui.web.places import Place, place_of

BANDS: Mapping[Status, str] = {
    Status.ANSWERED: "报道中有依据",
    Status.RELATED: "可能相关",
    Status.NOT_COVERED: "报道中没有提到",
}
EXTRACTIVE = "extractive"
CATALOG = "catalog"
WEAK_SUPPORT = 0.5
"""Below this support (0 to 1) a sentence without citations is shown as unsupported."""

_MARK = re.compile(r"[\[【]\s*(\d{1,3}(?:\s*[,，、]\s*\d{1,3})*)\s*[\]】]")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_UNFINISHED = re.compile(r"(?:[\[【][\d\s,，、]*|\*)$")


def welcome(reports: int, articles: int) -> str:
    """Greet a visitor who has not asked yet, and say what can be asked about."""
    if not articles:
        return (
            '<section class="welcome"><h2>报道库还是空的</h2>'
            "<p>请管理员先把社区报道收进来：在命令行运行 <code>wenyuan ingest 报道文件夹</code>，"
            "然后重新启动本页。</p></section>"
        )
    return (
        '<section class="welcome"><h2>社区里的事，报道里找答案</h2>'
        f"<p>报道库中现有 {reports} 份报道、{articles} 篇文章。"
        "回答只依据这些报道，每句话后面的编号都能打开原文，看到原句。</p></section>"
    )


def pending_turn(number: int, question: str, citations: Sequence[Citation] = ()) -> str:
    """Show a question that is being answered, with the evidence found so far."""
    found = f"找到 {len(citations)} 处相关原文，正在整理回答…"
    working = f'<p class="working">{found if citations else "正在查阅报道…"}</p>'
    return _turn(number, question, working + _sources(citations, number), "pending")


def streaming_turn(
    number: int, question: str, standalone: str | None, raw: str, citations: Sequence[Citation]
) -> str:
    """Show an answer that is still being written; it has not been verified yet."""
    parts = [_understood(standalone), _prose(_UNFINISHED.sub("", raw), number, citations)]
    parts.append('<p class="working">正在核对出处…</p>')
    return _turn(number, question, "".join(parts), "pending")


def failed_turn(number: int, question: str, sentence: str, *, raw: str = "") -> str:
    """Show a question that could not be answered, with one sentence that says so."""
    kept = _prose(_UNFINISHED.sub("", raw), number, ())
    return _turn(number, question, f'{kept}<p class="failure">{literal(sentence)}</p>', "failed")


def answered_turn(number: int, answer: Answer, votes: str = "") -> str:
    """Show a verified answer, from its band to its sources; below it the votes (ui.web.votes)."""
    question = answer.question
    shown = [
        _understood(question.understood),
        _band(answer),
        f'<p class="notice">{literal(answer.notice)}</p>' if answer.notice else "",
        _lead(answer),
        _said(answer, number),
        _parts(answer.parts),
        _sources(answer.citations, number),
        _origin(answer),
        votes,
    ]
    return _turn(number, question.text, "".join(shown), "done")


def remembered_turn(number: int, turn: Turn, votes: str = "") -> str:
    """Show a turn of which only the text was kept (the server has been started anew since)."""
    said = _paragraphs(literal(_MARK.sub("", turn.answer)))
    note = '<p class="origin">这是之前的回答，出处编号已收起；再问一次即可查看原文。</p>'
    return _turn(number, turn.question, said + note + votes, "done")


def _turn(number: int, question: str, answer: str, state: str) -> str:
    return (
        f'<section class="turn {state}" id="turn-{number}">'
        f'<h3 class="question">{literal(question)}</h3>'
        f'<div class="answer">{answer}</div></section>'
    )


def _understood(standalone: str | None) -> str:
    return f'<p class="understood">理解为：{literal(standalone)}</p>' if standalone else ""


def _band(answer: Answer) -> str:
    """Show how far the reports answer; of what was never asked of them, nothing."""
    if answer.model == CATALOG and not answer.citations:
        return ""
    return f'<p class="band {answer.status.value}">{BANDS[answer.status]}</p>'


def _lead(answer: Answer) -> str:
    """Show the lead, or a way on where it would only say again what the band says."""
    if answer.lead.strip("。：") == BANDS[answer.status]:
        return "<p>可以换个说法再问，或者到“报道库”里翻看有哪些报道。</p>"
    return f'<p class="lead">{literal(answer.lead)}</p>' if answer.lead else ""


def _said(answer: Answer, number: int) -> str:
    """Verbatim sentences stand one to a line; a chat model's run on as it wrote them."""
    chips = {c.label: _chip(number, c) for c in answer.citations}
    verbatim = answer.model in (EXTRACTIVE, CATALOG)
    shown: list[str] = []
    for sentence in answer.sentences:
        text = literal(sentence.text) if verbatim else _inline(_MARK.sub("", sentence.text))
        marks = "".join(chips.get(label, "") for label in sentence.labels)
        shown.append(text + marks + (_unsupported(sentence) if not verbatim else ""))
    if not verbatim:
        return _paragraphs("".join(shown))
    heads = _heads(answer)
    return "".join(
        f'{head}<p class="quote">{line}</p>' for head, line in zip(heads, shown, strict=True)
    )


def _heads(answer: Answer) -> list[str]:
    """What stands above each sentence: the part of the question where another one begins.

    Nothing where a part would be missing, since a sentence before answers it too.
    """
    numbers = [one.part for one in answer.sentences]
    answered = sum(part.status is answer.status for part in answer.parts)
    if answered < 2 or len(set(numbers)) != answered:
        return [""] * len(numbers)
    return [
        f'<p class="part">{literal(answer.parts[now].text)}</p>'
        if now is not None and now != before
        else ""
        for before, now in zip([None, *numbers], numbers, strict=False)
    ]


def _unsupported(sentence: AnswerSentence) -> str:
    if sentence.labels or sentence.support >= WEAK_SUPPORT or not sentence.text.strip():
        return ""
    return '<span class="unsupported">未见报道依据</span>'


def _prose(raw: str, number: int, citations: Iterable[Citation]) -> str:
    """Show a chat model's raw text: marks become chips, marks of no citation are dropped."""
    chips = {c.label: _chip(number, c) for c in citations}
    shown, position = [], 0
    for mark in _MARK.finditer(raw):
        shown.append(_inline(raw[position : mark.start()]))
        shown += [chips.get(int(label), "") for label in re.findall(r"\d+", mark[1])]
        position = mark.end()
    return _paragraphs("".join(shown) + _inline(raw[position:]))


def _inline(text: str) -> str:
    """Show text literally, but for **bold**, which chat models will not leave off."""
    pieces = _STRONG.split(text)
    return "".join(
        f"<strong>{literal(piece)}</strong>" if odd % 2 else literal(piece)
        for odd, piece in enumerate(pieces)
    )


def _paragraphs(shown: str) -> str:
    lines = (line.strip() for line in shown.split("<br>"))
    return "".join(f"<p>{line}</p>" for line in lines if line)


def _chip(number: int, citation: Citation) -> str:
    place = place_of(citation)
    where = " ".join(f"{citation.community or ''}《{citation.headline}》".split())
    scan = scan_mark(citation.confidence)
    where += f"（{scan}）" if scan else ""
    return (
        f'<a class="cite" role="button" href="{_href(number, place)}" '
        f'title="查看出处 {citation.label}：{literal(where)}">'
        f'<span class="vh">出处</span>{citation.label}</a>'
    )


def _href(number: int, place: Place) -> str:
    return f"#ev-{number}-{place.token}"


def _parts(parts: Sequence[PartCoverage]) -> str:
    """Say which parts are covered, where a question has several and they differ."""
    noted = any(part.note for part in parts)
    if len(parts) < 2 or (len({part.status for part in parts}) == 1 and not noted):
        return ""
    rows = "".join(
        f'<li><span class="band {part.status.value}">{BANDS[part.status]}</span>'
        f"{literal(part.text)}{_note(part)}</li>"
        for part in parts
    )
    return f'<ul class="parts">{rows}</ul>'


def _note(part: PartCoverage) -> str:
    return f"<small>{literal(part.note)}。</small>" if part.note else ""


def _sources(citations: Sequence[Citation], number: int) -> str:
    """List the articles cited, each once, with a link to its first cited sentence."""
    by_article: dict[str, list[Citation]] = {}
    for citation in citations:
        by_article.setdefault(citation.article_id, []).append(citation)
    rows = []
    for cited in by_article.values():
        first = cited[0]
        labels = "、".join(str(c.label) for c in cited)
        scan = scan_mark(
            min((c.confidence for c in cited if c.confidence is not None), default=None)
        )
        where = "\u00a0· ".join(filter(None, (first.community, first.title, scan)))
        rows.append(
            f'<li><a class="source" role="button" href="{_href(number, place_of(first))}">'
            f'<span class="labels">{labels}</span><span class="what">{literal(first.headline)}'
            f"<small>{literal(where)}</small></span></a></li>"
        )
    return f'<ul class="sources">{"".join(rows)}</ul>' if rows else ""


def _origin(answer: Answer) -> str:
    if not answer.sentences:
        return ""
    if answer.model == EXTRACTIVE:
        return '<p class="origin">以上均为报道原句。点编号可在原文中查看。</p>'
    if answer.model == CATALOG:
        return '<p class="origin">以上据报道库的目录。点编号可在原文中查看。</p>'
    model = literal(answer.model)
    return f'<p class="origin">由语言模型 {model} 依据报道整理，请以原文为准。</p>'
