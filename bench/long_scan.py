"""A scan of many pages: memory, time and what is kept; killed midway, and straight through.

    python -m bench.long_scan [--pages 500]

The pages are drawn (1240 x 1754, a headline and 8 to 12 lines of Chinese type on each, no two
alike) and taken in by `wenyuan ingest` twice, each time into an empty data folder. The first run is
killed with SIGKILL when half of the pages are read, and begun again. Peak memory is VmHWM, as Linux
tells it of the process that was started and of the one that reads for it.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from bench.datasets import ROOT
from bench.pages_truth import error_rate, read_body
from store.articles import Article
from ui.settings import Settings
from ui.wiring import open_library

_FONTS = sorted(Path("/usr/share/fonts").rglob("NotoS*CJK-Regular.ttc"))
_SIZE = 1240, 1754
_ROW = 20  # characters of a line
_EVERY_S = 0.5
_WHO = "社区居委会 楼组长 退休教师老周 物业经理 几位年轻志愿者 三号院的居民 街道干部 食堂师傅"
_WHEN = "上周末 连着几个晚上 入冬以前 清早 雨停以后 议事会散场后 去年秋天 前天下午"
_DID = "修好了 重新商量了 仔细查看了 逐户登记了 腾出了 打扫了 画出了 搬走了"
_WHAT = "院里的旧车棚 楼道的灯 门口的菜摊 花坛边的座椅 停车的位置 漏水的屋顶 借书的柜子 晾衣的架子"
_THEN = (
    "大家都说方便多了 还差一点钱没有着落 下个月接着办 老人走路安心了 账目贴在墙上 意见记了整整四页"
)


@dataclass(slots=True)
class Run:
    """What was seen of one run: its seconds, its peaks in MB, and pages kept on the way."""

    seconds: float = 0.0
    peaks: dict[str, float] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)


def main() -> None:
    """Draw the pages, take them in, and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=500)
    count = parser.parse_args().pages
    if not _FONTS:
        raise SystemExit("no Noto CJK font is installed (Debian: apt-get install fonts-noto-cjk)")
    with tempfile.TemporaryDirectory() as folder:
        file, home = Path(folder, "long.pdf"), Path(folder, "killed")
        truths = write(file, count)
        first = followed(file, home, kill_at=count // 2)
        told("killed", first, len(first.kept))
        second = followed(file, home, kept=first.kept)
        told("begun again", second, count - len(first.kept))
        print(f"pages read before the kill: {len(first.kept)}; again: {len(second.again)}")
        show_right(articles(home), truths)
        straight = followed(file, Path(folder, "straight"))
        told("straight through", straight, count)
        same = articles(Path(folder, "straight")) == articles(home)
        print(f"the same end state as straight through: {same}")


def write(file: Path, count: int) -> list[tuple[str, str]]:
    """Write a PDF of drawn pages; return the headline and the text of each."""
    chance = random.Random(1)
    truths = [story(number, chance) for number in range(1, count + 1)]
    pages: Iterator[Image.Image] = (drawn(*truth, chance) for truth in truths)
    next(pages).save(file, "PDF", save_all=True, append_images=pages, resolution=150, quality=70)
    return truths


def story(number: int, chance: random.Random) -> tuple[str, str]:
    """Invent a headline and a text of 8 to 12 lines."""

    def one(words: str) -> str:
        return chance.choice(words.split())

    headline = f"第{number}期院落手记：{one(_WHAT)}"
    body, length = "", chance.randint(8, 12) * _ROW - 10
    while len(body) < length:
        body += f"{one(_WHEN)}，{one(_WHO)}{one(_DID)}{one(_WHAT)}，{one(_THEN)}。"
    return headline, body


def drawn(headline: str, body: str, chance: random.Random) -> Image.Image:
    """Draw a page as a scanner gives it back: a little blurred and grainy."""
    page = Image.new("L", _SIZE, 244)
    pen = ImageDraw.Draw(page)
    pen.text((120, 150), headline, font=ImageFont.truetype(_FONTS[0], 76, index=2), fill=30)
    face = ImageFont.truetype(_FONTS[0], 48, index=2)
    text = "　　" + body
    for row, at in enumerate(range(0, len(text), _ROW)):
        pen.text((120, 330 + 92 * row), text[at : at + _ROW], font=face, fill=40)
    grain = Image.frombytes("L", _SIZE, chance.randbytes(_SIZE[0] * _SIZE[1]))
    return Image.blend(page, grain, 0.04).filter(ImageFilter.GaussianBlur(0.6))


def followed(
    file: Path, home: Path, kill_at: int | None = None, kept: dict[str, int] | None = None
) -> Run:
    """Take a file in, looking on; `kept` are pages that must not be read again."""
    command = [sys.executable, "-m", "ui.cli", "--home", str(home), "ingest", "--json", str(file)]
    run, began = Run(), time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        look(run, process.pid, home)
        if kill_at and len(run.kept) >= kill_at:
            process.kill()
            process.wait()
        time.sleep(_EVERY_S)
    time.sleep(3)  # for the reading process to be gone, too
    pages = spooled(home) if kill_at else run.kept
    run.kept, run.seconds = pages, time.perf_counter() - began - 3
    run.again = {name for name, at in (kept or {}).items() if run.kept.get(name, at) != at}
    return run


def look(run: Run, process: int, home: Path) -> None:
    """Note the peaks of a process and of its children, and the pages that are kept."""
    try:
        told_by = Path("/proc", str(process), "task").glob("*/children")
        children = [each for threads in told_by for each in threads.read_text().split()]
        for name, number in (("parent", process), *(("reader", int(each)) for each in children)):
            status = Path(f"/proc/{number}/status").read_text()
            peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
            run.peaks[name] = max(run.peaks.get(name, 0.0), int(peak.split()[1]) / 1024)
    except (OSError, StopIteration):  # it has just ended
        return
    run.kept |= spooled(home)


def spooled(home: Path) -> dict[str, int]:
    """Return the pages that are finished and kept, each with the time it was written."""
    found: dict[str, int] = {}
    for page in home.glob("spool/*/*.page"):
        try:
            found[page.name] = page.stat().st_mtime_ns
        except FileNotFoundError:  # the file is in the library, and its pages are let go
            continue
    return found


def articles(home: Path) -> tuple[Article, ...]:
    """Return all that the library of a data folder holds."""
    with open_library(Settings(home=home)) as library:
        return tuple(library.articles())


def show_right(found: tuple[Article, ...], truths: list[tuple[str, str]]) -> None:
    """Print how many of the pages are there, and how well they were read."""
    known = {article.headline.replace(" ", ""): article for article in found}
    rates = [
        error_rate(read_body(known[headline]), body)
        for headline, body in truths
        if headline in known
    ]
    mean = sum(rates) / max(len(rates), 1)
    print(f"articles: {len(found)}; headlines right: {len(rates)}; error rate of them: {mean:.2%}")


def told(name: str, run: Run, pages: int) -> None:
    """Print what was seen of a run."""
    peaks = ", ".join(f"{who} {peak:.0f} MB" for who, peak in sorted(run.peaks.items()))
    each = run.seconds / max(pages, 1)
    print(f"{name}: {run.seconds:.0f} s, {each:.2f} s a page; peaks: {peaks}", flush=True)


if __name__ == "__main__":
    main()
