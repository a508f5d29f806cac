"""One epoch lives at a time; its key is in memory for a minute, and wraps nothing once it retires."""

import time

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from tests.vault.scene import AT, DAY, HOUR, arrive, file_provider, open_name
from touchbase.vault import epochs, rotation
from touchbase.vault.errors import Unavailable
from touchbase.vault.models import Epoch, Key
from touchbase.vault.providers.file import FileProvider
from touchbase.vault.secret import Secret, random_key

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def states() -> list[tuple[int, str]]:
    return list(Epoch.objects.order_by("n").values_list("n", "state"))


def test_an_epoch_lasts_a_day():
    assert epochs.open_next(AT) == 1
    assert epochs.open_next(AT) is None
    assert epochs.open_next(AT.replace(minute=0) + DAY - HOUR / 60) is None
    assert epochs.open_next(AT.replace(minute=0) + DAY) == 2
    assert states() == [(1, "retiring"), (2, "live")]


def test_numbers_are_never_used_again():
    for day in range(3):
        rotation.rotate(at=AT + day * DAY)
    assert states() == [(1, "destroyed"), (2, "retiring"), (3, "live")]
    rotation.rotate(at=AT + 30 * DAY)
    assert states() == [(1, "destroyed"), (2, "destroyed"), (3, "destroyed"), (4, "live")]


def test_there_cannot_be_two_live_ones():
    epochs.open_next(AT)
    with pytest.raises(IntegrityError), transaction.atomic(using="vault"):
        Epoch.objects.create(n=2, provider_ref="epoch-2", wrapped_ek=b"x", ends_at=AT)


@pytest.mark.parametrize("broken", [{"state": "destroyed"}, {"wrapped_ek": None}])
def test_a_row_says_destroyed_exactly_when_it_holds_nothing(broken):
    epochs.open_next(AT)
    with pytest.raises(IntegrityError), transaction.atomic(using="vault"):
        Epoch.objects.update(**broken)


def test_no_epoch_goes_while_keys_are_in_it():
    arrive()
    with pytest.raises(ProtectedError):
        Epoch.objects.all().delete()


def test_who_opened_an_epoch_keeps_using_it_until_it_is_retired():
    with transaction.atomic(using="vault"):
        first = epochs.live(AT)
        assert epochs.is_live(first.n)
    epochs.open_next(AT + DAY)
    assert not epochs.is_live(first.n)
    assert epochs.live(AT + DAY).n == 2
    assert epochs.live(AT + DAY).key != first.key


class Counting(FileProvider):
    """A provider that notes how often it was asked."""

    asked = 0

    def unwrap(self, ref: str, wrapped: bytes) -> Secret:
        Counting.asked += 1
        return super().unwrap(ref, wrapped)


class Lying(FileProvider):
    """A provider that gives something else back."""

    def unwrap(self, ref: str, wrapped: bytes) -> Secret:
        return random_key()


@pytest.fixture(autouse=True)
def nothing_held():
    epochs._held.clear()


def use(kind: type[FileProvider], monkeypatch) -> None:
    files = file_provider()
    monkeypatch.setattr(epochs, "provider", lambda: kind(files.folder, files.root_file))


def test_a_key_is_held_for_a_minute(monkeypatch):
    use(Counting, monkeypatch)
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    epochs.live(AT)
    Counting.asked = 0
    for passed, asked in ((0, 0), (59, 0), (60, 1), (61, 1), (120, 2)):
        monkeypatch.setattr(time, "monotonic", lambda passed=passed: now + passed)
        epochs.live(AT)
        assert Counting.asked == asked


def test_what_is_not_used_any_more_does_not_stay_in_memory(monkeypatch):
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    epochs.live(AT)
    old = set(epochs._held)
    monkeypatch.setattr(time, "monotonic", lambda: now + 60)
    epochs.open_next(AT + DAY)
    epochs.live(AT + DAY)
    assert (len(old), len(epochs._held), old & set(epochs._held)) == (1, 1, set())


def test_an_epoch_forgotten_by_memory_opens_from_its_file():
    kept = arrive()
    epochs._held.clear()
    assert open_name(kept) == kept.who.name


def test_without_the_root_key_nothing_is_kept_and_nothing_is_lost(settings, tmp_path):
    kept = arrive()
    epochs._held.clear()
    here = settings.ROOT_KEY_FILE
    settings.ROOT_KEY_FILE = tmp_path / "elsewhere"
    with pytest.raises(Unavailable):
        open_name(kept)
    with pytest.raises(Unavailable):
        arrive()
    settings.ROOT_KEY_FILE = here
    assert Key.objects.count() == 1
    assert open_name(kept) == kept.who.name


def test_a_provider_that_gives_something_else_back_is_not_used(monkeypatch):
    use(Lying, monkeypatch)
    with pytest.raises(Unavailable):
        arrive()
    assert (Epoch.objects.count(), Key.objects.count()) == (0, 0)


def test_printing_an_open_epoch_shows_no_key():
    assert repr(epochs.Opened(3, Secret(bytes(32)))) == "Opened(n=3, key=Secret(...))"
