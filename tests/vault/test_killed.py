"""A process killed before any of its writes: nothing open is lost, and nothing erased comes back."""

from collections.abc import Callable
from itertools import count

import pytest

from tests.vault.processes import empty, killed_before, names_of_living_epochs, provider_files
from tests.vault.scene import AT, DAY, HARBOR, Kept, arrivals, arrive, erase, open_name
from touchbase.vault import rotation, store
from touchbase.vault.errors import Gone
from touchbase.vault.models import Epoch, EpochState, Pool, Receipt

pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)


def every_kill(settings, tmp_path, prepare: Callable[[], object], act: Callable[[], object]):
    """After each kill, before the first write, the second, and so on until the whole act comes through."""
    for write in count(1):
        empty(settings, tmp_path / str(write))
        before = prepare()
        if not killed_before(write, act):
            assert write > 5, "this act writes more often than that"
            return
        yield before


def then_all_is_in_order(settings, kept: list[Kept], erased: list[Kept]) -> None:
    assert [open_name(one) for one in kept] == [one.who.name for one in kept]
    for one in erased:
        with pytest.raises(Gone):
            open_name(one)
    assert provider_files(settings) == names_of_living_epochs(Epoch.objects.all())
    destroyed = Epoch.objects.filter(state=EpochState.DESTROYED).values_list("n", flat=True)
    assert set(Receipt.objects.values_list("n", flat=True)) == set(destroyed)


def some_days_in() -> tuple[list[Kept], list[Kept]]:
    """Three epochs in, with people of each; two of them erased."""
    kept = arrivals(2)
    gone = arrivals(2)
    rotation.rotate(at=AT + DAY)
    kept += arrivals(1, at=AT + DAY)
    for one in gone:
        erase(one)
    return kept, gone


def test_a_rotation_killed_before_any_write_loses_nobody_and_brings_nobody_back(settings, tmp_path):
    """This rotation begins an epoch, carries keys over and destroys the oldest epoch."""
    killed = 0
    for kept, gone in every_kill(settings, tmp_path, some_days_in, lambda: rotation.rotate(at=AT + 2 * DAY)):
        assert [open_name(one) for one in kept] == [one.who.name for one in kept]
        done = rotation.rotate(at=AT + 2 * DAY)
        assert (done.live_epoch, done.left) == (3, 0)
        then_all_is_in_order(settings, kept, gone)
        assert set(Receipt.objects.values_list("n", "rows")) == {(1, 4)}
        killed += 1
    assert killed > 10


def test_an_erasing_killed_before_any_write_counts_exactly_once(settings, tmp_path):
    handle = "0" * 26

    def act() -> bool:
        return store.destroy(handle=handle, program=HARBOR, counts=[("a", "b"), ("a", "c")], at=AT)

    for kept, one in every_kill(settings, tmp_path, lambda: (arrivals(2), arrive(handle=handle)), act):
        counted = Pool.objects.count()
        assert counted in {0, 3}
        if counted:  # then it was erased as well
            with pytest.raises(Gone):
                open_name(one)
        assert act() is (counted == 0)
        assert sorted(Pool.objects.values_list("measure", "n")) == [("a", 1), ("a", 1), ("people", 1)]
        then_all_is_in_order(settings, kept, [one])


def test_the_first_arrival_killed_before_any_write_leaves_room_for_the_next(settings, tmp_path):
    handle = "0" * 26
    for _ in every_kill(settings, tmp_path, lambda: None, lambda: arrive(handle=handle)):
        if handle in store.handles():  # kept, and nobody was told; the sweep finds it as an orphan
            continue
        kept = arrive(handle=handle)
        then_all_is_in_order(settings, [kept], [])


def test_a_batch_killed_before_any_write_is_there_or_will_be(settings, tmp_path):
    def eleven() -> None:
        for one in arrivals(11):
            erase(one)

    def take() -> object:
        batch = store.take_batch(program=HARBOR, at=AT)
        store.drop_batch(batch=batch.id if batch else "")
        return batch

    for _ in every_kill(settings, tmp_path, eleven, take):
        batch = store.take_batch(program=HARBOR, at=AT)
        if batch is None:  # it was taken, added and dropped; the kill came after that
            assert Pool.objects.count() == 0
        else:
            assert batch.counts == {("people", "people"): 11, ("source", "self"): 11}
