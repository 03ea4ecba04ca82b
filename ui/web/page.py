"""The part of the page that Gradio draws: the conversation, the suggestions, and the input."""

from collections.abc import AsyncGenerator, Sequence
from typing import Any

import gradio as gr

from store.ids import ConversationId
from ui.web.conversations import conversation_id
from ui.web.dialogue import Dialogue, Screen
from ui.web.visitor import COOKIE

TITLE = "问院 · 社区报道问答"
ABREAST = 32
"""Questions that Gradio hands over at one time; the dialogue's own threads bound the work."""


def build_page(dialogue: Dialogue, suggestions: Sequence[str], welcome: str) -> gr.Blocks:
    """Draw the conversation and wire it to the dialogue.

    Args:
        dialogue: answers the questions.
        suggestions: questions to begin with, one button each.
        welcome: safe HTML shown while nothing has been asked.
    """
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as page:
        with gr.Column(elem_id="talk", scale=1):
            gr.Markdown(welcome, elem_id="welcome", latex_delimiters=[])
            past = gr.Markdown("", elem_id="past", latex_delimiters=[])
            current = gr.Markdown("", elem_id="current", latex_delimiters=[])
        with gr.Column(elem_id="composer", scale=0):
            with gr.Row(elem_id="suggestions"):
                buttons = [gr.Button(text, size="sm") for text in suggestions]
            with gr.Row(elem_id="askrow"):
                box = _question_box()
                send = gr.Button("提问", elem_id="send", variant="primary")
                stop = gr.Button("停止", elem_id="stop")
            hint = gr.Markdown("", elem_id="hint", latex_delimiters=[])
        fresh = gr.Button("新对话", elem_id="fresh", visible="hidden")
        outputs = [past, current, box, hint]

        async def ask(text: str, request: gr.Request) -> AsyncGenerator[tuple[Any, ...]]:
            async for screen in dialogue.ask(text or "", _conversation(request)):
                yield _updates(screen)

        async def begin(request: gr.Request) -> tuple[Any, ...]:
            return _updates(await dialogue.restore(_conversation(request)))

        async def restore(request: gr.Request) -> str:
            return (await dialogue.restore(_conversation(request))).past or ""

        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        asking: list[dict[str, Any]] = [
            event(ask, source, outputs, trigger_mode="once", concurrency_limit=ABREAST, **quiet)
            for event, source in (
                (box.submit, box),
                (send.click, box),
                *((button.click, button) for button in buttons),
            )
        ]
        stop.click(lambda: "", None, current, cancels=asking, queue=False, **quiet)
        fresh.click(begin, None, outputs, cancels=asking, **quiet)
        # Only what was said before: the visitor may already be typing, or waiting for an answer.
        page.load(restore, None, past, **quiet)
    page.queue(max_size=200, api_open=False)
    drawn: gr.Blocks = page
    return drawn


def _question_box() -> gr.Textbox:
    return gr.Textbox(
        label="您的问题",
        show_label=False,
        container=False,
        placeholder="请输入您的问题",
        lines=1,
        max_lines=4,
        elem_id="question",
        html_attributes=gr.InputHTMLAttributes(enterkeyhint="send", autocomplete="off"),
    )


def _conversation(request: gr.Request) -> ConversationId | None:
    return conversation_id(request.cookies.get(COOKIE))


def _updates(screen: Screen) -> tuple[Any, ...]:
    parts = (screen.past, screen.current, screen.question, screen.hint)
    return tuple(gr.skip() if part is None else part for part in parts)
