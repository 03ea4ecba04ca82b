"""The page as it is seen and touched: sizes, large print, the catalogue, and hostile reports."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.test_conversation import COMMITTEE, ask

pytestmark = pytest.mark.browser

Shot = Callable[[str], None]

# What stands out to the right of the screen, but for what scrolls sideways in its own frame.
STANDING_OUT = """() => [...document.querySelectorAll('body *')]
    .filter(e => e.checkVisibility({checkVisibilityCSS: true}))
    .filter(e => !e.closest('#suggestions, .vh, .skip, .sr-only, .sheet'))
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => e.tagName + '#' + e.id + '.' + e.className)"""
# What can be touched and is not high enough for a finger; chips and marks stand in lines of text.
TOO_LOW = """() => [...document.querySelectorAll('button:not(.place), textarea, a.source')]
    .filter(e => e.checkVisibility({checkVisibilityCSS: true}))
    .filter(e => e.getBoundingClientRect().height < 43.5)
    .map(e => e.id || e.textContent)"""


def open_catalogue(page: Page, size: str) -> None:
    """Show the catalogue: a tab of the panel, or on a phone the sheet."""
    page.locator("#browse" if size == "phone" else "#tab-catalogue").click()
    page.wait_for_selector("#catalogue .entry")


def test_nothing_stands_out_at_the_side_in_either_print(page: Page, shot: Shot) -> None:
    assert page.evaluate(STANDING_OUT) == []
    ask(page, COMMITTEE)
    assert page.evaluate(STANDING_OUT) == []
    page.locator("#large").click()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "21px"
    assert page.locator("#large").get_attribute("aria-pressed") == "true"
    assert page.evaluate(STANDING_OUT) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shot("large-print")


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_large_print_stays_after_a_reload(page: Page) -> None:
    page.locator("#large").click()
    page.reload()
    page.wait_for_function("() => document.documentElement.dataset.size === 'large'")


def test_what_is_touched_is_large_enough(page: Page, size: str) -> None:
    assert page.evaluate(TOO_LOW) == []
    ask(page, COMMITTEE)
    page.locator("a.cite").first.click()
    page.wait_for_selector("mark.on")
    assert page.evaluate(TOO_LOW) == []
    page.keyboard.press("Escape")
    open_catalogue(page, size)
    assert page.evaluate(TOO_LOW) == []


def test_the_page_is_chinese_and_light_whatever_the_browser_prefers(page: Page) -> None:
    ask(page, COMMITTEE)
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    red = page.evaluate("parseInt(getComputedStyle(document.body).backgroundColor.slice(4))")
    assert red > 200
    assert "Gradio" not in page.locator("body").inner_text()
    assert "Loading" not in page.locator("body").inner_text()


def test_the_catalogue_lists_reports_and_opens_an_article(
    page: Page, size: str, shot: Shot
) -> None:
    open_catalogue(page, size)
    shot("catalogue")
    entry = page.locator("#catalogue .entry", has_text="基层治理破圈")
    assert "高碑社区" in entry.inner_text()
    entry.click()
    page.wait_for_selector(".story")
    assert "基层治理破圈" in page.locator(".story h2").inner_text()
    assert "武侯区簇锦街道高碑社区" in page.locator(".story .dateline").inner_text()
    assert page.locator(".story .caption").first.is_visible()
    assert page.locator(".story .byline").first.is_visible()
    assert page.locator("mark.cited").count() == 0
    shot("article")


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_the_sheet_of_a_phone_keeps_the_keyboard_inside_and_closes(page: Page) -> None:
    page.locator("#browse").click()
    assert page.evaluate("document.querySelector('gradio-app').inert")
    page.locator("#close").click()
    page.wait_for_function("() => document.querySelector('#panel').inert")
    assert page.evaluate("document.activeElement.id") == "browse"


def test_words_of_a_hostile_report_are_shown_and_do_nothing(
    page: Page, size: str, shot: Shot
) -> None:
    before = page.evaluate("document.querySelectorAll('script, iframe, form, img, style').length")
    ask(page, "梨花街社区食堂一餐收费多少元？")
    page.locator("#current a.cite").first.click()
    page.wait_for_selector("mark.on")
    assert "<script>alert(3)</script>" in page.locator("#article").inner_text()
    shot("hostile")
    page.keyboard.press("Escape")
    ask(page, "<img src=http://evil.example/q.png onerror=alert(9)> 梨花街社区食堂由谁管理？")
    open_catalogue(page, size)
    after = page.evaluate("document.querySelectorAll('script, iframe, form, img, style').length")
    assert after == before
    assert page.locator('[id^="ev-"]').count() == 0
    assert page.locator('#talk [style*="fixed"], #panel [style*="fixed"]').count() == 0
