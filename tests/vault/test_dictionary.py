"""Twenty thousand contacts of a hospital's staff, tried on every copy of the vault there ever was.

A phone number can be guessed, so a tag is only as secret as the key it is made with. While an epoch's key is
there, the list names everybody who has a tag: else what follows would prove nothing. Once it is dead, nobody.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings as here
from django.db import connections

from tests.vault import attacker, small_process
from tests.vault.attacker import VaultCopy, of_rows
from tests.vault.dictionary import Dictionary, Row, epoch_keys, referral_keys, scraps
from tests.vault.processes import empty
from tests.vault.scene import AT, DAY, HARBOR, HOUR
from touchbase.kernel.ids import new_id
from touchbase.vault import rotation, store
from touchbase.vault.models import Epoch, EpochState, Key

pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)

# Ten thousand numbers that nobody has (555-0100 to 0199 in a hundred areas), and as many addresses.
STAFF = [f"+1{201 + n // 100}55501{n % 100:02}" for n in range(10_000)]
STAFF += [f"staff.{n}@example.org" for n in range(10_000)]
REFERRED = STAFF[137::2500]  # eight of them: four by phone and four by mail
ERASED, OPEN = REFERRED[:6], REFERRED[6:]
LIST = Dictionary.of(STAFF)


@dataclass
class Copies:
    """Every copy of the vault that was ever made, and which files there were."""

    rows: set[Row] = field(default_factory=set)
    stores: list[VaultCopy] = field(default_factory=list)
    values: set[object] = field(default_factory=set)  # of every column of every table
    raw: bytes = b""  # the store's own files

    def make(self) -> dict[str, bytes]:
        """Copy all of it. The provider's files as they are now."""
        self.rows |= {
            Row(key.program, key.handle, key.epoch_id, bytes(key.wrapped),
                bytes(key.dup_tag or b""), bytes(key.dup_src or b""))
            for key in Key.objects.all()
        }  # fmt: skip
        epochs = Epoch.objects.values_list("n", "provider_ref", "wrapped_ek")
        self.stores.append(
            of_rows(epochs, Key.objects.values_list("handle", "program", "epoch_id", "wrapped"))
        )
        cells = (value for rows in small_process.kept().values() for row in rows for value in row)
        self.values |= {bytes(value) if isinstance(value, memoryview) else value for value in cells}
        if connections["vault"].vendor == "sqlite":
            name = Path(here.DATABASES["vault"]["NAME"])
            self.raw += b"".join(file.read_bytes() for file in name.parent.glob(f"{name.name}*"))
        return attacker.key_files(here.VAULT_DIR / "provider")

    def of(self, epochs: set[int]) -> set[Row]:
        """The rows of these epochs."""
        return {row for row in self.rows if row.epoch in epochs}


def root() -> bytes:
    return bytes.fromhex(here.ROOT_KEY_FILE.read_text())


def named(copies: Copies, rows: set[Row], files: dict[str, bytes]) -> tuple[set[str], set[str]]:
    """Whom the list names by tags, and whom by fingerprints, with the keys that these files open."""
    keys = epoch_keys(copies.stores, files.items(), root())
    return LIST.by_tags(rows, keys), LIST.by_sources(rows, referral_keys(copies.rows, keys))


def in_epochs(*states: EpochState) -> set[int]:
    return set(Epoch.objects.filter(state__in=states).values_list("n", flat=True))


@pytest.fixture
def copies(settings, tmp_path) -> Copies:
    empty(settings, tmp_path)
    return Copies()


def arrive_all() -> dict[str, str]:
    """All of them come. Their handles by contact."""
    handles = {contact: new_id() for contact in REFERRED}
    for contact, handle in handles.items():
        store.create(program=HARBOR, handle=handle, capsules={}, contact_tag=contact, at=AT)
    return handles


def test_twenty_thousand_contacts_name_everybody_before_an_epoch_dies_and_nobody_after(copies):
    handles = arrive_all()
    early = copies.make()
    assert len(set(STAFF)) == 20_000
    assert named(copies, copies.rows, early) == (set(REFERRED), set(REFERRED))

    for contact in ERASED:
        store.destroy(handle=handles[contact], program=HARBOR, counts=(), at=AT)
    copies.make()
    for day in (1, 2, 3):
        rotation.rotate(at=AT + day * DAY)
        copies.make()
    files = copies.make()
    dead, alive = in_epochs(EpochState.DESTROYED), in_epochs(EpochState.LIVE, EpochState.RETIRING)

    # Whoever was erased is named by nothing; of the dead epoch's tags even who is still open isn't.
    assert {row.epoch for row in copies.rows} == dead | alive
    assert {row.handle for row in copies.of(dead)} >= set(handles.values())
    assert LIST.by_tags(copies.of(dead), epoch_keys(copies.stores, files.items(), root())) == set()
    assert named(copies, copies.rows, files) == (set(OPEN), set(OPEN))


def test_nothing_that_is_left_of_a_dead_epoch_is_a_key_to_a_tag(copies):
    """Old wrapped keys, old rows, receipts, files overwritten and deleted: all of it is tried as a key."""
    handles = arrive_all()
    seen = list(copies.make().values())
    for handle in handles.values():
        store.destroy(handle=handle, program=HARBOR, counts=(), at=AT)
    for hours in (25, 50, 75):
        rotation.rotate(at=AT + hours * HOUR)
        seen += copies.make().values()
    assert in_epochs(EpochState.DESTROYED) >= {1}

    # A key file of before would open its epoch with the root key; as bytes, it and everything else is no key.
    left = {root(), bytes(32), *scraps([*copies.values, *seen, *handles.values(), HARBOR, ""])}
    left |= epoch_keys(copies.stores, copies.make().items(), root())
    assert len(left) > 50
    some = Dictionary.of([*REFERRED, *STAFF[:500]])  # who is in there is what every key is tried for
    assert some.by_tags(copies.rows, left) == set()
    assert LIST.by_sources(copies.rows, left) == set()


def test_no_contacts_digest_lies_in_any_file_or_value_of_the_vault(copies):
    """It could be guessed without any key. Written down bare, it would be seen."""
    arrive_all()
    copies.make()
    rotation.rotate(at=AT + DAY)
    copies.make()
    values = b"".join(value for value in copies.values if isinstance(value, bytes))
    texts = " ".join(str(value) for value in copies.values)
    assert bool(copies.raw) is (connections["vault"].vendor == "sqlite")
    assert (LIST.lying_about(values), LIST.lying_about(copies.raw)) == (set(), set())
    assert [name for print_, name in LIST.prints.items() if print_.hex() in texts] == []
    (bare,) = Dictionary.of(REFERRED[:1]).prints
    assert LIST.lying_about(values + bare + values) == set(REFERRED[:1])
