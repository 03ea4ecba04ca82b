"""`wenyuan ask QUESTION`: one question, or a batch of them from a file."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.records import Answer, Citation, PartCoverage, Status
from store.errors import UsageError, WenyuanError
from ui.commands.asking import BatchQuestion, read_batch, read_history
from ui.commands.common import REJECTED_EXIT, Invocation, json_option, tell, write, write_json
from ui.scans import scan_mark
from ui.views import JsonObject, answer_view
from ui.wiring import make_assistant, open_library

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

logger = logging.getLogger(__name__)

STATUS_WORDS = {
    Status.ANSWERED: "有答案",
    Status.RELATED: "只有相关内容",
    Status.NOT_COVERED: "报道中没有",
}


@click.command(help="问一个问题，答案的每一句都注明出处。")
@click.argument("question", metavar="QUESTION", required=False)
@click.option(
    "--history",
    type=click.Path(path_type=Path),
    help='此前的对话：JSON 列表，每项 {"question", "answer"}。',
)
@click.option("--model", metavar="NAME", help="对话模型，如 ollama:qwen3；不设则只摘原文作答。")
@click.option(
    "--batch",
    type=click.Path(path_type=Path),
    help="一次问多个：文件里每行一个 JSON 对象 {id, question, history}，输出每行一个 JSON 回答。",
)
@json_option
@click.pass_obj
def ask(  # noqa: PLR0913, PLR0917 (one for each option)
    invocation: Invocation,
    question: str | None,
    history: Path | None,
    model: str | None,
    batch: Path | None,
    as_json: bool,
) -> int:
    """Answer one question, or a batch of them."""
    if (question is None) == (batch is None):
        raise UsageError("请写一个问题，或用 --batch 给出一个问题文件，二者取一。")
    if batch is not None and history is not None:
        raise UsageError("--history 只用于单个问题；批量时把 history 写在各行里。")
    turns = read_history(history) if history else ()
    questions = list(read_batch(batch)) if batch else []
    settings = invocation.settings(chat_model=model)
    with open_library(settings) as library:
        assistant = make_assistant(library, settings)
        if question is None:
            return _ask_batch(assistant, questions)
        answer = assistant.ask(question, assistant.replayed(turns))
    if as_json:
        write_json(answer_view(answer))
    else:
        write(answer_text(answer))
    return 0


def answer_text(answer: Answer) -> str:
    """Return an answer for reading: the text with its marks, then the citations under it."""
    read = answer.question.understood
    lines = [f"理解为：{read}", ""] if read else []
    lines += [answer.text or "报道中没有找到相关内容。"]
    if len(answer.parts) > 1:
        lines += ["", *map(_part_text, answer.parts)]
    if answer.citations:
        lines += ["", "出处"]
        lines += [citation_text(citation) for citation in answer.citations]
    if answer.notice:
        lines += ["", f"提示：{answer.notice}"]
    return "\n".join(lines)


def _part_text(part: PartCoverage) -> str:
    note = f"（{part.note}）" if part.note else ""
    return f"· {part.text}：{STATUS_WORDS[part.status]}{note}"


def citation_text(citation: Citation) -> str:
    """Return a citation for reading: the quote, then where it stands."""
    page = f"第 {citation.page} 页" if citation.page else None
    scan = scan_mark(citation.confidence)
    place = (f"《{citation.headline}》", citation.community, citation.section, page, scan)
    return f"[{citation.label}] “{citation.quote}”\n    " + " · ".join(p for p in place if p)


def _ask_batch(assistant: "Assistant", questions: list[BatchQuestion]) -> int:
    code = 0
    for item in questions:
        value = _batch_answer(assistant, item)
        if "error" in value:
            code = REJECTED_EXIT
        write_json({"id": item.id, **value})
    if code:
        tell("错误：有的问题没有作答，原因见各行的 error。")
    return code


def _batch_answer(assistant: "Assistant", item: BatchQuestion) -> JsonObject:
    error = item.error
    if error is None:
        try:
            history = assistant.replayed(item.history)
            return answer_view(assistant.ask(item.question, history))
        except WenyuanError as failure:
            error = str(failure)
        except Exception as failure:
            # One question must not cost the others their answers.
            logger.debug("question %r failed", item.id, exc_info=failure)
            error = f"出了没有料到的错误（{type(failure).__name__}）：{failure}"
    return {"question": item.question, "error": error}
