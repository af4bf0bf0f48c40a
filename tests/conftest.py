"""What tests of several rooms share."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from llmprep.memory.settings import ModelSettings


def pytest_configure() -> None:
    """Run in the background, tests inherit that Ctrl-C is ignored, and so would every program they start."""
    if (
        signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        and threading.current_thread() is threading.main_thread()
    ):
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def endpoint() -> Iterator[Callable[..., ModelSettings]]:
    """A local endpoint that says what it is told to, whatever it is asked; `asked` keeps the requests."""
    servers: list[ThreadingHTTPServer] = []
    hold = threading.Event()

    def start(reply: Any, status: int = 200) -> ModelSettings:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                if reply is None:
                    hold.wait(30)
                    return
                body = reply if isinstance(reply, bytes) else json.dumps(reply).encode()
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return ModelSettings(f"http://127.0.0.1:{server.server_port}/v1", "fake", seconds=2.0)

    yield start
    hold.set()
    for server in servers:
        server.shutdown()
        server.server_close()
