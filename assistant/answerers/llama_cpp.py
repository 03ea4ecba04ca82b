"""The bridge from a GGUF file on this machine to a LangChain chat model, by llama-cpp-python."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

from assistant.config import ChatConfig
from store.errors import ChatModelError, MissingExtraError

PREFIX = "llamacpp:"
_ROLES = {"system": "system", "human": "user", "ai": "assistant"}
_MAGIC = b"GGUF"


def load(config: ChatConfig) -> BaseChatModel:
    """Open the GGUF file that the settings name (llamacpp:PATH).

    Raises:
        ChatModelError: there is no such file, or it is no model that llama.cpp can run.
        MissingExtraError: llama-cpp-python is not installed.
    """
    path = Path((config.model or "").removeprefix(PREFIX)).expanduser()
    if not path.is_file():
        raise ChatModelError(f"找不到模型文件“{path.name}”，请检查 WENYUAN_CHAT_MODEL 里的路径。")
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise ChatModelError(f"“{path.name}”不是 GGUF 格式的模型文件，请换一个 .gguf 文件。")
    try:
        from llama_cpp import Llama
    except ImportError as error:
        raise MissingExtraError(
            '用 GGUF 文件作对话模型需要 llama-cpp-python，请运行 pip install "wenyuan[llamacpp]"。'
        ) from error
    try:
        llama = Llama(str(path), n_ctx=config.context_tokens, verbose=False)
    except Exception as error:
        raise ChatModelError(f"模型文件“{path.name}”无法载入，可能已损坏或内存不足。") from error
    return ChatLlama.over(llama, config)


class ChatLlama(BaseChatModel):
    """A model in this process. One answer at a time: others wait for it."""

    counts_itself: bool = True
    temperature: float = 0.0
    max_tokens: int = 512
    top_logprobs: int | None = None
    _llama: Any = PrivateAttr()
    _turn: threading.Lock = PrivateAttr(default_factory=threading.Lock)

    @classmethod
    def over(cls, llama: Any, config: ChatConfig) -> "ChatLlama":  # noqa: ANN401 - no stubs
        """Answer with an open model."""
        made = cls(temperature=config.temperature, max_tokens=config.answer_tokens)
        made._llama = llama
        return made

    @property
    def _llm_type(self) -> str:
        return "llamacpp"

    def get_num_tokens(self, text: str) -> int:
        """Count the tokens of a text by the model's own tokenizer."""
        return len(self._llama.tokenize(text.encode(), add_bos=False, special=False))

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **asked: Any,  # noqa: ANN401 - as the base class has it
    ) -> Iterator[ChatGenerationChunk]:
        first = _FirstWord(self._llama, asked.get("top_logprobs") or self.top_logprobs)
        with self._turn:
            for part in self._llama.create_chat_completion(
                [{"role": _ROLES[one.type], "content": str(one.content)} for one in messages],
                temperature=self.temperature,
                max_tokens=self.max_tokens,
                stop=stop or [],
                stream=True,
                logits_processor=first.processors(),
            ):
                choice = part["choices"][0]
                text = choice["delta"].get("content") or ""
                ended = choice["finish_reason"]
                told = {"finish_reason": ended} if ended else first.told()
                chunk = ChatGenerationChunk(
                    message=AIMessageChunk(content=text, response_metadata=told)
                )
                if run_manager:
                    run_manager.on_llm_new_token(text, chunk=chunk)
                yield chunk

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,  # noqa: ANN401 - as the base class has it
    ) -> ChatResult:
        said = "".join(chunk.text for chunk in self._stream(messages, stop, run_manager))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(said))])


class _FirstWord:
    """The likeliest first words of an answer, as OpenAI's interface tells them, once.

    llama-cpp-python tells them itself only where it keeps the logits of every token: gigabytes.
    """

    def __init__(self, llama: Any, count: int | None) -> None:  # noqa: ANN401 - no stubs
        """Note so many of them, or none."""
        self._llama = llama
        self._count = count
        self._told: dict[str, Any] = {}

    def processors(self) -> Any:  # noqa: ANN401 - no stubs
        """What llama-cpp-python is to call with the logits before each word; None: nothing."""
        if not self._count:
            return None
        from llama_cpp import LogitsProcessorList

        return LogitsProcessorList([self._note])

    def told(self) -> dict[str, Any]:
        """Return the metadata of the first words when they are known, and nothing after that."""
        told, self._told = self._told, {}
        return told

    def _note(self, _: Any, logits: Any) -> Any:  # noqa: ANN401 - arrays of llama-cpp-python
        import numpy as np

        if self._count:
            odds = logits - np.logaddexp.reduce(logits.astype(float))
            best = np.argsort(-odds)[: self._count].tolist()
            words = [self._llama.detokenize([one], special=True) for one in best]
            tops = [
                {"token": word.decode("utf-8", "replace"), "logprob": float(odds[one])}
                for word, one in zip(words, best, strict=True)
            ]
            self._told = {"logprobs": {"content": [{**tops[0], "top_logprobs": tops}]}}
            self._count = None
        return logits
