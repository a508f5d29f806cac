"""One random day of a vault: people come, are read and forgotten, keys rotate, and processes die of it.

What is drawn depends on the run's number alone. Nobody waits for anybody by time: an actor stops before a
transaction, others do whatever they were told, and then it goes on or is killed where it stands.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.canary import INSIDE
from tests.vault import examining
from tests.vault.actors import GONE, KILLED, STOPPED, Actor, Order
from tests.vault.examining import Known
from tests.vault.scene import AT, DAY, HOUR, Kept

STEPS = 6, 7
MIX = ("arrive", "read", "read", "erase", "erase", "rotate")
# How often somebody is to die, and before which write at the latest: about twice as many as there are, so
# often past the end. How often somebody is to stop, and before which transaction at the latest.
DIES = {"arrive": (0.1, 7), "read": (0.0, 0), "erase": (0.1, 14), "rotate": (0.15, 35)}
STOPS = {"arrive": (0.0, 0), "read": (0.0, 0), "erase": (0.05, 1), "rotate": (0.7, 4)}
DIES_STOPPED = 0.2
Done = Callable[[Any], None]


@dataclass
class Did:
    """What all runs came to, by step. `before`: which writes somebody was killed before."""

    runs: int = 0
    steps: dict[str, int] = field(default_factory=lambda: dict.fromkeys(DIES, 0))
    killed: dict[str, int] = field(default_factory=lambda: dict.fromkeys(DIES, 0))
    stopped: dict[str, int] = field(default_factory=lambda: dict.fromkeys(DIES, 0))
    before: dict[str, set[int]] = field(default_factory=lambda: {what: set() for what in DIES})


@dataclass
class RandomDay:
    """A run, as the one who draws it knows it."""

    run: int
    chance: Random
    actors: list[Actor]
    known: Known
    did: Did
    now = AT + DAY
    stopped: dict[int, tuple[str, Done]] = field(default_factory=dict)  # by actor, and what it is about
    told: list[str] = field(default_factory=list)

    def go(self) -> None:
        """Take all steps, and let everybody who stopped go on or die."""
        for _ in range(self.chance.randint(*STEPS)):
            self._step()
        while self.stopped:
            self._end_one()

    def _step(self) -> None:
        free = [n for n in range(len(self.actors)) if n not in self.stopped]
        if not free or (self.stopped and self.chance.random() < 0.25):
            self._end_one()
            return
        what = self.chance.choice(MIX)
        about, done = getattr(self, f"_{what}")()
        order = Order(self.run, what, about, self._drawn(*DIES[what]), self._drawn(*STOPS[what]))
        actor = self.chance.choice(free)
        answer = self.actors[actor].does(order)
        if answer == KILLED:
            self.did.before[what].add(order.kill_before)
        self._heard(actor, what, done, answer)

    def _drawn(self, often: float, most: int) -> int:
        return self.chance.randint(1, most) if self.chance.random() < often else 0

    def _heard(self, actor: int, what: str, done: Done, answer: Any) -> None:
        self.told.append(f"{actor} {what}: {_said(answer)}")
        self.did.steps[what] += 1
        if answer == STOPPED:
            self.did.stopped[what] += 1
            self.stopped[actor] = what, done
            return
        self.did.killed[what] += answer == KILLED
        done(answer)

    def _end_one(self) -> None:
        actor = self.chance.choice(sorted(self.stopped))
        what, done = self.stopped.pop(actor)
        if self.chance.random() < DIES_STOPPED:
            self.actors[actor].kill()
            self._heard(actor, what, done, KILLED)
        else:
            self._heard(actor, what, done, self.actors[actor].goes_on())

    # ------------------------------------------------------------------------------ what may be done

    def _arrive(self) -> tuple[tuple[Any, ...], Done]:
        handle = f"{self.run + 1:013}{len(self.told):013}"
        self.known.coming.add(handle)

        def done(answer: Kept | str) -> None:
            if isinstance(answer, Kept):
                self.known.coming.remove(handle)
                self.known.open.append(answer)

        return (handle, self.chance.randrange(len(INSIDE)), self.now), done

    def _read(self) -> tuple[tuple[Any, ...], Done]:
        one = self.chance.choice(self.known.everybody())

        def done(answer: str) -> None:
            if answer != KILLED:
                self.known.was_read(one, None if answer == GONE else answer)

        return (one,), done

    def _erase(self) -> tuple[tuple[Any, ...], Done]:
        one = self.chance.choice(self.known.everybody())
        self.known.is_closing(one)

        def done(answer: bool | str) -> None:
            if answer != KILLED:
                self.known.was_erased(one, by_this=answer is True)

        return (one, self.now), done

    def _rotate(self) -> tuple[tuple[Any, ...], Done]:
        if self.chance.random() < 0.6:
            self.now += DAY + HOUR

        def done(answer: str | None) -> None:
            self.known.cut_off |= answer == KILLED

        return (self.now,), done


def _said(answer: Any) -> str:
    """No name is told: a failure is printed."""
    told = isinstance(answer, bool) or (isinstance(answer, str) and answer in {STOPPED, KILLED, GONE})
    return str(answer) if told else "done"


ACTS: dict[str, Callable[..., Any]] = {
    "arrive": examining.arrive, "read": examining.read, "erase": examining.erase,
    "rotate": examining.rotate, "put back": examining.put_back, "examine": examining.examine,
}  # fmt: skip
