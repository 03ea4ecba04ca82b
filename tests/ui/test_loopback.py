"""The machine's own names are one thing wherever they are asked for: IPv6, IPv4 and localhost."""

import logging
import socket
from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from store.errors import UsageError
from ui.cli import run
from ui.loopback import is_loopback
from ui.web.owner import is_own_page, is_owner
from ui.web.server import _known_hosts, _listen, _url

OWN = ("localhost", "LocalHost", "127.0.0.1", "127.0.0.2", "::1", "[::1]", "::ffff:127.0.0.1")
OTHERS = ("0.0.0.0", "::", "[::]", "192.168.1.7", "wenyuan.example", "127.0.0.1.evil.example", "")
IN_ADDRESSES = ("localhost", "127.0.0.1", "[::1]")


def asked() -> FastAPI:
    """Make an application that says who it takes the visitor for."""
    app = FastAPI()

    @app.get("/")
    def owner(request: Request) -> list[bool]:
        return [is_owner(request), is_own_page(request)]

    return app


@pytest.fixture
def taken() -> Iterator[dict[str, int]]:
    """A port that is taken, for each way to name the machine."""
    with socket.socket() as four, socket.socket(socket.AF_INET6) as six:
        for one, host in ((four, "127.0.0.1"), (six, "::1")):
            try:
                one.bind((host, 0))
            except OSError:
                pytest.skip("no IPv6 on this machine")
            one.listen()
        yield {"127.0.0.1": four.getsockname()[1], "[::1]": six.getsockname()[1]} | {
            "::1": six.getsockname()[1]
        }


@pytest.mark.parametrize("name", OWN)
def test_a_name_of_the_machine_itself_is_one(name: str) -> None:
    assert is_loopback(name)


@pytest.mark.parametrize("name", OTHERS)
def test_another_machines_name_is_none(name: str) -> None:
    assert not is_loopback(name)


@pytest.mark.parametrize("listening", ["localhost", "127.0.0.1", "::1", "[::1]"])
def test_a_page_for_this_machine_alone_answers_to_each_of_its_names_and_to_no_other(
    listening: str,
) -> None:
    for name in IN_ADDRESSES:
        here = f"http://{name}:7860"
        for come_from in ("127.0.0.1", "::1"):
            page = TestClient(
                _known_hosts(asked(), listening), base_url=here, client=(come_from, 5000)
            )
            answer = page.get("/", headers={"origin": here})
            assert (answer.status_code, answer.json()) == (200, [True, True])
    for name in ("evil.example", "192.168.1.7", "[fe80::1]"):
        page = TestClient(_known_hosts(asked(), listening), base_url=f"http://{name}:7860")
        assert page.get("/").status_code == 400


@pytest.mark.parametrize("listening", ["0.0.0.0", "::", "192.168.1.7"])
def test_a_page_for_everybody_answers_to_every_name_and_knows_its_owner(listening: str) -> None:
    known = _known_hosts(asked(), listening)
    assert TestClient(known, base_url="http://wenyuan.example").get("/").json() == [False, False]
    for name in IN_ADDRESSES:
        page = TestClient(known, base_url=f"http://{name}", client=("::1", 1))
        assert page.get("/").json()[0]


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "[::1]"])
def test_an_address_may_be_written_as_in_a_browser(host: str, taken: dict[str, int]) -> None:
    with _listen(host, 0) as listener:
        shown = "127.0.0.1" if host == "127.0.0.1" else "[::1]"
        assert _url(listener) == f"http://{shown}:{listener.getsockname()[1]}"
    with pytest.raises(UsageError, match="已被占用"):
        _listen(host, taken[host])


@pytest.mark.usefixtures("light_backends")
@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "[::1]", "0.0.0.0"])
def test_only_a_page_that_others_can_open_is_warned_of(
    host: str, taken: dict[str, int], caplog: pytest.LogCaptureFixture
) -> None:
    port = taken.get(host, taken["127.0.0.1"])
    with caplog.at_level(logging.WARNING):
        assert run(["serve", "--host", host, "--port", str(port)]) == 2
    warned = any("同一网络" in record.getMessage() for record in caplog.records)
    assert warned == (host == "0.0.0.0")
