"""Answers phrased by any LangChain chat model: streamed, then verified against the evidence."""

import logging
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

from assistant.assess import Assessment, evidence_of
from assistant.citing import verified
from assistant.config import ChatConfig
from assistant.ports import Draft
from assistant.prompts import SYSTEM, user_message
from assistant.records import Delta, Evidence, Question, Status
from assistant.scoring import Candidate
from store.errors import ChatModelError, MissingExtraError
from store.library import Library

logger = logging.getLogger(__name__)

_THINKING = re.compile(r"<think>.*?(?:</think>\s*|$)", re.DOTALL)


def load(config: ChatConfig) -> BaseChatModel:
    """Build the chat model that the settings name; nothing is sent yet.

    Raises:
        ChatModelError: the name is unknown or its settings are wrong.
        MissingExtraError: the provider's package is not installed.
    """
    from langchain.chat_models import init_chat_model

    try:
        model = init_chat_model(config.model, **_options(config))
    except ImportError as error:
        raise MissingExtraError(f"对话模型“{config.model}”需要的软件包没有安装：{error}") from error
    except Exception as error:
        raise ChatModelError(
            f"无法使用对话模型“{config.model}”，请检查 WENYUAN_CHAT_MODEL 等设置：{_brief(error)}"
        ) from error
    if not isinstance(model, BaseChatModel):
        raise ChatModelError(f"“{config.model}”不是对话模型。")
    return model


class ChatAnswerer:
    """Asks a chat model, and keeps of its answer what the evidence supports."""

    def __init__(
        self, model: BaseChatModel, name: str, evidence_count: int, timeout_s: float = 60.0
    ) -> None:
        """Answer with a model.

        Args:
            model: any of LangChain's.
            name: shown as the answer's model.
            evidence_count: sentences it is given at most.
            timeout_s: seconds after which an answer that is not complete is given up.
        """
        self._model = model
        self._name = name
        self._evidence_count = evidence_count
        self._timeout_s = timeout_s

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
        said = ""
        for piece in without_thinking(self._words(question, evidence)):
            said += piece
            yield Delta(text=piece)
        found = verified(said, evidence)
        if found.refused and not found.sentences:
            yield Draft(status=Status.NOT_COVERED)
            return
        if not found.sentences:
            logger.warning("nothing of the model's answer is supported: %r", said[:200])
            raise ChatModelError("对话模型的回答在报道中找不到依据")
        status = Status.RELATED if found.refused else Status.ANSWERED
        yield Draft(sentences=found.sentences, status=status)

    def _words(self, question: Question, evidence: Sequence[Evidence]) -> Iterator[str]:
        messages = [SystemMessage(SYSTEM), HumanMessage(user_message(question, evidence))]
        deadline = time.monotonic() + self._timeout_s
        try:
            for chunk in self._model.stream(messages):
                yield str(chunk.text)
                if time.monotonic() > deadline:
                    break
            else:
                return
        except Exception as error:
            logger.warning("the chat model failed", exc_info=True)
            raise ChatModelError(f"对话模型没有答完（{_brief(error)}）") from error
        raise ChatModelError(f"对话模型在 {self._timeout_s:g} 秒内没有答完")


def without_thinking(pieces: Iterable[str]) -> Iterator[str]:
    """Leave out what a model thinks aloud between <think> and </think>, as it streams."""
    whole, given = "", 0
    for piece in pieces:
        whole += piece
        shown = _THINKING.sub("", whole)
        sure = len(shown) if whole.endswith(">") else max(given, shown.rfind("<"))
        sure = len(shown) if "<" not in shown[given:] else sure
        if sure > given:
            yield shown[given:sure]
            given = sure
    rest = _THINKING.sub("", whole)[given:]
    if rest:
        yield rest


def _options(config: ChatConfig) -> dict[str, Any]:
    """What the provider is told beside the model's name."""
    options: dict[str, Any] = {"temperature": config.temperature}
    if config.base_url:
        options["base_url"] = config.base_url
    if config.model and config.model.startswith("ollama:"):
        return options | {"client_kwargs": {"timeout": config.timeout_s}, "reasoning": False}
    if config.api_key:
        options["api_key"] = config.api_key
    return options | {"timeout": config.timeout_s, "max_retries": 1}


def _in_reading_order(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Group by article, the best article first, and put each article's sentences in order."""
    first: dict[str, int] = {}
    for rank, one in enumerate(found):
        first.setdefault(one.article.id, rank)
    return tuple(sorted(found, key=lambda one: (first[one.article.id], one.index)))


def _brief(error: Exception) -> str:
    """Say an error in one short line, without the addresses or keys it may carry."""
    return type(error).__name__
