"""What was said, conversation by conversation."""

import sqlite3
from collections.abc import Collection
from datetime import UTC, datetime

from store.ids import ConversationId
from store.turns import Conversation, Turn

FORGOTTEN = "（这条回答所引的报道已经删除。）"
_TELLING = 6  # characters: a shorter sentence is not telling, and may stand in any answer


def read(connection: sqlite3.Connection, conversation_id: ConversationId) -> Conversation:
    """Return a conversation, oldest turn first; one never heard of has no turns."""
    rows = connection.execute(
        "select question, answer, standalone from turn where conversation_id = ? order by ordinal",
        (conversation_id,),
    )
    turns = tuple(Turn(question=q, answer=a, standalone=s) for q, a, s in rows)
    return Conversation(id=conversation_id, turns=turns)


def append(connection: sqlite3.Connection, conversation_id: ConversationId, turn: Turn) -> int:
    """Add a turn at the end of a conversation, which begins with it if it is the first.

    Returns:
        Which turn it is, from 0.
    """
    row = connection.execute(
        "insert into turn (conversation_id, ordinal, question, answer, standalone, asked_at) "
        "select ?1, coalesce(max(ordinal) + 1, 0), ?2, ?3, ?4, ?5 from turn "
        "where conversation_id = ?1 returning ordinal",
        (conversation_id, turn.question, turn.answer, turn.standalone, now()),
    ).fetchone()
    return int(row[0])


def forget(connection: sqlite3.Connection, texts: Collection[str]) -> None:
    """Blank the answers that quote any of these texts, which are no longer kept.

    The questions stay: they are the visitor's own.
    """
    wanted = [text for text in texts if len(text) >= _TELLING]
    for conversation, ordinal, answer in connection.execute(
        "select conversation_id, ordinal, answer from turn"
    ).fetchall():
        if any(text in answer for text in wanted):
            connection.execute(
                "update turn set answer = ? where conversation_id = ? and ordinal = ?",
                (FORGOTTEN, conversation, ordinal),
            )


def now() -> str:
    """Return this moment as UTC in ISO form, to the microsecond."""
    return datetime.now(UTC).isoformat()
