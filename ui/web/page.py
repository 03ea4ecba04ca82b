"""The part of the page that Gradio draws: the conversation, the suggestions, and the input."""

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from store.ids import ConversationId
from ui.web.conversations import conversation_id
from ui.web.dialogue import Dialogue, Screen
from ui.web.visitor import COOKIE

TITLE = "问院 · 社区报道问答"
ABREAST = 32
"""Questions that Gradio hands over at one time; the dialogue's own threads bound the work."""

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """What is on the page and takes part in events."""

    welcome: gr.Markdown
    past: gr.Markdown
    current: gr.Markdown
    box: gr.Textbox
    hint: gr.Markdown
    send: gr.Button
    stop: gr.Button
    fresh: gr.Button
    suggestions: list[gr.Button]


def build_page(
    dialogue: Dialogue, suggestions: Sequence[str], welcome: Callable[[], str]
) -> gr.Blocks:
    """Draw the conversation and wire it to the dialogue.

    Args:
        dialogue: answers the questions.
        suggestions: questions to begin with, one button each.
        welcome: gives safe HTML shown while nothing has been asked, anew for each visit.
    """
    page: gr.Blocks
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as page:
        parts = _draw(suggestions, welcome())
        _wire(page, parts, dialogue)
        page.load(welcome, None, parts.welcome, **QUIET)  # reports may have come since
    page.queue(max_size=200, api_open=False)
    return page


def _draw(suggestions: Sequence[str], welcome: str) -> _Parts:
    with gr.Column(elem_id="talk", scale=1):
        greeting = _markdown("welcome", welcome)
        past = _markdown("past")
        current = _markdown("current")
    with gr.Column(elem_id="composer", scale=0):
        with gr.Row(elem_id="suggestions"):
            buttons = [gr.Button(text, size="sm") for text in suggestions]
        with gr.Row(elem_id="askrow"):
            box = gr.Textbox(
                label="您的问题",
                show_label=False,
                container=False,
                placeholder="请输入您的问题",
                lines=1,
                max_lines=4,
                elem_id="question",
                html_attributes=gr.InputHTMLAttributes(enterkeyhint="send", autocomplete="off"),
            )
            send = gr.Button("提问", elem_id="send", variant="primary")
            stop = gr.Button("停止", elem_id="stop")
        hint = _markdown("hint")
    return _Parts(
        welcome=greeting,
        past=past,
        current=current,
        box=box,
        hint=hint,
        send=send,
        stop=stop,
        fresh=gr.Button("新对话", elem_id="fresh", visible="hidden"),
        suggestions=buttons,
    )


def _wire(page: gr.Blocks, parts: _Parts, dialogue: Dialogue) -> None:
    outputs = [parts.past, parts.current, parts.box, parts.hint]

    async def ask(text: str, request: gr.Request) -> AsyncGenerator[tuple[Any, ...]]:
        async for screen in dialogue.ask(text or "", _conversation(request)):
            yield _updates(screen)

    async def begin(request: gr.Request) -> tuple[Any, ...]:
        return _updates(await dialogue.restore(_conversation(request)))

    async def restore(request: gr.Request) -> str:
        return (await dialogue.restore(_conversation(request))).past or ""

    sources: list[tuple[list[Any], gr.Textbox | gr.Button]] = [
        ([parts.box.submit, parts.send.click], parts.box),
        *(([button.click], button) for button in parts.suggestions),
    ]
    asking: list[dict[str, Any]] = [
        gr.on(
            triggers,
            ask,
            source,
            outputs,
            trigger_mode="once",
            concurrency_limit=ABREAST,
            **QUIET,
        )
        for triggers, source in sources
    ]
    parts.stop.click(lambda: "", None, parts.current, cancels=asking, queue=False, **QUIET)
    parts.fresh.click(begin, None, outputs, cancels=asking, **QUIET)
    # Only what was said before: the visitor may already be typing, or waiting for an answer.
    page.load(restore, None, parts.past, **QUIET)


def _markdown(elem_id: str, value: str = "") -> gr.Markdown:
    """A part for our own HTML, which Gradio sanitises once more; no LaTeX in it."""
    return gr.Markdown(value, elem_id=elem_id, latex_delimiters=[])


def _conversation(request: gr.Request) -> ConversationId | None:
    return conversation_id(request.cookies.get(COOKIE))


def _updates(screen: Screen) -> tuple[Any, ...]:
    parts = (screen.past, screen.current, screen.question, screen.hint)
    return tuple(gr.skip() if part is None else part for part in parts)
