"""Reads a page as stories: what it says above the text, the headline, and the text."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.bylines import parse_byline
from ingest.cues import is_web_line
from ingest.markup.above import (
    Above,
    date_said,
    names_paper,
    noted,
    printed_above,
    read_above,
    without_buttons,
)
from ingest.markup.content import find_articles, find_content
from ingest.markup.head import Head
from ingest.markup.lines import apart, lines_of, title_among
from ingest.markup.paragraphs import Paragraph, paragraphs_of
from ingest.markup.titles import find_title, plain_text, unclosed_title
from ingest.markup.tree import Element, drop, elements, is_within
from ingest.masthead import find_date, is_masthead
from ingest.reading import Line, Role

_LONGEST_OPENING = 120


def read_stories(root: Element, head: Head, content: Element | None = None) -> list[Line]:
    """Return the lines of a page: those of the page itself, then each article's.

    Args:
        root: of the page, without code, hidden text and tools.
        head: what the page's head said.
        content: the element of the article's text, where that is known.
    """
    if content is not None:
        return _one(root, content, head)
    articles = find_articles(root)
    if articles:
        return _several(articles, head)
    content = find_content(root)
    return _one(root, content, head) if content is not None else []


def _several(articles: Sequence[Element], head: Head) -> list[Line]:
    """Return the lines of a page that marks up each of its articles as one."""
    lines = _masthead(head, Above())
    for article in articles:
        title = next(elements(article, "h1", "h2", "h3"))
        headline = plain_text(title)
        drop(title)
        lines.append(Line(text=headline, gap=1, ruled=True, level=1, joins=False))
        lines += lines_of(without_buttons(paragraphs_of(article)), headline=headline)
    return lines


def _one(root: Element, content: Element, head: Head) -> list[Line]:
    title = find_title(root, content, head)
    headline = plain_text(title) if title is not None else unclosed_title(content) or head.title
    inside = title is not None and is_within(title, content)
    above = read_above(title, content, head) if title is not None and not inside else Above()
    opening: list[Paragraph] = []
    if inside and title is not None:
        opening = _opening(title, content)
        drop(title)
    paragraphs: Sequence[Paragraph] = without_buttons(paragraphs_of(content))
    if title is None:
        headline, paragraphs = _own_title(headline, paragraphs)
    body = apart(lines_of(paragraphs, headline=headline))
    if not above.source and not above.date:
        above = noted(above, [line.text for line in body[:6] if _is_info(line)], head)
    body = [line for at, line in enumerate(body) if at > 5 or not names_paper(line)]
    top = [Line(text=headline, gap=1, level=1, joins=False)] if headline else []
    before = [Line(text=each.text, gap=1, role=Role.FURNITURE) for each in opening]
    if not above.date:
        above = replace(above, date=date_said(content))
    return [*_masthead(head, above, printed_above(title)), *before, *top, *above.lines, *body]


def _own_title(headline: str, paragraphs: Sequence[Paragraph]) -> tuple[str, Sequence[Paragraph]]:
    """Return the headline that a text itself begins with, and the text below it, if it does.

    Where several headings of the first level stand in it, each has an article, and none is that
    of all.
    """
    at = title_among(paragraphs)
    if at is not None:
        return paragraphs[at].text, [*paragraphs[:at], *paragraphs[at + 1 :]]
    tops = [each for each in paragraphs if each.level == 1]
    several = len(tops) > 1 and paragraphs[0].level == 1
    return ("" if several else headline), paragraphs


def _opening(title: Element, content: Element) -> list[Paragraph]:
    """Take what stands above the headline, inside the element of the text, out of it."""
    line = {title, *title.iterancestors()}
    at = title
    before: list[Element] = []
    while at is not content and at is not None:
        before = [each for each in at.itersiblings(preceding=True) if each not in line] + before
        at = at.getparent()
    found = [each for element in reversed(before) for each in paragraphs_of(element)]
    if sum(len(each.text) for each in found) > _LONGEST_OPENING:
        return []
    for element in before:
        drop(element)
    return [each for each in found if is_masthead(each.text) and not is_web_line(each.text)]


def _is_info(line: Line) -> bool:
    if line.level or line.role:
        return False
    return is_masthead(line.text) or parse_byline(line.text) is not None


def _masthead(head: Head, above: Above, printed: Sequence[str] = ()) -> list[Line]:
    """Return what the page says of itself as the lines of a masthead."""
    source = (above.source or head.source or head.site or "").replace(" ", "")[:24]
    date = above.date or next((found for each in printed if (found := find_date(each))), None)
    texts = [f"来源：{source}"] if source else []
    texts += [date or head.date or ""]
    texts += [each for each in printed if find_date(each) is None or "版" in each]
    return [Line(text=text, gap=1, role=Role.FURNITURE, joins=False) for text in texts if text]
