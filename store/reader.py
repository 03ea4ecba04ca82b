"""What is read from the catalog: reports, articles, passages, conversations."""

from collections.abc import Sequence
from functools import lru_cache

from store import catalog, conversations
from store.database import Database
from store.errors import NotFoundError
from store.ids import ArticleId, ConversationId, PassageId, ReportId
from store.records import Article, Conversation, Passage, Report

_ARTICLES_IN_MEMORY = 4096


class Reader:
    """Reads the catalog. Safe to use from several threads, also while it is written to."""

    def __init__(self, database: Database) -> None:
        """Read from a database that somebody else opens and closes."""
        self._database = database
        self._article_at = lru_cache(_ARTICLES_IN_MEMORY)(self._load_article)

    @property
    def passage_count(self) -> int:
        """How many passages there are."""
        with self._database.read() as connection:
            return catalog.passage_count(connection)

    def known(self, path: str) -> Report | None:
        """Return the report at a path, if there is one."""
        with self._database.read() as connection:
            return catalog.report_by(connection, "path", path)

    def reports(self) -> tuple[Report, ...]:
        """Return every report, oldest first."""
        with self._database.read() as connection:
            return catalog.reports(connection)

    def report(self, report_id: ReportId) -> Report:
        """Return a report; raises NotFoundError where there is none of that id."""
        with self._database.read() as connection:
            report = catalog.report_by(connection, "id", report_id)
        if report is None:
            raise NotFoundError(f"没有编号为 {report_id} 的报道。")
        return report

    def articles(self, report_id: ReportId | None = None) -> tuple[Article, ...]:
        """Return the articles of one report, or of all, in page order."""
        with self._database.read() as connection:
            return catalog.articles(connection, report_id)

    def article(self, article_id: ArticleId) -> Article:
        """Return an article, from memory where it was read before.

        Raises:
            NotFoundError: no article of that id.
        """
        return self._article_at(article_id, self._database.generation)

    def places(self) -> tuple[str, ...]:
        """Return the communities and districts that articles are about."""
        with self._database.read() as connection:
            return catalog.places(connection)

    def passages(self, ids: Sequence[PassageId]) -> tuple[Passage, ...]:
        """Return passages in the order of their ids; those gone meanwhile are left out."""
        with self._database.read() as connection:
            return catalog.passages(connection, ids)

    def conversation(self, conversation_id: ConversationId) -> Conversation:
        """Return a conversation; one never heard of has no turns."""
        with self._database.read() as connection:
            return conversations.read(connection, conversation_id)

    def _load_article(self, article_id: ArticleId, _generation: int) -> Article:
        with self._database.read() as connection:
            article = catalog.article(connection, article_id)
        if article is None:
            raise NotFoundError(f"没有编号为 {article_id} 的文章。")
        return article
