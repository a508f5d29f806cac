"""A process that does one thing after the other for the vault until it is killed, and whoever orders them.

An actor is forked from a process that has no connection, so that it costs a few milliseconds. It is told
before which write to die and before which transaction to stop; meanwhile others may do whatever they like.
"""

import os
import signal
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

from django.db import connections

from tests.vault.cuts import Cuts
from tests.vault.processes import child
from touchbase.vault import epochs
from touchbase.vault.errors import AlreadyThere, Gone

Acts = Mapping[str, Callable[..., Any]]
STOPPED, KILLED = "it waits before a transaction", "it was killed"
GONE, THERE = "gone", "there already"


@dataclass(frozen=True)
class Order:
    """What to do, and where to be cut off: 0 is nowhere."""

    run: int
    what: str
    about: tuple[Any, ...] = ()
    kill_before: int = 0
    stop_before: int = 0


class Actor:
    """One process, as the one who gives orders sees it. After a kill there is a new one, with no memory."""

    def __init__(self, acts: Acts, others: Iterable["Actor"] = ()) -> None:
        self.acts, self.others, self.kills = acts, list(others), 0
        self._begin()

    def _begin(self) -> None:
        self._pipe, theirs = Pipe()

        def serve() -> None:
            for one in (self, *self.others):  # else nobody would notice the end of a process
                one._pipe.close()
            _serve(self.acts, theirs)

        self._number = child(serve)
        theirs.close()

    def does(self, order: Order) -> Any:
        """The answer, or `STOPPED`, or `KILLED`."""
        self._pipe.send(order)
        return self._answer()

    def goes_on(self) -> Any:
        """What comes of the order before which it stopped."""
        self._pipe.send(None)
        return self._answer()

    def _answer(self) -> Any:
        try:
            answer = self._pipe.recv()
        except EOFError:
            self._reap()
            return KILLED
        if isinstance(answer, Exception):
            raise answer
        return answer

    def kill(self) -> None:
        """End it wherever it is."""
        os.kill(self._number, signal.SIGKILL)
        self._reap()

    def _reap(self) -> None:
        self._pipe.close()
        _, how = os.waitpid(self._number, 0)
        if not os.WIFSIGNALED(how) or os.WTERMSIG(how) != signal.SIGKILL:
            raise AssertionError("a process ended by itself")
        self.kills += 1
        self._begin()


def _serve(acts: Acts, orders: Connection) -> None:
    """Do what is ordered until nobody is left who orders."""
    cuts, run = Cuts(), -1

    def waits() -> None:
        orders.send(STOPPED)
        orders.recv()

    while True:
        try:
            order: Order = orders.recv()
        except EOFError:
            connections.close_all()
            return
        if order.run != run:  # another installation, of which it remembers nothing
            run = order.run
            epochs._held.clear()
        cuts.arm(kill_before=order.kill_before, stop_before=order.stop_before, waits=waits)
        orders.send(_done(acts[order.what], order))


def _done(act: Callable[..., Any], order: Order) -> Any:
    try:
        return act(*order.about)
    except Gone:
        return GONE
    except AlreadyThere:
        return THERE
    except Exception as failure:  # noqa: BLE001 it is raised where the order came from
        return AssertionError(f"{order.what}: {type(failure).__name__}: {failure}")
