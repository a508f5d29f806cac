"""What the vault's tests begin with: referrals that are canaries, and grants to look at them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings

from tests.canary import FINCH, INSIDE, Canary
from touchbase.kernel.ids import new_id
from touchbase.vault import store
from touchbase.vault.grants import Grant, Reason
from touchbase.vault.providers.file import FOLDER, FileProvider
from touchbase.vault.sealing import Purpose, Sealed
from touchbase.vault.store import Item

AT = datetime(2026, 3, 2, 9, 17, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HARBOR, VALLEY = new_id(), new_id()  # two programs


@dataclass(frozen=True)
class Kept:
    """A referral as the database keeps it: a handle and ciphertext."""

    program: str
    handle: str
    who: Canary
    sealed: Mapping[Purpose, Sealed]

    def item(self, purpose: Purpose = Purpose.IDENTITY) -> Item:
        return Item(self.handle, purpose, self.sealed[purpose])


def texts(who: Canary) -> dict[Purpose, bytes]:
    """What is sealed about somebody."""
    return {
        Purpose.IDENTITY: who.name.encode(),
        Purpose.CONTACT: who.email.encode(),
        Purpose.WISHES: f"not with {who.name}".encode(),
        Purpose.COURSE: b"{}",
    }


def arrive(*, program: str = HARBOR, who: Canary = FINCH, handle: str = "", at: datetime = AT) -> Kept:
    """Somebody comes."""
    handle = handle or new_id()
    made = store.create(program=program, handle=handle, capsules=texts(who), contact_tag=who.email, at=at)
    sealed = made.sealed
    return Kept(program, handle, who, sealed)


def arrivals(count: int, *, at: datetime = AT) -> list[Kept]:
    """Several people come, one after the other."""
    return [arrive(who=INSIDE[n % len(INSIDE)], at=at) for n in range(count)]


def looks(*kept: Kept, reason: Reason = Reason.SUPPORT, role: str = "supporter") -> Grant:
    """A grant for everything its reason allows, of these referrals."""
    handles = frozenset(one.handle for one in kept)
    return Grant("robin", role, reason, frozenset(Purpose), handles, AT)


def open_name(kept: Kept) -> str:
    """The name of somebody, as their supporter sees it."""
    return store.open_one(grant=looks(kept), program=kept.program, item=kept.item()).decode()


def file_provider() -> FileProvider:
    """The provider's files, as they lie there."""
    return FileProvider(settings.VAULT_DIR / FOLDER, settings.ROOT_KEY_FILE)


def erase(kept: Kept, *, at: datetime = AT) -> bool:
    """Forget somebody; one thing is counted of them."""
    return store.destroy(handle=kept.handle, program=kept.program, counts=[("source", "self")], at=at)
