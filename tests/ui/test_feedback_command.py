"""From a thumbs-down to a question of a test: vote, export, complete, evaluate."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.pipeline import Assistant
from store.feedback import Vote
from store.ids import ConversationId
from store.library import Library
from ui.cli import run
from ui.settings import load_settings
from ui.web.conversations import Conversations
from ui.wiring import make_assistant, open_library

COST = "柳荫社区的院落改造一共花了多少钱？"
MORE = "那里的居民代表多久开一次会？"
SUBWAY = "地铁几号线什么时候开通？"
HERE, THERE = ConversationId("c1"), ConversationId("c2")


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("light_backends")


@pytest.fixture
def library(page: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Library]:
    """A library of one page that a server has open while the commands run."""
    assert run(["ingest", str(page)]) == 0
    capsys.readouterr()
    with open_library(load_settings()) as opened:
        yield opened


@pytest.fixture
def talk(library: Library) -> Conversations:
    """Two turns of one visitor, one of another; the second turn and the other's did not help."""
    conversations = Conversations(library)
    assistant = make_assistant(library, load_settings())
    say(conversations, assistant, HERE, COST)
    say(conversations, assistant, HERE, MORE)
    say(conversations, assistant, THERE, SUBWAY)
    conversations.rate(HERE, 0, Vote.UP)
    conversations.rate(HERE, 1, Vote.DOWN, "没说在哪里开")
    conversations.rate(THERE, 0, Vote.DOWN)
    return conversations


def say(talk: Conversations, assistant: Assistant, here: ConversationId, question: str) -> None:
    talk.remember(here, assistant.ask(question, talk.history(here)))


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert run(["feedback", *arguments, "--json"]) == 0
    questions: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["questions"]
    return questions


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write(path: Path, questions: list[dict[str, Any]]) -> None:
    path.write_text(
        "\n".join(json.dumps(one, ensure_ascii=False) for one in questions), encoding="utf-8"
    )


def refusal(path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["eval", str(path)]) == 2
    return capsys.readouterr().err


def test_a_thumbs_down_becomes_a_question_with_what_helps_to_complete_it(
    talk: Conversations, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = shown(capsys)
    assert first["question"] == MORE
    assert [asked for asked, _ in first["history"]] == [talk.history(HERE)[0].standalone]
    assert first["history"][0][1] == talk.history(HERE)[0].answer
    assert (first["answerable"], first["evidence"], first["facts"]) == (None, [], [])
    given = first["feedback"]
    assert (given["vote"], given["comment"]) == ("down", "没说在哪里开")
    assert given["answer"] == talk.history(HERE)[1].answer
    assert given["model"] == "extractive"
    for cited in given["cited"]:
        assert cited["quote"] in library.article(cited["article"]).body
        assert cited["headline"]
    assert second["question"] == SUBWAY
    assert "history" not in second
    assert first["id"] != second["id"]


@pytest.mark.usefixtures("talk")
def test_both_votes_can_be_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert {one["feedback"]["vote"] for one in shown(capsys, "--all")} == {"up", "down"}
    assert run(["feedback", "--all"]) == 0
    told = capsys.readouterr().out
    assert all(word in told for word in (COST, MORE, SUBWAY, "有帮助", "没帮助", "没说在哪里开"))
    assert run(["feedback"]) == 0
    assert "  有帮助" not in capsys.readouterr().out


@pytest.mark.usefixtures("talk")
def test_what_is_to_be_completed_is_told_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "题.jsonl"
    assert run(["feedback", "--out", str(out)]) == 0
    assert "wenyuan eval" in capsys.readouterr().out
    told = refusal(out, capsys)
    assert f"{out} 第 1 行" in told
    assert all(word in told for word in ("还没有补完", "answerable", "evidence", "facts"))
    first, second = lines(out)
    write(out, [first | {"answerable": True}, second])
    told = refusal(out, capsys)
    assert f"{out} 第 1 行" in told
    assert "answerable" not in told
    write(out, [first | {"answerable": True, "facts": [["每周三"]]}, second])
    assert f"{out} 第 2 行" in refusal(out, capsys)
    write(out, [first | {"evidence": ["x"]}, second])
    assert "evidence" not in refusal(out, capsys)


def test_completed_lines_are_evaluated_and_a_second_export_leaves_them_alone(
    talk: Conversations, library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "题.jsonl"
    run(["feedback", "--out", str(out)])
    first, second = lines(out)
    done = [
        first | {"answerable": True, "evidence": ["居民代表每周三晚上开一次会"]},
        second | {"answerable": False},
    ]
    write(out, done)
    talk.rate(HERE, 0, Vote.DOWN, "还有别的钱")
    talk.rate(THERE, 0, None)
    capsys.readouterr()
    assert run(["feedback", "--out", str(out)]) == 0
    assert "添了 1 题" in capsys.readouterr().out
    again = lines(out)
    assert again[:2] == done
    assert [one["question"] for one in again[2:]] == [COST]
    write(out, [*done, again[2] | {"answerable": True, "facts": [["三十万元"]]}])
    library.close()
    assert run(["eval", str(out), "--json"]) == 0
    metrics = json.loads(capsys.readouterr().out)
    assert (metrics["answerable"], metrics["unanswerable"]) == (2, 1)
    assert metrics["gold_cited_share"] > 0
    assert {"facts_share", "refused_share"} <= metrics.keys()


def test_what_was_removed_is_quoted_in_no_export(
    talk: Conversations, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    del talk
    library.remove(library.reports()[0].id)
    assert "三十万元" not in json.dumps(shown(capsys, "--all"), ensure_ascii=False)


@pytest.mark.usefixtures("library")
def test_without_votes_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "题.jsonl"
    assert run(["feedback", "--out", str(out)]) == 0
    assert "还没有" in capsys.readouterr().out
    assert not out.exists()
    assert shown(capsys) == []


@pytest.mark.usefixtures("talk")
def test_a_file_that_is_no_list_of_questions_is_told_and_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notes = tmp_path / "笔记.txt"
    notes.write_text("不是题目\n", encoding="utf-8")
    assert run(["feedback", "--out", str(notes)]) == 2
    assert str(notes) in capsys.readouterr().err
    assert notes.read_text(encoding="utf-8") == "不是题目\n"


def test_a_data_folder_that_holds_nothing_is_told_and_not_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--home", str(tmp_path / "空"), "feedback"]) == 2
    assert "空" in capsys.readouterr().err
    assert not (tmp_path / "空").exists()
