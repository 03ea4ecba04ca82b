"""The web application over HTTP: the frame, the headers, what is closed, and the port."""

import asyncio
import json
import re
import socket
from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.config import AssistantConfig
from assistant.pipeline import Assistant
from store.errors import UsageError
from store.library import Library
from store.reports import ReportContents
from ui.web.app import create_app
from ui.web.server import serve
from ui.web.shell import dress
from ui.web.visitor import COOKIE


def make_app(library: Library, assistant: Assistant) -> FastAPI:
    """Make the application inside a running loop: outside of one, Gradio leaves loops open."""

    async def make() -> FastAPI:
        return create_app(library, assistant)

    return asyncio.run(make())


@pytest.fixture
def client(library: Library, make_contents: Callable[..., ReportContents]) -> Iterator[TestClient]:
    library.add(make_contents())
    app = make_app(library, Assistant(library, AssistantConfig()))
    with TestClient(app, base_url="http://127.0.0.1") as opened:
        yield opened


def test_the_page_is_chinese_from_its_first_byte_and_names_no_outsider(client: TestClient) -> None:
    page = client.get("/").text
    assert '<html lang="zh-CN">' in page
    assert "<h1>问院</h1>" in page
    shown = page.split("window.gradio_config")[0] + page.split("</script>", 1)[1]
    assert "og:" not in page
    assert "manifest" not in shown
    assert not re.search(r'(src|href|content)="https?://', page)


def test_the_frame_finds_its_assets(client: TestClient) -> None:
    page = client.get("/").text
    addresses = re.findall(r'(?:href|src)="(wenyuan-[^"]+)"', page)
    assert {address.rsplit(".", 1)[1] for address in addresses} == {"svg", "css", "js"}
    for address in addresses:
        assert client.get(f"/{address}").status_code == 200


def test_a_page_of_another_make_is_left_as_it_is() -> None:
    assert dress("<p>别的页面</p>") == "<p>别的页面</p>"


def test_every_answer_carries_the_security_headers(client: TestClient) -> None:
    for address in ("/", "/healthz", "/reports", "/nowhere", "/gradio_api/upload"):
        headers = client.get(address).headers
        assert "unsafe-eval" not in headers["content-security-policy"]
        assert "default-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("address", ["/gradio_api/upload", "/upload", "/gradio_api/upload/"])
def test_uploads_are_refused(client: TestClient, address: str) -> None:
    answer = client.post(address, files={"files": ("x.txt", b"x")})
    assert answer.status_code in {403, 404}


def test_what_no_question_can_be_is_not_read(client: TestClient) -> None:
    address = "/gradio_api/queue/join"
    assert client.post(address, content=b"x" * 1_000_001).status_code == 413
    assert client.post(address, content=iter([b"x"])).status_code == 411


def test_no_event_is_offered_as_an_api(client: TestClient) -> None:
    info = client.get("/gradio_api/info").json()
    assert info["named_endpoints"] == {}
    assert info["unnamed_endpoints"] == {}
    assert client.get("/gradio_api/runs").status_code == 404


def test_the_key_is_handed_out_once_and_cannot_be_read_by_scripts(client: TestClient) -> None:
    handed = client.get("/").headers["set-cookie"]
    assert handed.startswith(COOKIE)
    assert "HttpOnly" in handed
    assert "SameSite=Lax" in handed
    assert "set-cookie" not in client.get("/").headers


def test_a_new_conversation_changes_the_key(client: TestClient) -> None:
    client.get("/")
    before = client.cookies[COOKIE]
    assert client.post("/conversation").status_code == 204
    assert client.cookies[COOKIE] != before


def test_over_https_the_key_stays_on_https(client: TestClient) -> None:
    assert "Secure" in client.get("https://127.0.0.1/").headers["set-cookie"]


def test_an_article_is_given_with_its_words_marked(client: TestClient) -> None:
    (report,) = client.get("/reports").json()["reports"]
    article = report["articles"][0]["id"]
    page = client.get(f"/articles/{article}?cite=nonsense").json()
    assert page["headline"] == "社区食堂开张"


def test_an_article_that_is_gone_is_told_in_one_sentence(client: TestClient) -> None:
    answer = client.get("/articles/a0000000000")
    assert answer.status_code == 404
    assert answer.json() == {"detail": "这篇文章已不在报道库中。"}


def test_the_server_says_that_it_is_well(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


def test_words_of_reports_cannot_break_out_of_the_page(
    library: Library, make_contents: Callable[..., ReportContents]
) -> None:
    evil = "</script><script>alert(1)</script>"
    library.add(make_contents(stories=[(evil, [f"社区推出“{evil}”。"])], community=evil))
    app = make_app(library, _Suggesting(library, AssistantConfig()))
    with TestClient(app, base_url="http://127.0.0.1") as opened:
        page = opened.get("/").text
        assert "<script>alert" not in page
        assert "alert(1)" in json.dumps(opened.get("/reports").json())


class _Suggesting(Assistant):
    def suggestions(self, count: int = 4) -> tuple[str, ...]:
        return ("</script><script>alert(1)</script>",)[:count]


def test_a_taken_port_is_told_in_one_sentence(library: Library) -> None:
    assistant = Assistant(library, AssistantConfig())
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"{port} 端口"):
            serve(library, assistant, "127.0.0.1", port)
    with pytest.raises(UsageError, match="监听地址"):
        serve(library, assistant, "没有这台机器.invalid", 1)
