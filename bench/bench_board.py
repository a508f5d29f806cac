"""A board with 500 open referrals: three times the empty board's time at most, and the same queries.

Run: `.venv/bin/python -m bench.bench_board`. Three programs on one real `touchbase serve`, each with its
coordinator and 30 supporters; in one nobody has asked, in the other 500 referrals are open in every state,
made by the steps people take. The boards are fetched over HTTP by turns, and the middle of each counts.

The queries are counted where they are made: the same pages once more in this process, on the same stores.
Where somebody waits, the first of them is open beside the board with those who fit, and an empty board has
nobody to open. So queries are compared with a third board, on which one person waits.
"""

import http.client
import statistics
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench import product
from bench.table import Row, alone

PORT = 8769
OPEN, WAITING = 500, 40
SUPPORTERS = 30
RUNS = 60
MOST = 3.0
POLICY = Path(__file__).parent.parent / "programs" / "legacy.toml"
BOARDS = {"empty": 0, "one": 1, "full": OPEN}


def fill(slug: str, count: int, at: datetime) -> str:
    """A program with so many open referrals. The cookie that signs its coordinator in."""
    from touchbase.accounts.actions import add_member
    from touchbase.accounts.models import Membership
    from touchbase.accounts.roles import Role
    from touchbase.programs.actions import apply
    from touchbase.programs.queries import program_at

    text = POLICY.read_text().replace('slug = "legacy"', f'slug = "{slug}"')
    apply(text=text, file=f"{slug}.toml", by="bench", day=at.date())
    here = program_at(slug)
    coordinator = add_member(
        program_id=here.id, role=Role.COORDINATOR, email=f"{slug}@example.org", name="Jo Marsh"
    )
    peers = [_supporter(here.id, slug, number) for number in range(SUPPORTERS)]
    for number in range(count):
        _refer(here, number, peers[number % SUPPORTERS], at)
    return _cookie(Membership.objects.get(pk=coordinator).account)


def _supporter(program: str, slug: str, number: int) -> Any:
    from touchbase.accounts.actions import add_member
    from touchbase.accounts.queries import member_of_membership
    from touchbase.accounts.roles import Role
    from touchbase.supporters.models import Supporter

    email = f"peer{number}.{slug}@example.org"
    key = add_member(program_id=program, role=Role.SUPPORTER, email=email, name="Robin Vale")
    Supporter.objects.create(
        membership_id=key,
        profession="physician",
        department="surgery" if number % 2 else "emergency",
        site="main",
        languages=["en"],
        channels=["text", "call", "email"],
        limit=3,
    )
    return member_of_membership(key)


def _refer(here: Any, number: int, peer: Any, at: datetime) -> None:
    """One referral, as far along as its number says: the first wait, the others are asked and so on."""
    from touchbase.outreach import actions, answers
    from touchbase.programs.policy import Channel, SendBy
    from touchbase.referrals import queries
    from touchbase.referrals.course import Answer
    from touchbase.referrals.intake import Asking
    from touchbase.referrals.lifecycle import Actor
    from touchbase.referrals.queries import Opener

    asking = Asking(
        name="Sam Reed",
        channel=Channel.TEXT,
        contact=f"+1503555{number:04}",
        profession="physician",
        department="pediatrics",
    )
    kept = actions.receive(here=here, asking=asking, once="", at=at)
    steps = 0 if number < WAITING else 1 + number % 4
    if not steps:
        return
    handle = queries.handle_of_link(kept.link.rstrip("/").rpartition("/")[2], at=at)
    opener = Opener("", Actor.CLOCK, at)
    held, who = queries.working(handle, opener=opener), peer.supporter
    actions.match(held=held, supporter=who, by=Actor.CLOCK, at=at, seen=OPEN)
    if steps > 1:
        actions.accept(handle=handle, by=peer, at=at)
    if steps > 2:
        actions.touch(handle=handle, by=peer, at=at, how=SendBy.PEER)
    if steps > 3:
        held = queries.working(handle, opener=opener)
        answers.by_recipient(held=held, said=Answer.YES if number % 8 else Answer.NOT_NOW, at=at)


def _cookie(account: Any) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(account)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def queries_of(slug: str, cookie: str) -> int:
    """How many statements both stores are asked for a board, once the process is warm."""
    from django.db import connections
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"cookie": cookie, "host": "127.0.0.1"})
    address = f"/{slug}/desk/board/"
    client.get(address)
    with (
        CaptureQueriesContext(connections["default"]) as rows,
        CaptureQueriesContext(connections["vault"]) as keys,
    ):
        if client.get(address).status_code != http.HTTPStatus.OK:
            raise SystemExit("The board didn't open.")
    return len(rows) + len(keys)


def fetch(connection: http.client.HTTPConnection, slug: str, cookie: str) -> tuple[float, bytes]:
    """Milliseconds until a board is there whole, and the board."""
    begins = time.perf_counter()
    connection.request("GET", f"/{slug}/desk/board/", headers={"Cookie": cookie})
    answer = connection.getresponse()
    page = answer.read()
    if answer.status != http.HTTPStatus.OK:
        raise SystemExit(f"The board of {slug} answered {answer.status}.")
    return (time.perf_counter() - begins) * 1000, page


def measure() -> tuple[dict[str, float], dict[str, int], dict[str, int]]:
    """Of each board: the middle of its times in ms, its queries, its bytes."""
    with product.ground(PORT) as environ:
        product.step_in(environ)
        from django.db import connections

        from touchbase.kernel import clock
        from touchbase.vault import rotation

        at = clock.now()
        rotation.rotate(at=at)
        cookies = {slug: fill(slug, count, at - timedelta(minutes=1)) for slug, count in BOARDS.items()}
        # Now and then a page also notes that a session goes on, or reads a key anew: the least is the page's.
        asked = {
            slug: min(queries_of(slug, cookie) for _look in range(3)) for slug, cookie in cookies.items()
        }
        connections.close_all()
        times: dict[str, list[float]] = {slug: [] for slug in BOARDS}
        size = dict.fromkeys(BOARDS, 0)
        with product.running(product.serve(), environ, PORT):
            wire = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
            for run in range(RUNS + 5):
                for slug, cookie in cookies.items():
                    took, page = fetch(wire, slug, cookie)
                    size[slug] = len(page)
                    if run >= 5:  # the first ones warm the server up
                        times[slug].append(took)
    return {slug: statistics.median(each) for slug, each in times.items()}, asked, size


def main() -> list[Row]:
    """Print the boards, and say whether 500 cost little more than none."""
    middle, asked, size = measure()
    print(f"{'board':<8}{'open':>6}{'ms':>9}{'queries':>9}{'bytes':>10}")
    for slug, count in BOARDS.items():
        print(f"{slug:<8}{count:>6}{middle[slug]:>9.1f}{asked[slug]:>9}{size[slug]:>10,}")
    ratio = middle["full"] / middle["empty"]
    return [
        Row(
            f"board with {OPEN} open referrals, time",
            f"{middle['full']:.1f} ms, {ratio:.1f} times the empty board",
            f"{MOST:.0f} times ({middle['empty']:.1f} ms)",
            ratio <= MOST,
        ),
        Row(
            f"board with {OPEN} open referrals, queries",
            str(asked["full"]),
            f"as with one who waits ({asked['one']}; with nobody to open {asked['empty']})",
            asked["full"] == asked["one"],
        ),
    ]


if __name__ == "__main__":
    sys.exit(alone(main))
