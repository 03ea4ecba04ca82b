"""Baselines that answer: LangChain's usual recipe, and a chat model that is shown no report.

Without a chat model the recipe shows the chunks that it found, and so refuses nothing; with one it
stuffs them into the usual prompt and shows them as the sources of whatever the model says. No
history is understood. The `probability` of an answer is 1 less the distance of the nearest chunk:
only the order of questions by it means anything, so that anybody's threshold can be measured.
"""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.citing import citation
from assistant.evaluation.judge import Say, without_thinking
from assistant.evaluation.recipe import Chunk, Recipe
from assistant.records import Answer, AnswerSentence, Citation, Evidence, Question, Status
from store.articles import Sentence
from store.errors import ChatModelError
from store.library import Library
from store.text import is_chinese
from store.turns import Turn

NAME = "langchain recipe"
CLOSED_BOOK = "closed book"

_PROMPT = """你是问答助手。请根据下面检索到的内容回答问题。
如果不知道答案，就说不知道。最多用三句话，回答要简洁。

{context}

问题：{question}
回答："""
"""What LangChain's guides tell the model (rlm/rag-prompt), in the language of the questions."""

_UNKNOWING = re.compile(
    r"不知道|不清楚|无法(?:回答|确定|得知)|(?:没有|未)(?:提到|提及|提供)|don't know"
)
_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?]+[”’」』）)]*|[^。！？!?\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeAnswers:
    """Answers as LangChain's recipe does.

    Attributes:
        library: holds the texts.
        recipe: finds chunks of them.
        say: gives the chat model's answer to a prompt; None without one.
        model: the chat model's name, or extractive.
    """

    library: Library
    recipe: Recipe
    say: Say | None = None
    model: str = "extractive"

    def ask(self, text: str, history: Sequence[Turn] = ()) -> Answer:
        """Answer with the four nearest chunks, or with what the chat model makes of them."""
        del history
        began = time.perf_counter()
        chunks = self.recipe.nearest(text)
        cited = tuple(self._cited(label, one) for label, one in enumerate(chunks, start=1))
        if self.say is not None:
            prompt = _PROMPT.format(context="\n\n".join(one.quote for one in cited), question=text)
            answer = _worded(self.say, self.model, prompt, text, cited, began)
        else:
            said = tuple(AnswerSentence(text=one.quote, labels=(one.label,)) for one in cited)
            answer = _answer(text, said, cited, self.model, began)
        return replace(answer, probability=next((1 - one.distance for one in chunks), None))

    def replayed(self, history: Sequence[Turn]) -> tuple[Turn, ...]:
        """Return the history as it is: nothing of it is used."""
        return tuple(history)

    def _cited(self, label: int, chunk: Chunk) -> Citation:
        article = self.library.article(chunk.article_id)
        whole = Sentence(start=chunk.start, end=chunk.end, text=chunk.text)
        report = self.library.report(article.report_id)
        return citation(
            label, Evidence(sentence=whole, article=article, report=report, score=-chunk.distance)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedBook:
    """Answers from what a chat model knows, and cites nothing; see `RecipeAnswers`."""

    library: Library
    say: Say
    model: str

    def ask(self, text: str, history: Sequence[Turn] = ()) -> Answer:
        """Answer with whatever the chat model says to the question alone."""
        del history
        return _worded(self.say, self.model, text, text, (), time.perf_counter())

    def replayed(self, history: Sequence[Turn]) -> tuple[Turn, ...]:
        """Return the history as it is: nothing of it is used."""
        return tuple(history)


def _worded(  # noqa: PLR0913, PLR0917 (what an answer is made of)
    say: Say,
    model: str,
    prompt: str,
    text: str,
    cited: Sequence[Citation],
    began: float,
) -> Answer:
    """Make an answer of a chat model's words: each sentence rests on all that the model saw."""
    try:
        words = without_thinking(say(prompt))
    except ChatModelError as error:
        return _answer(text, (), (), model, began, notice=str(error))
    labels = tuple(one.label for one in cited)
    said = tuple(
        AnswerSentence(text=one.strip(), labels=labels)
        for one in _SENTENCE.findall(words)
        if one.strip()
    )
    if not said or _UNKNOWING.search(words):
        return _answer(text, said, cited, model, began, status=Status.NOT_COVERED)
    return _answer(text, said, cited, model, began)


def _answer(  # noqa: PLR0913 (what an answer is made of)
    text: str,
    said: tuple[AnswerSentence, ...],
    cited: Sequence[Citation],
    model: str,
    began: float,
    *,
    status: Status = Status.ANSWERED,
    notice: str | None = None,
) -> Answer:
    return Answer(
        question=Question(text=text, standalone=text, own=text, chinese=is_chinese(text)),
        status=status if notice is None else Status.NOT_COVERED,
        lead="",
        sentences=said,
        citations=tuple(cited),
        parts=(),
        model=model,
        notice=notice,
        elapsed_ms=round((time.perf_counter() - began) * 1000, 1),
    )
