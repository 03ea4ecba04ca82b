"""Asking on the page: suggestions, chips that open the exact sentence, follow-ups, bands."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

Shot = Callable[[str], None]
COMMITTEE = "平江路社区的“红色业委会”是怎么成立的？"
LISTS = "高碑社区的“三张清单”是什么？"
UNTOLD = "量子计算机的价格是多少？"


def ask(page: Page, question: str) -> None:
    """Type a question, send it with Enter, and wait for its answer."""
    box = page.locator("#question textarea")
    box.fill(question)
    box.press("Enter")
    answered(page, question)


def answered(page: Page, question: str) -> None:
    """Wait until a question is the current one and has been answered."""
    page.wait_for_function(
        "asked => document.querySelector('#current .turn.done .question')?.textContent === asked",
        arg=question,
    )


def quote_of(page: Page, chip: int) -> str:
    """Return the words in the answer that a chip of the conversation stands after."""
    quote = page.locator("a.cite").nth(chip).locator("xpath=..")
    return str(
        quote.evaluate(
            "p => [...p.childNodes].filter(n => n.nodeType === 3).map(n => n.textContent).join('')"
        )
    )


def highlighted(page: Page) -> str:
    """Return the words that stand highlighted in the article, without their numbers."""
    page.wait_for_selector("mark.on", state="visible")
    return str(
        page.evaluate(
            "[...document.querySelectorAll('mark.on')].map(m => m.lastChild.textContent).join('')"
        )
    )


def in_sight(page: Page) -> bool:
    """Say whether the highlighted words can be seen without scrolling."""
    return bool(
        page.evaluate(
            """() => {
            const mark = document.querySelector('mark.on').getBoundingClientRect();
            const box = document.querySelector('#article').getBoundingClientRect();
            return mark.top >= box.top && mark.top < box.bottom;
        }"""
        )
    )


def test_a_suggested_question_is_answered_and_its_chip_opens_the_exact_sentence(
    page: Page, shot: Shot
) -> None:
    shot("empty")
    button = page.locator("#suggestions button").first
    question = button.inner_text()
    button.click()
    answered(page, question)
    assert page.locator("#current .band.answered").inner_text() == "报道中有依据"
    shot("answered")
    page.locator("a.cite").first.click()
    assert highlighted(page) == quote_of(page, 0)
    assert in_sight(page)
    assert page.locator("#article .story h2").is_visible()
    shot("chip-opened")


def test_every_chip_of_an_answer_opens_its_own_sentence(page: Page) -> None:
    ask(page, COMMITTEE)
    count = page.locator("a.cite").count()
    assert count >= 2
    for chip in range(count):
        page.locator("a.cite").nth(chip).click()
        page.wait_for_function(
            "words => document.querySelector('mark.on')?.lastChild.textContent === words",
            arg=quote_of(page, chip),
        )
        page.keyboard.press("Escape")


def test_chips_of_earlier_turns_go_on_working(page: Page, shot: Shot) -> None:
    ask(page, COMMITTEE)
    first = quote_of(page, 0)
    ask(page, LISTS)
    ask(page, UNTOLD)
    older = page.locator("#past a.cite").first
    older.scroll_into_view_if_needed()
    older.click()
    assert highlighted(page) == first
    shot("older-chip")


def test_escape_gives_the_focus_back_to_the_chip(page: Page) -> None:
    ask(page, COMMITTEE)
    chip = page.locator("a.cite").nth(1)
    chip.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement?.matches('mark.on')")
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.activeElement?.matches('a.cite')")
    assert chip.evaluate("chip => chip === document.activeElement")


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_the_space_bar_opens_a_chip_too(page: Page) -> None:
    ask(page, LISTS)
    page.locator("a.cite").first.focus()
    page.keyboard.press("Space")
    assert highlighted(page) == quote_of(page, 0)


def test_what_no_report_says_is_said_to_be_so(page: Page, shot: Shot) -> None:
    ask(page, UNTOLD)
    assert page.locator("#current .band.not_covered").inner_text() == "报道中没有提到"
    assert page.locator("#current a.cite").count() == 0
    shot("not-covered")


def test_a_follow_up_is_understood_from_what_was_said(page: Page, shot: Shot) -> None:
    ask(page, "平江路社区有哪些做法？")
    ask(page, "那高碑社区呢？")
    understood = page.locator("#current .understood").inner_text()
    assert understood.startswith("理解为：")
    assert "做法" in understood
    shot("follow-up")


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_an_empty_question_gets_a_gentle_hint(page: Page) -> None:
    page.locator("#question textarea").fill("   ")
    page.locator("#send").click()
    page.wait_for_selector("#hint p, #hint .md:not(:empty)")
    assert page.locator("#hint").inner_text().strip()
    assert page.locator(".turn").count() == 0


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_a_long_question_is_refused_and_kept_for_shortening(page: Page) -> None:
    page.locator("#question textarea").fill("问" * 501)
    page.locator("#send").click()
    page.wait_for_function("() => document.querySelector('#hint').innerText.includes('500')")
    assert page.locator("#question textarea").input_value() == "问" * 501
    assert page.locator("#current .turn").count() == 0


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_a_reload_keeps_the_conversation_and_a_new_one_is_empty(page: Page) -> None:
    ask(page, LISTS)
    page.reload()
    page.wait_for_selector("#past .turn")
    page.locator("#past a.cite").first.click()
    assert "三张清单" in highlighted(page)
    page.locator("#new").click()
    page.wait_for_function("() => !document.querySelector('.turn')")
    page.reload()
    page.wait_for_selector("#suggestions button")
    page.wait_for_timeout(2000)  # the page's connection to the server is never idle for certain
    assert page.locator(".turn").count() == 0
