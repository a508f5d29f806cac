"""The real `touchbase serve`: its first answer within 2 seconds, and no more than 150 MB resident.

Run: `.venv/bin/python -m bench.bench_start`. From the command that is typed to the first page that is
answered, on prepared stores with the five example programs; the middle of several starts, after one that
warms the disk's cache. Memory is that of the command's process and its worker with the sweep beside, after
every open page of every program has been read: what each has resident, shared pages counted in both.
"""

import http.client
import statistics
import sys
import time

from bench import product
from bench.table import Row, alone

PORT = 8770
STARTS = 5
START_LIMIT, MEMORY_LIMIT = 2.0, 150.0  # seconds, MB
PAGES = ("", "talk/", "urgent/", "promise/", "questions/")


def read_everything() -> None:
    """Every open page of every program, so that all that serving needs is loaded."""
    wire = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    pages = (f"/{file.stem}/{page}" for file in product.PROGRAMS for page in PAGES)
    for path in ("/", "/account/sign-in/", *pages):
        wire.request("GET", path)
        answer = wire.getresponse()
        answer.read()
        if answer.status >= http.HTTPStatus.BAD_REQUEST:
            raise SystemExit(f"{path} answered {answer.status}.")


def measure() -> list[tuple[float, float, float]]:
    """Seconds to the first answer, MB resident and MB fairly shared, of each start."""
    found = []
    with product.ground(PORT) as environ:
        for file in product.PROGRAMS:
            product.command(environ, "programs", "apply", str(file))
        for _start in range(STARTS + 1):
            begins = time.perf_counter()
            with product.running(product.serve(), environ, PORT) as server:
                took = time.perf_counter() - begins
                read_everything()
                time.sleep(1)  # until the sweep has been round once
                resident, shared = (product.megabytes(server.pid, field) for field in ("Rss", "Pss"))
                found.append((took, resident, shared))
    return found[1:]


def main() -> list[Row]:
    """Print each start, and say whether both limits are held."""
    found = measure()
    print(f"{'start s':>8}{'RSS MB':>9}{'PSS MB':>9}")
    for took, resident, shared in found:
        print(f"{took:>8.2f}{resident:>9.0f}{shared:>9.0f}")
    took = statistics.median(each[0] for each in found)
    resident = max(each[1] for each in found)
    return [
        Row("server start", f"{took:.2f} s", f"{START_LIMIT:.0f} s", took <= START_LIMIT),
        Row("resident memory", f"{resident:.0f} MB", f"{MEMORY_LIMIT:.0f} MB", resident <= MEMORY_LIMIT),
    ]


if __name__ == "__main__":
    sys.exit(alone(main))
