"""Wiring of evaluation: chat models that judge, and those that baselines answer with."""

from typing import TYPE_CHECKING

from store.errors import ChatModelError
from ui.settings import Settings
from ui.wiring import assistant_config

if TYPE_CHECKING:
    from assistant.evaluation.citations import SupportCheck
    from assistant.evaluation.judge import Say


def make_check(settings: Settings, judge: str | None) -> "SupportCheck":
    """Make what decides whether quotes support a sentence.

    Args:
        settings: of the chat model, but for its name.
        judge: the chat model's name, or None for the check that needs none.

    Raises:
        ChatModelError: there is no such chat model.
    """
    from assistant.evaluation.citations import Quoted
    from assistant.evaluation.judge import Judge

    return Quoted() if judge is None else Judge(judge, make_say(settings, judge))


def make_say(settings: Settings, model: str) -> "Say":
    """Make what gives a chat model's answer to a prompt.

    Args:
        settings: of the chat model, but for its name.
        model: the chat model's name.

    Raises:
        ChatModelError: there is no such chat model.
    """
    from assistant.answerers.chat_model import load

    chat = load(assistant_config(settings.model_copy(update={"chat_model": model})).chat)

    def say(prompt: str) -> str:
        try:
            return str(chat.invoke(prompt).text)
        except Exception as error:  # whatever a provider raises
            raise ChatModelError(
                f"评测用的对话模型“{model}”没有回答（{type(error).__name__}）；"
                "再运行同样的命令会接着做。"
            ) from error

    return say
