"""The recipe that a LangChain user would write, with the same embedder: what it finds.

RecursiveCharacterTextSplitter and Chroma with their defaults, over the texts of a library.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.evaluation.extras import require
from store.articles import Article
from store.ids import ArticleId, digest
from store.library import Library
from store.ports import Embedder

PACKAGES = ("langchain_chroma", "langchain_text_splitters")
CHUNKS = 4
"""How many chunks it finds: LangChain's own k."""

_BATCH = 100  # chunks embedded at a time
_MANY = 200
_DIGITS = 5  # of a distance; more are not the same on every run


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A piece of an article's body (its characters from `start` to `end`), and how far it is."""

    article_id: ArticleId
    start: int
    end: int
    text: str
    distance: float


class Recipe:
    """Finds chunks by their vectors; its index is kept, so that a second run embeds nothing."""

    def __init__(
        self,
        library: Library,
        embedder: Embedder,
        folder: Path,
        progress: Callable[[int, int], None] = lambda _done, _all: None,
    ) -> None:
        """Open the index, and fill it with what is missing.

        Args:
            library: has the texts.
            embedder: embeds them.
            folder: where the index is kept.
            progress: told while the index is filled, in chunks.

        Raises:
            MissingExtraError: a package is not installed.
        """
        require(*PACKAGES)
        from langchain_chroma import Chroma

        self._embedder = embedder
        texts = library.articles()
        held = (part for one in texts for part in (one.id, one.body))
        name = f"recipe-{digest(embedder.card.build, *held, length=12)}"
        embeddings: Any = _Embeddings(embedder)
        self._store = Chroma(name, embeddings, persist_directory=str(folder / name))
        self._fill(texts, progress)

    def nearest(self, text: str, count: int = CHUNKS) -> tuple[Chunk, ...]:
        """Return the `count` chunks that are nearest to a question as it was typed.

        Chroma is asked for many and those as near as each other are put in the order of their ids:
        its index is approximate, and differs a little each time that it is built.
        """
        vector = self._embedder.embed_query(text).tolist()
        found = self._store.similarity_search_by_vector_with_relevance_scores(
            vector, k=max(_MANY, count)
        )
        found.sort(key=lambda pair: (round(pair[1], _DIGITS), pair[0].id))
        return tuple(
            Chunk(
                article_id=one.metadata["article"],
                start=one.metadata["start_index"],
                end=one.metadata["start_index"] + len(one.page_content),
                text=one.page_content,
                distance=distance,
            )
            for one, distance in found[:count]
        )

    def _fill(self, texts: Sequence[Article], progress: Callable[[int, int], None]) -> None:
        there = set(self._store.get(include=[])["ids"])
        chunks = [one for text in texts for one in _chunks(text) if one.id not in there]
        for start in range(0, len(chunks), _BATCH):
            self._store.add_documents(chunks[start : start + _BATCH])
            progress(min(start + _BATCH, len(chunks)), len(chunks))


class _Embeddings:
    """An embedder of ours, as LangChain asks for one."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._embedder.embed_passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = self._embedder.embed_query(text).tolist()
        return vector


def _chunks(article: Article) -> list[Any]:
    """The chunks of an article that are not blank, as LangChain's documents."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(add_start_index=True)
    found = splitter.create_documents([article.body], [{"article": article.id}])
    for place, one in enumerate(found):
        one.id = f"{article.id}#{place}"
    return [one for one in found if one.page_content.strip()]
