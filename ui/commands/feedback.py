"""`wenyuan feedback`: what visitors think of answers, and questions for tests made of it."""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.records import Status
from store.conversations import FORGOTTEN
from store.errors import NotFoundError, UsageError
from store.feedback import Cited, Vote, Voted
from store.folders import why
from store.ids import digest
from ui.commands.common import Invocation, json_option, when, write, write_json
from ui.views import JsonObject
from ui.wiring import read_library

if TYPE_CHECKING:
    from store.reader import Reader

KIND = "feedback"


@click.command(
    help="列出网页上“没帮助”的评价；--out 把它们写成评测的题目，补上标准后就能用 wenyuan eval 测。"
)
@click.option("--all", "both", is_flag=True, help="连同“有帮助”的。")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="把题目写进这个问题文件，每行一题；文件里已有的题不改动。",
)
@json_option
@click.pass_obj
def feedback(invocation: Invocation, both: bool, out: Path | None, as_json: bool) -> None:
    """List what visitors think of answers, and write it as questions."""
    if out:
        _require_place(out)
    with read_library(invocation.settings()) as reader:
        voted = reader.feedback(None if both else Vote.DOWN)
        questions = [question_line(one, reader) for one in voted]
    added, kept = _added(questions, out) if out and questions else (0, 0)
    if as_json:
        write_json({"questions": questions, "added": added})
    elif not questions:
        write("还没有评价。" if both else "还没有“没帮助”的评价。")
    elif out:
        write(_summary(out, added, kept))
    else:
        for one in questions:
            write(question_text(one))


def question_line(voted: Voted, reader: "Reader") -> JsonObject:
    """Return a question as `wenyuan eval` reads it, but for what a person must say: what is right.

    Earlier turns are given as they were understood, so that they mean the same by themselves; an
    answer that is kept no more is left empty, and is asked for again.

    Args:
        voted: the vote, with its turn and those before.
        reader: looks the cited words up.
    """
    from ui.web.conversations import TURNS

    given, turn = voted.feedback, voted.turn
    before = [
        [one.standalone or one.question, "" if one.answer == FORGOTTEN else one.answer]
        for one in voted.before[-TURNS:]
    ]
    return {
        "id": "f" + digest(given.conversation_id, str(given.ordinal), length=10),
        "type": KIND,
        "question": turn.question,
        **({"history": before} if before else {}),
        "answerable": None,
        "evidence": [],
        "facts": [],
        "feedback": {
            "vote": given.vote.value,
            "comment": given.comment,
            "voted_at": given.voted_at,
            "status": given.status or None,
            "model": given.model or None,
            "answer": turn.answer,
            "cited": [_cited(one, reader) for one in given.cited],
        },
    }


def question_text(question: JsonObject) -> str:
    """Return one line of `question_line` for reading: the vote, the question, what was said."""
    from ui.web.render import BANDS
    from ui.web.votes import WORDS

    given = question["feedback"]
    band = f"（{BANDS[Status(given['status'])]}）" if given["status"] else ""
    headlines = dict.fromkeys(one["headline"] for one in given["cited"] if one["headline"])
    lines = [
        f"{when(given['voted_at'])}  {WORDS[Vote(given['vote'])]}  {question['question']}",
        *(f"  此前问：{asked}" for asked, _ in question.get("history", [])[-1:]),
        f"  回答{band}：{' '.join(given['answer'].split())}",
        *(f"  出处：《{headline}》" for headline in headlines),
        f"  说明：{given['comment']}" if given["comment"] else "",
    ]
    return "\n".join(line for line in lines if line)


def _cited(cited: Cited, reader: "Reader") -> JsonObject:
    """Show what was cited; None for words that the library has no more."""
    try:
        article = reader.article(cited.article_id)
    except NotFoundError:
        article = None
    return {
        "label": cited.label,
        "article": cited.article_id,
        "headline": article.headline if article else None,
        "quote": cited.quote(article) if article else None,
    }


def _require_place(out: Path) -> None:
    """Check that a file can be where the questions are to go; raises UsageError otherwise."""
    try:
        if out.is_dir():
            raise UsageError(f"{out} 是文件夹；--out 后面要写一个文件，如 {out / '题目.jsonl'}。")
        if not out.parent.is_dir():
            raise UsageError(f"没有文件夹 {out.parent}；请先建好它，或换一个位置。")
        if out.exists() and not out.is_file():  # a device, which gives or takes without an end
            raise UsageError(f"{out} 不是普通的文件；--out 后面请换一个文件名。")
    except OSError as error:
        raise _unwritable(out, error) from error


def _unwritable(out: Path, error: OSError) -> UsageError:
    return UsageError(f"写不进 {out}：{why(error)}；原有的内容没有改动，请换一个位置。")


def _summary(out: Path, added: int, kept: int) -> str:
    """Say how many lines were written, and what is to be done where there are any."""
    if not added:
        return f"没有新的题可添；{out} 里原有的 {kept} 题没有改动。"
    before = f"，原有的 {kept} 题没有改动" if kept else ""
    return (
        f"往 {out} 添了 {added} 题{before}。\n"
        f"请补上新添的题的 answerable、evidence 和 facts，再运行 wenyuan eval {out}。"
    )


def _added(questions: Sequence[JsonObject], out: Path) -> tuple[int, int]:
    """Append the questions that a file has not yet; return how many, and how many it had.

    What is there is a person's work: it stays as it is, also where there is no room for more.

    Raises:
        UsageError: the file cannot be written, or holds something else; it is as it was.
    """
    from assistant.evaluation.jsonl import rows

    try:
        known = {row.text("id") for row in rows(out)} if out.exists() else set()
        new = [one for one in questions if one["id"] not in known]
        lines = "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in new)
        if new:
            _append(out, lines.encode())
    except OSError as error:
        raise _unwritable(out, error) from error
    return len(new), len(known)


def _append(out: Path, lines: bytes) -> None:
    """Append whole lines, or nothing."""
    before = out.stat().st_size if out.exists() else None
    try:
        with out.open("ab+") as file:
            if before:
                file.seek(-1, os.SEEK_END)
                lines = lines if file.read(1) == b"\n" else b"\n" + lines
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            if before is None:
                out.unlink()
            else:
                os.truncate(out, before)
        raise
