"""What was said, conversation by conversation."""

import sqlite3
from datetime import UTC, datetime

from store.ids import ConversationId
from store.records import Conversation, Turn


def read(connection: sqlite3.Connection, conversation_id: ConversationId) -> Conversation:
    """Return a conversation, oldest turn first; one never heard of has no turns."""
    rows = connection.execute(
        "select question, answer, standalone from turn where conversation_id = ? order by ordinal",
        (conversation_id,),
    )
    turns = tuple(Turn(question=q, answer=a, standalone=s) for q, a, s in rows)
    return Conversation(id=conversation_id, turns=turns)


def append(connection: sqlite3.Connection, conversation_id: ConversationId, turn: Turn) -> None:
    """Add a turn at the end of a conversation, which begins with it if it is the first."""
    connection.execute(
        "insert into turn (conversation_id, ordinal, question, answer, standalone, asked_at) "
        "select ?1, coalesce(max(ordinal) + 1, 0), ?2, ?3, ?4, ?5 from turn "
        "where conversation_id = ?1",
        (conversation_id, turn.question, turn.answer, turn.standalone, now()),
    )


def now() -> str:
    """Return this moment as UTC in ISO form, to the microsecond."""
    return datetime.now(UTC).isoformat()
