"""`wenyuan serve`: the web page, on this machine unless told otherwise."""

import contextlib
import logging
import sys
from pathlib import Path

import click

from store.errors import UsageError
from ui.commands.common import Invocation, json_option, tell, write_json
from ui.loopback import is_loopback
from ui.wiring import ingest_config, make_assistant, open_library

logger = logging.getLogger(__name__)


@click.command(help="启动网页，直到按 Ctrl-C。")
@click.option("--host", help="监听的地址；默认 127.0.0.1，只有本机能访问。")
@click.option("--port", type=int, help="监听的端口；默认 7860。")
@click.option(
    "--watch",
    metavar="DIR",
    multiple=True,
    help="同时看着这个文件夹，有新文件就入库；可以写多次。",
)
@json_option
@click.pass_obj
def serve(
    invocation: Invocation,
    host: str | None,
    port: int | None,
    watch: tuple[str, ...],
    as_json: bool,
) -> None:
    """Serve the page until interrupted."""
    settings = invocation.settings(host=host, port=port)
    if not is_loopback(settings.host):
        logger.warning("网页监听 %s：同一网络里的人都能打开它。", settings.host)
    folders = [Path(folder) for folder in watch]
    missing = [folder for folder in folders if not folder.is_dir()]
    if missing:
        raise UsageError(f"{missing[0]} 不是文件夹；--watch 只能看着文件夹。")
    with open_library(settings) as library, contextlib.ExitStack() as stack:
        assistant = make_assistant(library, settings)
        from ingest.job import WatchJob
        from ui.web.server import serve as serve_page

        job = WatchJob(folders, library, ingest_config(settings)) if folders else None

        if as_json:
            write_json({"host": settings.host, "port": settings.port, "home": str(settings.home)})
            stack.enter_context(contextlib.redirect_stdout(sys.stderr))
        try:
            serve_page(library, assistant, settings.host, settings.port, job)
        except KeyboardInterrupt:
            tell("已停止。")
