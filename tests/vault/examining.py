"""What is known of everybody in a random run, and whether the vault agrees."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.canary import INSIDE
from tests.vault import scene, small_process
from tests.vault.scene import HARBOR, Kept, looks
from touchbase.vault import rotation, store
from touchbase.vault.models import Epoch, EpochState, Pool, Receipt
from touchbase.vault.sealing import Purpose


class Broken(AssertionError):
    """The vault says something else than what was promised."""


@dataclass
class Known:
    """Where everybody is. `closing`: somebody began to erase them, and may have been killed meanwhile."""

    open: list[Kept] = field(default_factory=list)
    closing: list[Kept] = field(default_factory=list)
    gone: list[Kept] = field(default_factory=list)
    coming: set[str] = field(default_factory=set)  # handles: somebody was killed while they arrived
    cut_off: bool = False  # somebody was killed in a rotation
    counted: dict[str, int] = field(default_factory=dict)  # how many erasers said that it was they

    def everybody(self) -> list[Kept]:
        """All who were kept, whatever became of them."""
        return [*self.open, *self.closing, *self.gone]

    def is_closing(self, one: Kept) -> None:
        """From here on their key may be gone."""
        if one in self.open:
            self.open.remove(one)
            self.closing.append(one)

    def was_erased(self, one: Kept, *, by_this: bool) -> None:
        """From here on their key is gone, and one eraser alone did it."""
        self.counted[one.handle] = self.counted.get(one.handle, 0) + by_this
        same("how many erased one person", self.counted[one.handle] > 1, found_to_be=False)
        self._is_gone(one)

    def was_read(self, one: Kept, name: str | None) -> None:
        """What somebody read of them, None for nothing."""
        if one in self.open or (one in self.gone and name):
            same("their name is read", name == one.who.name, found_to_be=one in self.open)
        elif name is None:
            self._is_gone(one)

    def _is_gone(self, one: Kept) -> None:
        for place in (self.open, self.closing):
            if one in place:
                place.remove(one)
        if one not in self.gone:
            self.gone.append(one)


def same(what: str, found: Any, *, found_to_be: Any) -> None:
    """Raise `Broken` when they differ."""
    if found != found_to_be:
        raise Broken(f"{what}: {found} instead of {found_to_be}")


def arrive(handle: str, who: int, at: datetime) -> Kept:
    """Somebody comes."""
    texts = {Purpose.IDENTITY: INSIDE[who].name.encode()}
    made = store.create(program=HARBOR, handle=handle, capsules=texts, contact_tag=INSIDE[who].email, at=at)
    return Kept(HARBOR, handle, INSIDE[who], made.sealed)


def read(one: Kept) -> str:
    """Their name."""
    return scene.open_name(one)


def erase(one: Kept, at: datetime) -> bool:
    """They are forgotten."""
    return scene.erase(one, at=at)


def rotate(at: datetime) -> None:
    """A whole rotation."""
    rotation.rotate(at=at)


def put_back(rows: small_process.Rows, files: dict[str, bytes]) -> None:
    """Begin anew."""
    small_process.put_back(rows, files)


def examine(known: Known, now: datetime) -> None:
    """Finish what the killed began, and raise `Broken` unless all is as it was promised.

    Nothing of this could hide what they did: who was lost stays lost, who is back stays back, and who was
    counted without being erased, or erased without being counted, makes the sum wrong.
    """
    there = store.handles() if known.closing else set()
    for one in known.closing:
        same("erased again", scene.erase(one, at=now), found_to_be=one.handle in there)
    known.gone += known.closing
    known.closing = []
    if known.cut_off:
        same("keys left behind", rotation.rotate(at=now).left, found_to_be=0)
    _nobody_is_lost_or_back(known)
    _every_key_of_an_epoch_is_accounted_for()


def _nobody_is_lost_or_back(known: Known) -> None:
    there, open_, gone = store.handles(), _handles(known.open), _handles(known.gone)
    same("lost", open_ - there, found_to_be=set())
    same("came back", gone & there, found_to_be=set())
    same("strangers", there - open_ - known.coming, found_to_be=set())
    everybody = known.everybody()
    opened = store.open_many(
        grant=looks(*everybody), program=HARBOR, items=[one.item() for one in everybody], leave_gone=True
    )
    names = {one.handle: one.who.name for one in everybody}
    read = {handle for (handle, _), name in opened.items() if name.decode() == names[handle]}
    same("read", (read, len(opened)), found_to_be=(open_, len(open_)))
    counts = {"people": len(gone), "source": len(gone)}
    same("counted", dict(Pool.objects.values_list("measure", "n")), found_to_be=counts)


def _every_key_of_an_epoch_is_accounted_for() -> None:
    epochs = Epoch.objects.values_list("n", "provider_ref", "state")
    living = sorted(f"{ref}.key" for _, ref, state in epochs if state != EpochState.DESTROYED)
    same("files", sorted(file.name for file in small_process.provider().iterdir()), found_to_be=living)
    destroyed = {n for n, _, state in epochs if state == EpochState.DESTROYED}
    same("receipts", set(Receipt.objects.values_list("n", flat=True)), found_to_be=destroyed)


def _handles(people: list[Kept]) -> set[str]:
    return {one.handle for one in people}
