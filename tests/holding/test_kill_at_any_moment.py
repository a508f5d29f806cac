"""kill -9 of the server while somebody asks: what was thanked for is there, and only once."""

import http.client
import os
import signal
import sqlite3
import threading
import time
from pathlib import Path

from tests.holding.forms import ASKED, once, post
from tests.ops.servers import Server, serving

ROUNDS = 8


def rows(ground: Path) -> int:
    with sqlite3.connect(ground / "data/touchbase.sqlite3") as store:
        return int(store.execute("SELECT count(*) FROM referrals_referral").fetchone()[0])


def kill_everything(server: Server) -> None:
    workers = server.workers()
    server.process.kill()
    for worker in workers:
        try:
            os.kill(worker, signal.SIGKILL)
        except ProcessLookupError:
            continue
    server.process.wait()


def time_of_a_press(server: Server) -> float:
    """Seconds from a press to its answer, once the server is warm: what the moments are spread over."""
    post(server, "/harbor/talk/", once=once(), **ASKED | {"name": ""})
    begun = time.monotonic()
    post(server, "/harbor/talk/", once=once(), **ASKED)
    return time.monotonic() - begun


def ask_and_be_cut_off(server: Server, number: str, after: float) -> bool:
    """Whether the thank-you was seen before everything ended."""
    post(server, "/harbor/talk/", once=once(), **ASKED | {"name": ""})
    seen: list[bool] = []

    def ask() -> None:
        try:
            status, page = post(server, "/harbor/talk/", once=number, **ASKED)
            seen.append(status == 200 and "Thank you" in page)
        except (OSError, http.client.HTTPException):
            seen.append(False)

    press = threading.Thread(target=ask)
    press.start()
    threading.Event().wait(after)
    kill_everything(server)
    press.join()
    return seen[0]


def test_a_thank_you_means_it_is_kept_and_a_second_press_makes_no_second(ground: Path) -> None:
    thanked = []
    with serving(ground) as server:
        longest = 2.5 * time_of_a_press(server)
    for place in range(ROUNDS):
        number, before = once(), rows(ground)
        with serving(ground) as server:
            seen = ask_and_be_cut_off(server, number, longest * place / (ROUNDS - 1))
        kept = rows(ground) - before
        assert (seen, kept) in {(True, 1), (False, 0), (False, 1)}
        with serving(ground) as server:
            assert "Thank you" in post(server, "/harbor/talk/", once=number, **ASKED)[1]
        assert rows(ground) - before == 1
        thanked.append(seen)
    assert rows(ground) == ROUNDS + 1
    assert set(thanked) == {True, False}, "some were cut off and some were not, else this shows nothing"
