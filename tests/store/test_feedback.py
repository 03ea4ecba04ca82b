"""One vote a turn: replaced when the visitor thinks otherwise, and gone with the conversation."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from store.articles import Article
from store.config import StoreConfig
from store.conversations import FORGOTTEN
from store.database import FILE
from store.errors import NotFoundError, UsageError
from store.feedback import CHECK_DIGITS, MAX_COMMENT_CHARS, Cited, Feedback, Vote, one_line
from store.ids import ArticleId, ConversationId, digest
from store.library import Library
from store.passages import Passage
from store.reports import ReportContents
from store.turns import Turn

HERE, THERE = ConversationId("此"), ConversationId("彼")
NO = Feedback(
    conversation_id=HERE,
    ordinal=0,
    vote=Vote.DOWN,
    comment="说的是另一个社区",
    status="answered",
    model="extractive",
    cited=(Cited(label=1, article_id=ArticleId("a0"), start=0, end=2, check="0" * CHECK_DIGITS),),
)


@pytest.fixture
def asked(library: Library) -> Library:
    """Two turns here, and one of somebody else."""
    for number in range(2):
        assert library.remember(HERE, Turn(question=f"问{number}", answer=f"答{number}")) == number
    assert library.remember(THERE, Turn(question="问", answer="答")) == 0
    return library


def kept(library: Library) -> tuple[Feedback, ...]:
    """Return the feedback here, without its times."""
    ratings = library.ratings(HERE)
    assert all(one.voted_at for one in ratings)
    return tuple(replace(one, voted_at="") for one in ratings)


def test_feedback_comes_back_with_its_turn_and_those_before_it(asked: Library) -> None:
    asked.rate(replace(NO, ordinal=1))
    assert kept(asked) == (replace(NO, ordinal=1),)
    (found,) = asked.feedback(Vote.DOWN)
    assert found.feedback == asked.ratings(HERE)[0]
    assert found.turn.question == "问1"
    assert [turn.answer for turn in found.before] == ["答0"]
    assert asked.ratings(THERE) == ()


def test_another_vote_takes_the_place_of_the_first(asked: Library) -> None:
    asked.rate(NO)
    yes = replace(NO, vote=Vote.UP, comment="")
    asked.rate(yes)
    assert kept(asked) == (yes,)
    assert asked.feedback(Vote.DOWN) == ()
    assert [one.feedback.vote for one in asked.feedback()] == [Vote.UP]


def test_what_was_known_of_the_answer_outlives_a_vote_that_knows_less(asked: Library) -> None:
    asked.rate(NO)
    asked.rate(replace(NO, comment="少了一半", status="", model="", cited=()))
    assert kept(asked) == (replace(NO, comment="少了一半"),)


def test_a_vote_can_be_taken_back(asked: Library) -> None:
    asked.rate(NO)
    asked.unrate(HERE, 1)
    assert len(kept(asked)) == 1
    asked.unrate(HERE, 0)
    asked.unrate(HERE, 0)
    assert kept(asked) == ()


@pytest.mark.parametrize("place", [(HERE, 2), (HERE, -1), (ConversationId("无"), 0)])
def test_a_turn_that_is_not_there_cannot_be_voted_on(
    asked: Library, place: tuple[ConversationId, int]
) -> None:
    conversation, ordinal = place
    with pytest.raises(NotFoundError):
        asked.rate(replace(NO, conversation_id=conversation, ordinal=ordinal))
    assert asked.feedback() == ()


def test_feedback_is_in_the_order_of_the_votes(asked: Library) -> None:
    asked.rate(replace(NO, ordinal=1))
    asked.rate(NO)
    assert [one.turn.question for one in asked.feedback()] == ["问1", "问0"]
    asked.rate(replace(NO, ordinal=1, comment=""))
    assert [one.turn.question for one in asked.feedback()] == ["问0", "问1"]


@pytest.mark.parametrize("text", ["", "一行", "甲 乙", "字" * MAX_COMMENT_CHARS])
def test_a_comment_is_kept_as_it_is(text: str) -> None:
    assert one_line(text) == text


def test_a_comment_is_one_clean_line() -> None:
    assert one_line("  甲\r\n\n乙\t\u202e丙\x00 ") == "甲 乙 丙"
    with pytest.raises(UsageError, match="201"):
        one_line("字" * (MAX_COMMENT_CHARS + 1))
    with pytest.raises(ValueError, match="line"):
        replace(NO, comment="甲\n乙")


def test_feedback_survives_a_restart_and_a_new_index(
    config: StoreConfig,
    make_contents: Callable[..., ReportContents],
    split: Callable[[Article], Sequence[Passage]],
) -> None:
    with Library.open(config) as library:
        library.add(make_contents())
        library.remember(HERE, Turn(question="问", answer="答"))
        library.rate(NO)
    with Library.open(config) as library:
        library.reindex(split)
        assert kept(library) == (NO,)


def test_feedback_is_gone_with_its_conversation(asked: Library, config: StoreConfig) -> None:
    asked.rate(NO)
    asked.rate(replace(NO, conversation_id=THERE))
    asked.close()
    connection = sqlite3.connect(config.folder / FILE)
    connection.execute("pragma foreign_keys = on")
    with connection:
        connection.execute("delete from turn where conversation_id = ?", (HERE,))
    assert connection.execute("select conversation_id from feedback").fetchall() == [(THERE,)]
    connection.close()


def test_the_words_that_were_cited_are_found_as_long_as_the_article_has_them(
    library: Library, make_contents: Callable[..., ReportContents]
) -> None:
    contents = make_contents()
    library.add(contents)
    article = contents.articles[0]
    words = article.sentences[2].text
    place = Cited(
        label=1,
        article_id=article.id,
        start=article.sentences[2].start,
        end=article.sentences[2].end,
        check=digest(words, length=CHECK_DIGITS),
    )
    assert place.quote(library.article(article.id)) == words
    assert replace(place, start=place.start + 1).quote(article) is None
    assert replace(place, start=10**6, end=10**6 + 5, check=digest("")[:8]).quote(article) is None


def test_nothing_of_a_removed_report_is_left_in_feedback(
    library: Library, make_contents: Callable[..., ReportContents], config: StoreConfig
) -> None:
    contents = make_contents()
    library.add(contents)
    words = contents.articles[0].sentences[2].text
    library.remember(HERE, Turn(question="问", answer=f"{words}[1]"))
    library.rate(NO)
    library.remove(contents.report.id)
    (found,) = library.feedback()
    assert found.turn.answer == FORGOTTEN
    library.close()
    connection = sqlite3.connect(config.folder / FILE)
    rows = connection.execute("select * from feedback").fetchall()
    connection.close()
    assert words not in str(rows)
