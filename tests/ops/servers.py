"""A real server in folders of its own, for tests that start, stop and kill it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 90.0  # seconds after which something that should have happened never will
_LOOK_EVERY = 0.05
MAIN = "import sys; from touchbase.ops.command import main; sys.exit(main())"


@dataclass
class Server:
    """A running `touchbase serve`."""

    process: subprocess.Popen[str]
    port: int

    def status(self, path: str = "/") -> int | None:
        """What the server answers, or None when nobody does."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return None
        finally:
            connection.close()

    def workers(self) -> list[int]:
        """The processes that answer."""
        number = self.process.pid
        return [int(one) for one in Path(f"/proc/{number}/task/{number}/children").read_text().split()]

    def said(self) -> str:
        """What it printed, once it has ended."""
        return self.process.stdout.read() if self.process.stdout else ""

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End it, and give its exit code."""
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)


def until(true: object) -> bool:
    """Wait, not for a time but for a thing to be so. False when it never is."""
    pause = threading.Event()
    for _ in range(int(PATIENCE / _LOOK_EVERY)):
        if callable(true) and true():
            return True
        pause.wait(_LOOK_EVERY)
    return False


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environ(folder: Path, port: int) -> dict[str, str]:
    """The variables of an installation in `folder`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TOUCHBASE_")}
    return kept | {
        "TOUCHBASE_DATA": str(folder / "data"),
        "TOUCHBASE_VAULT": str(folder / "vault"),
        "TOUCHBASE_ROOT_KEY": str(folder / "root/root.key"),
        "PORT": str(port),
    }


def command(folder: Path, port: int, *arguments: str, **more: str) -> subprocess.Popen[str]:
    """Start one command of an installation."""
    return subprocess.Popen(
        [sys.executable, "-c", MAIN, *arguments],
        env=environ(folder, port) | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def serving(folder: Path, **more: str) -> Iterator[Server]:
    """A server that answers, and is gone afterwards."""
    port = free_port()
    server = Server(command(folder, port, "serve", "--migrate", **more), port)
    try:
        if not until(lambda: server.status() is not None or server.process.poll() is not None):
            raise TimeoutError("the server never answered")
        yield server
    finally:
        server.process.kill()
        server.process.wait(PATIENCE)
        if server.process.stdout:
            server.process.stdout.close()
