"""What the server sends with every answer, and what it never accepts."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio's page needs inline scripts and styles; eval it needs only for gr.HTML, which we never use.
POLICY = (
    "default-src 'self'; "
    "script-src 'self' 'unsafe-inline'; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; "
    "font-src 'self' data:; "
    "connect-src 'self'; "
    "frame-src 'none'; "
    "object-src 'none'; "
    "base-uri 'self'; "
    "form-action 'self'; "
    "frame-ancestors 'self'"
)

HEADERS = (
    (b"content-security-policy", POLICY.encode("ascii")),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)

# Gradio takes uploads and proxied addresses also where the page has no part that needs them.
CLOSED = ("/gradio_api/upload", "/upload", "/gradio_api/proxy=", "/proxy=", "/gradio_api/stream/")


MAX_BODY = 1_000_000
"""Bytes of a request's body: far more than any question, and soon read."""


class Guard:
    """ASGI middleware: closes what is not used and sends the security headers."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand in front of an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass through with the headers added."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {name for name, _ in HEADERS}
                kept = [(k, v) for k, v in message["headers"] if k.lower() not in ours]
                message = {**message, "headers": [*kept, *HEADERS]}
            await send(message)

        status = _refusal(scope)
        if status is not None:
            await guarded({"type": "http.response.start", "status": status, "headers": []})
            await guarded({"type": "http.response.body", "body": b""})
            return
        await self._app(scope, receive, guarded)


def _refusal(scope: Scope) -> int | None:
    """Return the status to refuse a request with, or None to let it through."""
    if scope["path"].startswith(CLOSED):
        return 403
    headers = dict(scope["headers"])
    if b"transfer-encoding" in headers:
        return 411
    length = headers.get(b"content-length", b"0")
    return 413 if not length.isdigit() or int(length) > MAX_BODY else None
