"""The library: what becomes of a report that is added, added again, changed, copied, removed."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from store import registry
from store.config import StoreConfig
from store.errors import EmbedderError, NotFoundError, StoreError
from store.ids import ArticleId, ConversationId, PassageId, ReportId, report_id
from store.library import Library
from store.outcomes import IngestStatus
from store.passages import Filters
from store.ports import EmbedderCard, Vector, Vectors
from store.reports import ReportContents
from store.turns import Turn

Make = Callable[..., ReportContents]
PARK = ("公园新添步道", ["湖边新修了三公里健身步道。"])


class FailingEmbedder:
    """A real embedder that fails from a certain text on."""

    def __init__(self, config: StoreConfig, bad: str) -> None:
        self._inner = registry.embedder(config)
        self._bad = bad

    @property
    def card(self) -> EmbedderCard:
        return self._inner.card

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        if any(self._bad in text for text in texts):
            raise EmbedderError("嵌入失败。")
        return self._inner.embed_passages(texts)

    def embed_query(self, text: str) -> Vector:
        return self._inner.embed_query(text)


def test_a_new_report_is_added_and_found_by_words_and_by_vector(
    library: Library, make_contents: Make
) -> None:
    contents = make_contents()
    told: list[tuple[int, int]] = []
    outcome = library.add(contents, lambda done, total: told.append((done, total)))
    assert (outcome.status, outcome.articles, outcome.passages) == (IngestStatus.ADDED, 2, 3)
    assert told == [(0, 3), (3, 3)]
    assert library.passage_count == 3
    report = library.reports()[0]
    assert (report.version, report.title) == (1, "一")
    assert library.report(report.id) == library.known("/报纸/一.pdf") == report
    assert report.added_at
    lunch = contents.passages[0].id
    assert library.lexical("午餐多少錢？", 5)[0][0] == lunch
    hits = library.dense(library.embed_query("食堂每天供应午餐"), 2)
    assert hits[0][0] == lunch
    assert 0 < hits[0][1] <= 1


def test_the_same_report_again_is_unchanged(library: Library, make_contents: Make) -> None:
    library.add(make_contents())
    assert library.add(make_contents()).status is IngestStatus.UNCHANGED
    assert library.passage_count == 3


def test_a_changed_report_replaces_its_old_version_and_conversations_stay(
    library: Library, make_contents: Make
) -> None:
    library.add(make_contents())
    first = library.reports()[0]
    old_article = library.article(library.articles()[0].id)
    library.remember(ConversationId("c"), Turn(question="问", answer="答"))
    changed = make_contents(stories=[("社区食堂开张", ["食堂午餐涨到十五元。"])])
    assert library.add(changed).status is IngestStatus.REPLACED
    report = library.reports()[0]
    assert (report.id, report.version, report.added_at) == (first.id, 2, first.added_at)
    assert library.articles() == changed.articles
    assert library.article(old_article.id) == changed.articles[0] != old_article
    assert [key for key, _ in library.lexical("电梯", 5)] == []
    found = library.dense(library.embed_query("电梯"), 10)
    assert [key for key, _ in found] == [changed.passages[0].id]
    assert len(library.conversation(ConversationId("c")).turns) == 1


def test_a_copy_under_another_name_is_a_duplicate_and_the_reason_names_the_first(
    library: Library, make_contents: Make
) -> None:
    library.add(make_contents())
    copy = make_contents()
    copy = replace(copy, report=replace(copy.report, path="/别处/二.pdf", id=ReportId("r2")))
    outcome = library.add(copy)
    assert outcome.status is IngestStatus.DUPLICATE
    assert outcome.reason is not None
    assert "/报纸/一.pdf" in outcome.reason
    assert len(library.reports()) == 1


def test_a_removed_report_leaves_nothing_behind(library: Library, make_contents: Make) -> None:
    contents = make_contents()
    library.add(contents)
    library.remove(contents.report.id)
    assert library.reports() == ()
    assert library.articles() == ()
    assert library.passage_count == 0
    assert library.lexical("食堂", 5) == []
    assert library.dense(library.embed_query("食堂"), 5) == []
    assert library.document_frequency(["食堂"]) == (0,)
    with library._database.read() as connection:
        for table in ("sentence", "passage_fts", "vector", "owed"):
            assert connection.execute(f"select count(*) from {table}").fetchone() == (0,)


def test_what_is_not_there_is_told(library: Library) -> None:
    with pytest.raises(NotFoundError, match="r0"):
        library.report(ReportId("r0"))
    with pytest.raises(NotFoundError, match="a0"):
        library.article(ArticleId("a0"))
    with pytest.raises(NotFoundError, match="r0"):
        library.remove(ReportId("r0"))
    assert library.known("/没有.pdf") is None


def test_a_failing_embedder_loses_nothing_that_was_there(
    config: StoreConfig, make_contents: Make
) -> None:
    config = replace(config, embed_batch=1)
    with Library.open(config, FailingEmbedder(config, "坏")) as library:
        library.add(make_contents())
        before = library.reports(), library.articles()
        with pytest.raises(EmbedderError):
            library.add(make_contents(stories=[("新题", ["好句子。", "坏句子。"])]))
        assert (library.reports(), library.articles()) == before
        assert library.lexical("午餐", 5)


def test_filters_narrow_both_searches(library: Library, make_contents: Make) -> None:
    library.add(make_contents())
    other = make_contents("/二.pdf", [PARK], community="花家地社区")
    library.add(other)
    vector = library.embed_query("社区")
    only = Filters(community="花家地社区")
    assert [key for key, _ in library.dense(vector, 9, only)] == [other.passages[0].id]
    assert [key for key, _ in library.lexical("步道 食堂", 9, only)] == [other.passages[0].id]
    assert len(library.dense(vector, 9, Filters(district="朝阳区"))) == 4
    assert library.dense(vector, 9, Filters(report_id=ReportId("r0"))) == []
    assert library.dense(vector, 0) == []


def test_broad_filters_ask_the_index_for_more_and_then_sift(
    library: Library, make_contents: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(make_contents())
    library.add(make_contents("/二.pdf", [PARK], community="花家地社区"))
    vector = library.embed_query("湖边健身步道")
    exact = library.dense(vector, 2, Filters(community="南湖社区"))
    monkeypatch.setattr("store.derived._EXACT_UP_TO", 0)
    sifted = library.dense(vector, 2, Filters(community="南湖社区"))
    assert dict(sifted) == pytest.approx(dict(exact))
    assert len(sifted) == 2


def test_vectors_come_from_the_cache_before_the_embedder(
    config: StoreConfig, make_contents: Make
) -> None:
    contents = make_contents()
    with Library.open(config) as library:
        library.add(contents)
    with Library.open(config, FailingEmbedder(config, "食堂")) as library:
        texts = [passage.embedded_text for passage in contents.passages[:2]]
        assert library.embed_passages(texts).shape == (2, library.card.dimension)
        with pytest.raises(EmbedderError):
            library.embed_passages(["食堂新句"])


def test_a_blank_question_cannot_be_embedded_and_finds_nothing(library: Library) -> None:
    with pytest.raises(EmbedderError):
        library.embed_query(" \u200b\n")
    assert library.lexical(" \u200b？", 5) == []


def test_readers_and_writers_share_the_library(library: Library, make_contents: Make) -> None:
    library.add(make_contents())
    failures: list[BaseException] = []
    stop = threading.Event()

    def read() -> None:
        try:
            while not stop.is_set():
                for key, _ in library.lexical("食堂 步道", 10):
                    for passage in library.passages([key]):
                        article = library.article(passage.article_id)
                        assert article.body[passage.start : passage.end] == passage.text
                library.dense(library.embed_query("食堂"), 5)
                library.remember(ConversationId("c"), Turn(question="问", answer="答"))
        except BaseException as exc:  # noqa: BLE001 told below, in the test's own thread
            failures.append(exc)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(20):
        library.add(make_contents(f"/{number}.pdf", [(f"步道{number}", ["新步道。"])]))
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(library.reports()) == 21


def test_a_backup_opens_as_a_library_of_its_own(
    library: Library, make_contents: Make, tmp_path: Path
) -> None:
    library.add(make_contents())
    copy = tmp_path / "备份"
    copy.mkdir()
    library.backup(copy / "catalog.sqlite")
    with pytest.raises(StoreError, match="已经存在"):
        library.backup(copy / "catalog.sqlite")
    with Library.open(StoreConfig(folder=copy, embedder="hashing", vectors="memory")) as other:
        assert other.articles() == library.articles()
        assert other.dense(other.embed_query("食堂"), 1)


def test_a_closed_library_says_so(config: StoreConfig) -> None:
    library = Library.open(config)
    library.close()
    library.close()
    with pytest.raises(StoreError, match="关闭"):
        library.reports()
    with pytest.raises(StoreError, match="关闭"):
        library.remember(ConversationId("c"), Turn(question="问", answer="答"))


def test_passages_give_their_vectors_and_their_normalised_texts(
    library: Library, make_contents: Make
) -> None:
    library.add(make_contents(stories=[("食堂開張", ["一餐１２元。", "老人八折。"])]))
    ids = [id_ for id_, _ in library.lexical("食堂", 9)]
    there, vectors = library.vectors([*ids, PassageId("gone")])
    assert set(there) == set(ids)
    for id_, vector in zip(there, vectors, strict=True):
        (passage,) = library.passages([id_])
        assert vector == pytest.approx(library.embed_passages([passage.embedded_text])[0])
    normal = library.normal_texts([*ids, PassageId("gone")])
    assert set(normal) == set(ids)
    assert any("食堂开张" in text and text.endswith("一餐12元。") for text in normal.values())


@pytest.mark.parametrize("kept", [(), ("/一",), ("/一", "/二"), ("/没有",)])
def test_a_search_may_be_kept_to_some_reports(
    library: Library, make_contents: Make, kept: tuple[str, ...]
) -> None:
    for path in ("/一", "/二", "/三"):
        library.add(make_contents(path, [(f"食堂{path}", [f"食堂{path}开张。"])]))
    filters = Filters(report_ids=tuple(report_id(path) for path in kept))
    there = {report_id(path) for path in kept} - {report_id("/没有")}
    lexical = library.lexical("食堂", 9, filters)
    dense = library.dense(library.embed_query("食堂"), 9, filters)
    for found in (lexical, dense):
        ids = [id_ for id_, _ in found]
        assert {one.report_id for one in library.passages(ids)} == there
