"""PDF files: text, hidden text, turned and cropped pages, margins, and files that are refused."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from ingest.config import IngestConfig
from ingest.read import parse_report
from ingest.readers.pdf import Config, build
from ingest.reading import Reading, ReadPage, Role, Unreadable
from store.articles import Article
from store.reports import ReportContents
from tests.ingest.readers.pdfs import lines, pdf, text

FIXTURES = Path(__file__).parents[2] / "fixtures" / "pdf"


def read(data: bytes, number: int = 1) -> ReadPage:
    reading = build(Config()).read(data)
    assert isinstance(reading, Reading)
    page = reading.page(number)
    assert isinstance(page, ReadPage)
    return page


def words(page: ReadPage) -> str:
    return " ".join(line.text.strip() for line in page.lines if line.role is not Role.FURNITURE)


def refused(data: bytes, config: Config | None = None) -> str:
    found = build(config or Config()).read(data)
    assert isinstance(found, Unreadable)
    assert found.reason.endswith("。")
    assert found.reason.count("。") == 1
    return found.reason


def articles(name: str) -> tuple[Article, ...]:
    file = FIXTURES / name
    contents = parse_report(file, file.read_bytes(), IngestConfig())
    assert isinstance(contents, ReportContents)
    return contents.articles


def paragraphs(article: Article) -> list[str]:
    return [article.text(span) for part in article.sections for span in part.paragraphs]


def test_a_page_is_read_with_its_boxes_and_its_picture() -> None:
    page = read(pdf([lines("row", 6)]))
    assert words(page).startswith("row0 neighbours met in the yard")
    assert page.image is not None
    assert (page.image.page, page.hidden) == (1, "")
    first = page.lines[0].box
    assert first is not None
    assert first.x0 == pytest.approx(0.1, abs=0.01)
    assert first.y1 == pytest.approx(1 - 440 / 500, abs=0.02)
    shown = Image.open(io.BytesIO(page.image.data)).convert("L")
    ink = shown.crop(
        (
            int(first.x0 * shown.width), int(first.y0 * shown.height),
            int(first.x1 * shown.width), int(first.y1 * shown.height),
        )
    )  # fmt: skip
    assert min(ink.tobytes()) < 100


@pytest.mark.parametrize(
    "trick",
    [
        text("SECRET orders", 40, 200, before="1 1 1 rg"),
        text("SECRET orders", 40, 200, size=0.8),
        text("SECRET orders", 900, 900),
        text("SECRET orders", 40, 200, before="3 Tr"),
        text("SECRET orders", 40, 200) + "0.9 g 30 190 300 30 re f\n",
        text("SECRET orders", 40, 440, before="1 1 1 rg"),
    ],
    ids=["white", "tiny", "off the page", "invisible", "covered", "white under other text"],
)
def test_text_that_nobody_can_see_is_dropped_and_told(trick: str) -> None:
    page = read(pdf([trick + lines("row", 6)]))
    assert "SECRET" not in words(page)
    assert "SECRET" in page.hidden.replace(" ", "").replace("SECRETorders", "SECRET")
    assert words(page).startswith("row0")


def test_pale_text_and_white_text_on_a_dark_ground_are_seen() -> None:
    pale = text("Pale words", 40, 200, before="0.75 g")
    white = "0.1 0.2 0.4 rg 30 140 300 30 re f\n" + text("White words", 40, 150, before="1 g")
    page = read(pdf([lines("row", 6) + pale + white]))
    assert "Pale words" in words(page)
    assert "White words" in words(page)


@pytest.mark.parametrize("turn", [90, 270])
def test_a_page_that_lies_on_its_side_is_read_upright(turn: int) -> None:
    page = read(pdf([lines("row", 6)], extra=f"/Rotate {turn}"))
    assert words(page).startswith("row0 neighbours met in the yard")
    assert page.image is not None
    assert page.image.height > page.image.width


def test_boxes_are_fractions_of_what_a_cropped_page_shows() -> None:
    page = read(pdf([lines("row", 6)], extra="/CropBox[20 100 380 480]"))
    box = page.lines[0].box
    assert box is not None
    assert box.x0 == pytest.approx(20 / 360, abs=0.01)
    assert box.y1 == pytest.approx(40 / 380, abs=0.02)


def test_what_pages_repeat_in_their_margins_belongs_to_the_page() -> None:
    pages = [
        text("Yearbook of the yard", 40, 480, 9) + lines(f"page{at}row", 6) + text(str(at), 200, 15)
        for at in range(1, 4)
    ]
    for number in range(1, 4):
        page = read(pdf(pages), number)
        furniture = {line.text for line in page.lines if line.role is Role.FURNITURE}
        assert furniture == {"Yearbook of the yard", str(number)}
        assert words(page).startswith(f"page{number}row0")


def test_an_empty_page_has_no_lines() -> None:
    page = read(pdf([""]))
    assert page.lines == ()
    assert page.image is not None


def test_a_page_of_any_size_is_drawn_in_bounds() -> None:
    page = read(pdf([text("Large", 5000, 7000, 900)], size=(14_400, 14_400)))
    assert words(page) == "Large"
    assert page.image is not None
    assert max(page.image.width, page.image.height) <= 2400


def test_a_file_with_too_many_pages_is_refused() -> None:
    reason = refused(pdf([lines("row", 1)] * 4), Config(max_pages=3))
    assert "4 页" in reason
    assert "3 页" in reason


def test_pages_are_only_read_when_they_are_asked_for() -> None:
    reading = build(Config()).read(pdf([lines(f"p{at}r", 3) for at in range(40)]))
    assert isinstance(reading, Reading)
    assert reading.pages == 40
    page = reading.page(31)
    assert isinstance(page, ReadPage)
    assert words(page).startswith("p30r0")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[: len(data) // 3],
        lambda data: data[:9] + bytes(range(256)) * 8,
        lambda data: data.replace(b"/Count 1", b"/Count 0").replace(b"4 0 R]", b"]"),
    ],
    ids=["truncated", "garbage", "without pages"],
)
def test_a_broken_file_is_refused_in_one_sentence(spoil: Callable[[bytes], bytes]) -> None:
    assert "PDF" in refused(spoil(pdf([lines("row", 2)])))


def test_a_newspaper_page_comes_out_as_its_articles() -> None:
    main, brief = articles("newspaper.pdf")
    assert main.headline == "一间工具房 连起半条街"
    assert main.subheads == ("旧车棚里的新事",)
    assert [part.heading for part in main.sections] == [None, "先定规矩再开门"]
    assert main.community == "车棚社区"
    assert main.byline is not None
    assert main.byline.reporters == ("周宁",)
    assert [main.text(caption.span) for caption in main.captions] == ["居民在工具房借梯子。"]
    assert paragraphs(main)[1].endswith("一个月，借出去四十一次，一件也没有丢。")
    assert brief.headline == "北门路灯修好了"
    assert paragraphs(brief) == ["本报讯（记者 周宁）北门的路灯昨天修好，晚上再也不用摸黑走路。"]


def test_an_official_notice_keeps_its_table_and_who_signed_it() -> None:
    [notice] = articles("notice.pdf")
    assert notice.headline == "关于推广工具房做法的通知"
    assert [part.heading for part in notice.sections] == [None, "一、工作要求"]
    assert paragraphs(notice)[2:5] == ["院落　借出次数", "一号院　41", "二号院　18"]
    assert paragraphs(notice)[-2:] == ["南门街道办事处", "2024年3月9日"]


def test_an_english_page_keeps_its_words_whole() -> None:
    first, second = articles("english.pdf")
    assert second.headline == "Council Agrees to Repair the Old Footbridge"
    body = " ".join(paragraphs(first))
    assert "run in turn by forty-two volunteers who each take one evening a month." in body
    assert "the company,” she said. “Nobody asks" in body
