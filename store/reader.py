"""What is read from the catalog: reports and their versions, articles, conversations, feedback."""

from collections.abc import Sequence
from functools import lru_cache

from store import catalog, conversations, feedback, pages, seen, twins, versions
from store.articles import Article
from store.database import Database
from store.errors import NotFoundError
from store.feedback import Feedback, Vote, Voted
from store.ids import ArticleId, ConversationId, PassageId, ReportId
from store.likeness import Signature, Twin
from store.outcomes import IngestOutcome, IngestStatus
from store.passages import Passage
from store.reports import PageImage, Report, ReportVersion
from store.turns import Conversation

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

    def counts(self) -> tuple[int, int]:
        """Return how many reports and how many articles there are."""
        with self._database.read() as connection:
            return catalog.counts(connection)

    def known(self, path: str) -> Report | None:
        """Return the report at a path, if there is one."""
        with self._database.read() as connection:
            return catalog.report_by(connection, "path", path)

    def seen(self, path: str, fingerprint: str) -> IngestOutcome | None:
        """Say what becomes of a file whose bytes have this SHA-256, or None where it must be read.

        Unchanged: it is what is kept, or a version that a restored one was chosen over (the
        reason says so). Duplicate: another report says the same, and this path holds nothing.
        """
        with self._database.read() as connection:
            known, fate = seen.by_bytes(connection, path, fingerprint)
        moves = known and fate and fate.status is IngestStatus.DUPLICATE
        return None if moves else fate

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

    def versions(self, report_id: ReportId) -> tuple[ReportVersion, ...]:
        """Return every version of a report that is kept, by number; one of them is in force.

        None is in force where the file came to say what another report says.

        Raises:
            NotFoundError: no report of that id, and none put aside.
        """
        with self._database.read() as connection:
            found = versions.kept(connection, report_id)
        if not found:
            raise NotFoundError(f"没有编号为 {report_id} 的报道。")
        return found

    def page_count(self, report_id: ReportId) -> int:
        """Return how many pages of a report are kept as pictures; 0 where it is not there."""
        with self._database.read() as connection:
            return pages.count(connection, report_id)

    def page(self, report_id: ReportId, number: int) -> PageImage:
        """Return a page (from 1) as a picture.

        Raises:
            NotFoundError: no such report, or no picture of that page.
        """
        with self._database.read() as connection:
            image = pages.page(connection, report_id, number)
        if image is None:
            raise NotFoundError(f"编号为 {report_id} 的报道没有第 {number} 页的图像。")
        return image

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

    def twins(self, article_id: ArticleId) -> tuple[Twin, ...]:
        """Return the articles that are like one, seen from it, the most alike first."""
        with self._database.read() as connection:
            return twins.of(connection, article_id)

    def signatures(self, method: str) -> tuple[Signature, ...]:
        """Return what articles are compared by, as far as it was made by a method."""
        with self._database.read() as connection:
            return twins.signatures(connection, method)

    def unsigned(self, method: str) -> tuple[ArticleId, ...]:
        """Return the articles that have no signature of a method: they were not compared yet."""
        with self._database.read() as connection:
            return twins.unsigned(connection, method)

    def places(self) -> tuple[str, ...]:
        """Return the communities and districts that articles are about."""
        with self._database.read() as connection:
            return catalog.places(connection)

    def passages(self, ids: Sequence[PassageId]) -> tuple[Passage, ...]:
        """Return passages in the order of their ids; those gone meanwhile are left out."""
        with self._database.read() as connection:
            return catalog.passages(connection, ids)

    def normal_texts(self, ids: Sequence[PassageId]) -> dict[PassageId, str]:
        """Return the texts that passages are embedded with, normalised (see store.text)."""
        with self._database.read() as connection:
            return catalog.normal_texts(connection, ids)

    def conversation(self, conversation_id: ConversationId) -> Conversation:
        """Return a conversation; one never heard of has no turns."""
        with self._database.read() as connection:
            return conversations.read(connection, conversation_id)

    def ratings(self, conversation_id: ConversationId) -> tuple[Feedback, ...]:
        """Return what a visitor thinks of the answers of a conversation, in their order."""
        with self._database.read() as connection:
            return feedback.of(connection, conversation_id)

    def feedback(self, vote: Vote | None = None) -> tuple[Voted, ...]:
        """Return the feedback on answers with a vote, or with either, the oldest first."""
        with self._database.read() as connection:
            return feedback.voted(connection, vote)

    def _load_article(self, article_id: ArticleId, _generation: int) -> Article:
        with self._database.read() as connection:
            article = catalog.article(connection, article_id)
        if article is None:
            raise NotFoundError(f"没有编号为 {article_id} 的文章。")
        return article
