"""What is taken in, as it is seen and steered on the page: running, stopped, gone on with."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, chromium, clean_environment, served, visited
from tests.browser.test_look import STANDING_OUT, TOO_LOW
from tests.ingest.readers.pdfs import lines, pdf

pytestmark = pytest.mark.browser

Shot = Callable[[str], None]
STORY = "社区食堂第{}号开张\n\n南湖社区食堂昨天正式开门营业，每天为老人提供三餐，第{}天打八折。"
LONG = "一个名字很长很长的扫描件，长到手机上一行放不下的那一种，2026年第三期合订本.pdf"
SLOW = 40  # pages: some seconds
PATIENCE_MS = 120_000  # files are read meanwhile, on a machine that may be busy


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "收件夹"
    made.mkdir()
    return made


@pytest.fixture
def page(browser: Browser, folder: Path, tmp_path: Path, size: str) -> Iterator[Page]:
    """The page of a server that watches the folder, its catalogue open."""
    if chromium() is None:
        pytest.skip("no Chromium here; name one in CHROMIUM")
    environment = clean_environment(tmp_path / "home")
    command = [sys.executable, "-m", "ui.cli", "ingest", str(ROOT / "reports")]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True)
    with (
        served(tmp_path, environment, "--watch", str(folder)) as url,
        visited(browser, url, size) as opened,
    ):
        opened.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        opened.locator("#browse" if size == "phone" else "#tab-catalogue").click()
        yield opened
        expect.set_options()


def put(folder: Path, name: str, data: bytes | str) -> None:
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def test_it_is_stopped_gone_on_with_and_told_file_by_file(
    page: Page, folder: Path, shot: Shot
) -> None:
    line, switch = page.locator("#intake-line"), page.locator("#intake-switch")
    expect(line).to_have_text("正在接收放进收件夹的新报道。")
    expect(switch).to_have_text("停止接收")
    shot("intake-idle")

    put(folder, LONG, pdf([lines(f"p{at}n", 20) for at in range(SLOW)]))
    expect(line).to_contain_text("读取")
    shot("intake-running")
    switch.click()
    expect(line).to_contain_text("已停止接收")
    expect(switch).to_have_text("继续接收")
    shot("intake-stopped")
    put(folder, "一.txt", STORY.format(1, 1))
    put(folder, "同一.txt", STORY.format(1, 1))
    put(folder, "坏.pdf", b"%PDF-1.7 broken")
    put(folder, "表.json", '{"小区": "南湖", "户数": 312}')
    page.wait_for_timeout(4000)
    expect(page.locator("#intake-recent")).to_be_hidden()

    switch.click()
    expect(switch).to_have_text("停止接收")
    tally = page.locator("#intake-tally")
    expect(tally).to_contain_text("最近收到 5 个文件")
    expect(tally).to_contain_text("未入库 2 个")
    tally.click()
    rows = page.locator("#intake-files li")
    expect(rows).to_have_count(5)
    expect(rows.filter(has_text="表.json")).to_contain_text("数据文件")
    expect(rows.filter(has_text="坏.pdf")).to_have_class("rejected")
    expect(rows.filter(has_text=re.compile("^内容重复"))).to_have_count(1)
    assert str(folder) not in page.content()
    assert page.evaluate(STANDING_OUT) == []
    assert page.evaluate(TOO_LOW) == []
    shot("intake-files")

    put(folder, "二.txt", STORY.format(2, 2))
    expect(tally).to_contain_text("最近收到 6 个文件")
    expect(rows.first).to_be_visible()  # the list stays open as it grows
    page.wait_for_selector("#reports .entry")


def test_a_folder_that_is_gone_is_told_until_it_is_back(
    page: Page, folder: Path, shot: Shot
) -> None:
    aside = folder.with_name("别处")
    folder.rename(aside)
    trouble = page.locator("#intake-troubles")
    expect(trouble).to_contain_text("收件夹“收件夹”不见了")
    expect(page.locator("#intake-line")).to_be_hidden()  # it would say that all is well
    shot("intake-gone")
    aside.rename(folder)
    expect(trouble).to_be_hidden(timeout=30_000)
