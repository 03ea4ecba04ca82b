"""The frame around the page that Gradio serves: our head, header and panel.

Gradio's own index page says lang="en", advertises Gradio in its meta tags (with a remote image)
and shows nothing until its scripts have run. It is rewritten here as it goes out. Where a
piece is not found, it stays as it was: an upgrade of Gradio can cost us polish, not the page.
"""

import re
from functools import cache
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from store.ids import digest
from ui.web.visitor import has_key, key_header

ASSETS = Path(__file__).parent / "assets"

_FOREIGN = re.compile(
    r'<meta\s+(?:property|name)="(?:og|twitter):[^>]*?/>\s*|<link rel="manifest"[^>]*>\s*'
)


class Shell:
    """ASGI middleware: dresses `GET /`, and hands out the key to a conversation with it."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand in front of an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything through but the index page."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] != "/":
            await self._app(scope, receive, send)
            return
        headers = [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]
        cookies = b"; ".join(v for k, v in headers if k == b"cookie").decode("latin-1")
        held: list[Message] = []
        body = bytearray()

        async def hold(message: Message) -> None:
            if message["type"] == "http.response.start":
                held.append(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                for start in held:
                    page = _dressed(start, bytes(body))
                    if not has_key(cookies):
                        secure = scope.get("scheme") == "https"
                        _add(start, "set-cookie", key_header(secure=secure))
                    await send(start)
                    await send({"type": "http.response.body", "body": page})

        await self._app({**scope, "headers": headers}, receive, hold)


@cache
def assets_folder() -> str:
    """Return the folder the assets are served from; it changes with them, so no cache lags."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(ASSETS.iterdir()))
    return f"wenyuan-{digest(*texts, length=8)}"


def dress(page: str) -> str:
    """Return Gradio's index page in our frame."""
    head, top, panel = _pieces()
    page = _FOREIGN.sub("", page)
    page = re.sub(r"<html[^>]*>", '<html lang="zh-CN">', page, count=1)
    page = re.sub(r"<body[^>]*>", "<body>", page, count=1)
    page = re.sub(r'(<gradio-app[^>]*?)\sstyle="[^"]*"', r"\1", page, count=1)
    page = page.replace("</head>", head + "</head>", 1)
    page = page.replace("<gradio-app", top + "<gradio-app", 1)
    return page.replace("</gradio-app>", "</gradio-app>" + panel, 1)


def _dressed(start: Message, body: bytes) -> bytes:
    """Dress a page, and tell its length and that it is nobody else's to keep."""
    if start["status"] == 200:
        body = dress(body.decode("utf-8")).encode("utf-8")
    start["headers"] = [(k, v) for k, v in start["headers"] if k.lower() != b"content-length"]
    _add(start, "content-length", str(len(body)))
    _add(start, "cache-control", "no-store")
    return body


def _add(start: Message, name: str, value: str) -> None:
    start["headers"].append((name.encode("latin-1"), value.encode("latin-1")))


@cache
def _pieces() -> tuple[str, str, str]:
    """Read the three pieces of the frame, with the assets' addresses filled in."""
    text = (ASSETS / "shell.html").read_text(encoding="utf-8")
    text = re.sub(r'(href|src)="(?=[\w.]+")', rf'\1="{assets_folder()}/', text)
    head, top, panel = text.split("<!-- cut -->\n")
    return head, top, panel
