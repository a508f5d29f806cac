"""Rotators that stop anywhere, people who come and go: the erased stay erased, the open stay open.

The control writes without comparing versions, as an upsert would, and is seen to bring erased people back:
the test can fail.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.vault.processes import empty
from tests.vault.scene import AT, DAY, HARBOR, HOUR, Kept, arrive, erase, open_name
from touchbase.vault import epochs, retire, rewrap, rotation, store
from touchbase.vault.epochs import Opened
from touchbase.vault.errors import Gone
from touchbase.vault.models import Key
from touchbase.vault.rewrap import Swap

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

# What may come next. Rotators 0 and 1 take the steps of a rotation one by one, and may lose their memory.
STEPS = [
    ("arrive", 0), ("erase", 0), ("erase", 1), ("a day passes", 0), ("destroy", 0),
    ("read", 0), ("write", 0), ("crash", 0), ("read", 1), ("write", 1), ("crash", 1),
]  # fmt: skip


@dataclass
class World:
    """A vault in the middle of everything."""

    now = AT
    open: list[Kept] = field(default_factory=list)
    gone: list[Kept] = field(default_factory=list)
    held: dict[int, tuple[Opened, list[Swap]]] = field(default_factory=dict)
    write = staticmethod(rewrap.write)

    def step(self, what: str, who: int) -> None:
        """Let one thing happen."""
        if what == "arrive" and len(self.open) < 6:
            self.open.append(arrive(at=self.now))
        elif what == "erase" and len(self.open) > who:
            self.gone.append(self.open.pop(-who))
            assert erase(self.gone[-1], at=self.now)
        elif what == "a day passes":
            self.now += DAY + HOUR
            epochs.open_next(self.now)
        elif what == "destroy":
            retire.destroy_due(self.now)
        elif what == "read":
            target = epochs.live(self.now)
            self.held[who] = (target, list(rewrap.swaps(target, rewrap.read(target, after=""))))
        elif what == "write" and who in self.held:
            self.write(*self.held.pop(who))
        elif what == "crash":
            self.held.pop(who, None)

    def look(self) -> None:
        """Nobody is lost and nobody is back."""
        assert store.handles() == {one.handle for one in self.open}
        assert [open_name(one) for one in self.open] == [one.who.name for one in self.open]
        for one in self.gone:
            with pytest.raises(Gone):
                open_name(one)

    def end(self) -> None:
        """Two more days of whole rotations, after which no key of before is left."""
        for _ in range(3):
            self.now += DAY + HOUR
            assert rotation.rotate(at=self.now).left == 0
        self.look()
        assert rotation.status(at=self.now).epochs <= 2


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(STEPS), max_size=40))
def test_whatever_happens_in_between(settings, tmp_path_factory, steps):
    empty(settings, tmp_path_factory.mktemp("installation"))
    world = World()
    world.step("arrive", 0)
    for what, who in steps:
        world.step(what, who)
        world.look()
    world.end()


def upsert(target: Opened, planned: Sequence[Swap]) -> int:
    """Write what was planned, as if nobody else were there."""
    for one in planned:
        there = Key.objects.filter(handle=one.handle)
        row = there.first() or Key(handle=one.handle, program=HARBOR)
        row.epoch_id, row.wrapped, row.version = target.n, one.wrapped, one.version + 1
        with transaction.atomic(using="vault"):
            row.save()
    return len(planned)


def runs(settings, folder, write, count: int = 30) -> int:
    """How many erased people came back in some random runs."""
    back = 0
    for seed in range(count):
        empty(settings, folder / str(seed))
        chance, world = Random(seed), World()
        world.write = write
        for _ in range(40):
            world.step(*chance.choice(STEPS))
        back += len(store.handles() & {one.handle for one in world.gone})
    return back


def test_without_the_comparison_the_erased_come_back_and_with_it_none(settings, tmp_path):
    assert runs(settings, tmp_path / "compared", rewrap.write) == 0
    assert runs(settings, tmp_path / "upsert", upsert) > 1


def test_somebody_an_upsert_brings_back_can_be_read_again(settings, tmp_path):
    """So it would be no empty row: the backup of the database would open."""
    empty(settings, tmp_path)
    one = arrive()
    epochs.open_next(AT + DAY)
    target = epochs.live(AT + DAY)
    planned = list(rewrap.swaps(target, rewrap.read(target, after="")))
    erase(one)
    upsert(target, planned)
    assert open_name(one) == one.who.name
