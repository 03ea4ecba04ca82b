"""Finds the element of a page that holds an article's text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from ingest.markup.tree import Element, elements, is_within, names_of, prose, text_of, write_page

# What publishing systems call it, the surest names first: ids (#) and classes (.).
_NAMES = (
    "#js_content", "founder-content", "#ozoom", "#ucap-content", "#rwb_zw", ".rm_txt_con",
    "#mp-editor", ".t_f", ".trs_editor", ".trs_ueditor", "#artibody", "#detailcontent",
    ".post_body", "#zoom", "#vsb_content", ".v_news_content", ".wp_articlecontent",
    "[articlebody]", ".article-content", ".article_content", ".articlecontent", "#articlecontent",
    "#article_content", ".entry-content", ".post-content", ".post_content", ".article-body",
    ".article__body", ".articlebody", ".article-text", ".article-detail", ".news_content",
    ".news-content", ".newscontent", ".news_txt", ".detail-content", ".detail_content",
    ".content-detail", ".pages_content", ".content_area", ".content-area", ".cnt_bd",
    ".text_area", ".text-con", ".con_content", ".main-text", ".single-content", ".amp-content",
    "article", "#content", ".content", ".con", "#article", ".article", ".text", ".detail", "main",
)  # fmt: skip
_RANK = {name: rank for rank, name in enumerate(_NAMES)}
_ONE_OF_MANY = {".t_f"}
_MOST_TRIED = 40
_LEAST = 30
_MOST_SEARCHED = 500_000
"""Characters of a page; trafilatura needs minutes for some that are larger."""

_STOPS = re.compile(r"[。！？；，]|\w[.,!?](?=\s|$)")
_PLAIN = re.compile(r"\W+")


def find_content(root: Element) -> Element | None:
    """Return the element that holds the text of the article, or None where there is none.

    Known names first; then what trafilatura takes for the text is looked for.

    Args:
        root: of the page, without code, hidden text and tools.
    """
    whole = prose(root)
    if whole < _LEAST:
        return None
    for name, found in islice(_named(root), _MOST_TRIED):
        share = 0.0 if name in _ONE_OF_MANY else 0.3
        if prose(found) >= max(_LEAST, share * whole) and _STOPS.search(text_of(found)):
            return found
    body = next(elements(root, "body"), root)
    found = _found_by_words(root)
    if found is None and 2 * whole > len(text_of(body)) and _STOPS.search(text_of(body)):
        return body
    return found


def find_articles(root: Element) -> list[Element]:
    """Return the elements of a page that hold an article each, where there are two or more."""
    found = [
        element
        for element in elements(root, "article")
        if not any(above.tag == "article" for above in element.iterancestors())
    ][:_MOST_TRIED]
    long = [each for each in found if prose(each) >= 60 and _heading(each) is not None]
    return long if len(long) > 1 and 2 * len(long) > len(found) else []


def _heading(element: Element) -> Element | None:
    return next(elements(element, "h1", "h2", "h3"), None)


def _named(root: Element) -> Iterator[tuple[str, Element]]:
    """Yield the elements with a known name, the surest first, each in document order."""
    found: list[tuple[int, int, str, Element]] = []
    for order, element in enumerate(elements(root)):
        names = [element.tag, *_selectors(element)]
        known = [name for name in names if name in _RANK]
        if known:
            best = min(known, key=lambda name: _RANK[name])
            found.append((_RANK[best], order, best, element))
    for _, _, name, element in sorted(found, key=lambda each: each[:2]):
        yield name, element


def _selectors(element: Element) -> list[str]:
    if not names_of(element) and not element.get("itemprop"):
        return []
    classes = (element.get("class") or "").lower().split()
    names = [f".{name}" for name in classes]
    names.append(f"#{(element.get('id') or '').lower()}")
    names.append(f"[{(element.get('itemprop') or '').lower()}]")
    return names


def _found_by_words(root: Element) -> Element | None:
    """Return the smallest element that holds nearly all of what trafilatura takes for text."""
    page = write_page(root)
    words = _Words(_extract(page) if len(page) <= _MOST_SEARCHED else ())
    if not words:
        return None
    weights: Counter[Element] = Counter()
    for element in elements(root):
        weight = words.weigh(element)
        if weight:
            weights[element] += weight
            for above in element.iterancestors():
                weights[above] += weight
    holder = root
    total = weights[root]
    while total:
        inner = next((child for child in holder if weights[child] >= 0.85 * total), None)
        if inner is None or inner.tag in {"p", "span", "a", "b", "strong"}:
            return holder
        holder = inner
    return None


class _Words(dict[str, int]):
    """The beginnings of the paragraphs that were found, with their lengths."""

    _LENGTH = 12

    def __init__(self, paragraphs: Sequence[str]) -> None:
        plain = [_PLAIN.sub("", paragraph) for paragraph in paragraphs]
        super().__init__({text[: self._LENGTH]: len(text) for text in plain if len(text) >= 8})

    def weigh(self, element: Element) -> int:
        """Return how long the paragraphs are that begin in an element itself, and forget them."""
        pieces = (element.text, *(child.tail for child in element))
        return sum(
            self.pop(_PLAIN.sub("", piece.lstrip()[:200])[: self._LENGTH], 0)
            for piece in pieces
            if piece and len(piece) >= 8
        )


def _extract(text: str) -> list[str]:
    import trafilatura

    found = trafilatura.extract(
        text, fast=True, include_comments=False, include_tables=True, favor_recall=True
    )
    return [line for line in (found or "").split("\n") if _STOPS.search(line)]


def between(first: Element, last: Element) -> list[Element]:
    """Return the elements that stand between two others, in document order, outermost each.

    Empty where the first stands in the last or behind it.
    """
    if is_within(first, last) or is_within(last, first):
        return []
    line = {last, *last.iterancestors()}
    found: list[Element] = []
    at = first
    while at is not None and at not in line:
        for sibling in at.itersiblings():
            if sibling in line:
                return found + _before(sibling, last)
            found.append(sibling)
        at = at.getparent()
    return []


def _before(holder: Element, last: Element) -> list[Element]:
    """Return what stands in an element before another one in it."""
    found: list[Element] = []
    while holder is not last:
        for child in holder:
            if is_within(last, child):
                holder = child
                break
            found.append(child)
        else:
            break
    return found
