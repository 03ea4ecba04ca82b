"""A server on a free port, a headless Chromium, and a page that tolerates no surprise."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Route, sync_playwright

from tests.browser.paper import paged, scanned
from ui.settings import load_settings
from ui.wiring import open_library

ROOT = Path(__file__).resolve().parents[2]
SIZES = {"desktop": (1280, 800), "phone": (375, 812)}
HOSTILE = """\
社区<script>alert(1)</script>食堂<img src=http://evil.example/a.png onerror=alert(2)>

本期走访：锦江区<b>春熙</b>街道梨花街社区

梨花街社区食堂一餐收费十三元<script>alert(3)</script>，![图](http://evil.example/b.png)，\
<form action=http://evil.example><input></form>，<div style="position:fixed;inset:0">盖住</div>。\
食堂的菜单写在[这里](javascript:alert(4))，编号${alert(5)}，{{alert(6)}}，$x$，| 甲 | 乙 |，[1]。

# 梨花街社区<iframe srcdoc="<script>alert(7)</script>"></iframe>的标题

```梨花街社区``` <a href="#ev-1-1-a0-0-1-00000000" id="ev-1-1">1</a>\
梨花街社区的食堂由<style>*{display:none}</style>居民自己管理。

社区报记者 <svg onload=alert(8)>
"""


def chromium() -> str | None:
    """Return the browser to drive: CHROMIUM, or the one that the system has."""
    found = os.environ.get("CHROMIUM")
    return found or shutil.which("chromium") or shutil.which("google-chrome")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def clean_environment(home: Path) -> dict[str, str]:
    """Return an environment without settings from outside, with backends that load at once."""
    ours = {k: v for k, v in os.environ.items() if not k.upper().startswith("WENYUAN_")}
    return ours | {
        "WENYUAN_HOME": str(home),
        "WENYUAN_EMBEDDER": "hashing",
        "WENYUAN_VECTORS": "memory",
        "PYTHONPATH": str(ROOT),
        "NO_PROXY": "*",
    }


@pytest.fixture(scope="session")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the bundled report, a hostile one, and two that have pages."""
    if chromium() is None:
        pytest.skip("no Chromium here; name one in CHROMIUM")
    folder = tmp_path_factory.mktemp("server")
    (folder / "敌意.txt").write_text(HOSTILE, encoding="utf-8")
    environment = clean_environment(folder / "home")
    command = [sys.executable, "-m", "ui.cli"]
    reports = [str(folder / "敌意.txt"), str(ROOT / "reports")]
    subprocess.run([*command, "ingest", *reports], cwd=folder, env=environment, check=True)
    settings = load_settings(home=folder / "home", embedder="hashing", vectors="memory")
    with open_library(settings) as library:
        library.add(paged())
        library.add(scanned())
    with served(folder, environment) as url:
        yield url


@contextmanager
def served(folder: Path, environment: Mapping[str, str], *arguments: str) -> Iterator[str]:
    """Run a server on a free port, and yield its address; what it logs lies in the folder."""
    port = _free_port()
    log = folder / "server.log"
    with (
        log.open("w") as output,
        subprocess.Popen(
            [sys.executable, "-m", "ui.cli", "serve", "--port", str(port), *arguments],
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as server,
    ):
        try:
            _wait(f"http://127.0.0.1:{port}", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            assert server.wait(10) == 0, "the server did not leave in order"
    assert "Traceback" not in log.read_text(encoding="utf-8")


def _wait(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if httpx.get(f"{url}/healthz", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    pytest.fail(f"the server did not start: {log.read_text(encoding='utf-8')[-2000:]}")


@pytest.fixture(scope="session")
def browser(base_url: str) -> Iterator[Browser]:
    """A headless Chromium."""
    del base_url
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield opened
        opened.close()


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> str:
    """Which screen: desktop or phone."""
    return str(request.param)


@pytest.fixture
def page(browser: Browser, base_url: str, size: str) -> Iterator[Page]:
    """The page, open; any request to outside, dialog or console error fails the test."""
    with visited(browser, base_url, size) as opened:
        yield opened


@contextmanager
def visited(browser: Browser, url: str, size: str) -> Iterator[Page]:
    """Open a page of ours on a screen of a size; fails where anything unforeseen happens."""
    width, height = SIZES[size]
    phone = size == "phone"
    context = browser.new_context(
        viewport={"width": width, "height": height},
        is_mobile=phone,
        has_touch=phone,
        locale="en-US" if phone else "zh-CN",
        color_scheme="dark" if phone else "light",
        reduced_motion="reduce",
    )
    trouble: list[str] = []

    def guard(route: Route) -> None:
        if route.request.url.startswith((url, "data:", "blob:")):
            route.continue_()
            return
        trouble.append(f"a request to outside: {route.request.url}")
        route.abort()

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            trouble.append(f"on the console: {message.text}")

    def on_dialog(dialog: Dialog) -> None:
        trouble.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    context.route("**/*", guard)
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    opened.on("pageerror", lambda error: trouble.append(f"an error: {error}"))
    opened.on("console", on_console)
    opened.on("dialog", on_dialog)
    opened.goto(url)
    opened.wait_for_selector("#suggestions button", timeout=60_000)  # the first visit takes long
    yield opened
    context.close()
    assert trouble == []


@pytest.fixture
def shot(page: Page, size: str) -> Callable[[str], None]:
    """Keep a screenshot under a name, where WENYUAN_SCREENSHOTS names a folder for them."""
    folder = os.environ.get("WENYUAN_SCREENSHOTS")

    def keep(name: str) -> None:
        if folder:
            assert re.fullmatch(r"[a-z-]+", name)
            page.wait_for_timeout(300)
            page.screenshot(path=Path(folder) / f"{size}-{name}.png")

    return keep


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser's tests last: its driver keeps an event loop running in this thread."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
