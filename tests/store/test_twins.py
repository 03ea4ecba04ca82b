"""Links between articles that are alike, as they are kept, read and told."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from store.ids import ArticleId
from store.library import Library
from store.likeness import Signature, Twin, TwinKind
from store.reports import ReportContents

Make = Callable[..., ReportContents]
PARK = ("公园新添步道", ["湖边新修了三公里健身步道。"])


def twin(one: str, other: str, kind: TwinKind = TwinKind.NEAR, containment: float = 0.8) -> Twin:
    return Twin(
        article_id=ArticleId(one), other_id=ArticleId(other), kind=kind, containment=containment
    )


def signature(article: str) -> Signature:
    return Signature(article_id=ArticleId(article), method="m", grams=3, values=b"1234")


def test_an_article_is_not_its_own_twin_and_a_share_is_one() -> None:
    with pytest.raises(ValueError, match="own twin"):
        twin("a", "a")
    with pytest.raises(ValueError, match="share"):
        twin("a", "b", containment=1.2)


def test_signatures_and_twins_are_kept_with_their_report(
    library: Library, make_contents: Make
) -> None:
    first, second = make_contents(), make_contents("/二.pdf", [PARK])
    library.add(first)
    mine, (other, third) = second.articles[0].id, (a.id for a in first.articles)
    found = (
        twin(mine, other),
        twin(mine, third, TwinKind.CORRECTION, 0.7),
        twin(mine, "agone", TwinKind.SAME, 1.0),
    )
    kept = (signature(mine),)
    outcome = library.add(replace(second, signatures=kept, twins=found))
    assert library.twins(mine) == found[:2]
    assert library.twins(other) == (twin(other, mine),)
    assert library.signatures("m") == kept
    assert library.signatures("another") == ()
    assert library.unsigned("m") == tuple(sorted([other, third]))
    assert [note.split("内容相近")[1] for note in outcome.notes] == ["，数字不同，请核对。", "。"]


def test_what_is_found_later_is_kept_for_articles_that_are_there(
    library: Library, make_contents: Make
) -> None:
    contents = make_contents()
    library.add(contents)
    one, other = (article.id for article in contents.articles)
    library.sign([signature(one), signature("agone")], [twin(other, one), twin(one, "agone")])
    assert library.twins(one) == (twin(one, other),)
    assert library.signatures("m") == (signature(one),)
    library.sign([], [twin(one, other, TwinKind.SAME, 1.0)])
    assert library.twins(other) == (twin(other, one, TwinKind.SAME, 1.0),)


def test_links_go_with_either_report(library: Library, make_contents: Make) -> None:
    first, second = make_contents(), make_contents("/二.pdf", [PARK])
    library.add(first)
    link = twin(second.articles[0].id, first.articles[0].id)
    library.add(replace(second, signatures=(signature(link.article_id),), twins=(link,)))
    library.remove(first.report.id)
    assert library.twins(link.article_id) == ()
    assert library.signatures("m") == (signature(link.article_id),)
    library.remove(second.report.id)
    assert library.signatures("m") == ()
