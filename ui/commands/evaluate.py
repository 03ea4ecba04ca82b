"""`wenyuan eval DATASET`: measure the answers on a file of questions."""

from pathlib import Path

import click

from store.errors import UsageError
from ui.commands.common import Invocation, json_option, write, write_json
from ui.wiring import make_assistant, open_library


@click.command("eval", help="用一个问题文件测量回答的质量；格式：每行一个 JSON 对象。")
@click.argument("dataset", metavar="DATASET", type=click.Path(path_type=Path))
@click.option("--model", metavar="NAME", help="对话模型；不设则只摘原文作答。")
@json_option
@click.pass_obj
def evaluate(invocation: Invocation, dataset: Path, model: str | None, as_json: bool) -> None:
    """Measure the answers on a file of questions."""
    from assistant.evaluation.answers import evaluate as measure
    from assistant.evaluation.questions import load_questions

    if dataset.is_dir():
        raise UsageError(f"{dataset} 是文件夹；请给出一个问题文件（每行一个 JSON 对象）。")
    questions = load_questions(dataset)
    settings = invocation.settings(chat_model=model)
    with open_library(settings) as library:
        library.warm()  # what is measured is answering, not loading
        result = measure(make_assistant(library, settings), questions)
    if as_json:
        write_json(dict(result.metrics))
        return
    width = max(map(len, result.metrics))
    for name, value in result.metrics.items():
        write(f"{name:<{width}}  {value:g}")
