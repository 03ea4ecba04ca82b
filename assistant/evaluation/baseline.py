"""What a question is worth answering better than: the nearest passage as it stands, always."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.citing import citation
from assistant.records import Answer, AnswerSentence, Evidence, Question, Status
from store.ids import PassageId
from store.library import Library
from store.passages import Passage
from store.text import is_chinese
from store.turns import Turn

NAME = "nearest passage, never refuses"


@dataclass(frozen=True, slots=True)
class NearestPassage:
    """Quotes the passage that one retriever finds first, and refuses nothing.

    That is the vectors, as the usual recipe has it; no history is understood. Its `probability` is
    how near the passage is (a cosine): only the order of questions by it means anything.
    """

    library: Library

    def ask(self, text: str, history: Sequence[Turn] = ()) -> Answer:
        """Answer with the sentences of the passage whose vector is nearest to the question's."""
        del history
        began = time.perf_counter()
        nearest = self.library.dense(self.library.embed_query(text), 1)
        evidence = self._evidence([id_ for id_, _ in nearest])
        answer = Answer(
            question=Question(text=text, standalone=text, own=text, chinese=is_chinese(text)),
            status=Status.ANSWERED,
            lead="",
            sentences=tuple(
                AnswerSentence(text=one.sentence.text, labels=(number,))
                for number, one in enumerate(evidence, start=1)
            ),
            citations=tuple(citation(n, one) for n, one in enumerate(evidence, start=1)),
            parts=(),
            model="extractive",
            probability=next((likeness for _, likeness in nearest), None),
        )
        return replace(answer, elapsed_ms=round((time.perf_counter() - began) * 1000, 1))

    def replayed(self, history: Sequence[Turn]) -> tuple[Turn, ...]:
        """Return the history as it is: nothing of it is used."""
        return tuple(history)

    def _evidence(self, ids: Sequence[PassageId]) -> tuple[Evidence, ...]:
        return tuple(
            one for passage in self.library.passages(ids) for one in self._sentences(passage)
        )

    def _sentences(self, passage: Passage) -> list[Evidence]:
        article = self.library.article(passage.article_id)
        report = self.library.report(article.report_id)
        return [
            Evidence(sentence=one, article=article, report=report, score=1.0)
            for one in article.sentences[slice(*passage.sentences)]
        ]
