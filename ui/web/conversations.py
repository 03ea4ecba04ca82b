"""What the server remembers of each conversation; the browser only holds a key to it."""

import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.records import Answer, Citation
from store.feedback import CHECK_DIGITS, Cited, Feedback, Vote, one_line
from store.ids import ConversationId, digest
from store.library import Library
from store.turns import Turn

TURNS = 20
"""Turns of a conversation that are shown and given to the assistant."""

_KEY = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A turn as it can be shown.

    Attributes:
        ordinal: which turn of its conversation, from 0.
        said: the whole answer, or, after a restart, only what was kept of it.
        feedback: what the visitor thinks of it, where that was told.
    """

    ordinal: int
    said: Answer | Turn
    feedback: Feedback | None = None


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

    def __init__(self, library: Library, *, capacity: int = 500, turns: int = TURNS) -> None:
        """Remember through the library.

        Args:
            library: keeps question and answer of every turn.
            capacity: conversations whose whole answers stay in memory; the least recent go.
            turns: turns of a conversation that are shown and given to the assistant.
        """
        self._library = library
        self._capacity = capacity
        self._turns = turns
        self._answers: OrderedDict[ConversationId, dict[int, Answer]] = OrderedDict()
        self._lock = threading.Lock()

    def history(self, conversation: ConversationId | None) -> tuple[Turn, ...]:
        """Return the last turns as the assistant needs them, oldest first."""
        if conversation is None:
            return ()
        return self._library.conversation(conversation).turns[-self._turns :]

    def shown(self, conversation: ConversationId | None) -> Sequence[Shown]:
        """Return the last turns as they can be shown, oldest first."""
        if conversation is None:
            return ()
        turns = self._library.conversation(conversation).turns
        rated = {one.ordinal: one for one in self._library.ratings(conversation)}
        answers = self._whole(conversation)
        first = max(0, len(turns) - self._turns)
        return tuple(
            Shown(ordinal=n, said=answers.get(n, turn), feedback=rated.get(n))
            for n, turn in enumerate(turns[first:], start=first)
        )

    def remember(self, conversation: ConversationId | None, answer: Answer) -> int | None:
        """Keep an answered turn; a visitor without a key is not remembered.

        Returns:
            Which turn of the conversation it is, from 0, or None where it was not kept.
        """
        if conversation is None:
            return None
        question = answer.question
        turn = Turn(question=question.text, answer=answer.text, standalone=question.standalone)
        ordinal = self._library.remember(conversation, turn)
        with self._lock:
            kept = self._answers.setdefault(conversation, {})
            kept[ordinal] = answer
            for old in sorted(kept)[: -self._turns]:
                del kept[old]
            self._answers.move_to_end(conversation)
            while len(self._answers) > self._capacity:
                self._answers.popitem(last=False)
        return ordinal

    def rate(
        self, conversation: ConversationId, ordinal: int, vote: Vote | None, comment: str = ""
    ) -> None:
        """Keep what the visitor thinks of an answer in place of what was thought before.

        Args:
            conversation: the visitor's own: only who holds its key can name it.
            ordinal: which turn of it, from 0.
            vote: None takes the vote back.
            comment: what is wrong with an answer that did not help.

        Raises:
            NotFoundError: the conversation has no such turn.
            UsageError: the comment is too long.
        """
        if vote is None:
            self._library.unrate(conversation, ordinal)
            return
        answer = self._whole(conversation).get(ordinal)
        given = Feedback(
            conversation_id=conversation,
            ordinal=ordinal,
            vote=vote,
            comment=one_line(comment) if vote is Vote.DOWN else "",
            status=answer.status.value if answer else "",
            model=answer.model if answer else "",
            cited=tuple(map(_cited, answer.citations)) if answer else (),
        )
        self._library.rate(given)

    def _whole(self, conversation: ConversationId) -> dict[int, Answer]:
        """Return the answers of a conversation that are still in memory, by their turns."""
        with self._lock:
            return dict(self._answers.get(conversation, {}))


def _cited(citation: Citation) -> Cited:
    return Cited(
        label=citation.label,
        article_id=citation.article_id,
        start=citation.start,
        end=citation.end,
        check=digest(citation.quote, length=CHECK_DIGITS),
    )
