"""`wenyuan config`: the settings in force, and what the data folder was made with."""

from collections.abc import Callable
from typing import TypeVar

import click

from store.errors import WenyuanError
from ui.commands.common import Invocation, json_option, write, write_json
from ui.settings import masked
from ui.views import JsonObject, card_view
from ui.wiring import embedder_card, kept_manifest

Value = TypeVar("Value")


@click.command(help="显示当前生效的设置（密钥遮盖）、向量模型和索引的来历。")
@json_option
@click.pass_obj
def config(invocation: Invocation, as_json: bool) -> None:
    """Show the settings, the embedder's card and the manifest."""
    settings = invocation.settings()
    problems: list[str] = []
    card = _tried(lambda: embedder_card(settings), problems)
    if card and card.note:
        problems.append(card.note)
    view: JsonObject = {
        "settings": masked(settings),
        "embedder": card_view(card) if card else None,
        "manifest": _tried(lambda: kept_manifest(settings), problems),
        "problems": problems,
    }
    if as_json:
        write_json(view)
    else:
        write(config_text(view))


def config_text(view: JsonObject) -> str:
    """Return the settings, the embedder and the manifest for reading, a name and value a line."""
    lines = _block("设置", view["settings"])
    lines += _block("向量模型", view["embedder"])
    lines += _block("索引的来历", view["manifest"])
    lines += [f"注意：{problem}" for problem in view["problems"]]
    return "\n".join(lines)


def _block(title: str, values: JsonObject | None) -> list[str]:
    if values is None:
        return [f"{title}：（还没有）"]
    shown = {name: "（不设）" if value is None else value for name, value in values.items()}
    return [f"{title}：", *(f"  {name} = {value}" for name, value in shown.items())]


def _tried(read: Callable[[], Value], problems: list[str]) -> Value | None:
    """Read a value, or keep the sentence that says why not: the settings are shown all the same."""
    try:
        return read()
    except WenyuanError as error:
        problems.append(str(error))
        return None
