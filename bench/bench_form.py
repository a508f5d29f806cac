"""The self form, durable in both stores: half the rate of a bare view with the same two commits, or more.

Run: `.venv/bin/python -m bench.bench_form`. The form goes over HTTP to the real `touchbase serve`, eight
connections at once; the bare view (`same_rows` of bench/bare.py) to the same server with the same threads,
settings and disk. They take turns, so that whatever else the machine does falls on both; the middle of the
rounds counts. Afterwards the rows of both stores are counted: every thank-you must be there.

The last column is a view that writes two random values by two statements, without Django's models: what the
server and the disk can do at all.
"""

import http.client
import secrets
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from bench import product
from bench.table import Row, alone

PORT, BARE_PORT = 8767, 8768
CONNECTIONS = 8
ROUNDS = 5
SHARE = 0.5
BARE = ("/same-rows/", "/two-commits/")
AN_HOUR = 30  # a program takes no more requests in an hour; so the bench has many programs
PROGRAMS_A_ROUND = 8
A_ROUND = AN_HOUR * PROGRAMS_A_ROUND
HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
POLICY = Path(__file__).parent.parent / "programs" / "legacy.toml"
Job = tuple[str, bytes]


def make_programs(environ: dict[str, str]) -> list[str]:
    """Their addresses. Each has a coordinator, who is told of every request."""
    product.step_in(environ)
    from touchbase.accounts.actions import add_member
    from touchbase.accounts.roles import Role
    from touchbase.kernel import clock
    from touchbase.programs.actions import apply
    from touchbase.programs.queries import program_at

    text, slugs = POLICY.read_text(), [f"bench-{n}" for n in range(PROGRAMS_A_ROUND * (ROUNDS + 1))]
    for slug in slugs:
        own = text.replace('slug = "legacy"', f'slug = "{slug}"')
        apply(text=own, file=f"{slug}.toml", by="bench", day=clock.now().date())
        add_member(
            program_id=program_at(slug).id,
            role=Role.COORDINATOR,
            email=f"{slug}@example.org",
            name="Jo Marsh",
        )
    return slugs


def forms(slugs: list[str]) -> Iterator[Job]:
    """What people send: as many to each program as it takes."""
    for _form in range(AN_HOUR):
        for slug in slugs:
            sent = {
                "name": "Robin Vale",
                "channel": "text",
                "contact": f"503-555-{secrets.randbelow(10_000):04d}",
                "profession": "physician",
                "department": "surgery",
                "site": "main",
                "once": secrets.token_urlsafe(24),
            }
            yield f"/{slug}/talk/", urlencode(sent).encode()


def rate(port: int, jobs: list[Job]) -> float:
    """Requests a second over eight kept connections; every one must be answered with 200."""
    waiting, lock, failed = iter(jobs), threading.Lock(), []

    def press() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while True:
            with lock:
                path, body = next(waiting, ("", b""))
            if not path:
                return
            connection.request("POST", path, body, HEADERS)
            answer = connection.getresponse()
            answer.read()
            if answer.status != http.HTTPStatus.OK:
                failed.append(answer.status)

    threads = [threading.Thread(target=press) for _ in range(CONNECTIONS)]
    begins = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise SystemExit(f"{len(failed)} of {len(jobs)} were not answered with 200 but {failed[0]}.")
    return len(jobs) / (time.perf_counter() - begins)


def bare_line() -> list[str]:
    """The server that `touchbase serve` becomes, with the bare view in it."""
    from touchbase.ops.serving import THREADS

    return [
        f"{product.BIN}/granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", str(THREADS),
        "--port", str(BARE_PORT), "--no-ws", "--log-level", "error", "bench.bare:application",
    ]  # fmt: skip


def warm(slugs: list[str]) -> None:
    """Read the form of each program once, as everybody does who sends it."""
    for slug in slugs:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        connection.request("GET", f"/{slug}/talk/")
        if connection.getresponse().status != http.HTTPStatus.OK:
            raise SystemExit(f"/{slug}/talk/ is not there.")


def rounds(slugs: list[str]) -> list[tuple[float, ...]]:
    """(form, bare, least) rates of each round. The first round warms all up and doesn't count."""
    measured = []
    for place in range(ROUNDS + 1):
        here = slugs[place * PROGRAMS_A_ROUND :][:PROGRAMS_A_ROUND]
        warm(here)
        jobs = list(forms(here))
        turns = [(PORT, jobs)]
        turns += [(BARE_PORT, [(path, body) for _path, body in jobs]) for path in BARE]
        order = [(place + turn) % len(turns) for turn in range(len(turns))]  # who goes first changes
        figures = {turn: rate(*turns[turn]) for turn in order}
        measured.append(tuple(figures[turn] for turn in range(len(turns))))
    return measured[1:]


def count(environ: dict[str, str]) -> tuple[int, int]:
    """Referrals in the database, keys in the vault."""
    stores = {
        "referrals_referral": Path(environ["TOUCHBASE_DATA"], "touchbase.sqlite3"),
        "vault_key": Path(environ["TOUCHBASE_VAULT"], "vault.sqlite3"),
    }
    found = []
    for table, file in stores.items():
        with closing(sqlite3.connect(file)) as store:
            found.append(store.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
    return found[0], found[1]


def measure() -> list[tuple[float, ...]]:
    """Start both servers on prepared stores of their own, and let them take turns."""
    with product.ground(PORT) as ours, product.ground(BARE_PORT) as prepared:
        theirs = prepared | {"DJANGO_SETTINGS_MODULE": "bench.bare_settings"}
        slugs = make_programs(ours)
        make = "from bench.bare import make_program, make_tables; make_tables(); make_program()"
        subprocess.run([sys.executable, "-c", make], env=theirs, check=True)
        with (
            product.running(product.serve(), ours, PORT),
            product.running(bare_line(), theirs, BARE_PORT),
        ):
            measured = rounds(slugs)
        if {count(ours), count(theirs)} != {(A_ROUND * (ROUNDS + 1),) * 2}:
            raise SystemExit("Something that was thanked for isn't in the stores.")
    return measured


def main() -> list[Row]:
    """Print each round, and say whether the form keeps up."""
    measured = measure()
    print(f"{'round':>5}{'form/s':>10}{'bare/s':>10}{'ratio':>8}{'least/s':>10}")
    for place, (form, bare, least) in enumerate(measured, start=1):
        print(f"{place:>5}{form:>10.0f}{bare:>10.0f}{form / bare:>8.2f}{least:>10.0f}")
    ratio = statistics.median(form / bare for form, bare, _least in measured)
    form, bare, _least = (statistics.median(column) for column in zip(*measured, strict=True))
    return [
        Row(
            "self form, durable in both stores",
            f"{form:.0f} a second, {ratio:.2f} of the bare view",
            f"{SHARE:.2f} of the bare view ({bare:.0f} a second)",
            ratio >= SHARE,
        )
    ]


if __name__ == "__main__":
    sys.exit(alone(main))
