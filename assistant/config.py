"""Settings of the assistant."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatConfig:
    """The chat model that phrases answers; without a name the extractive answerer does.

    Attributes:
        model: LangChain's "provider:name", such as ollama:qwen3:4b or openai:qwen-plus; None: none.
        base_url: where an OpenAI-compatible or Ollama server listens; None: the provider's own.
        api_key: the provider's key; never printed.
        temperature: 0 (the likeliest words) to 2.
        timeout_s: seconds without an answer before the extractive answer is given instead.
    """

    model: str | None = None
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    temperature: float = 0.0
    timeout_s: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistantConfig:
    """How a question is answered.

    Attributes:
        max_question_chars: longer questions are refused (1 or more).
        arm_count: passages asked of each retrieval arm.
        passage_count: fused passages whose sentences become evidence.
        lexical_weight: share of the lexical arm in the fused score, 0 (dense only) to 1.
        max_sentences: sentences in an extractive answer (1 or more).
        evidence_count: sentences offered to a chat model.
        chat: the chat model.
    """

    max_question_chars: int = 500
    arm_count: int = 50
    passage_count: int = 8
    lexical_weight: float = 0.4
    max_sentences: int = 4
    evidence_count: int = 12
    chat: ChatConfig = field(default_factory=ChatConfig)
