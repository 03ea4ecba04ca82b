"""`wenyuan serve`: the web page, on this machine unless told otherwise."""

import contextlib
import logging
import sys

import click

from ui.commands.common import Invocation, json_option, tell, write_json
from ui.wiring import make_assistant, open_library

logger = logging.getLogger(__name__)

HERE = frozenset({"127.0.0.1", "localhost", "::1"})


@click.command(help="启动网页，直到按 Ctrl-C。")
@click.option("--host", help="监听的地址；默认 127.0.0.1，只有本机能访问。")
@click.option("--port", type=int, help="监听的端口；默认 7860。")
@json_option
@click.pass_obj
def serve(invocation: Invocation, host: str | None, port: int | None, as_json: bool) -> None:
    """Serve the page until interrupted."""
    settings = invocation.settings(host=host, port=port)
    if settings.host not in HERE:
        logger.warning("网页监听 %s：同一网络里的人都能打开它。", settings.host)
    with open_library(settings) as library, contextlib.ExitStack() as stack:
        assistant = make_assistant(library, settings)
        from ui.web.server import serve as serve_page

        if as_json:
            write_json({"host": settings.host, "port": settings.port, "home": str(settings.home)})
            stack.enter_context(contextlib.redirect_stdout(sys.stderr))
        try:
            serve_page(library, assistant, settings.host, settings.port)
        except KeyboardInterrupt:
            tell("已停止。")
