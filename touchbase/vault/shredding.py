"""Whether what was erased stays sealed: every key there is, tried on sealed values from anywhere (C19, F1).

Nothing that opens leaves this module, nor is it looked at: the answer is numbers.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from cryptography.exceptions import InvalidTag
from django.conf import settings

from touchbase.vault import keyring, sealing
from touchbase.vault.doors import door
from touchbase.vault.keyring import Candidate, Copy, EpochRow, KeyRow
from touchbase.vault.models import Epoch, Key
from touchbase.vault.providers import file
from touchbase.vault.sealing import Place, Purpose, Sealed
from touchbase.vault.secret import LENGTH

__all__ = [
    "Copy",
    "EpochRow",
    "Found",
    "KeyRow",
    "Verdict",
    "judge",
    "may_be_provider_file",
    "provider_folder",
    "root_key_in",
]

# Only the course is sealed anew with each step. Where no row says how many there were, these are tried.
_STEPS = range(100)
_WRITTEN_ROOT = re.compile(rb"[0-9a-fA-F]{%d}" % (2 * LENGTH))


@dataclass(frozen=True, slots=True)
class Found:
    """One sealed value as it lies somewhere, and the versions that rows nearby name for it."""

    handle: str
    purpose: Purpose
    sealed: Sealed
    versions: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many referrals were found sealed, and what became of them. Numbers, and the names of copies.

    `referrals` is the sum of the four that follow it.
    """

    referrals: int
    open: int  # have a key in this installation, and open with it
    damaged: int  # have a key in this installation, and don't open with it
    brought_back: int  # have no key here any more, and open with something that lies there
    dead: int  # have no key here any more, and nothing opens them
    keys: int  # different ones that were tried
    copies: Mapping[str, int]  # those that bring somebody back, by name, and how many


def provider_folder() -> str:
    """The name of the folder in which provider files lie, beside their store."""
    return file.FOLDER


def may_be_provider_file(raw: bytes) -> bool:
    """Whether bytes from anywhere look like a provider's key file."""
    return file.may_be(raw)


def root_key_in(raw: bytes) -> bytes | None:
    """What could be a root key in a file's bytes."""
    written = raw.strip()
    return bytes.fromhex(written.decode()) if _WRITTEN_ROOT.fullmatch(written) else None


@door
def judge(*, found: Iterable[Found], copies: Sequence[Copy], every_key: bool = False) -> Verdict:
    """Try the keys of now and of every copy on everything found.

    Each key on what is of the same handle; with `every_key` on everything, which takes the product of both.
    Raises `Unavailable` when the keys of now can't be read: without them nothing could be said.
    """
    here, values_of = _here(), _by_handle(found)
    rings = keyring.candidates([here, *(_without_chance(copy, values_of.keys()) for copy in copies)])
    living = {row.handle for row in here.keys}
    others = [one for ring in rings.values() for one in ring] if every_key else []
    counts, by_copy = Counter[str](), Counter[str]()
    for handle, values in values_of.items():
        fate, names = _fate(values, [*rings.get(handle, []), *others], has_key=handle in living)
        counts[fate] += 1
        by_copy.update(names)
    tried = {one.key for ring in rings.values() for one in ring}
    return Verdict(
        referrals=counts.total(),
        open=counts["open"],
        damaged=counts["damaged"],
        brought_back=counts["brought_back"],
        dead=counts["dead"],
        keys=len(tried),
        copies=by_copy,
    )


def _here() -> Copy:
    """The vault as it is now, read past what is held in memory: what is written counts."""
    epochs = Epoch.objects.exclude(wrapped_ek=None).values_list("n", "provider_ref", "wrapped_ek")
    rows = Key.objects.values_list("handle", "program", "wrapped", "epoch_id")
    folder = settings.VAULT_DIR / file.FOLDER
    return Copy(
        keyring.HERE,
        frozenset(EpochRow(n, ref, bytes(wrapped or b"")) for n, ref, wrapped in epochs),
        frozenset(KeyRow(handle, program, bytes(wrapped), n) for handle, program, wrapped, n in rows),
        frozenset(each.read_bytes() for each in folder.iterdir() if each.is_file()),
        frozenset({bytes(file.root_key(settings.ROOT_KEY_FILE))}),
    )


def _without_chance(copy: Copy, handles: AbstractSet[str]) -> Copy:
    """A copy without what only looked like a row by chance: two keys side by side are in many tables."""
    rows = frozenset(row for row in copy.keys if row.epoch is not None or row.handle in handles)
    return replace(copy, keys=rows)


def _by_handle(found: Iterable[Found]) -> Mapping[str, list[Found]]:
    values: dict[str, list[Found]] = defaultdict(list)
    for one in found:
        values[one.handle].append(one)
    return values


def _fate(values: list[Found], ring: list[Candidate], *, has_key: bool) -> tuple[str, frozenset[str]]:
    """What has become of one referral, and the copies that bring it back."""
    if has_key:
        opens = any(_opens(values, one) for one in ring if not one.needs)
        return ("open" if opens else "damaged"), frozenset()
    ways = [one.needs for one in ring if _opens(values, one)]
    return ("brought_back" if ways else "dead"), frozenset().union(*ways)


def _opens(values: list[Found], one: Candidate) -> bool:
    return any(
        _unseals(one, Place(one.program, value.handle, value.purpose, version), value.sealed)
        for value in values
        for version in _versions(value)
    )


def _versions(value: Found) -> Iterator[int]:
    if value.purpose is not Purpose.COURSE:
        yield 0
        return
    yield from sorted(value.versions)
    yield from (n for n in _STEPS if n not in value.versions)


def _unseals(one: Candidate, place: Place, sealed: Sealed) -> bool:
    try:
        sealing.unseal(one.key, place, sealed)
    except InvalidTag:
        return False
    return True
