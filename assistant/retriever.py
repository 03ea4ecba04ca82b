"""The bridge for people who build on LangChain: a retriever, and the assistant as a Runnable."""

from dataclasses import replace
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import Field, field_validator

from assistant.history import parse_history
from assistant.pipeline import Assistant
from assistant.records import Answer
from store.errors import UsageError
from store.passages import Hit


class WenyuanRetriever(BaseRetriever):
    """Finds the passages that the assistant would answer from, best first.

    Each document is a passage word for word. Its metadata say where it stands (`article_id`,
    `headline`, `community`, `section`, `report_id`, `title`, `path`, and the sentences' `start` and
    `end` in the article's body), how near it is (`score`, 1 at most; `similarity`, cosine, or
    None) and whether the reports answer the question at all (`status`: answered, related or
    not_covered), so that a chain can refuse.

    `k` passages, or all that either arm finds (`arm_count` of each in the settings) if fewer.
    Raises BadQuestionError where the question is empty, too long or holds control characters.
    """

    assistant: Any  # an Assistant: pydantic would take a dataclass of ours apart
    k: int = Field(default=4, ge=1)

    @field_validator("assistant")
    @classmethod
    def _is_assistant(cls, value: object) -> Assistant:
        if not isinstance(value, Assistant):
            raise ValueError("assistant must be an assistant.pipeline.Assistant")  # noqa: TRY004
        return value

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        del run_manager
        found = self.assistant.assess(query)
        hits = found.hits
        if self.k > self.assistant.config.passage_count:  # more than answers are drawn from
            wide = replace(self.assistant.config, passage_count=self.k)
            more = replace(self.assistant, config=wide).assess(query).hits
            known = {hit.passage.id for hit in hits}
            hits += tuple(hit for hit in more if hit.passage.id not in known)
        return [self._document(hit, found.status.value) for hit in hits[: self.k]]

    def _document(self, hit: Hit, status: str) -> Document:
        library = self.assistant.library
        article = library.article(hit.passage.article_id)
        report = library.report(article.report_id)
        first, last = hit.passage.sentences
        return Document(
            id=hit.passage.id,
            page_content=hit.passage.text,
            metadata={
                "article_id": article.id,
                "headline": article.headline,
                "community": article.community,
                "section": article.heading_of(article.sentences[first]),
                "report_id": report.id,
                "title": report.title,
                "path": report.path,
                "start": article.sentences[first].start,
                "end": article.sentences[last - 1].end,
                "score": hit.score,
                "similarity": hit.similarity,
                "status": status,
            },
        )


def as_runnable(assistant: Assistant) -> Runnable[str | dict[str, Any], Answer]:
    """Make the whole assistant a link of a chain.

    Its input is a question, or {"question": …, "history": […]} with earlier turns as in
    assistant.history; its output an Answer. It raises BadQuestionError for what is no question and
    UsageError for what is no such input.
    """

    def ask(given: str | dict[str, Any]) -> Answer:
        if isinstance(given, str):
            return assistant.ask(given)
        if not isinstance(given, dict) or not isinstance(given.get("question"), str):
            raise UsageError('请给出问题，或者 {"question": …, "history": […]}。')
        history = assistant.replayed(parse_history(given.get("history")))
        return assistant.ask(given["question"], history)

    return RunnableLambda(ask, name="wenyuan")
