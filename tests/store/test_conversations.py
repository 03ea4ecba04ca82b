"""Conversations are remembered in order, each by itself, across restarts."""

from store.config import StoreConfig
from store.ids import ConversationId
from store.library import Library
from store.turns import Turn

ONE, TWO = ConversationId("一"), ConversationId("二")


def test_turns_come_back_in_order_and_survive_a_restart(config: StoreConfig) -> None:
    turns = [Turn(question=f"问{n}", answer=f"答{n}", standalone=f"全{n}") for n in range(12)]
    with Library.open(config) as library:
        for turn in turns:
            library.remember(ONE, turn)
        library.remember(TWO, turns[0])
    with Library.open(config) as library:
        assert library.conversation(ONE).turns == tuple(turns)
        assert library.conversation(TWO).turns == (turns[0],)


def test_a_conversation_never_heard_of_has_no_turns(library: Library) -> None:
    assert library.conversation(ONE).turns == ()
