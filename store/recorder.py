"""What visitors leave in the library: their conversations, and what they think of the answers."""

from store import conversations, feedback
from store.feedback import Feedback
from store.ids import ConversationId
from store.reader import Reader
from store.turns import Turn


class Recorder(Reader):
    """Reads the catalog, and writes down what is said on the page."""

    def remember(self, conversation_id: ConversationId, turn: Turn) -> int:
        """Add a turn to a conversation.

        Returns:
            Which turn of the conversation it is, from 0.

        Raises:
            DataFolderError: it cannot be written.
        """
        with self._database.write(content=False) as connection:
            return conversations.append(connection, conversation_id, turn)

    def rate(self, given: Feedback) -> None:
        """Keep what a visitor thinks of an answer, in place of what was thought of it before.

        Raises:
            NotFoundError: the conversation has no such turn.
            DataFolderError: it cannot be written.
        """
        with self._database.write(content=False) as connection:
            feedback.put(connection, given)

    def unrate(self, conversation_id: ConversationId, ordinal: int) -> None:
        """Forget what a visitor thought of an answer (the turn's number, from 0)."""
        with self._database.write(content=False) as connection:
            feedback.drop(connection, conversation_id, ordinal)
