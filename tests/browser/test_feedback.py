"""Saying whether an answer helped: two buttons, one line, and nothing is lost or left over."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.test_conversation import COMMITTEE, LISTS, UNTOLD, ask
from tests.browser.test_look import STANDING_OUT, TOO_LOW

pytestmark = pytest.mark.browser

Shot = Callable[[str], None]
REMARK = "漏了<b>物业</b>怎么来的"


def row(page: Page) -> Locator:
    """The votes below the newest answer."""
    return page.locator("#current .votes")


def press(page: Page, word: str) -> None:
    """Press one of the two buttons and wait until it shows what became of it."""
    button = row(page).get_by_role("button", name=word)
    before = button.get_attribute("aria-pressed")
    button.click()
    page.wait_for_function(
        "([word, before]) => [...document.querySelectorAll('#current .vote')]"
        ".find(e => e.textContent === word).getAttribute('aria-pressed') !== before",
        arg=[word, before],
    )


def pressed(within: Locator) -> list[str]:
    """Return which of the buttons are pressed."""
    return within.locator('.vote[aria-pressed="true"]').all_inner_texts()


def test_an_answer_that_helped_is_thanked_for(page: Page, shot: Shot) -> None:
    ask(page, COMMITTEE)
    assert pressed(row(page)) == []
    row(page).scroll_into_view_if_needed()
    shot("votes")
    press(page, "有帮助")
    assert pressed(row(page)) == ["有帮助"]
    assert "谢谢" in row(page).inner_text()
    assert page.locator(".votes form").count() == 0
    shot("vote-up")


def test_what_was_wrong_is_said_in_a_line_and_is_still_there_after_a_reload(
    page: Page, shot: Shot
) -> None:
    ask(page, COMMITTEE)
    press(page, "没帮助")
    box = page.get_by_label("哪里不对")
    box.fill(REMARK)
    shot("vote-down")
    assert page.evaluate(STANDING_OUT) == []
    assert page.evaluate(TOO_LOW) == []
    box.press("Enter")
    page.wait_for_selector(".votes .remark")
    assert REMARK in row(page).inner_text()
    shot("vote-said")
    page.reload()
    earlier = page.locator("#past .votes")
    earlier.wait_for()
    assert pressed(earlier) == ["没帮助"]
    assert f"您说：{REMARK}" in earlier.inner_text()
    earlier.get_by_role("button", name="修改").click()
    assert page.get_by_label("哪里不对").input_value() == REMARK


def test_a_vote_can_be_changed_and_taken_back(page: Page) -> None:
    ask(page, LISTS)
    press(page, "没帮助")
    press(page, "有帮助")
    assert pressed(row(page)) == ["有帮助"]
    assert page.locator(".votes form").count() == 0
    press(page, "有帮助")
    assert pressed(row(page)) == []
    page.reload()
    page.wait_for_selector("#past .votes")
    assert pressed(page.locator("#past .votes")) == []


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_an_earlier_answer_can_be_voted_on_while_later_ones_stand(page: Page, shot: Shot) -> None:
    ask(page, COMMITTEE)
    ask(page, UNTOLD)
    ask(page, LISTS)
    first, second = page.locator("#past .votes").all()
    second.get_by_role("button", name="没帮助").press("Enter")
    page.get_by_label("哪里不对").wait_for()
    page.get_by_role("button", name="提交").click()
    second.locator(".thanks").wait_for()
    assert pressed(first) == []
    assert pressed(second) == ["没帮助"]
    shot("vote-earlier")


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_a_vote_that_cannot_be_kept_is_told(page: Page) -> None:
    ask(page, COMMITTEE)
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('Failed')); }")
    row(page).get_by_role("button", name="有帮助").click()
    notice = page.locator("#notice:not([hidden])")
    assert "没能记下" in notice.inner_text()
    page.evaluate(
        """() => {
            const answer = () => new Response('{"detail": "磁盘已满。"}', {status: 503});
            window.fetch = async () => answer();
        }"""
    )
    row(page).get_by_role("button", name="没帮助").click()
    page.wait_for_function("() => document.querySelector('#notice').textContent === '磁盘已满。'")
    assert pressed(row(page)) == []


def drafts(page: Page) -> list[str]:
    """Return what stands in each box for what was wrong."""
    return [box.input_value() for box in page.locator(".votes form input").all()]


def test_what_is_being_written_is_still_there_after_another_answer(page: Page, shot: Shot) -> None:
    ask(page, COMMITTEE)
    press(page, "没帮助")
    page.get_by_label("哪里不对").fill(REMARK)
    ask(page, UNTOLD)
    assert drafts(page) == [REMARK]
    press(page, "没帮助")
    row(page).get_by_label("哪里不对").fill("没有价格")
    ask(page, LISTS)
    assert drafts(page) == [REMARK, "没有价格"]
    shot("vote-draft")
    first, second = page.locator("#past .votes").all()
    first.get_by_role("button", name="提交").click()
    first.locator(".remark").wait_for()
    assert f"您说：{REMARK}" in first.inner_text()
    assert pressed(first) == pressed(second) == ["没帮助"]
    ask(page, COMMITTEE)
    assert drafts(page) == ["没有价格"]
    page.reload()
    page.wait_for_selector("#past .votes")
    assert f"您说：{REMARK}" in page.locator("#past .votes").first.inner_text()


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_who_goes_on_writing_while_an_answer_comes_loses_no_stroke(page: Page) -> None:
    ask(page, COMMITTEE)
    press(page, "没帮助")
    box = page.get_by_label("哪里不对")
    box.fill("写到一半了")
    box.press("ArrowLeft")
    page.evaluate("document.querySelector('#suggestions button').click()")  # the focus stays
    page.wait_for_selector("#past .votes")
    page.wait_for_selector("#current .turn.done")
    page.keyboard.type("就")
    assert drafts(page) == ["写到一半就了"]


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_what_was_being_written_is_not_put_below_another_answer(page: Page) -> None:
    ask(page, COMMITTEE)
    press(page, "没帮助")
    page.get_by_label("哪里不对").fill(REMARK)
    press(page, "没帮助")  # taken back
    ask(page, LISTS)
    assert drafts(page) == []
    press(page, "没帮助")  # and nothing is written
    page.locator("#question textarea").focus()
    ask(page, UNTOLD)
    assert drafts(page) == []
    press(page, "没帮助")
    page.get_by_label("哪里不对").fill(REMARK)
    page.locator("#new").click()
    page.wait_for_function("() => !document.querySelector('#talk .turn')")
    ask(page, UNTOLD)
    ask(page, COMMITTEE)
    assert drafts(page) == []
