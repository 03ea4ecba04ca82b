"""Answers phrased by any LangChain chat model: streamed, then verified against the evidence."""

import logging
from collections.abc import Iterator, Sequence

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

from assistant.assess import Assessment, evidence_of
from assistant.citing import refuses, verified
from assistant.config import ChatConfig
from assistant.ports import Draft
from assistant.prompts import SYSTEM, user_message
from assistant.records import Delta, Evidence, Question, Status
from assistant.scoring import Candidate
from store.errors import ChatModelError
from store.library import Library

logger = logging.getLogger(__name__)


def load(config: ChatConfig) -> BaseChatModel:
    """Build the chat model that the settings name; nothing is sent yet.

    Raises:
        ChatModelError: the name is unknown, its package is missing, or its settings are wrong.
    """
    from langchain.chat_models import init_chat_model

    options: dict[str, object] = {"temperature": config.temperature}
    if config.base_url:
        options["base_url"] = config.base_url
    if config.model and config.model.startswith("ollama:"):
        options["client_kwargs"] = {"timeout": config.timeout_s}
    else:
        options |= {"timeout": config.timeout_s, "max_retries": 1}
        if config.api_key:
            options["api_key"] = config.api_key
    try:
        model = init_chat_model(config.model, **options)  # type: ignore[call-overload]
    except Exception as error:
        raise ChatModelError(
            f"无法使用对话模型“{config.model}”，请检查 WENYUAN_CHAT_MODEL 等设置：{_brief(error)}"
        ) from error
    if not isinstance(model, BaseChatModel):
        raise ChatModelError(f"“{config.model}”不是对话模型。")
    return model


class ChatAnswerer:
    """Asks a chat model, and keeps of its answer what the evidence supports."""

    def __init__(self, model: BaseChatModel, name: str, evidence_count: int) -> None:
        """Answer with `model`, shown as `name`, from `evidence_count` sentences at most."""
        self._model = model
        self._name = name
        self._evidence_count = evidence_count

    @property
    def name(self) -> str:
        """The model's name as the settings give it."""
        return self._name

    def choose(self, library: Library, assessment: Assessment) -> tuple[Evidence, ...]:
        """Choose the best sentences, those the extractive answer would say among them."""
        wanted = list(assessment.chosen)
        for one in assessment.ranked:
            if len(wanted) >= self._evidence_count:
                break
            if one not in wanted:
                wanted.append(one)
        return evidence_of(library, _in_reading_order(wanted))

    def answer(self, question: Question, evidence: Sequence[Evidence]) -> Iterator[Delta | Draft]:
        """Stream the model's words, then give what of them holds.

        Raises:
            ChatModelError: it failed, broke off, or said nothing that the evidence supports.
        """
        said: list[str] = []
        for piece in self._words(question, evidence):
            said.append(piece)
            yield Delta(text=piece)
        text = "".join(said)
        if refuses(text):
            yield Draft(status=Status.NOT_COVERED)
            return
        kept = verified(text, evidence)
        if not kept:
            logger.warning("nothing of the model's answer is supported: %r", text[:200])
            raise ChatModelError("对话模型的回答在报道中找不到依据")
        yield Draft(sentences=kept, status=Status.ANSWERED)

    def _words(self, question: Question, evidence: Sequence[Evidence]) -> Iterator[str]:
        messages = [SystemMessage(SYSTEM), HumanMessage(user_message(question, evidence))]
        try:
            for chunk in self._model.stream(messages):
                piece = chunk.text
                if piece:
                    yield str(piece)
        except Exception as error:
            logger.warning("the chat model failed", exc_info=True)
            raise ChatModelError(f"对话模型没有答完（{_brief(error)}）") from error


def _in_reading_order(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Group by article, the best article first, and put each article's sentences in order."""
    first: dict[str, int] = {}
    for rank, one in enumerate(found):
        first.setdefault(one.article.id, rank)
    return tuple(sorted(found, key=lambda one: (first[one.article.id], one.index)))


def _brief(error: Exception) -> str:
    """Say an error in one short line, without the addresses or keys it may carry."""
    return type(error).__name__
