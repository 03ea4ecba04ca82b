"""Baseline: what the recipe of a LangChain user finds (assistant.evaluation.recipe).

It passes on four chunks. What is counted within the first five or ten documents is thereby bounded,
so the same index is measured a second time without the bound.
"""

from collections.abc import Mapping, Sequence

from assistant.evaluation.arms.ports import DEPTH, Ground
from assistant.evaluation.recipe import CHUNKS, PACKAGES, Chunk, Recipe
from assistant.evaluation.records import EvalQuestion
from assistant.evaluation.runs import Ranking, ranking

__all__ = ["NAME", "NAMES", "PACKAGES", "build"]

NAME, DEEP = NAMES = ("langchain", "langchain-deep")
_MANY = 2 * DEPTH  # chunks enough for a ranking: there is little more than one a document


def build(ground: Ground) -> "Nearest":
    """Index the documents, or what is missing; raises MissingExtraError."""
    return Nearest(Recipe(ground.library, ground.library, ground.folder, ground.progress))


class Nearest:
    """Ranks documents by their nearest chunk."""

    def __init__(self, recipe: Recipe) -> None:
        """Rank what the recipe finds."""
        self._recipe = recipe

    def rank(self, question: EvalQuestion) -> Mapping[str, Ranking]:
        """Rank for the question as it was typed; a chunk's score is its distance, negative."""
        chunks = self._recipe.nearest(question.question, _MANY)
        return {NAME: _ranked(chunks[:CHUNKS]), DEEP: _ranked(chunks)}

    def close(self) -> None:
        """Nothing to do: Chroma keeps its folder open for the process."""


def _ranked(chunks: Sequence[Chunk]) -> Ranking:
    return ranking(((one.article_id, -one.distance) for one in chunks), DEPTH)
