"""A conversation: questions with their answers, as the server remembers them."""

from dataclasses import dataclass

from store.ids import ConversationId


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A question of a conversation, its answer, and `standalone`: the question as understood."""

    question: str
    answer: str
    standalone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """The turns of one conversation, oldest first, as the server remembers them."""

    id: ConversationId
    turns: tuple[Turn, ...] = ()
