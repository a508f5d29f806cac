"""Several processes at the same time: rotators, erasers of the same people, and people who come meanwhile."""

import pytest

from tests.vault.processes import at_once, empty, names_of_living_epochs, provider_files
from tests.vault.scene import AT, DAY, HARBOR, arrivals, arrive, erase, open_name
from touchbase.kernel.ids import new_id
from touchbase.vault import epochs, rotation, store
from touchbase.vault.errors import AlreadyThere, Gone
from touchbase.vault.models import Epoch, Key, Pool, Receipt

pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)


@pytest.fixture(autouse=True)
def ground(settings, tmp_path):
    empty(settings, tmp_path)


def test_two_rotators_two_erasers_and_two_who_arrive(settings):
    kept, gone = arrivals(30), arrivals(20)
    rotation.rotate(at=AT + DAY)
    coming = [[new_id() for _ in range(10)] for _ in range(2)]
    later = AT + 2 * DAY

    def erase_all() -> None:
        for one in gone:
            erase(one, at=later)

    codes = at_once(
        lambda: rotation.rotate(at=later),
        lambda: rotation.rotate(at=later),
        erase_all,
        erase_all,
        *(lambda handles=handles: [arrive(handle=one, at=later) for one in handles] for handles in coming),
    )
    assert codes == [0] * 6
    assert rotation.rotate(at=later).left == 0
    assert [open_name(one) for one in kept] == [one.who.name for one in kept]
    for one in gone:
        with pytest.raises(Gone):
            open_name(one)
    assert store.handles() == {one.handle for one in kept} | {*coming[0], *coming[1]}
    assert set(Key.objects.values_list("epoch_id", flat=True)) == {3}
    assert sorted(Pool.objects.values_list("measure", "n")) == [("people", 20), ("source", 20)]
    assert list(Receipt.objects.values_list("n", flat=True)) == [1]
    assert provider_files(settings) == names_of_living_epochs(Epoch.objects.all())


def test_the_first_people_of_all_come_at_once(settings):
    handles = [new_id() for _ in range(6)]
    assert at_once(*(lambda one=one: arrive(handle=one) for one in handles)) == [0] * 6
    assert store.handles() == set(handles)
    assert list(Epoch.objects.values_list("n", "state")) == [(1, "live")]
    assert provider_files(settings) == ["epoch-1.key"]


def test_of_one_press_that_comes_four_times_at_once_one_is_kept():
    handle = new_id()
    arrive()

    def press() -> None:
        try:
            arrive(handle=handle)
        except AlreadyThere:
            raise SystemExit from None

    codes = at_once(*[press] * 4)
    assert sorted(codes) == [0, 1, 1, 1]
    assert Key.objects.filter(handle=handle).count() == 1


def test_one_batch_whoever_asks(settings):
    for one in arrivals(11):
        erase(one)
    assert at_once(*[lambda: store.take_batch(program=HARBOR, at=AT)] * 4) == [0] * 4
    assert Pool.objects.exclude(batch="").values("batch").distinct().count() == 1
    assert not Pool.objects.filter(batch="").exists()


def test_an_epoch_is_begun_once():
    epochs.open_next(AT)
    assert at_once(*[lambda: epochs.open_next(AT + DAY)] * 4) == [0] * 4
    assert list(Epoch.objects.order_by("n").values_list("n", "state")) == [(1, "retiring"), (2, "live")]
