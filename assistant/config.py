"""Settings of the assistant."""

from dataclasses import dataclass, field
from pathlib import Path

from store.passages import Filters


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatConfig:
    """The chat model that phrases answers; without a name the extractive answerer does.

    Attributes:
        model: LangChain's "provider:name", such as ollama:qwen3:4b or openai:qwen-plus, or
            llamacpp:PATH of a GGUF file; None: none.
        base_url: where an OpenAI-compatible or Ollama server listens; None: the provider's own.
        api_key: the provider's key; never printed.
        temperature: 0 (the likeliest words) to 2.
        timeout_s: seconds in which the whole answer must come, else the extractive one is given.
        context_tokens: tokens that question, evidence and answer may take together (1024 or more).
        answer_tokens: of these, what is kept for the answer.
    """

    model: str | None = None
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    temperature: float = 0.0
    timeout_s: float = 60.0
    context_tokens: int = 4096
    answer_tokens: int = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistantConfig:
    """How a question is answered.

    Attributes:
        max_question_chars: longer questions are refused (1 or more).
        arm_count: passages asked of each retrieval arm.
        match_count: passages of the fused ranking that are matched word by word.
        passage_count: fused passages whose sentences become evidence.
        lexical_weight: share of the lexical arm in the fused score, 0 (dense only) to 1.
        max_sentences: sentences in an extractive answer (1 or more).
        evidence_count: sentences offered to a chat model.
        reranker: a cross-encoder's folder or name, which judges the passages in place of matching
            them word by word; None: none.
        filters: restrict what is searched, whatever the question names.
        synonyms_file: the user's own groups of synonyms, beside the packaged ones; None: none.
        chat: the chat model.
    """

    max_question_chars: int = 500
    arm_count: int = 50
    match_count: int = 20
    passage_count: int = 8
    lexical_weight: float = 0.4
    max_sentences: int = 4
    evidence_count: int = 12
    reranker: str | None = None
    filters: Filters = field(default_factory=Filters)
    synonyms_file: Path | None = None
    chat: ChatConfig = field(default_factory=ChatConfig)
