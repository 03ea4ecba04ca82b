"""Votes on answers: only by whoever asked, one a turn, with what the answer rested on."""

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.config import AssistantConfig
from assistant.pipeline import Assistant
from store.feedback import Feedback, Vote
from store.ids import ConversationId
from store.library import Library
from store.reports import ReportContents
from store.turns import Turn
from tests.ui.test_page_app import make_app
from ui.web.conversations import Conversations, conversation_id, new_key
from ui.web.feedback import NOT_READ, add_feedback
from ui.web.visitor import COOKIE
from ui.web.votes import votes

ASKED = "社区食堂一餐多少钱？"

OWN = {"origin": "http://testserver"}
HERE = "http://127.0.0.1"


@pytest.fixture
def assistant(library: Library, make_contents: Callable[..., ReportContents]) -> Assistant:
    library.add(make_contents())
    return Assistant(library, AssistantConfig())


@pytest.fixture
def conversations(assistant: Assistant) -> Conversations:
    return Conversations(assistant.library)


@pytest.fixture
def client(conversations: Conversations) -> Iterator[TestClient]:
    app = FastAPI()
    add_feedback(app, conversations)
    with TestClient(app, headers=OWN) as opened:
        yield opened


@pytest.fixture
def here(client: TestClient, conversations: Conversations, assistant: Assistant) -> ConversationId:
    """A conversation of one answered turn; the client holds its key."""
    key = new_key()
    client.cookies.set(COOKIE, key)
    conversation = conversation_id(key)
    assert conversation is not None
    assert conversations.remember(conversation, assistant.ask(ASKED)) == 0
    return conversation


def vote(client: TestClient, **ballot: object) -> tuple[int, str]:
    """Vote on the first turn, or as the ballot says; return the status and what is told."""
    answer = client.post("/feedback", json={"turn": 0, "vote": "down"} | ballot)
    return answer.status_code, str(answer.json()["detail"]) if answer.content else ""


def test_a_vote_is_kept_with_what_the_answer_rested_on(
    client: TestClient, here: ConversationId, assistant: Assistant
) -> None:
    assert vote(client, comment=" 没说\n老人的价钱 ")[0] == 204
    (kept,) = assistant.library.ratings(here)
    assert kept.vote is Vote.DOWN
    assert kept.comment == "没说 老人的价钱"
    assert kept.model == "extractive"
    assert kept.status == assistant.ask(ASKED).status
    answer = assistant.ask(ASKED)
    assert [one.label for one in kept.cited] == [one.label for one in answer.citations]
    article = assistant.library.article(kept.cited[0].article_id)
    assert kept.cited[0].quote(article) == answer.citations[0].quote


def test_a_second_thought_replaces_the_first_and_null_takes_it_back(
    client: TestClient, here: ConversationId, assistant: Assistant
) -> None:
    vote(client, comment="不对")
    assert vote(client, vote="up", comment="不要留着")[0] == 204
    (kept,) = assistant.library.ratings(here)
    assert (kept.vote, kept.comment) == (Vote.UP, "")
    assert vote(client, vote=None)[0] == 204
    assert assistant.library.ratings(here) == ()


def test_nobody_votes_on_another_visitors_answer(
    client: TestClient, here: ConversationId, assistant: Assistant
) -> None:
    client.cookies.clear()
    assert vote(client)[0] == 403
    client.cookies.set(COOKIE, here)  # what the catalog calls it opens nothing
    assert vote(client)[0] == 403
    client.cookies.clear()
    client.cookies.set(COOKIE, new_key())
    assert vote(client) == (404, "没有这条回答，不能评价。")
    assert assistant.library.feedback() == ()


@pytest.mark.parametrize(
    ("ballot", "status"),
    [
        ({"turn": 1}, 404),
        ({"turn": -1}, 422),
        ({"turn": 2**70}, 422),
        ({"turn": "零"}, 422),
        ({"vote": "sideways"}, 422),
        ({"comment": ["x"]}, 422),
        ({"comment": "字" * 201}, 400),
    ],
)
def test_what_is_no_vote_is_refused(
    client: TestClient,
    here: ConversationId,
    assistant: Assistant,
    ballot: dict[str, object],
    status: int,
) -> None:
    assert vote(client, **ballot)[0] == status
    assert assistant.library.ratings(here) == ()


def test_a_form_of_another_site_is_no_vote(
    client: TestClient, here: ConversationId, assistant: Assistant
) -> None:
    text = client.post(
        "/feedback", content='{"turn": 0, "vote": "up"}', headers={"content-type": "text/plain"}
    )
    assert text.status_code == 422
    assert client.post("/feedback", data={"turn": "0", "vote": "up"}).status_code == 422
    strange = client.post(
        "/feedback",
        content='{"turn": NaN, "vote": "up"}',
        headers={"content-type": "application/json"},
    )
    assert (strange.status_code, strange.json()["detail"]) == (422, NOT_READ)
    assert assistant.library.ratings(here) == ()


@pytest.mark.parametrize("origin", ["http://testserver:5555", "http://evil.example", "null"])
def test_a_page_of_another_origin_cannot_vote(
    client: TestClient, here: ConversationId, assistant: Assistant, origin: str
) -> None:
    client.headers["origin"] = origin
    assert vote(client)[0] == 403
    assert assistant.library.ratings(here) == ()


def test_after_a_restart_an_answer_can_still_be_voted_on(
    here: ConversationId, assistant: Assistant
) -> None:
    Conversations(assistant.library).rate(here, 0, Vote.DOWN, "晚了一步")
    (kept,) = assistant.library.ratings(here)
    assert (kept.comment, kept.status, kept.cited) == ("晚了一步", "", ())


def test_votes_stay_with_their_turns_when_only_the_last_are_shown(assistant: Assistant) -> None:
    conversations = Conversations(assistant.library, turns=2)
    here = conversation_id(new_key())
    assert here is not None
    for number in range(4):
        assert conversations.remember(here, assistant.ask(ASKED)) == number
    conversations.rate(here, 2, Vote.DOWN)
    shown = conversations.shown(here)
    assert [one.ordinal for one in shown] == [2, 3]
    assert [one.feedback and one.feedback.vote for one in shown] == [Vote.DOWN, None]
    assert not any(isinstance(one.said, Turn) for one in shown)


def test_the_page_of_the_application_takes_votes(assistant: Assistant) -> None:
    with TestClient(
        make_app(assistant.library, assistant), base_url=HERE, headers={"origin": HERE}
    ) as opened:
        assert vote(opened)[0] == 403
        opened.get("/")
        assert vote(opened)[0] == 404


def test_a_vote_that_cannot_be_written_is_told_in_one_sentence(assistant: Assistant) -> None:
    with TestClient(
        make_app(assistant.library, assistant), base_url=HERE, headers={"origin": HERE}
    ) as opened:
        opened.get("/")
        assistant.library.close()
        assert vote(opened) == (503, "资料库已经关闭。")


def test_a_remark_is_shown_to_the_letter_and_is_nothing_more() -> None:
    given = Feedback(
        conversation_id=ConversationId("c"),
        ordinal=3,
        vote=Vote.DOWN,
        comment="<script>alert(1)</script>",
    )
    html = votes(3, given)
    assert "<script" not in html
    assert 'class="vote on" role="button" href="#vote-3-down"' in html
    assert "修改" in html
    assert "remark" not in votes(3)
