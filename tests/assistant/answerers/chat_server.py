"""A small OpenAI-compatible server on loopback that does as a test tells it."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Seen:
    """What a server saw: the bodies of its requests, and whether a client went away."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)


class Handler(BaseHTTPRequestHandler):
    """One request; what it does with it is given by the test."""

    protocol_version = "HTTP/1.1"
    seen: Seen
    behave: Callable[["Handler", int], None]
    asked: dict[str, Any]

    def do_POST(self) -> None:
        self.close_connection = True
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked = json.loads(body)
        self.seen.asked.append(self.asked)
        type(self).behave(self, len(self.seen.asked))

    def log_message(self, *_: object) -> None:
        """Stay quiet."""

    def begin(self) -> None:
        """Answer that words will come."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def say(
        self, text: str, finish: str | None = None, logprobs: dict[str, Any] | None = None
    ) -> None:
        """Send some words."""
        choice: dict[str, Any] = {"index": 0, "delta": {"role": "assistant", "content": text}}
        if logprobs is not None:
            choice["logprobs"] = logprobs
        part = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
        line = json.dumps({**part, "choices": [{**choice, "finish_reason": finish}]})
        self._write(f"data: {line}\n\n".encode())

    def end(self, finish: str | None = "stop") -> None:
        """Say that no more words come."""
        self.say("", finish)
        self._write(b"data: [DONE]\n\n")
        self._write(b"")

    def _write(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def wait_until_left(self) -> None:
        """Wait for the client to go away, 20 seconds at most."""
        self.connection.settimeout(20)
        if self.connection.recv(1) == b"":
            self.seen.left.set()


@contextmanager
def serving(behave: Callable[[Handler, int], None]) -> Iterator[Seen]:
    """Serve while the block runs; `behave` gets the request and its number, from 1."""
    seen = Seen()

    class Bound(Handler):
        pass

    Bound.seen, Bound.behave = seen, staticmethod(behave)
    with ThreadingHTTPServer(("127.0.0.1", 0), Bound) as server:
        server.daemon_threads = True
        seen.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield seen
        finally:
            server.shutdown()
            thread.join()
