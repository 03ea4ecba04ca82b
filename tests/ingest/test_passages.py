"""Passages: whole sentences of one section, with their context."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from ingest.config import IngestConfig
from ingest.passages import make_passages
from store.articles import Kind
from store.reports import ReportContents

Parse = Callable[..., ReportContents]


@pytest.fixture
def contents(parse: Parse, seed_text: str) -> ReportContents:
    return parse(seed_text.encode())


def test_passages_are_substrings_of_the_body_made_of_whole_sentences(
    contents: ReportContents,
) -> None:
    articles = {article.id: article for article in contents.articles}
    for passage in contents.passages:
        article = articles[passage.article_id]
        first, last = (
            article.sentences[at] for at in (passage.sentences[0], passage.sentences[1] - 1)
        )
        assert article.body[passage.start : passage.end] == passage.text
        assert (first.start, last.end) == (passage.start, passage.end)
        assert {s.section for s in article.sentences[slice(*passage.sentences)]} == {first.section}
        assert len(passage.text) <= 250 or passage.sentences[1] - passage.sentences[0] == 1


def test_every_body_sentence_is_in_a_passage_and_neighbours_share_one(
    contents: ReportContents,
) -> None:
    for article in contents.articles:
        body = [p for p in contents.passages if p.article_id == article.id and p.kind is Kind.BODY]
        covered = {at for passage in body for at in range(*passage.sentences)}
        wanted = {at for at, s in enumerate(article.sentences) if s.kind is Kind.BODY}
        assert covered == wanted
        same = [
            (left, right)
            for left, right in pairwise(body)
            if article.sentences[left.sentences[0]].section
            == article.sentences[right.sentences[0]].section
        ]
        assert same
        assert all(right.sentences[0] > left.sentences[0] for left, right in same)
        assert all(right.sentences[0] <= left.sentences[1] for left, right in same)


def test_dateline_byline_and_captions_are_passages_of_their_own(contents: ReportContents) -> None:
    kinds = [passage.kind for passage in contents.passages]
    assert kinds.count(Kind.DATELINE) == 2
    assert kinds.count(Kind.BYLINE) == 2
    assert kinds.count(Kind.CAPTION) == 3


def test_the_context_names_headline_place_and_heading(contents: ReportContents) -> None:
    article = contents.articles[0]
    passage = next(p for p in contents.passages if "圈梁" in p.text)
    assert article.location is not None
    place, heading = article.location.raw, "院落自治 “三供一业”改造有成效"
    assert passage.context == f"{article.headline}｜{place}｜{heading}"
    assert article.headline not in passage.text


def test_without_overlap_no_sentence_comes_twice(contents: ReportContents) -> None:
    config = IngestConfig(passage_overlap_sentences=0, passage_max_chars=80)
    for article in contents.articles:
        used = [at for p in make_passages(article, config) for at in range(*p.sentences)]
        assert len(used) == len(set(used))


def test_an_article_of_headings_alone_is_found_by_them(parse: Parse) -> None:
    [passage] = parse("社区新闻今日头条".encode()).passages
    assert passage.text == "社区新闻今日头条"


def test_ids_are_stable_and_distinct(parse: Parse, seed_text: str) -> None:
    once, again = parse(seed_text.encode()).passages, parse(seed_text.encode()).passages
    assert once == again
    assert len({passage.id for passage in once}) == len(once)
