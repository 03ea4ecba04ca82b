"""The bridge for LangChain's users; its documentation is run as it stands."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.pipeline import Assistant
from assistant.records import Status
from assistant.retriever import WenyuanRetriever, as_runnable
from ingest.config import IngestConfig
from ingest.pipeline import ingest
from store.config import StoreConfig
from store.errors import BadQuestionError, UsageError
from store.library import Library

ROOT = Path(__file__).parents[2]


def test_passages_come_with_their_place(assistant: Assistant) -> None:
    found = WenyuanRetriever(assistant=assistant, k=2).invoke("助老食堂在哪里？")
    assert 1 <= len(found) <= 2
    first = found[0]
    article = assistant.library.article(first.metadata["article_id"])
    assert first.page_content
    assert first.metadata["community"] == "石桥社区"
    assert first.metadata["status"] == "answered"
    assert first.metadata["start"] < first.metadata["end"] <= len(article.body)


def test_more_passages_come_than_answers_are_drawn_from(assistant: Assistant) -> None:
    few = replace(assistant, config=replace(assistant.config, passage_count=2))
    some = WenyuanRetriever(assistant=few, k=2).invoke("助老食堂在哪里？")
    more = WenyuanRetriever(assistant=few, k=5).invoke("助老食堂在哪里？")
    assert len(more) == len({one.id for one in more}) == 5
    assert [one.id for one in more[:2]] == [one.id for one in some]
    assert {one.metadata["status"] for one in more} == {some[0].metadata["status"]}


def test_the_status_lets_a_chain_refuse(assistant: Assistant) -> None:
    found = WenyuanRetriever(assistant=assistant).invoke("量子计算机的价格是多少？")
    assert {one.metadata["status"] for one in found} <= {"not_covered", "related"}


def test_the_whole_assistant_is_a_link_of_a_chain(assistant: Assistant) -> None:
    chain = as_runnable(assistant)
    assert chain.invoke("助老食堂在哪里？").status is Status.ANSWERED
    followed = chain.invoke(
        {"question": "那里的食堂在哪里？", "history": [["石桥社区在哪个街道？", ""]]}
    )
    assert "原街道会议室" in followed.text


@pytest.mark.parametrize("given", [{"query": "在哪里"}, 3, {"question": None}])
def test_what_is_no_question_is_refused(assistant: Assistant, given: object) -> None:
    with pytest.raises(UsageError):
        as_runnable(assistant).invoke(given)  # type: ignore[arg-type]


def test_an_empty_question_is_refused(assistant: Assistant) -> None:
    with pytest.raises(BadQuestionError):
        WenyuanRetriever(assistant=assistant).invoke("  ")


def test_the_documentation_runs_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WENYUAN_HOME", str(tmp_path))
    monkeypatch.setenv("WENYUAN_EMBEDDER", "hashing")
    monkeypatch.setenv("WENYUAN_VECTORS", "memory")
    config = StoreConfig(folder=tmp_path, vectors="memory", embedder="hashing", splitter="1/250")
    with Library.open(config) as library:
        ingest([ROOT / "reports"], library, IngestConfig())
    (code,) = re.findall(
        r"```python\n(.*?)```", (ROOT / "docs/langchain.md").read_text("utf-8"), re.DOTALL
    )
    exec(compile(code, "docs/langchain.md", "exec"), {})
    assert "捐赠给社区基金" in capsys.readouterr().out
