"""The command line: `wenyuan COMMAND`. Exit 0 done, 1 some inputs rejected, 2 a failure told."""

import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from store.errors import UsageError, WenyuanError
from ui.commands.ask import ask
from ui.commands.common import (
    FAILURE_EXIT,
    INTERRUPTED_EXIT,
    Invocation,
    set_up_logging,
    tell,
    use_utf8,
)
from ui.commands.config import config
from ui.commands.evaluate import evaluate
from ui.commands.feedback import feedback
from ui.commands.ingest import ingest
from ui.commands.library import reindex, remove, reports, show
from ui.commands.serve import serve
from ui.commands.versions import restore, versions

logger = logging.getLogger(__name__)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    help="问院：读社区报道，回答问题，每句话都指出原文出处。",
)
@click.option(
    "--home",
    metavar="DIR",
    help="数据文件夹（等于环境变量 WENYUAN_HOME，但更优先）。",
)
@click.option("--verbose", "-v", is_flag=True, help="把详细日志写到标准错误，出错时连同细节。")
@click.version_option(package_name="wenyuan", prog_name="wenyuan")
@click.pass_context
def wenyuan(context: click.Context, home: str | None, verbose: bool) -> None:
    """Read community reports, answer questions, name the source of every sentence."""
    if home is not None and not home.strip():
        raise UsageError("--home 后面要写一个文件夹。")
    set_up_logging("debug" if verbose else "warning")
    context.obj = Invocation(home=Path(home) if home else None, verbose=verbose)


for _command in (
    ingest,
    reports,
    show,
    ask,
    serve,
    evaluate,
    feedback,
    config,
    remove,
    reindex,
    versions,
    restore,
):
    wenyuan.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code; None takes the process's arguments."""
    use_utf8()
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; every failure is told in one sentence."""
    try:
        code = wenyuan.main(args=arguments, prog_name="wenyuan", standalone_mode=False)
    except (click.Abort, KeyboardInterrupt):
        tell("已中断。")
        code = INTERRUPTED_EXIT
    except BrokenPipeError:
        # Whoever read the output is gone: nothing can be told, and the exit must not write.
        sys.stdout = None
        code = FAILURE_EXIT
    except Exception as error:
        logger.debug("the command failed", exc_info=error)
        tell(_told(error))
        code = FAILURE_EXIT
    return code if isinstance(code, int) else 0


def _told(error: Exception) -> str:
    """Return what is told of a failure: one line, never a traceback."""
    match error:
        case click.exceptions.NoArgsIsHelpError():
            return error.format_message()
        case WenyuanError():
            sentence = str(error)
        case click.UsageError():
            sentence = _usage_sentence(error)
        case click.ClickException():
            sentence = error.format_message()
        case _:
            sentence = f"出了没有料到的错误（{type(error).__name__}）：{error}"
    return f"错误：{' '.join(sentence.split())}"


def _usage_sentence(error: click.UsageError) -> str:
    """Tell in Chinese what is wrong with the arguments; click tells it in English."""
    command = error.ctx.command_path if error.ctx else "wenyuan"
    name = getattr(error, "option_name", None) or ""
    parameter = getattr(error, "param", None)
    if parameter is not None:
        name = parameter.get_error_hint(error.ctx).strip("'\"")
    kinds = {
        click.MissingParameter: f"缺少 {name}",
        click.NoSuchOption: f"没有 {name} 这个选项",
        click.exceptions.NoSuchCommand: f"没有 {getattr(error, 'command_name', '')} 这个命令",
        click.BadOptionUsage: f"选项 {name} 用法不对",
        click.BadParameter: f"{name} 的值不能用{_own_words(error.message)}",
    }
    sentence = kinds.get(type(error), f"命令写法不对（{error.message}）")
    return f"{sentence}；用法见 {command} --help。"


def _own_words(message: str) -> str:
    """Return what click says of a value where it names a path, or we said it; else nothing."""
    ours = any("\u4e00" <= letter <= "\u9fff" for letter in message)
    return f"（{message}）" if ours or "/" in message else ""


if __name__ == "__main__":
    main()
