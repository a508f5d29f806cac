"""Touchbase as it is installed: folders of its own, `touchbase prepare`, and the real `touchbase serve`."""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BIN = Path(sys.executable).parent
PROGRAMS = sorted((Path(__file__).parent.parent / "programs").glob("*.toml"))


@contextmanager
def ground(port: int) -> Iterator[dict[str, str]]:
    """The environment of an installation on empty, prepared stores, in the folder of temporary files."""
    with tempfile.TemporaryDirectory(prefix="touchbase-bench-") as folder:
        environ = os.environ | {
            "DJANGO_SETTINGS_MODULE": "touchbase.config.settings",
            "TOUCHBASE_DATA": f"{folder}/data",
            "TOUCHBASE_VAULT": f"{folder}/vault",
            "TOUCHBASE_ROOT_KEY": f"{folder}/root/root.key",
            "TOUCHBASE_SECRET_KEY": "only-for-a-bench-that-ends-in-a-minute-and-is-deleted",
            "PORT": str(port),
        }
        command(environ, "prepare")
        yield environ


def command(environ: dict[str, str], *words: str) -> None:
    """One of Touchbase's commands, to its end."""
    subprocess.run([f"{BIN}/touchbase", *words], env=environ, check=True, stdout=subprocess.DEVNULL)


def step_in(environ: dict[str, str]) -> None:
    """Let this process use an installation's stores. Only once a process: settings are read once."""
    os.environ |= environ
    import django

    django.setup()


@contextmanager
def running(line: list[str], environ: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A server from its first answer on, and stopped afterwards as an operator stops it."""
    refuse_if_taken(port)
    process = subprocess.Popen(line, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait(process, port)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def serve() -> list[str]:
    """The line that starts the product's server."""
    return [f"{BIN}/touchbase", "serve"]


def refuse_if_taken(port: int) -> None:
    """Stop before somebody else's server is measured."""
    with socket.socket() as probe:
        if not probe.connect_ex(("127.0.0.1", port)):
            raise SystemExit(f"Something answers on port {port} already. Stop it first.")


def wait(process: subprocess.Popen[bytes], port: int, pause: float = 0.005) -> None:
    """Until the server answers; a minute at most."""
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        if answered(port):
            return
        time.sleep(pause)
    raise SystemExit("The server did not answer.")


def answered(port: int, within: float = 5) -> bool:
    """Whether the server answers now."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=within)
        connection.request("GET", "/")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False


def family(process: int) -> list[int]:
    """A process and all it started."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *(one for child in children for one in family(int(child)))]


def megabytes(process: int, field: str) -> float:
    """Resident (`Rss`) or fairly shared (`Pss`) memory of a process and its children, in MB."""
    return sum(_kilobytes(one, field) for one in family(process)) / 1024


def _kilobytes(process: int, field: str) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except PermissionError:  # the worker shows its memory to nobody but root; resident is the most it can be
        lines, field = Path(f"/proc/{process}/status").read_text().splitlines(), "VmRSS"
    return sum(int(line.split()[1]) for line in lines if line.startswith(f"{field}:"))
