"""Killing a server in the middle of a press: at any moment, or exactly between the two stores."""

import http.client
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from threading import Event, Thread
from time import monotonic

from tests.holding import care
from tests.holding.installations import Installation
from tests.ops.servers import PATIENCE, until

_STEP = 0.0002  # seconds that a stopped worker goes on for, until it is where it should be
_NOBODY_ANSWERED = (OSError, http.client.HTTPException)


@dataclass
class Press:
    """One form, and the link of its thank-you if that was seen to its end."""

    form: dict[str, str] = field(default_factory=care.typed)
    token: str = ""

    def send(self, at: Installation) -> None:
        """Press. Whatever isn't a whole thank-you wasn't seen."""
        try:
            self.token = care.token_of(at.browser().post(care.TALK, self.form))
        except _NOBODY_ANSWERED:
            self.token = ""

    def handle(self, at: Installation) -> str:
        """The referral that the link leads to; empty when it leads nowhere."""
        digest = sha256(self.token.encode()).hexdigest()
        rows = dict(at.stores.rows("default", "SELECT token_hash, referral_id FROM referrals_link"))
        return str(rows.get(digest, ""))


HANDS, EACH = 4, 3  # so many people press at once, so many times one after the other


def _all_press(at: Installation, presses: list[Press]) -> list[Thread]:
    def person() -> None:
        for _ in range(EACH):
            presses.append(Press())
            presses[-1].send(at)
            if not presses[-1].token:
                return

    threads = [Thread(target=person) for _ in range(HANDS)]
    for thread in threads:
        thread.start()
    return threads


def seconds_of_a_round(at: Installation) -> float:
    """How long they all take when nothing ends: a slow machine is then cut off as often as a fast one."""
    begun = monotonic()
    for thread in _all_press(at, []):
        thread.join()
    return monotonic() - begun


def pressed_until_killed(at: Installation, after: float) -> list[Press]:
    """Several people press again and again, until everything ends `after` so many seconds."""
    presses: list[Press] = []
    threads = _all_press(at, presses)
    Event().wait(after)
    at.kill()
    for thread in threads:
        thread.join()
    return presses


def killed_between_the_stores(at: Installation) -> Press:
    """A press whose key is kept and whose row is not: the server ended after the vault's commit."""
    stop = _held_up if at.stores.default else _stepped
    for _ in range(50):
        press, begun = Press(), len(at.stores.keyed())
        if stop(at, press, partial(_has_another_key, at, begun)):
            return press
    raise AssertionError("the moment between the two commits was never met")


def _has_another_key(at: Installation, begun: int) -> bool:
    return len(at.stores.keyed()) > begun


def _held_up(at: Installation, press: Press, has_key: Callable[[], bool]) -> bool:
    """PostgreSQL: nobody can write a referral's row meanwhile, so the press waits before it."""
    with at.stores.open("default") as ours, ours.transaction(), _sending(at, press):
        ours.execute("LOCK TABLE referrals_referral IN SHARE ROW EXCLUSIVE MODE")
        there = until(has_key)
        at.kill()
    return there


def _stepped(at: Installation, press: Press, has_key: Callable[[], bool]) -> bool:
    """SQLite: the worker goes on in small steps and is looked at while it stands. False when it got by."""
    worker = at.server.workers()[0] if at.server else 0
    rows = at.stores.handles()
    with _sending(at, press):
        for _ in range(int(PATIENCE / _STEP)):
            Event().wait(_STEP)
            os.kill(worker, signal.SIGSTOP)
            key, row = has_key(), at.stores.handles() != rows
            if key and not row:
                at.kill()
                return True
            os.kill(worker, signal.SIGCONT)
            if row:
                return False
    raise AssertionError("the press never arrived")


@contextmanager
def _sending(at: Installation, press: Press) -> Iterator[None]:
    thread = Thread(target=press.send, args=(at,))
    thread.start()
    try:
        yield
    finally:
        thread.join()
