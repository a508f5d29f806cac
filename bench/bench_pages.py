"""What the first load of each public page weighs: 100 kB at most, every byte of every answer counted.

Run: `.venv/bin/python -m bench.bench_pages`. The real server is started on folders of its own with the five
example programs; a page is fetched with all that it links to, as a browser with an empty cache does. Counted
are status line, headers and body as they came. The limit is ux.md's: usable on 3G in 3 s.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PORT = 8766
LIMIT = 100_000  # bytes
BIN = Path(sys.executable).parent
PROGRAMS = sorted((Path(__file__).parent.parent / "programs").glob("*.toml"))
PAGES = ("", "talk/", "urgent/", "promise/", "questions/")
LINKED = re.compile(rb'<(?:link|script|img)\b[^>]*?\s(?:href|src)="([^"]+)"')
_KINDS = {".css": "css", ".js": "js", ".svg": "icon"}


@contextmanager
def server() -> Iterator[None]:
    """Touchbase as it is installed, with the example programs."""
    with tempfile.TemporaryDirectory(prefix="touchbase-bench-") as folder:
        environ = os.environ | {
            "TOUCHBASE_DATA": f"{folder}/data",
            "TOUCHBASE_VAULT": f"{folder}/vault",
            "TOUCHBASE_ROOT_KEY": f"{folder}/root/root.key",
            "PORT": str(PORT),
        }
        quiet = {"env": environ, "stdout": subprocess.DEVNULL}
        subprocess.run([f"{BIN}/touchbase", "prepare"], check=True, **quiet)  # type: ignore[call-overload]
        for file in PROGRAMS:
            command = [f"{BIN}/touchbase", "programs", "apply", str(file)]
            subprocess.run(command, check=True, **quiet)  # type: ignore[call-overload]
        process = subprocess.Popen([f"{BIN}/touchbase", "serve"], **quiet)  # type: ignore[call-overload]
        try:
            wait()
            yield
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait() -> None:
    """Until the server answers; a minute at most."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            if fetch("/").startswith(b"HTTP/1.1 200"):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not answer.")


def fetch(path: str) -> bytes:
    """An answer as it comes over the wire, to the end. gzip is taken, as by every browser."""
    with socket.create_connection(("127.0.0.1", PORT), timeout=10) as wire:
        lines = (
            f"GET {path} HTTP/1.1",
            "Host: 127.0.0.1",
            "Accept-Encoding: gzip",
            "Connection: close",
            "",
            "",
        )
        wire.sendall("\r\n".join(lines).encode())
        return b"".join(iter(lambda: wire.recv(65_536), b""))


def weigh(path: str) -> dict[str, int]:
    """The bytes of a page and of all it links to, by kind."""
    page = fetch(path)
    if not page.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"{path} answered {page.splitlines()[0].decode()}")
    weights = {"html": len(page), "css": 0, "js": 0, "icon": 0}
    for found in sorted(set(LINKED.findall(page))):
        address = found.decode()
        if not address.startswith("/"):
            raise SystemExit(f"{path} asks another site for {address}")
        weights[_KINDS[Path(address.partition("?")[0]).suffix]] += len(fetch(address))
    return weights


def main() -> int:
    """Print every page's weight. 1 when one is over the limit."""
    heaviest = 0
    print(f"{'page':28}{'html':>9}{'css':>9}{'js':>9}{'icon':>9}{'all':>9}  bytes")
    with server():
        for path in ("/", *(f"/{file.stem}/{page}" for file in PROGRAMS for page in PAGES)):
            weights = weigh(path)
            total = sum(weights.values())
            heaviest = max(heaviest, total)
            print(f"{path:28}" + "".join(f"{n:9,}" for n in (*weights.values(), total)))
    print(f"heaviest {heaviest:,} of {LIMIT:,}: {'kept' if heaviest <= LIMIT else 'missed'}")
    return 0 if heaviest <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
