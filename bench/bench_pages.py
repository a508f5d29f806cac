"""What the first load of each public page weighs: 100 kB at most, every byte of every answer counted.

Run: `.venv/bin/python -m bench.bench_pages`. The real server is started on folders of its own with the five
example programs; a page is fetched with all that it links to, as a browser with an empty cache does. Counted
are status line, headers and body as they came. The limit is ux.md's: usable on 3G in 3 s.
"""

import re
import socket
import sys
from pathlib import Path

from bench import product
from bench.table import Row, alone

PORT = 8766
LIMIT = 100_000  # bytes
PAGES = ("", "talk/", "urgent/", "promise/", "questions/")
LINKED = re.compile(rb'<(?:link|script|img)\b[^>]*?\s(?:href|src)="([^"]+)"')
_KINDS = {".css": "css", ".js": "js", ".svg": "icon"}


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


def main() -> list[Row]:
    """Print every page's weight, and say what the heaviest weighs."""
    heaviest = 0
    print(f"{'page':28}{'html':>9}{'css':>9}{'js':>9}{'icon':>9}{'all':>9}  bytes")
    with product.ground(PORT) as environ:
        for file in product.PROGRAMS:
            product.command(environ, "programs", "apply", str(file))
        with product.running(product.serve(), environ, PORT):
            for path in ("/", *(f"/{file.stem}/{page}" for file in product.PROGRAMS for page in PAGES)):
                weights = weigh(path)
                total = sum(weights.values())
                heaviest = max(heaviest, total)
                print(f"{path:28}" + "".join(f"{n:9,}" for n in (*weights.values(), total)))
    what = "public page, first load, everything counted"
    return [Row(what, f"{heaviest / 1000:.1f} kB", f"{LIMIT / 1000:.0f} kB", heaviest <= LIMIT)]


if __name__ == "__main__":
    sys.exit(alone(main))
