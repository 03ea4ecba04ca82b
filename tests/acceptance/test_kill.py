"""An ingestion killed again and again ends as one that nobody disturbed."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from store.health import Repair
from tests.acceptance.conftest import ROOT, environment
from ui.settings import load_settings
from ui.wiring import open_library

KILLS = 20
FILES = 30
PDFS = sorted((ROOT / "tests" / "fixtures" / "pdf").glob("*.pdf"))[:2]
SENTENCES = (
    "居民议事会讨论了停车位的安排，大家同意先保障消防通道。",
    "社区食堂每天供应午餐，六十岁以上老人打八折。",
    "三号楼装上了电梯，费用由住户和财政分担。",
)

Kept = list[tuple[str, int, int, str]]
"""Of each article: its report's path and version, its place in it, and its text."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Thirty files: text, web pages, those of an archive, and two PDFs of several pages."""
    made = tmp_path / "收"
    made.mkdir()
    for number in range(10):
        (made / f"{number:02}.txt").write_text(story(number), encoding="utf-8")
        (made / f"{number:02}.html").write_text(web_page(number + 10), encoding="utf-8")
    with zipfile.ZipFile(made / "合订.zip", "w") as archive:
        for number in range(20, 28):
            archive.writestr(f"{number}.txt", story(number))
    for file in PDFS:
        (made / file.name).write_bytes(file.read_bytes())
    return made


def lines(number: int) -> list[str]:
    return [f"第{number}期社区新闻里的一件事", *(f"{number}号：{line}" for line in SENTENCES * 4)]


def story(number: int) -> str:
    return "\n\n".join(lines(number))


def web_page(number: int) -> str:
    headline, *paragraphs = lines(number)
    text = "".join(f"<p>{line}</p>" for line in paragraphs)
    return f"<html><body><article><h1>{headline}</h1>{text}</article></body></html>"


def ingest(home: Path, folder: Path, seconds: float | None = None) -> float:
    """Take the folder in, killed after so many seconds; return how long it ran."""
    began = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", "ui.cli", "ingest", str(folder), "--json"],
        cwd=ROOT,
        env=environment(home, WENYUAN_VECTORS="chroma"),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
    return time.monotonic() - began


def kept(home: Path) -> Kept:
    """Return what the library holds, once it has been found sound."""
    with open_library(load_settings(home=home, embedder="hashing")) as library:
        library.check()
        library.warm()
        assert library.repair() == Repair()
        reports = {report.id: report for report in library.reports()}
        return sorted(
            (reports[one.report_id].path, reports[one.report_id].version, one.ordinal, one.body)
            for one in library.articles()
        )


def test_twenty_kills_lose_nothing_double_nothing_and_end_as_one_quiet_run(
    tmp_path: Path, folder: Path
) -> None:
    whole = ingest(tmp_path / "静", folder)
    expected = kept(tmp_path / "静")
    assert len({path for path, *_ in expected}) == FILES
    home, before = tmp_path / "扰", Kept()
    for number in range(KILLS):
        ingest(home, folder, random.uniform(0.3, 1.0) * whole)
        now = kept(home)
        assert set(before) <= set(now) <= set(expected)
        assert len(now) == len(set(now))
        before = now
        if now == expected:  # there is nothing left to disturb
            home, before = tmp_path / f"扰{number}", Kept()
    ingest(home, folder)
    assert kept(home) == expected
    assert not (home / "spool").exists()
