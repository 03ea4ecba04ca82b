"""Answers phrased by any LangChain chat model: streamed, then verified against the evidence."""

import logging
import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

from assistant.answerers import llama_cpp
from assistant.answerers.budget import count_tokens
from assistant.answerers.margin import Confirming
from assistant.answerers.streaming import Reply
from assistant.assess import Assessment, evidence_of
from assistant.citing import Verified, verified
from assistant.config import ChatConfig
from assistant.ports import Draft
from assistant.prompts import SYSTEM, user_message
from assistant.records import Delta, Evidence, Question, Status
from assistant.scoring import Candidate
from store.errors import ChatModelError, MissingExtraError
from store.library import Library

logger = logging.getLogger(__name__)

_THINKING = re.compile(r"<think>.*?(?:</think>\s*|$)", re.DOTALL)
_TEMPLATE_TOKENS = 32
"""What a model's own marks around two messages take at most."""


def load(config: ChatConfig) -> BaseChatModel:
    """Build the chat model that the settings name; nothing is sent yet.

    Raises:
        ChatModelError: the name is unknown or its settings are wrong.
        MissingExtraError: the provider's package is not installed.
    """
    if config.model and config.model.startswith(llama_cpp.PREFIX):
        return llama_cpp.load(config)
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

    def __init__(self, model: BaseChatModel, config: ChatConfig, evidence_count: int) -> None:
        """Answer with a model.

        Args:
            model: any of LangChain's.
            config: its name, how long it may take, and how much it can read.
            evidence_count: sentences it is given at most.
        """
        self._model = model
        self._config = config
        self._confirming = Confirming(model, config)
        self._evidence_count = evidence_count

    @property
    def name(self) -> str:
        """The model's name as the settings give it, a file without its folder."""
        name = self._config.model or type(self._model).__name__
        if name.startswith(llama_cpp.PREFIX):
            return llama_cpp.PREFIX + re.split(r"[/\\]", name)[-1]
        return name

    def choose(self, library: Library, assessment: Assessment) -> tuple[Evidence, ...]:
        """Choose the best sentences, those the extractive answer would say among them.

        Those that do not fit what the model can read are left out, the last of the ranking first.
        """
        wanted = list(assessment.chosen)
        for one in assessment.ranked:
            if len(wanted) >= self._evidence_count:
                break
            if one not in wanted:
                wanted.append(one)
        found = evidence_of(library, _in_reading_order(wanted))
        count = len(wanted)
        while len(wanted) > 1 and self._too_long(assessment.question, found):
            wanted.pop()
            found = evidence_of(library, _in_reading_order(wanted))
        if len(wanted) < count:
            logger.warning(
                "%d of %d sentences of evidence do not fit a context of %d tokens",
                count - len(wanted), count, self._config.context_tokens,
            )  # fmt: skip
        return found

    def confirmed(self, found: Assessment, began: float) -> Generator[Delta, None, Assessment]:
        """Have the model judge whether what was chosen answers (assistant.answerers.margin).

        Raises:
            ChatModelError: it failed.
        """
        return (yield from self._confirming.confirmed(found, began))

    def answer(
        self, question: Question, evidence: Sequence[Evidence], began: float
    ) -> Iterator[Delta | Draft]:
        """Stream the model's words, then give what of them holds.

        An empty `Delta` comes while it waits, so that it can be closed: the request then ends.

        Raises:
            ChatModelError: it failed, broke off, or said nothing that the evidence supports.
        """
        if self._too_long(question, evidence):
            raise ChatModelError(
                f"问题和依据超出对话模型的上下文（{self._config.context_tokens} 个词元）"
            )
        messages = [SystemMessage(SYSTEM), HumanMessage(user_message(question, evidence))]
        reply = Reply(self._model, messages, self._config.timeout_s, began)
        said = ""
        with closing(reply.pieces()) as pieces, closing(without_thinking(pieces)) as shown:
            for piece in shown:
                said += piece
                yield Delta(text=piece)
        said = _whole(said) if reply.cut else said
        found = verified(said, evidence, question.standalone)
        if found.refused and not found.sentences:
            yield Draft(status=Status.NOT_COVERED)
            return
        if not found.sentences:
            logger.warning("nothing of the model's answer is supported: %r", said[:200])
            raise ChatModelError("对话模型的回答在报道中找不到依据")
        status = Status.RELATED if found.refused else None
        yield Draft(sentences=found.sentences, status=status, notice=_notice(found, cut=reply.cut))

    def say(self, system: str, user: str, timeout_s: float) -> str:
        """Return the model's words for one request, within so many seconds.

        Raises:
            ChatModelError: it failed, or did not end in time.
        """
        messages = [SystemMessage(system), HumanMessage(user)]
        reply = Reply(self._model, messages, min(timeout_s, self._config.timeout_s))
        with closing(reply.pieces()) as pieces, closing(without_thinking(pieces)) as shown:
            return "".join(shown)

    def _too_long(self, question: Question, evidence: Sequence[Evidence]) -> bool:
        room = self._config.context_tokens - self._config.answer_tokens - _TEMPLATE_TOKENS
        asked = SYSTEM + user_message(question, evidence)
        return count_tokens(self._model, asked) > room


def without_thinking(pieces: Iterable[str]) -> Generator[str]:
    """Leave out what a model thinks aloud between <think> and </think>, as it streams.

    Empty pieces are passed on: they are there for whoever may want to stop.
    """
    whole, given = "", 0
    for piece in pieces:
        if not piece:
            yield ""
            continue
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
        return options | {
            "client_kwargs": {"timeout": config.timeout_s},
            "reasoning": False,
            "num_ctx": config.context_tokens,  # its own default is short, and cuts in silence
            "num_predict": config.answer_tokens,
        }
    if config.api_key:
        options["api_key"] = config.api_key
    return options | {"timeout": config.timeout_s, "max_retries": 0}  # Reply tries again itself


def _whole(said: str) -> str:
    """An answer without the sentence that it broke off in."""
    end = max(said.rfind(mark) for mark in "。！？!?\n")
    return said[: end + 1]


def _notice(found: Verified, *, cut: bool) -> str | None:
    """Say in one line what of the answer is not shown."""
    told = []
    if found.removed:
        told.append(f"已略去 {found.removed} 句未找到依据的内容。")
    if cut:
        told.append("回答没有写完，最后的半句已略去。")
    return "".join(told) or None


def _in_reading_order(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Group by article, the best article first, and put each article's sentences in order."""
    first: dict[str, int] = {}
    for rank, one in enumerate(found):
        first.setdefault(one.article.id, rank)
    return tuple(sorted(found, key=lambda one: (first[one.article.id], one.index)))


def _brief(error: Exception) -> str:
    """Say an error in one short line, without the addresses or keys it may carry."""
    return type(error).__name__
