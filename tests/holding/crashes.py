"""Killing a server in the middle of a press: at any moment, between the two stores, or between two rows."""

import http.client
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from threading import Event, Thread
from time import monotonic

from tests.holding import care
from tests.holding.installations import Installation, words
from tests.holding.visits import Answer
from tests.ops.servers import PATIENCE, until

_STEP = 0.0002  # seconds that a stopped worker goes on for, until it is where it should be
_NOBODY_ANSWERED = (OSError, http.client.HTTPException)


@dataclass
class Press:
    """One form, and the link of its thank-you if that was seen to its end."""

    form: dict[str, str] = field(default_factory=care.typed)
    token: str = ""
    place = care.TALK

    def send(self, at: Installation) -> None:
        """Press. Whatever isn't a whole thank-you wasn't seen."""
        try:
            self.token = self.seen(at.browser().post(self.place, self.form))
        except _NOBODY_ANSWERED:
            self.token = ""

    def seen(self, thanks: Answer) -> str:
        """What the one who pressed has of it: their private link."""
        return care.token_of(thanks)

    def handle(self, at: Installation) -> str:
        """The referral that the link leads to; empty when it leads nowhere."""
        digest = sha256(self.token.encode()).hexdigest()
        rows = dict(at.stores.rows("default", "SELECT token_hash, referral_id FROM referrals_link"))
        return str(rows.get(digest, ""))


@dataclass
class ColleaguesPress(Press):
    """The form of somebody who asks for a colleague: they are thanked and get no link."""

    form: dict[str, str] = field(default_factory=partial(care.typed, knows="yes"))
    place = "/harbor/refer/"

    def seen(self, thanks: Answer) -> str:
        """The thanks themselves."""
        said = "Thank you for looking out for them."
        return said if thanks.status == HTTPStatus.OK and said in words(thanks.body) else ""


HANDS, EACH = 4, 3  # so many people press at once, so many times one after the other


def _all_press(at: Installation, presses: list[Press], form: type[Press]) -> list[Thread]:
    def person() -> None:
        for _ in range(EACH):
            press = form()
            presses.append(press)
            press.send(at)
            if not press.token:
                return

    threads = [Thread(target=person) for _ in range(HANDS)]
    for thread in threads:
        thread.start()
    return threads


def seconds_of_a_round(at: Installation, form: type[Press] = Press) -> float:
    """How long they all take when nothing ends: a slow machine is then cut off as often as a fast one."""
    begun = monotonic()
    for thread in _all_press(at, [], form):
        thread.join()
    return monotonic() - begun


def pressed_until_killed(at: Installation, after: float, form: type[Press] = Press) -> list[Press]:
    """Several people press again and again, until everything ends `after` so many seconds."""
    presses: list[Press] = []
    threads = _all_press(at, presses, form)
    Event().wait(after)
    at.kill()
    for thread in threads:
        thread.join()
    return presses


def killed_between_the_stores(at: Installation, form: type[Press] = Press) -> Press:
    """A press whose key is kept and whose row is not: the server ended after the vault's commit."""
    stop = _held_up if at.stores.default else _stepped
    for _ in range(50):
        press, begun = form(), len(at.stores.keyed())
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
            _stop(worker)
            key, row = has_key(), at.stores.handles() != rows
            if key and not row:
                break
            os.kill(worker, signal.SIGCONT)
            if row:
                return False
        else:
            raise AssertionError("the press never arrived")
        at.kill()
    if at.stores.handles() == rows:
        return True
    # It stood in the middle of the row's commit, and that was durable already.
    at.start(TOUCHBASE_SWEEP="no")
    return False


def _stop(worker: int) -> None:
    """Have every thread of the worker stand: a signal takes a moment, and longest on a busy machine."""
    os.kill(worker, signal.SIGSTOP)
    while any(_state(task) not in "TtZX" for task in Path(f"/proc/{worker}/task").iterdir()):
        Event().wait(_STEP)


def _state(task: Path) -> str:
    """One letter; a thread that has ended meanwhile stands, too."""
    try:
        return (task / "stat").read_text().rpartition(") ")[2][0]
    except OSError:
        return "X"


def killed_when(at: Installation, press: Callable[[], object], there: Callable[[], bool]) -> None:
    """One press, cut off as soon as a part of what it does is to be seen in the stores.

    The worker goes on in small steps and is looked at while it stands, as in `_stepped`.
    """
    worker = at.server.workers()[0] if at.server else 0
    with _doing(press) as goes_on:
        while goes_on():
            Event().wait(_STEP)
            _stop(worker)
            if there():
                at.kill()
                return
            os.kill(worker, signal.SIGCONT)
    raise AssertionError("the press came to its end, and nothing of it was to be seen meanwhile")


@contextmanager
def _sending(at: Installation, press: Press) -> Iterator[None]:
    with _doing(partial(press.send, at)):
        yield


@contextmanager
def _doing(press: Callable[[], object]) -> Iterator[Callable[[], bool]]:
    """Press in a thread of its own; whether it still goes on."""

    def act() -> None:
        with suppress(*_NOBODY_ANSWERED):
            press()

    thread = Thread(target=act)
    thread.start()
    try:
        yield thread.is_alive
    finally:
        thread.join()
