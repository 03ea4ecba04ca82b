"""The assistant's own arms: by words, by meaning, and both as it retrieves."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from assistant.evaluation.arms.ports import DEPTH, Ground
from assistant.evaluation.records import EvalQuestion
from assistant.evaluation.runs import Ranking, ranking
from assistant.joint import gathered
from assistant.understand import aids_of, readings
from store.errors import BadQuestionError
from store.ids import PassageId

LEXICAL, DENSE, HYBRID = NAMES = ("lexical", "dense", "hybrid")
_PASSAGES = 4 * DEPTH  # enough that their articles are about as many as a ranking holds


def build(ground: Ground) -> "Own":
    """Make the arms."""
    return Own(ground)


class Own:
    """Ranks articles by the best of their passages.

    The hybrid arm is the assistant's, with the passages that it would pass on to answering and
    those after them.
    """

    def __init__(self, ground: Ground) -> None:
        """Search the library of the ground."""
        self._library = ground.library
        self._config = replace(ground.config, passage_count=_PASSAGES)
        self._places = ground.library.places()

    def rank(self, question: EvalQuestion) -> Mapping[str, Ranking]:
        """Rank in all three ways; a question that the assistant refuses to read finds nothing."""
        limit = self._config.max_question_chars
        try:
            aids = aids_of(self._library, self._config)
            read = readings(question.question, question.history, self._places, limit, aids)[0]
        except BadQuestionError:
            return dict.fromkeys(NAMES, ())
        vector = self._library.embed_query(read.standalone)
        hits = gathered(self._library, read, self._places, self._config)
        both = ((hit.passage.article_id, hit.score) for hit in hits)
        return {
            LEXICAL: self._articles(self._library.lexical(read.standalone, _PASSAGES)),
            DENSE: self._articles(self._library.dense(vector, _PASSAGES)),
            HYBRID: ranking(both, DEPTH),
        }

    def close(self) -> None:
        """Leave the library open: whoever opened it closes it."""

    def _articles(self, found: Iterable[tuple[PassageId, float]]) -> Ranking:
        scores = dict(found)
        passages = self._library.passages(list(scores))
        return ranking(((one.article_id, scores[one.id]) for one in passages), DEPTH)
