"""Whole pages: the sample report, its variants, and invented pages of other papers."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.articles import read_page
from ingest.decode import decode
from ingest.normalise import repair_characters
from ingest.readers import text
from ingest.reading import Reading, ReadPage
from store.reports import ReportContents

PAGES = Path(__file__).parents[1] / "fixtures" / "pages"
NAMES = sorted(file.stem for file in PAGES.glob("*.json") if file.stem != "seed")
HALF = str.maketrans("，：；？！", ",:;?!")

Parse = Callable[..., ReportContents]
Truth = Callable[[str], dict[str, Any]]
Differences = Callable[[ReportContents, dict[str, Any]], list[Any]]


def page_file(name: str) -> Path:
    return next(file for file in PAGES.glob(f"{name}.*") if file.suffix != ".json")


def wrapped(page: str, width: int, *, indent: str = "", blank: bool = True) -> str:
    """Wrap each block at so many characters, paragraphs indented, with or without blank lines."""
    blocks: list[str] = []
    for block in filter(None, (line.strip() for line in page.split("\n"))):
        line = (indent if len(block) > 48 or block.endswith("。") else "") + block
        blocks.append("\n".join(line[at : at + width] for at in range(0, len(line), width)))
    return ("\n\n" if blank else "\n").join(blocks)


VARIANTS: dict[str, Callable[[str], str]] = {
    "as it came": lambda page: page,
    "no extra gaps": lambda page: re.sub(r"\n{3,}", "\n\n", page),
    "no blank lines": lambda page: re.sub(r"\n+", "\n", page),
    "wrapped at 18": lambda page: wrapped(page, 18),
    "wrapped at 24": lambda page: wrapped(page, 24),
    "wrapped at 36": lambda page: wrapped(page, 36),
    "wrapped at 24, indented, no blank lines": lambda page: wrapped(
        page, 24, indent="　　", blank=False
    ),
    "half-width punctuation": lambda page: page.translate(HALF),
    "CRLF": lambda page: page.replace("\n", "\r\n"),
    "byte order mark": lambda page: "\ufeff" + page,
    "double spaced": lambda page: page.replace("\n", "\n\n"),
    "indented paragraphs": lambda page: re.sub(r"(?m)^(?=.{40})", "　　", page),
    "zero-width characters": lambda page: page.replace("社区", "社\u200b区"),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_the_sample_page_is_read_the_same_however_it_was_extracted(
    name: str, seed_text: str, parse: Parse, truth: Truth, differences: Differences
) -> None:
    contents = parse(VARIANTS[name](seed_text).encode())
    assert differences(contents, truth("seed")) == []


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030", "utf-16", "utf-16-le"])
def test_the_sample_page_is_read_in_every_encoding(
    encoding: str, seed_text: str, parse: Parse, truth: Truth, differences: Differences
) -> None:
    assert differences(parse(seed_text.encode(encoding)), truth("seed")) == []


@pytest.mark.parametrize("name", NAMES)
def test_pages_of_other_papers_are_read_right(
    name: str, parse: Parse, truth: Truth, differences: Differences
) -> None:
    file = page_file(name)
    assert differences(parse(file.read_bytes(), file.name), truth(name)) == []


@pytest.mark.parametrize("name", [*NAMES, "seed"])
def test_every_character_of_a_page_is_kept_in_one_place(
    name: str, parse: Parse, seed_text: str
) -> None:
    data = seed_text.encode() if name == "seed" else page_file(name).read_bytes()
    reading = text.build(text.Config()).read(data)
    assert isinstance(reading, Reading)
    read = reading.page(1)
    assert isinstance(read, ReadPage)
    page = read_page(read.lines)
    kept = [article.body for article in parse(data).articles]
    given = repair_characters(decode(data) or "")
    found = "".join([*kept, *page.masthead.lines, *page.furniture])
    assert _chinese(found) == _chinese(given)


def test_a_traditional_page_in_big5_is_read(parse: Parse, truth: Truth) -> None:
    data = page_file("traditional").read_text(encoding="utf-8").encode("big5hkscs")
    assert parse(data).articles[0].headline == truth("traditional")["articles"][0]["headline"]


def _chinese(found: str) -> Counter[str]:
    return Counter(re.findall(r"[\u4e00-\u9fff]", found))
