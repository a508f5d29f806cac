"""Everything is disclosed, and nobody who was erased is named (rulings A6, F1).

Twenty people; fifteen are erased. The attacker holds every backup of the database ever made, the key store
and its copies as far as they may be kept, every key file, and the root key. Before the window is over they
open everybody: so what they can't open afterwards is not for want of trying.
"""

import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as here
from django.db import connections

from tests import canary
from tests.vault import attacker
from tests.vault.attacker import Blob, VaultCopy
from tests.vault.processes import empty
from tests.vault.scene import AT, HOUR, Kept, arrivals, arrive, erase, open_name
from touchbase.vault import epochs, rotation, status
from touchbase.vault.models import Epoch, Key

pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)
KEPT_HOURS = 24  # how long a copy of the vault may be kept (vault.md section 3, step 7)


@dataclass
class Disclosed:
    """All that anybody ever copied."""

    folder: Path
    blobs: list[Blob] = field(default_factory=list)  # of all backups of the database, for ever
    vaults: list[tuple[datetime, VaultCopy, dict[str, bytes]]] = field(default_factory=list)

    def back_up_database(self, people: list[Kept]) -> None:
        """Keep every capsule there is."""
        self.blobs += [
            Blob(one.program, one.handle, purpose.value, 0, sealed.nonce, sealed.blob)
            for one in people
            for purpose, sealed in one.sealed.items()
        ]

    def back_up_vault(self, at: datetime) -> None:
        """Copy the key store and the key files, as the hourly backup does."""
        self.vaults.append((at, self._store(at), attacker.key_files(here.VAULT_DIR / "provider")))

    def _store(self, at: datetime) -> VaultCopy:
        if connections["vault"].vendor == "sqlite":
            copied = self.folder / f"{at:%d-%H}"
            copied.mkdir(parents=True)
            for file in _store_files():
                shutil.copy(file, copied)
            return attacker.of_files(copied)
        return attacker.of_rows(
            Epoch.objects.values_list("n", "provider_ref", "wrapped_ek"),
            Key.objects.values_list("handle", "program", "epoch_id", "wrapped"),
        )

    def lawful(self, at: datetime) -> "Disclosed":
        """The same, without copies of the vault that should be gone by now."""
        kept = [entry for entry in self.vaults if at - entry[0] < timedelta(hours=KEPT_HOURS)]
        return Disclosed(self.folder, self.blobs, kept)

    def with_files_of_now(self) -> "Disclosed":
        """The same with nothing but the key files that exist now."""
        files = attacker.key_files(here.VAULT_DIR / "provider")
        return Disclosed(self.folder, self.blobs, [(at, copy, files) for at, copy, _ in self.vaults])

    def names(self, *, root: bytes) -> set[str]:
        """The handles of everybody the attacker reads."""
        files = [file for _, _, each in self.vaults for file in each.items()]
        return attacker.opens(self.blobs, [copy for _, copy, _ in self.vaults], files, root)


def _store_files() -> list[Path]:
    """The store and its logs: a killed server leaves them so."""
    name = Path(here.DATABASES["vault"]["NAME"])
    return sorted(name.parent.glob(f"{name.name}*"))


@pytest.fixture
def disclosed(settings, tmp_path) -> Disclosed:
    empty(settings, tmp_path / "installation")
    return Disclosed(tmp_path / "copies")


def root() -> bytes:
    return bytes.fromhex(here.ROOT_KEY_FILE.read_text())


def hours(disclosed: Disclosed, first: datetime, count: int) -> datetime:
    """Let the service run: a rotation and a copy of the vault every hour. The moment it ends."""
    for n in range(count):
        rotation.rotate(at=first + n * HOUR)
        disclosed.back_up_vault(first + n * HOUR)
    return first + count * HOUR


def handles(people: list[Kept]) -> set[str]:
    return {one.handle for one in people}


def test_fifteen_of_twenty_are_erased_and_two_days_later_nobody_can_say_who_they_were(disclosed):
    people = arrivals(20)
    disclosed.back_up_database(people)
    now = hours(disclosed, AT, 5)
    gone, kept = people[:15], people[15:]
    assert all(erase(one, at=now) for one in gone)
    disclosed.back_up_vault(now)

    # Before the window is over: everybody, from copies that may be kept. Else the rest would prove nothing.
    assert disclosed.lawful(now).names(root=root()) == handles(people)

    after = now + status.WINDOW
    hours(disclosed, now + HOUR, status.WINDOW // HOUR)
    assert disclosed.lawful(after).names(root=root()) == handles(kept)
    assert [open_name(one) for one in kept] == [one.who.name for one in kept]


def test_every_store_ever_copied_and_the_key_files_of_now_name_nobody_either(disclosed):
    """A copy of the key store alone may even be kept: what opens it is in the files, and these are gone."""
    people = arrivals(4)
    disclosed.back_up_database(people)
    now = hours(disclosed, AT, 2)
    erase(people[0], at=now)
    hours(disclosed, now + HOUR, status.WINDOW // HOUR)
    assert disclosed.with_files_of_now().names(root=root()) == handles(people[1:])


def test_an_hour_before_the_epoch_dies_hoarded_copies_open_exactly_as_many_as_is_said(disclosed):
    """Every copy of the key store there ever was, kept against the rule, and the key files of now."""
    people = arrivals(20)
    disclosed.back_up_database(people)
    now = hours(disclosed, AT, 5)
    for one in people[:15]:
        erase(one, at=now)
    ends = Epoch.objects.order_by("n").values_list("ends_at", flat=True)[0]
    last = ends + epochs.GRACE - HOUR
    hours(disclosed, now + HOUR, (last - now) // HOUR)
    hoarded = disclosed.with_files_of_now()
    said = rotation.status(at=last).within_reach
    assert said == 15
    assert len(hoarded.names(root=root()) - handles(people[15:])) == said

    hours(disclosed, last + HOUR, 1)
    assert rotation.status(at=last + HOUR).within_reach == 0
    assert disclosed.with_files_of_now().names(root=root()) == handles(people[15:])


def test_a_whole_copy_kept_against_the_rule_opens_what_was_open_when_it_was_made(disclosed):
    """The limit of tier 0, said in vault.md section 10 and on the trust page."""
    people = arrivals(2)
    disclosed.back_up_database(people)
    now = hours(disclosed, AT, 1)
    erase(people[0], at=now)
    hours(disclosed, now + HOUR, status.WINDOW // HOUR)
    assert disclosed.names(root=root()) == handles(people)
    assert disclosed.names(root=bytes(32)) == set()


def test_without_the_root_key_nothing_opens_at_any_time(disclosed):
    people = arrivals(3)
    disclosed.back_up_database(people)
    hours(disclosed, AT, 3)
    assert disclosed.names(root=bytes(32)) == set()
    assert disclosed.names(root=root()) == handles(people)


def test_either_store_alone_names_nobody(disclosed):
    people = arrivals(3)
    hours(disclosed, AT, 2)
    assert disclosed.names(root=root()) == set()  # no backup of the database
    disclosed.back_up_database(people)
    disclosed.vaults = [(at, copy, {}) for at, copy, _ in disclosed.vaults]
    assert disclosed.names(root=root()) == set()  # no key files
    disclosed.vaults.clear()
    assert disclosed.names(root=root()) == set()  # no key store


def test_who_comes_and_goes_every_day_for_a_week_is_forgotten_two_days_later(disclosed):
    erased: list[tuple[datetime, Kept]] = []
    now = AT
    for _ in range(7):
        one = arrive(at=now)
        disclosed.back_up_database([one])
        now = hours(disclosed, now, 24)
        erase(one, at=now)
        erased.append((now, one))
        named = disclosed.lawful(now).names(root=root())
        assert named <= {one.handle for at, one in erased if now - at < status.WINDOW}


def test_no_file_of_the_vault_holds_anybody_as_they_are(disclosed):
    people = arrivals(20)
    hours(disclosed, AT, 2)
    for one in people[:15]:
        erase(one, at=AT + 2 * HOUR)
    files = [*_store_files(), *here.VAULT_DIR.rglob("*")]
    read = [file.read_bytes() for file in files if file.is_file()]
    assert len(read) >= 2
    assert [canary.sung_in(data) for data in read] == [None] * len(read)
