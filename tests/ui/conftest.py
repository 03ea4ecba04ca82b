"""Every test of the roof starts without the settings of the machine it runs on."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.evaluated import QUESTIONS, build_news, lines
from ui.cli import run
from ui.commands.common import OUR_PACKAGES

PAGE = """某某晚报

院落改造请居民来商量

本期走访：东城区槐树街道柳荫社区

柳荫社区的老院落要改造，社区请居民先来商量。居民代表每周三晚上开一次会，把意见写在黑板上。

改造的钱从哪里来

改造一共花了三十万元，其中二十万元来自街道，十万元来自居民自筹。

某某晚报记者 王小明 社区供图
"""


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.upper().startswith("WENYUAN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("WENYUAN_HOME", str(tmp_path / "home"))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)


@pytest.fixture
def light_backends(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Backends that load at once; the logging of the command line ends with the test."""
    monkeypatch.setenv("WENYUAN_EMBEDDER", "hashing")
    monkeypatch.setenv("WENYUAN_VECTORS", "memory")
    root, levels = logging.getLogger(), [logging.getLogger(name).level for name in OUR_PACKAGES]
    handlers = list(root.handlers)
    yield
    root.handlers[:] = handlers
    for name, level in zip(OUR_PACKAGES, levels, strict=True):
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page of one article that is nobody's."""
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def questions(tmp_path: Path, page: Path) -> Path:
    """A file of questions about the page that was taken in."""
    assert run(["ingest", str(page)]) == 0
    return lines(tmp_path / "questions.jsonl", QUESTIONS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small data set of news with documents of its own."""
    return build_news(tmp_path)
