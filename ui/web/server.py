"""Serving the page: one process, one worker, until it is told to stop."""

import signal
import socket
import sys
import threading

import uvicorn
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp

from assistant.pipeline import Assistant
from ingest.job import WatchJob
from store.errors import UsageError
from store.library import Library
from ui.loopback import NAMES, bare, is_loopback
from ui.web.app import create_app


def serve(
    library: Library, assistant: Assistant, host: str, port: int, job: WatchJob | None = None
) -> None:
    """Serve the page until the process is interrupted.

    Args:
        library: an open library.
        assistant: answers the questions.
        host: the address to listen on, as a name or a number.
        port: the port to listen on, 0 for any that is free.
        job: takes reports in meanwhile; begun and cancelled with the page.

    Raises:
        UsageError: the address is not this machine's, or the port is taken or not allowed.
    """
    with _listen(host, port) as listener:
        config = uvicorn.Config(
            _known_hosts(create_app(library, assistant, job), host),
            log_level="warning",
            access_log=False,  # addresses carry what visitors read
            timeout_graceful_shutdown=2,  # the page keeps a line open that would hold us for ever
            workers=1,
        )
        _leave_in_order()
        try:
            if job:
                job.start()
            _Server(config, _url(listener)).run(sockets=[listener])
        finally:
            if job:
                job.cancel()


def _known_hosts(app: ASGIApp, host: str) -> ASGIApp:
    """Answer this machine alone under its own names, where the page is meant for it alone.

    Another site's name that is made to point to this machine must not read the library.
    """
    if not is_loopback(host):
        return app
    names = {*NAMES, bare(host)}
    return TrustedHostMiddleware(app, allowed_hosts=[*names, *(f"[{one}]" for one in names)])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, url: str) -> None:
        super().__init__(config)
        self._url = url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(f"问院已启动：{self._url}（按 Ctrl+C 停止）", flush=True)


def _leave_in_order() -> None:
    """Let a termination unwind, so that the library is closed; uvicorn passes the signal on."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def _listen(host: str, port: int) -> socket.socket:
    """Take the port at once: better told now than after the models have loaded."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            bare(host), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise UsageError(f"不认识的监听地址 {host}。") from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise UsageError(
            f"不能在 {host} 的 {port} 端口启动：端口已被占用或不允许使用，请用 --port 换一个端口。"
        ) from error
    return listener


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    if host in {"0.0.0.0", "::"}:  # noqa: S104
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
