"""What visitors think of answers: one vote a turn, kept with the turn and gone with it.

Only the place of what was cited is kept, no quote: the words are looked up in the article when they
are wanted, so that a report that was removed is quoted nowhere.
"""

import json
import sqlite3
from dataclasses import dataclass
from enum import StrEnum

from store import conversations
from store.articles import Article
from store.errors import NotFoundError, UsageError
from store.ids import ArticleId, ConversationId, digest
from store.text import clean
from store.turns import Turn

MAX_COMMENT_CHARS = 200
CHECK_DIGITS = 8

_COLUMNS = "conversation_id, ordinal, vote, comment, voted_at, status, model, cited"


class Vote(StrEnum):
    """Whether an answer helped."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """The place of a sentence that was cited: the label shown, and characters of an article.

    `check` is the first hex digits of the digest of the words: they tell whether the article still
    has them there.
    """

    label: int
    article_id: ArticleId
    start: int
    end: int
    check: str

    def quote(self, article: Article) -> str | None:
        """Return the words that were cited, or None where the article has others there now."""
        words = article.body[self.start : self.end]
        return words if words and digest(words, length=CHECK_DIGITS) == self.check else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What a visitor thinks of one answer.

    Attributes:
        conversation_id: of the visitor's conversation.
        ordinal: which turn of it, from 0.
        vote: whether the answer helped.
        comment: what was wrong, one line of up to MAX_COMMENT_CHARS; "" where nothing was said.
        status: the answer's band; "" where only its words were known (after a restart).
        model: who worded it; "" as with `status`.
        cited: the places it cited.
        voted_at: UTC ISO; set when it is kept.
    """

    conversation_id: ConversationId
    ordinal: int
    vote: Vote
    comment: str = ""
    status: str = ""
    model: str = ""
    cited: tuple[Cited, ...] = ()
    voted_at: str = ""

    def __post_init__(self) -> None:
        """Check the invariants."""
        if self.comment != one_line(self.comment):
            raise ValueError("a comment is one clean line")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voted:
    """Feedback with what it is about: the turn, and those before it, oldest first."""

    feedback: Feedback
    turn: Turn
    before: tuple[Turn, ...]


def one_line(comment: str) -> str:
    """Return a comment as it is kept: clean, on one line; raises UsageError if it is too long."""
    line = " ".join(clean(comment).split())
    if len(line) > MAX_COMMENT_CHARS:
        raise UsageError(
            f"说明最多 {MAX_COMMENT_CHARS} 个字，现在有 {len(line)} 个，请写短一些再提交。"
        )
    return line


def put(connection: sqlite3.Connection, feedback: Feedback) -> None:
    """Keep a vote in place of an earlier one on the same turn.

    What is not known of the answer any more stays as it was kept with the earlier vote.

    Raises:
        NotFoundError: the conversation has no such turn.
    """
    place = (feedback.conversation_id, feedback.ordinal)
    turn = "select 1 from turn where conversation_id = ? and ordinal = ?"
    if connection.execute(turn, place).fetchone() is None:
        raise NotFoundError("没有这条回答，不能评价。")
    cited = [[c.label, c.article_id, c.start, c.end, c.check] for c in feedback.cited]
    connection.execute(
        f"insert into feedback ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?) "
        "on conflict do update set vote = excluded.vote, comment = excluded.comment, "
        "voted_at = excluded.voted_at, "
        "cited = iif(excluded.status = '', cited, excluded.cited), "
        "model = iif(excluded.status = '', model, excluded.model), "
        "status = iif(excluded.status = '', status, excluded.status)",
        (
            *place,
            feedback.vote.value,
            feedback.comment,
            conversations.now(),
            feedback.status,
            feedback.model,
            json.dumps(cited),
        ),
    )


def drop(connection: sqlite3.Connection, conversation_id: ConversationId, ordinal: int) -> None:
    """Take the vote on a turn back; without one nothing happens."""
    connection.execute(
        "delete from feedback where conversation_id = ? and ordinal = ?",
        (conversation_id, ordinal),
    )


def of(connection: sqlite3.Connection, conversation_id: ConversationId) -> tuple[Feedback, ...]:
    """Return the votes on a conversation's turns, by ordinal."""
    rows = connection.execute(
        f"select {_COLUMNS} from feedback where conversation_id = ? order by ordinal",
        (conversation_id,),
    )
    return tuple(_feedback(row) for row in rows)


def voted(connection: sqlite3.Connection, vote: Vote | None) -> tuple[Voted, ...]:
    """Return every vote of a kind, or of both, with its turn; the oldest vote first."""
    rows = connection.execute(
        f"select {_COLUMNS} from feedback where ?1 is null or vote = ?1 "
        "order by voted_at, conversation_id, ordinal",
        (vote,),
    ).fetchall()
    found = []
    for feedback in map(_feedback, rows):
        turns = conversations.read(connection, feedback.conversation_id).turns
        here = feedback.ordinal
        found.append(Voted(feedback=feedback, turn=turns[here], before=turns[:here]))
    return tuple(found)


def _feedback(row: tuple[str, int, str, str, str, str, str, str]) -> Feedback:
    conversation_id, ordinal, vote, comment, voted_at, status, model, cited = row
    return Feedback(
        conversation_id=ConversationId(conversation_id),
        ordinal=ordinal,
        vote=Vote(vote),
        comment=comment,
        status=status,
        model=model,
        cited=tuple(
            Cited(label=label, article_id=ArticleId(article), start=start, end=end, check=check)
            for label, article, start, end, check in json.loads(cited)
        ),
        voted_at=voted_at,
    )
