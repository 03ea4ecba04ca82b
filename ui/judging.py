"""Wiring of evaluation: what decides whether quotes support a sentence."""

from typing import TYPE_CHECKING

from store.errors import ChatModelError
from ui.settings import Settings
from ui.wiring import assistant_config

if TYPE_CHECKING:
    from assistant.evaluation.citations import SupportCheck


def make_check(settings: Settings, judge: str | None) -> "SupportCheck":
    """Make what decides whether quotes support a sentence.

    Args:
        settings: of the chat model, but for its name.
        judge: the chat model's name, or None for the check that needs none.

    Raises:
        ChatModelError: there is no such chat model.
    """
    from assistant.evaluation.citations import Quoted

    if judge is None:
        return Quoted()
    from assistant.answerers.chat_model import load
    from assistant.evaluation.judge import Judge

    model = load(assistant_config(settings.model_copy(update={"chat_model": judge})).chat)

    def say(prompt: str) -> str:
        try:
            return str(model.invoke(prompt).text)
        except Exception as error:  # whatever a provider raises
            raise ChatModelError(
                f"核对依据的对话模型“{judge}”没有回答（{type(error).__name__}）；"
                "再运行同样的命令会接着做。"
            ) from error

    return Judge(judge, say)
