"""What was removed is quoted in no remembered answer."""

from collections.abc import Callable
from typing import Any

from store.conversations import FORGOTTEN
from store.ids import ConversationId
from store.library import Library
from store.turns import Turn

HERE = ConversationId("c1")


def test_a_removed_report_is_blanked_in_remembered_answers_and_nothing_else_is(
    library: Library, make_contents: Callable[..., Any]
) -> None:
    contents = make_contents()
    library.add(contents)
    sentence = max((s.text for a in contents.articles for s in a.sentences), key=len)
    library.remember(HERE, Turn(question="问一", answer=f"{sentence}[1]"))
    library.remember(HERE, Turn(question="问二", answer="报道中没有提到。"))
    library.remove(contents.report.id)
    turns = library.conversation(HERE).turns
    assert [turn.question for turn in turns] == ["问一", "问二"]
    assert [turn.answer for turn in turns] == [FORGOTTEN, "报道中没有提到。"]
