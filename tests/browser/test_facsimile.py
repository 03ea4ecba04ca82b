"""The evidence on the picture of its page: marks in the right place, zoom, pages, scans."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, Route

from store.articles import Box
from store.reports import ReportContents
from tests.browser.conftest import SIZES
from tests.browser.paper import ACROSS, BLURRED, CLEAR, LONG, paged, scanned
from tests.browser.test_conversation import ask, highlighted
from tests.browser.test_look import STANDING_OUT, TOO_LOW, open_catalogue

pytestmark = pytest.mark.browser

Shot = Callable[[str], None]
RACKS = "槐荫里社区安装了多少组晾衣架？"
CHAIR = "槐荫里社区的议事会由谁轮流主持？"
FEE = "柳叶巷社区的修鞋铺换一副鞋底收费多少钱？"
DAYS = "柳叶巷社区的修鞋铺每周开门几天？"

# Each mark as [left, top, right, bottom], in pixels from the picture's corner, and the picture.
MARKS = """() => {
    const picture = document.querySelector('.sheet img').getBoundingClientRect();
    return {
        width: picture.width,
        height: picture.height,
        marks: [...document.querySelectorAll('.place.on')].map(e => {
            const box = e.getBoundingClientRect();
            return [box.left - picture.left, box.top - picture.top,
                box.right - picture.left, box.bottom - picture.top];
        }),
    };
}"""
# How much of the first mark's beginning can be seen in the frame, in pixels across and down.
IN_SIGHT = """() => {
    const frame = document.querySelector('.frame').getBoundingClientRect();
    const mark = document.querySelector('.place.on').getBoundingClientRect();
    const seen = document.elementFromPoint(mark.left + 4, mark.top + mark.height / 2);
    return mark.left >= frame.left && mark.top >= frame.top && mark.bottom <= frame.bottom
        && Boolean(seen?.closest('.place.on'));
}"""


def open_chip(page: Page, question: str) -> None:
    """Ask, and open the first chip of the answer."""
    ask(page, question)
    page.locator("#current a.cite").first.click()


def open_page(page: Page, question: str) -> None:
    """Ask, open the first chip, and go over from the text to the picture of the page."""
    open_chip(page, question)
    page.wait_for_selector("mark.on")
    page.locator('.views [data-view="page"]').click()
    page.wait_for_selector(".place.on")


def boxes(report: ReportContents, text: str, number: int) -> list[Box]:
    """Return where a sentence stands on a page."""
    (sentence,) = (s for s in report.articles[0].sentences if s.text == text)
    return [box for box in sentence.boxes if box.page == number]


def check_marks(page: Page, expected: list[Box]) -> dict[str, Any]:
    """Compare the marks with the fractions of the page: they may be off by two pixels."""
    shown: dict[str, Any] = page.evaluate(MARKS)
    width, height = shown["width"], shown["height"]
    assert len(shown["marks"]) == len(expected) > 0
    for mark, box in zip(shown["marks"], expected, strict=True):
        wanted = (box.x0 * width, box.y0 * height, box.x1 * width, box.y1 * height)
        assert mark == pytest.approx(wanted, abs=2)
    return shown


def test_the_marks_lie_over_the_cited_sentence_at_every_size(page: Page, shot: Shot) -> None:
    expected = boxes(paged(), LONG, 1)
    assert len({box.x0 > 0.5 for box in expected}) == 2, "the sentence runs over two columns"
    open_page(page, RACKS)
    widths = [check_marks(page, expected)["width"]]
    assert page.evaluate(IN_SIGHT)
    assert page.evaluate(STANDING_OUT) == []
    assert page.evaluate(TOO_LOW) == []
    shot("page")
    while page.locator(".zoom-in").is_enabled():
        page.locator(".zoom-in").click()
        widths.append(check_marks(page, expected)["width"])
        assert page.evaluate(IN_SIGHT)
    assert widths == sorted(set(widths))
    assert 1200 in widths, "one of the sizes is the picture's own"
    while page.locator(".zoom-out").is_enabled():
        page.locator(".zoom-out").click()
    frame = page.evaluate("document.querySelector('.frame').clientWidth")
    assert check_marks(page, expected)["width"] == pytest.approx(frame, abs=1)
    assert page.locator(".scale").inner_text() == "适合宽度"


def test_the_picture_says_what_it_shows(page: Page) -> None:
    open_page(page, RACKS)
    alt = page.locator(".sheet img").get_attribute("alt") or ""
    assert alt.startswith("街坊报")
    assert "第 1 页" in alt
    assert "1 处引文" in alt
    label = page.locator(".place.on").first.get_attribute("aria-label") or ""
    assert label.startswith("引文 1：最后一件事")
    assert page.locator(".place.on .number").all_inner_texts() == ["1"]
    assert page.locator('.place:not([aria-hidden="true"])').count() == 1


def test_text_comes_first_and_the_choice_is_kept_for_the_visit(page: Page) -> None:
    open_page(page, RACKS)
    page.keyboard.press("Escape")
    open_chip(page, CHAIR)
    page.wait_for_selector(".place.on")
    page.reload()
    page.wait_for_selector("#past a.cite")
    page.locator("#past a.cite").first.click()
    page.wait_for_selector(".place.on")
    page.locator('.views [data-view="text"]').click()
    assert highlighted(page) == LONG
    page.keyboard.press("Escape")
    open_chip(page, CHAIR)
    assert highlighted(page) == ACROSS


def test_a_click_on_a_mark_goes_back_to_the_sentence_in_the_text(page: Page) -> None:
    open_page(page, RACKS)
    page.locator(".place.on").nth(2).click()
    assert highlighted(page) == LONG
    assert page.evaluate("document.activeElement.matches('mark.on')")
    assert page.locator('.views [data-view="text"]').get_attribute("aria-pressed") == "true"


def test_a_sentence_that_goes_over_the_page_is_marked_on_both(page: Page, shot: Shot) -> None:
    report = paged()
    open_page(page, CHAIR)
    check_marks(page, boxes(report, ACROSS, 1))
    assert page.locator(".count").inner_text() == "第 1 / 2 页"
    assert "第 2 页" in page.locator(".elsewhere").inner_text()
    assert page.locator(".turn-back").is_disabled()
    page.locator(".turn-on").click()
    page.wait_for_function("() => document.querySelector('.count').textContent.includes('2 /')")
    page.wait_for_selector(".place.on")
    check_marks(page, boxes(report, ACROSS, 2))
    assert page.evaluate(IN_SIGHT)
    assert page.locator(".turn-on").is_disabled()
    shot("page-two")


def test_the_keyboard_gets_everywhere(page: Page) -> None:
    ask(page, RACKS)
    page.locator("#current a.cite").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement?.matches('mark.on')")
    page.locator('.views [data-view="page"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".place.on")
    assert page.evaluate("document.activeElement.dataset.view") == "page", "the switch keeps it"
    page.locator(".frame").focus()
    before = page.evaluate(MARKS)["width"]
    page.keyboard.press("+")
    assert page.evaluate(MARKS)["width"] > before
    page.keyboard.press("0")
    assert page.locator(".scale").inner_text() == "适合宽度"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.place.on')")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement?.matches('mark.on')")
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.activeElement?.matches('a.cite')")


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_on_a_phone_the_page_fills_the_sheet_and_two_fingers_zoom_it(page: Page) -> None:
    open_page(page, RACKS)
    width, height = SIZES["phone"]
    sheet = page.locator("#panel").bounding_box()
    assert sheet is not None
    assert sheet["width"] == width
    assert sheet["height"] > 0.9 * height
    assert page.evaluate(IN_SIGHT)
    before = page.evaluate(MARKS)["width"]
    session = page.context.new_cdp_session(page)
    for apart in (40, 60, 80):
        _fingers(session, "touchStart" if apart == 40 else "touchMove", width / 2, 500, apart)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert check_marks(page, boxes(paged(), LONG, 1))["width"] == pytest.approx(
        2 * before, rel=0.05
    )
    assert page.evaluate("visualViewport.scale") == 1, "the page itself stays as it is"
    page.locator("#close").click()
    page.wait_for_function("() => document.activeElement?.matches('a.cite')")


def _fingers(session: CDPSession, kind: str, x: float, y: float, apart: int) -> None:
    points = [{"x": x - apart, "y": y, "id": 0}, {"x": x + apart, "y": y, "id": 1}]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_a_doubtful_sentence_of_a_scan_is_told_wherever_it_is_cited(page: Page, shot: Shot) -> None:
    ask(page, FEE)
    chip = page.locator("#current a.cite").first
    assert "扫描件，可能有识别错误" in (chip.get_attribute("title") or "")
    assert "扫描件，可能有识别错误" in page.locator("#current .source").first.inner_text()
    shot("scan-answer")
    chip.click()
    assert highlighted(page) == BLURRED
    assert page.locator(".bar .scan").inner_text() == "扫描件，可能有识别错误"
    assert (
        page.locator("mark.on.doubtful").evaluate(
            "mark => getComputedStyle(mark).textDecorationStyle"
        )
        == "dotted"
    )
    assert page.evaluate(TOO_LOW) == []
    shot("scan-text")
    page.locator(".compare").click()
    page.wait_for_selector(".place.on")
    note = page.locator(".plate-head .scanned").inner_text()
    assert note.startswith("扫描件，可能有识别错误。")
    assert BLURRED in note
    check_marks(page, boxes(scanned(), BLURRED, 1))
    assert page.evaluate(IN_SIGHT)
    assert page.evaluate(STANDING_OUT) == []
    shot("scan-page")


def test_a_clear_sentence_of_a_scan_is_told_to_be_one_and_no_more(page: Page) -> None:
    ask(page, DAYS)
    chip = page.locator("#current a.cite").first
    assert (chip.get_attribute("title") or "").endswith("（扫描件）")
    chip.click()
    assert highlighted(page) == CLEAR
    assert page.locator(".bar .scan").inner_text() == "扫描件"
    assert page.locator(".compare").count() == 0
    assert page.locator(".doubtful").inner_text() == BLURRED


def test_the_catalogue_tells_pages_and_scans(page: Page, size: str) -> None:
    open_catalogue(page, size)
    about = page.locator("#catalogue .about").all_inner_texts()
    assert any("PDF 2 页" in line and "扫描件" not in line for line in about)
    assert any("图片 1 页" in line and "扫描件" in line for line in about)
    page.locator("#catalogue .entry", has_text="巷口的修鞋铺").click()
    page.wait_for_selector(".story .scanned")
    page.locator(".bar .compare").click()
    page.wait_for_selector(".sheet img")
    assert page.locator(".place").count() == 0


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_a_report_without_pages_has_no_switch(page: Page) -> None:
    open_page(page, RACKS)
    open_chip(page, "高碑社区的“三张清单”是什么？")
    page.wait_for_selector("mark.on")
    assert page.locator(".views").count() == 0


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_a_picture_that_cannot_be_opened_is_told(page: Page) -> None:
    def broken(route: Route) -> None:
        route.fulfill(status=200, content_type="image/webp", body=b"x")

    page.route("**/pages/**", broken)
    open_chip(page, RACKS)
    page.wait_for_selector("mark.on")
    page.locator('.views [data-view="page"]').click()
    page.wait_for_function("() => document.querySelector('.frame')?.innerText.includes('没能打开')")
    page.locator('.views [data-view="text"]').click()
    assert highlighted(page) == LONG
