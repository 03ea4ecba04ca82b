"""Baseline: the recipe that a LangChain user would write, with the same embedder.

RecursiveCharacterTextSplitter and Chroma with their defaults, the four nearest chunks. What is
counted within the first five or ten documents is thereby bounded, so the same index is measured
a second time without the bound.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.evaluation.arms.ports import DEPTH, Ground
from assistant.evaluation.extras import require
from assistant.evaluation.records import EvalQuestion
from assistant.evaluation.runs import Ranking, ranking
from store.ids import digest
from store.library import Library

NAME, DEEP = NAMES = ("langchain", "langchain-deep")
PACKAGES = ("langchain_chroma", "langchain_text_splitters")
_CHUNKS = 4  # LangChain's own k
_BATCH = 100  # chunks embedded at a time
_MANY = 2 * DEPTH  # chunks enough for a ranking: there is little more than one a document
_DOCUMENT = "document"


def build(ground: Ground) -> "Recipe":
    """Index the documents, or what is missing; raises MissingExtraError."""
    return Recipe(ground)


class Recipe:
    """Ranks by the vectors of chunks; its index is kept, so that a second run embeds nothing."""

    def __init__(self, ground: Ground) -> None:
        """Open the index and fill it."""
        require(*PACKAGES)
        from langchain_chroma import Chroma

        folder = ground.folder / f"{NAME}-{digest(ground.library.card.build, length=12)}"
        embeddings: Any = _Embeddings(ground.library)
        self._store = Chroma(embedding_function=embeddings, persist_directory=str(folder))
        self._fill(ground)

    def rank(self, question: EvalQuestion) -> Mapping[str, Ranking]:
        """Rank for the question as it was typed; a chunk's score is its distance, negative."""
        return {NAME: self._nearest(question, _CHUNKS), DEEP: self._nearest(question, _MANY)}

    def close(self) -> None:
        """Nothing to do: Chroma keeps its folder open for the process."""

    def _nearest(self, question: EvalQuestion, chunks: int) -> Ranking:
        found = self._store.similarity_search_with_score(question.question, k=chunks)
        return ranking(((one.metadata[_DOCUMENT], -apart) for one, apart in found), DEPTH)

    def _fill(self, ground: Ground) -> None:
        there = set(self._store.get(include=[])["ids"])
        chunks = [one for one in _chunks(ground) if one[0] not in there]
        for start in range(0, len(chunks), _BATCH):
            keys, documents, texts = zip(*chunks[start : start + _BATCH], strict=True)
            self._store.add_texts(
                list(texts), [{_DOCUMENT: one} for one in documents], ids=list(keys)
            )
            ground.progress(min(start + _BATCH, len(chunks)), len(chunks))


class _Embeddings:
    """The library's embedder, as LangChain asks for one."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._library.embed_passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = self._library.embed_query(text).tolist()
        return vector


def _chunks(ground: Ground) -> Iterator[tuple[str, str, str]]:
    """Yield the key, the document's id and the text of each chunk that is not blank."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter()
    for one in ground.documents:
        whole = f"{one.title}\n{one.text}" if one.title else one.text
        for place, text in enumerate(splitter.split_text(whole)):
            if text.strip():
                yield f"{one.id}#{place}", one.id, text
