"""What the server remembers of each conversation; the browser only holds a key to it."""

import re
import secrets
import threading
from collections import OrderedDict, deque
from collections.abc import Sequence

from assistant.records import Answer
from store.ids import ConversationId, digest
from store.library import Library
from store.records import Turn

_KEY = re.compile(r"[A-Za-z0-9_-]{43}")

Shown = Answer | Turn
"""A turn as it can be shown: the whole answer, or, after a restart, only what was kept of it."""


def new_key() -> str:
    """Make a key to a new conversation: 256 bits that nobody can guess."""
    return secrets.token_urlsafe(32)


def conversation_id(key: str | None) -> ConversationId | None:
    """Return the conversation that a key opens, or None where it is no key of ours.

    The id is a digest of the key: whoever reads the catalog cannot take over a conversation.
    """
    if key is None or not _KEY.fullmatch(key):
        return None
    return ConversationId("c" + digest("conversation", key, length=32))


class Conversations:
    """Turns by conversation: whole answers in memory, their text in the library."""

    def __init__(self, library: Library, *, capacity: int = 500, turns: int = 20) -> None:
        """Remember through the library.

        Args:
            library: keeps question and answer of every turn.
            capacity: conversations whose whole answers stay in memory; the least recent go.
            turns: turns of a conversation that are shown and given to the assistant.
        """
        self._library = library
        self._capacity = capacity
        self._turns = turns
        self._answers: OrderedDict[ConversationId, deque[Answer]] = OrderedDict()
        self._lock = threading.Lock()

    def history(self, conversation: ConversationId | None) -> tuple[Turn, ...]:
        """Return the last turns as the assistant needs them, oldest first."""
        if conversation is None:
            return ()
        return self._library.conversation(conversation).turns[-self._turns :]

    def shown(self, conversation: ConversationId | None) -> Sequence[Shown]:
        """Return the last turns as they can be shown, oldest first."""
        turns = self.history(conversation)
        with self._lock:
            answers = tuple(self._answers.get(conversation, ())) if conversation else ()
        older: tuple[Shown, ...] = turns[: max(0, len(turns) - len(answers))]
        return (older + answers)[-self._turns :]

    def remember(self, conversation: ConversationId | None, answer: Answer) -> None:
        """Keep an answered turn; a visitor without a key is not remembered."""
        if conversation is None:
            return
        question = answer.question
        turn = Turn(question=question.text, answer=answer.text, standalone=question.standalone)
        self._library.remember(conversation, turn)
        with self._lock:
            kept = self._answers.setdefault(conversation, deque(maxlen=self._turns))
            kept.append(answer)
            self._answers.move_to_end(conversation)
            while len(self._answers) > self._capacity:
                self._answers.popitem(last=False)
