"""The vault says how it is in numbers of epochs, and promises nothing it can't see."""

import dataclasses

import pytest

from tests.vault.scene import AT, DAY, HOUR, arrivals, arrive, erase
from touchbase.vault import epochs, generations, rotation
from touchbase.vault.errors import Unavailable
from touchbase.vault.models import Mark, PutBack
from touchbase.vault.rotation import Status

pytestmark = [
    pytest.mark.django_db(databases=["default", "vault"]),
    pytest.mark.usefixtures("own_vault"),
]
START = AT.replace(minute=0)


def test_before_anything():
    assert rotation.status(at=AT) == Status(
        tier=0, live_epoch=None, epochs=0, oldest_key_epoch=None, last_rotation=None, last_destroyed="",
        window_hours=48, overdue=0, frozen=False, readable=True, within_reach=0, put_back="", attested=None,
    )  # fmt: skip


def test_after_three_days():
    arrive()
    for day in range(3):
        rotation.rotate(at=AT + day * DAY)
    assert rotation.status(at=AT + 2 * DAY) == Status(
        tier=0, live_epoch=3, epochs=2, oldest_key_epoch=3, last_rotation=START + 2 * DAY,
        last_destroyed=(AT + 2 * DAY).date().isoformat(), window_hours=48, overdue=0, frozen=False,
        readable=True, within_reach=0, put_back="", attested=None,
    )  # fmt: skip


def test_what_an_operator_said_and_put_back_shows():
    generations.attest(on=AT.date(), at=AT)
    generations.note_put_back(what=PutBack.VAULT, at=AT)
    status = rotation.status(at=AT)
    assert (status.attested, status.put_back) == (AT.date(), PutBack.VAULT)


def test_the_window_is_told_in_whole_hours():
    assert repr(rotation.status(at=AT).window_hours) == "48"


def test_a_key_that_was_not_carried_over_shows():
    arrive()
    epochs.open_next(AT + DAY)
    assert (rotation.status(at=AT + DAY).live_epoch, rotation.status(at=AT + DAY).oldest_key_epoch) == (2, 1)


@pytest.mark.parametrize("rotated", [True, False])
def test_what_should_be_gone_and_is_not_breaks_the_window(rotated):
    """An epoch that retired and stayed, or that nobody ended."""
    arrive()
    if rotated:
        rotation.rotate(at=AT + DAY)
    for late, window, overdue in ((HOUR, 48, 0), (HOUR + HOUR / 60, None, 1)):
        status = rotation.status(at=START + 2 * DAY + late)
        assert (status.window_hours, status.overdue) == (window, overdue)
    rotation.rotate(at=AT + 3 * DAY)
    assert rotation.status(at=AT + 3 * DAY).overdue == 0


@pytest.mark.parametrize("damage", ["root", "file", "folder"])
def test_keys_that_cannot_be_read_show(damage, settings):
    arrive()
    assert rotation.status(at=AT).readable
    {
        "root": settings.ROOT_KEY_FILE.unlink,
        "file": (settings.VAULT_DIR / "provider/epoch-1.key").unlink,
        "folder": lambda: (settings.VAULT_DIR / "provider").rename(settings.VAULT_DIR / "elsewhere"),
    }[damage]()
    assert rotation.status(at=AT).readable is False


def test_asking_writes_nothing():
    rotation.status(at=AT)
    assert Mark.objects.count() == 0


def test_it_says_nothing_of_a_person_or_a_program():
    assert {field.name for field in dataclasses.fields(Status)} == {
        "tier", "live_epoch", "epochs", "oldest_key_epoch", "last_rotation", "last_destroyed",
        "window_hours", "overdue", "frozen", "readable", "within_reach", "put_back", "attested",
    }  # fmt: skip


def test_a_vault_without_tables_is_unavailable():
    from django.db import connections

    with connections["vault"].cursor() as cursor:
        cursor.execute("ALTER TABLE vault_epoch RENAME TO elsewhere")
    with pytest.raises(Unavailable) as said:
        rotation.status(at=AT)
    assert "epoch" not in str(said.value)


def test_preparing_again_changes_nothing(settings):
    before = settings.ROOT_KEY_FILE.read_bytes()
    rotation.prepare()
    assert settings.ROOT_KEY_FILE.read_bytes() == before


@pytest.mark.parametrize(("engine", "made"), [("sqlite3", True), ("postgresql", False)])
def test_a_new_key_store_is_closed_to_others(engine, made, settings, monkeypatch, tmp_path):
    file = tmp_path / "vault/vault.sqlite3"
    store = {"ENGINE": f"django.db.backends.{engine}", "NAME": str(file)}
    monkeypatch.setitem(settings.DATABASES, "vault", store)
    rotation.prepare()
    assert file.exists() is made
    assert [path.stat().st_mode & 0o077 for path in (file,) if made] == [0] * made


def test_who_was_erased_is_within_reach_of_a_copy_until_the_epoch_dies():
    people = arrivals(3)
    rotation.rotate(at=AT + DAY)
    assert rotation.status(at=AT + DAY).within_reach == 0
    erase(people[0], at=AT + DAY)
    erase(people[1], at=AT + DAY)
    assert rotation.status(at=AT + DAY).within_reach == 2
    rotation.rotate(at=AT + 2 * DAY)  # the first epoch dies; it was carried to the second
    assert rotation.status(at=AT + 2 * DAY).within_reach == 2
    rotation.rotate(at=AT + 3 * DAY)
    assert rotation.status(at=AT + 3 * DAY).within_reach == 0
