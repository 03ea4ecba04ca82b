"""What the commands share: the invocation, the --json option, and how results are written."""

import copy
import json
import logging
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from ui.settings import Settings, load_settings

REJECTED_EXIT = 1
FAILURE_EXIT = 2
INTERRUPTED_EXIT = 130
OUR_PACKAGES = ("store", "ingest", "assistant", "ui")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """What was given before the command's name, for every command to use."""

    home: Path | None = None
    verbose: bool = False

    def settings(self, **flags: object) -> Settings:
        """Compose the settings, with the command's own flags outweighing the rest.

        Raises:
            UsageError: a setting's value cannot be used.
        """
        level = "debug" if self.verbose else None
        settings = load_settings(home=self.home, log_level=level, **flags)
        set_up_logging(settings.log_level)
        return settings


class _ToStandardError(logging.Handler):
    tracebacks = False

    def emit(self, record: logging.LogRecord) -> None:
        if not self.tracebacks:
            record = copy.copy(record)
            record.exc_info = record.exc_text = None
        tell(self.format(record))


def set_up_logging(level: str) -> None:
    """Send the log to standard error: ours from `level` up, other people's from warning up.

    Args:
        level: debug, info, warning or error; tracebacks are written at debug only.
    """
    root = logging.getLogger()
    ours = [handler for handler in root.handlers if isinstance(handler, _ToStandardError)]
    handler = ours[0] if ours else _ToStandardError()
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    handler.tracebacks = level == "debug"
    if not ours:
        root.addHandler(handler)
    for package in OUR_PACKAGES:
        logging.getLogger(package).setLevel(level.upper())


json_option = click.option(
    "--json", "as_json", is_flag=True, help="结果写成一个 JSON 对象（标准输出），供脚本使用。"
)


def write_json(value: dict[str, Any]) -> None:
    """Write one JSON object, on one line, to standard output."""
    write(json.dumps(value, ensure_ascii=False))


def write(text: str = "") -> None:
    """Write one line of result to standard output."""
    click.echo(text)


def repeatable(path: Path) -> str:
    """Return a path as others may repeat it: as it was given, but no folder of this machine."""
    shown = path.name if path.is_absolute() else path.as_posix()
    return f'"{shown}"' if " " in shown else shown


def when(moment: str) -> str:
    """Return a moment (UTC ISO) as the clock on the wall shows it."""
    return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"


def tell(text: str) -> None:
    """Write one line to standard error for the person there, above a bar that is drawn."""
    bars = sys.modules.get("tqdm")
    if bars is not None:
        bars.tqdm.write(text, file=sys.stderr)
    else:
        click.echo(text, err=True)


def use_utf8() -> None:
    """Write UTF-8 whatever the terminal's encoding, and never fail on a character."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
