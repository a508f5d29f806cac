"""granian against gunicorn: start, memory, and the rate of a view that commits in both stores (ADR 0007).

Run: `.venv/bin/python -m bench.bench_servers`. The figures are of this machine and minute.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.product import BIN, answered, megabytes
from bench.table import Row

PORT = 8765
THREADS = 8
SECONDS = 6.0
SERVERS = {
    "granian": [
        f"{BIN}/granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", str(THREADS),
        "--port", str(PORT), "--no-ws", "--log-level", "error", "bench.bare:application",
    ],
    "gunicorn": [
        f"{BIN}/gunicorn", "--worker-class", "gthread", "--workers", "1", "--threads", str(THREADS),
        "--bind", f"127.0.0.1:{PORT}", "--log-level", "error", "bench.bare:application",
    ],
    "gunicorn, preloaded": [
        f"{BIN}/gunicorn", "--preload", "--worker-class", "gthread", "--workers", "1",
        "--threads", str(THREADS), "--bind", f"127.0.0.1:{PORT}", "--log-level", "error",
        "bench.bare:application",
    ],
}  # fmt: skip


@contextmanager
def ground() -> Iterator[dict[str, str]]:
    """Folders for one server, with empty tables."""
    with tempfile.TemporaryDirectory(prefix="touchbase-bench-") as folder:
        for part in ("data", "vault"):
            (Path(folder) / part).mkdir()
        environ = os.environ | {
            "TOUCHBASE_DATA": f"{folder}/data",
            "TOUCHBASE_VAULT": f"{folder}/vault",
            "TOUCHBASE_ROOT_KEY": f"{folder}/root.key",
            "DJANGO_SETTINGS_MODULE": "bench.bare_settings",
        }
        make = "from bench.bare import make_tables; make_tables()"
        subprocess.run([sys.executable, "-c", make], env=environ, check=True)
        yield environ


def rate() -> float:
    """Two-commit requests a second over eight kept connections."""
    done = [0] * THREADS
    stop = time.perf_counter() + SECONDS

    def press(slot: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        while time.perf_counter() < stop:
            connection.request("POST", "/two-commits/", body=b"")
            answer = connection.getresponse()
            answer.read()
            done[slot] += answer.status == http.HTTPStatus.OK

    threads = [threading.Thread(target=press, args=(slot,)) for slot in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / SECONDS


def behind_slow_senders() -> bool:
    """Whether somebody is answered in two seconds while twenty others take their time with a header."""
    begun = b"POST /two-commits/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    with ExitStack() as open_ones:
        for _ in range(20):
            slow = open_ones.enter_context(socket.create_connection(("127.0.0.1", PORT)))
            slow.sendall(begun)
        time.sleep(0.5)
        return answered(PORT, within=2)


def measure(command: list[str]) -> tuple[float, float, float, float, float]:
    """Seconds to the first answer, MB resident, MB fairly shared, requests a second, slow ones harmless."""
    with ground() as environ:
        began = time.perf_counter()
        server = subprocess.Popen(command, env=environ)
        try:
            while not answered(PORT):
                time.sleep(0.01)
            start = time.perf_counter() - began
            speed = rate()
            resident, shared = megabytes(server.pid, "Rss"), megabytes(server.pid, "Pss")
            return start, resident, shared, speed, float(behind_slow_senders())
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=20)


def main() -> list[Row]:
    """Measure each server three times and print the medians. They are compared; none has a limit."""
    print(f"{'server':22}{'start s':>9}{'RSS MB':>9}{'PSS MB':>9}{'two-commit/s':>14}{'slow senders':>14}")
    for name, command in SERVERS.items():
        runs = [measure(command) for _ in range(3)]
        start, rss, pss, speed, patient = (sorted(column)[1] for column in zip(*runs, strict=True))
        print(
            f"{name:22}{start:9.2f}{rss:9.0f}{pss:9.0f}{speed:14.0f}{'harmless' if patient else 'block':>14}"
        )
    return []


if __name__ == "__main__":
    main()
