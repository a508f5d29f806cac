"""The bytes of both stores' files, read past every database: who was erased is in none of them to be opened.

Heap, long values, indexes, write-ahead log and a base backup on PostgreSQL; the files and logs on SQLite.
Whoever carves them keeps every byte they ever saw. Where these files can't be read, the tests fail: nobody is
found in them, and everybody who is open should be.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings as here
from django.db import connections

from tests import canary
from tests.canary import Canary
from tests.factories.programs import make_program
from tests.holding.stores import STORES, Stores
from tests.vault import attacker, carving
from tests.vault.attacker import Blob
from tests.vault.processes import empty
from tests.vault.scene import AT, DAY, HOUR
from touchbase.outreach import actions, ending, queries
from touchbase.programs.policy import Channel
from touchbase.referrals.intake import Asking
from touchbase.referrals.models import Capsule
from touchbase.vault import rotation

pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)
# Of this test alone: a server's log is that of all its databases, and other tests write people into those.
ORIOLE = Canary("Canary Oriolefield", "+1 503 555 0187", "canary.oriolefield@example.org")
PEOPLE, GONE = 6, 4


@dataclass
class Carver:
    """All raw bytes anybody ever saw, and the capsules of a backup of the database."""

    links: list[str] = field(default_factory=list)
    blobs: list[Blob] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)

    def look(self) -> None:
        """Read all files as they are now."""
        self.raw += [data for file in _files() if (data := file.read_bytes().rstrip(b"\0"))]

    def back_up(self) -> None:
        """What a base backup holds: the server is told, and the files are copied while it works."""
        if not _stores().default:
            return self.look()
        for store in STORES:
            with connections[store].cursor() as cursor:
                cursor.execute("SELECT pg_backup_start('carved', true)")
        self.look()
        for store in STORES:
            with connections[store].cursor() as cursor:
                cursor.execute("SELECT labelfile FROM pg_backup_stop(false)")
        self.look()
        return None

    def opened(self) -> set[str]:
        """Who can be opened with all that and the keys of now."""
        files = attacker.key_files(here.VAULT_DIR / "provider")
        return carving.opens(self.blobs, self.raw, files, bytes.fromhex(here.ROOT_KEY_FILE.read_text()))


def _stores() -> Stores:
    """The stores of this test, wherever they are."""
    if connections["vault"].vendor == "sqlite":
        return Stores(Path())
    address = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}"
    return Stores(Path(), *(address.format(**connections[store].settings_dict) for store in STORES))


def _files() -> Iterator[Path]:
    stores = _stores()
    if stores.default:
        stores.flush()
        yield from stores.cluster_files()
        return
    for store in STORES:
        name = Path(connections[store].settings_dict["NAME"])
        yield from sorted(name.parent.glob(f"{name.name}*"))


@pytest.fixture
def carver(settings, tmp_path) -> Carver:
    """Some have come, and everything was looked at."""
    empty(settings, tmp_path)
    carver, program = Carver(), make_program()
    asking = Asking(name=ORIOLE.name, channel=Channel.TEXT, contact=ORIOLE.phone, profession="physician")
    for _ in range(PEOPLE):
        link = actions.receive(here=program, asking=asking, once="", at=AT).link
        carver.links.append(link.rstrip("/").rsplit("/", 1)[1])
    for row in Capsule.objects.filter(purpose="identity"):
        place = (program.id, row.referral_id, row.purpose, 0)
        carver.blobs.append(Blob(*place, bytes(row.nonce), bytes(row.blob)))
    carver.look()
    return carver


def erase(carver: Carver) -> set[str]:
    """Some withdraw. Who is left."""
    for link in carver.links[:GONE]:
        ending.withdraw(held=queries.private_view(link, at=AT + HOUR), at=AT + HOUR)
    return {queries.private_view(link, at=AT + HOUR).handle for link in carver.links[GONE:]}


def test_what_is_carved_from_the_files_opens_everybody_until_the_epoch_is_dead_and_then_only_who_is_open(
    carver,
):
    everybody, kept = {blob.handle for blob in carver.blobs}, erase(carver)
    carver.look()
    assert (len(everybody), len(kept)) == (PEOPLE, PEOPLE - GONE)
    # As long as the epoch's key is there: else what follows would only show that nobody carved well.
    assert carver.opened() == everybody

    rotation.rotate(at=AT + DAY)
    carver.look()
    assert carver.opened() == everybody
    assert rotation.rotate(at=AT + 2 * DAY).destroyed == (1,)
    carver.back_up()
    assert carver.opened() == kept


def test_no_byte_of_any_file_names_anybody(carver):
    erase(carver)
    carver.back_up()
    rotation.rotate(at=AT + DAY)
    carver.back_up()
    handles = [blob.handle.encode() for blob in carver.blobs]
    assert all(any(handle in data for data in carver.raw) for handle in handles)  # the files were read
    assert {canary.sung_by(ORIOLE, data) for data in carver.raw} == {None}
