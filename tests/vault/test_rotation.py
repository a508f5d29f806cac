"""A rotation carries every key over, destroys what is over, and can be repeated at any time."""

import pytest
from django.db import connections

from tests.canary import WREN
from tests.vault.scene import AT, DAY, HARBOR, HOUR, VALLEY, arrivals, arrive, erase, file_provider, open_name
from touchbase.vault import epochs, retire, rewrap, rotation, store
from touchbase.vault.errors import Gone
from touchbase.vault.models import Buried, Epoch, EpochState, Key, Receipt
from touchbase.vault.providers.file import FileProvider
from touchbase.vault.providers.protocol import KeyGone, KeyState
from touchbase.vault.rotation import Report

pytestmark = [
    pytest.mark.django_db(databases=["default", "vault"]),
    pytest.mark.usefixtures("own_vault"),
]


def key_files(settings) -> list[str]:
    return sorted(path.stem for path in (settings.VAULT_DIR / "provider").iterdir())


def test_the_first_rotation_begins_the_first_epoch():
    assert rotation.rotate(at=AT) == Report(1, True, 0, (), 0, False, False, AT)
    assert rotation.rotate(at=AT) == Report(1, False, 0, (), 0, False, False, AT)


def test_a_day_later_every_key_is_carried_over(settings):
    kept = [*arrivals(7), arrive(program=VALLEY, who=WREN)]
    before = {row.handle: bytes(row.wrapped) for row in Key.objects.all()}
    assert rotation.rotate(at=AT + DAY) == Report(2, True, 8, (), 0, False, False, AT + DAY)
    after = {row.handle: bytes(row.wrapped) for row in Key.objects.filter(epoch_id=2, version=2)}
    assert after.keys() == before.keys()
    assert set(after.values()) & set(before.values()) == set()
    assert [open_name(one) for one in kept] == [one.who.name for one in kept]
    assert key_files(settings) == ["epoch-1", "epoch-2"]


def test_another_day_later_the_old_key_is_gone_and_there_is_a_receipt(settings):
    kept = arrivals(3)
    old = Epoch.objects.get()
    rotation.rotate(at=AT + DAY)
    end = AT.replace(minute=0) + 2 * DAY
    assert rotation.rotate(at=end - HOUR / 60).destroyed == ()
    assert rotation.rotate(at=end) == Report(3, True, 3, (1,), 0, False, False, end)
    gone = Epoch.objects.get(n=1)
    assert (gone.state, gone.wrapped_ek) == (EpochState.DESTROYED, None)
    assert epochs.provider().state(old.provider_ref) is KeyState.GONE
    with pytest.raises(KeyGone):
        epochs.key_of(old.provider_ref, bytes(old.wrapped_ek or b""))
    receipt = Receipt.objects.get()
    assert (receipt.n, receipt.rows, receipt.destroyed_day) == (1, 3, end.date())
    assert [open_name(one) for one in kept] == [one.who.name for one in kept]


def test_there_are_as_many_key_files_as_epochs_that_live_or_retire(settings):
    arrivals(2)
    for day in range(12):
        rotation.rotate(at=AT + day * DAY)
        alive = Epoch.objects.exclude(state=EpochState.DESTROYED)
        assert key_files(settings) == sorted(alive.values_list("provider_ref", flat=True))
        assert len(key_files(settings)) <= 2
    assert Receipt.objects.count() == 10


def test_repeating_it_changes_nothing():
    arrivals(3)
    for day in (1, 2):
        rotation.rotate(at=AT + day * DAY)
        rows = list(Key.objects.order_by("handle").values())
        assert rotation.rotate(at=AT + day * DAY) == Report(
            day + 1, False, 0, (), 0, False, False, AT + day * DAY
        )
        assert list(Key.objects.order_by("handle").values()) == rows


def test_more_than_one_transaction_holds_are_carried_over(monkeypatch):
    monkeypatch.setattr(rewrap, "AT_ONCE", 3)
    kept = arrivals(10)
    assert rotation.rotate(at=AT + DAY).carried == 10
    assert [open_name(one) for one in kept] == [one.who.name for one in kept]


def test_an_epoch_that_still_holds_a_key_is_never_destroyed(settings):
    """The row can't be carried over, since what is in it unwraps to nothing."""
    damaged, kept = arrivals(2)
    Key.objects.filter(handle=damaged.handle).update(wrapped=bytes(40))
    rotation.rotate(at=AT + DAY)
    done = rotation.rotate(at=AT + 9 * DAY)
    assert (done.left, done.destroyed) == (1, (2,))
    assert key_files(settings) == ["epoch-1", "epoch-3"]
    assert rotation.status(at=AT + 9 * DAY).overdue == 1
    assert open_name(kept) == kept.who.name
    erase(damaged)
    assert rotation.rotate(at=AT + 9 * DAY).destroyed == (1,)


@pytest.mark.parametrize("damage", [{"dup_src": b"x"}, {"dup_src": bytes(60)}])
def test_a_row_whose_contact_is_damaged_stays_too(damage):
    arrive()
    Key.objects.update(**damage)
    assert rotation.rotate(at=AT + DAY).left == 1


def test_a_lost_provider_key_stops_only_what_it_wrapped(settings):
    arrive()
    epochs.open_next(AT + DAY)
    kept = arrive(at=AT + DAY)
    (settings.VAULT_DIR / "provider/epoch-1.key").unlink()
    epochs._held.clear()
    assert rotation.rotate(at=AT + DAY).left == 1
    assert open_name(kept) == kept.who.name


class Keeping(FileProvider):
    """A provider that says yes and destroys nothing."""

    def destroy(self, ref: str) -> None:
        pass


class Unreachable(FileProvider):
    """A provider that doesn't answer."""

    def destroy(self, ref: str) -> None:
        raise OSError


@pytest.mark.parametrize(("kind", "why"), [(Keeping, "Unavailable"), (Unreachable, "OSError")])
def test_a_yes_is_not_believed_and_a_no_is_asked_again(kind, why, monkeypatch, caplog):
    kept = arrive()
    rotation.rotate(at=AT + DAY)
    real, files = epochs.provider, file_provider()
    monkeypatch.setattr(epochs, "provider", lambda: kind(files.folder, files.root_file))
    assert rotation.rotate(at=AT + 2 * DAY).destroyed == ()
    assert (Receipt.objects.count(), Epoch.objects.get(n=1).state) == (0, EpochState.RETIRING)
    assert [one.getMessage() for one in caplog.records] == [f"vault.epoch_not_destroyed epoch=1 {why}"]
    monkeypatch.setattr(epochs, "provider", real)
    assert rotation.rotate(at=AT + 2 * DAY).destroyed == (1,)
    assert open_name(kept) == kept.who.name


def test_what_is_erased_while_a_rotation_runs_stays_erased():
    kept, gone = arrivals(2)
    epochs.open_next(AT + DAY)
    target = epochs.live(AT + DAY)
    planned = list(rewrap.swaps(target, rewrap.read(target, after="")))
    erase(gone)
    assert (len(planned), rewrap.write(target, planned)) == (2, 1)
    with pytest.raises(Gone):
        open_name(gone)
    assert open_name(kept) == kept.who.name


def test_a_rotator_that_slept_through_a_rotation_writes_nothing():
    """Its epoch is retiring by now; a key moved there could be lost with it."""
    arrive()
    epochs.open_next(AT + DAY)
    late = epochs.live(AT + DAY)
    planned = list(rewrap.swaps(late, rewrap.read(late, after="")))
    epochs.open_next(AT + 2 * DAY)
    assert rewrap.write(late, planned) == 0
    assert Key.objects.get().epoch_id == 1


def test_two_rotators_move_each_key_once():
    arrivals(5)
    epochs.open_next(AT + DAY)
    target = epochs.live(AT + DAY)
    one = list(rewrap.swaps(target, rewrap.read(target, after="")))
    other = list(rewrap.swaps(target, rewrap.read(target, after="")))
    assert [rewrap.write(target, planned) for planned in (one, other)] == [5, 0]
    assert Epoch.objects.get(n=1).carried == 5
    assert set(Key.objects.values_list("version", flat=True)) == {2}


def test_what_somebody_changed_between_reading_and_writing_is_read_again():
    kept, changed = arrivals(2)

    def while_it_is_read(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if sql == rewrap.query() and Key.objects.get(handle=changed.handle).version == 1:
            store.retag(handle=changed.handle, program=HARBOR, contact_tag=WREN.email)
        return found

    with connections["vault"].execute_wrapper(while_it_is_read):
        done = rotation.rotate(at=AT + DAY)
    assert (done.carried, done.left) == (2, 0)
    assert store.matching_handles(program=HARBOR, contact_tag=WREN.email) == [changed.handle]
    assert [open_name(one) for one in (kept, changed)] == [kept.who.name, changed.who.name]


def test_every_rotator_writes_in_one_order_so_that_none_waits_for_the_other_for_ever():
    arrivals(9)
    epochs.open_next(AT + DAY)
    target = epochs.live(AT + DAY)
    planned = list(rewrap.swaps(target, rewrap.read(target, after="")))
    written: list[str] = []

    def note(execute, sql, params, many, context):
        if many:  # SQLite: one after the other
            written.extend(one[3] for one in params)
        if sql.endswith("ORDER BY handle FOR UPDATE"):  # PostgreSQL: all are held before the first is changed
            written.extend(sorted(params[0]))
        return execute(sql, params, many, context)

    with connections["vault"].execute_wrapper(note):
        assert rewrap.write(target, planned[::-1]) == 9
    assert written == sorted(one.handle for one in planned)


def test_of_two_that_destroy_the_second_finds_nothing_to_do():
    arrive()
    rotation.rotate(at=AT + DAY)
    assert retire.destroy_due(AT + 2 * DAY) == (1,)
    assert retire.destroy_due(AT + 2 * DAY) == ()
    assert not retire._destroyed(1, AT + 2 * DAY)
    assert Receipt.objects.count() == 1


def test_tombstones_stay_two_days():
    erase(arrive(), at=AT)
    assert Buried.objects.get().until == (AT + 2 * DAY).date()
    rotation.rotate(at=AT + 2 * DAY)
    assert Buried.objects.count() == 1
    rotation.rotate(at=AT + 3 * DAY)
    assert Buried.objects.count() == 0


def test_a_handle_erased_twice_is_buried_once():
    kept = arrive()
    erase(kept)
    erase(arrive(handle=kept.handle), at=AT + DAY)
    assert Buried.objects.get().until == (AT + 3 * DAY).date()
