"""A server on this machine that answers as its pages are told to, and remembers what it was asked."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer


class Pages(HTTPServer):
    """`answers` holds the status of each path; a path without one redirects to `/found/`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Page)
        self.answers = {"/found/": 200, "/gone/": 404, "/broken/": 500, "/private/": 403}
        self.asked: list[tuple[str, str, dict[str, str]]] = []

    def address(self, path: str) -> str:
        """Where a page is."""
        return f"http://127.0.0.1:{self.server_port}{path}"


class _Page(BaseHTTPRequestHandler):
    server: Pages

    def do_GET(self) -> None:
        self.server.asked.append((self.command, self.path, dict(self.headers)))
        self.send_response(self.server.answers.get(self.path, 302))
        self.send_header("Location", "/found/")
        self.send_header("Set-Cookie", "who=you")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the library's name
        """Nothing: what is asked is in `asked`."""


@contextmanager
def pages() -> Iterator[Pages]:
    """The server, while it runs."""
    with Pages() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
