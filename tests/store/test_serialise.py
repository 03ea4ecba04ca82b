"""Records come back from the catalog as they went in."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from store.library import Library
from store.reports import ReportContents


def test_articles_and_passages_come_back_equal(
    library: Library, make_contents: Callable[..., ReportContents]
) -> None:
    contents = make_contents()
    library.add(contents)
    assert library.articles() == contents.articles
    assert library.articles(contents.report.id) == contents.articles
    assert library.article(contents.articles[1].id) == contents.articles[1]
    assert library.passages([p.id for p in contents.passages]) == contents.passages


def test_an_article_without_place_byline_and_sentences_comes_back_equal(
    library: Library, make_contents: Callable[..., ReportContents]
) -> None:
    contents = make_contents()
    bare = replace(
        contents.articles[0],
        location=None,
        byline=None,
        label=None,
        subheads=(),
        sections=(),
        captions=(),
        sentences=(),
    )
    library.add(replace(contents, articles=(bare,), passages=()))
    assert library.articles() == (bare,)


def test_a_passage_that_is_not_cut_out_of_its_article_is_refused(
    library: Library, make_contents: Callable[..., ReportContents]
) -> None:
    contents = make_contents()
    shifted = replace(contents.passages[0], start=0, end=3)
    with pytest.raises(ValueError, match="offsets"):
        library.add(replace(contents, passages=(shifted,)))
    assert library.reports() == ()
