"""Every referral key that copies of the vault still give, by every way through them. Private to the vault.

Knows no reason why a way shouldn't work: each root is tried on each provider file, each file on each epoch,
each epoch on each key, as somebody would who has found them all (ruling F1).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

from touchbase.vault import keys
from touchbase.vault.keys import Owner
from touchbase.vault.providers import file
from touchbase.vault.secret import LENGTH, Secret

HERE = ""  # the name of what this installation has now

Names = frozenset[str]  # of copies; empty: none is needed, it is here
Way = tuple[Names, ...]  # where each part lies that an epoch's key takes: its row, its file, the root


@dataclass(frozen=True, slots=True)
class EpochRow:
    """An epoch's key as a store keeps it."""

    n: int
    ref: str
    wrapped: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A referral's key as a store keeps it. Without an epoch it is tried under each."""

    handle: str
    program: str
    wrapped: bytes = field(repr=False)
    epoch: int | None


Thing = TypeVar("Thing", EpochRow, KeyRow, bytes)


@dataclass(frozen=True, slots=True)
class Copy:
    """What of a vault lies in one place: rows of its store, provider files, root keys. Any may be missing."""

    name: str
    epochs: frozenset[EpochRow] = frozenset()
    keys: frozenset[KeyRow] = frozenset()
    files: frozenset[bytes] = field(default=frozenset(), repr=False)
    roots: frozenset[bytes] = field(default=frozenset(), repr=False)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A key of a referral, and the copies to blame for it; none when what is here gives it alone."""

    program: str
    key: Secret
    needs: Names


def candidates(copies: Iterable[Copy]) -> dict[str, list[Candidate]]:
    """The keys of every referral that has one somewhere, by handle."""
    places = list(copies)
    epoch_keys = _epoch_keys(places)
    found: dict[tuple[str, str], dict[Secret, Names]] = defaultdict(dict)
    for row, holders in _where((one.name, one.keys) for one in places).items():
        for n in epoch_keys if row.epoch is None else {row.epoch} & epoch_keys.keys():
            for epoch_key, ways in epoch_keys[n].items():
                key = _referral_key(epoch_key, n, row)
                if key is not None:
                    _note(found[row.handle, row.program], key, _needs(holders, ways))
    rings: dict[str, list[Candidate]] = defaultdict(list)
    for (handle, program), some in found.items():
        rings[handle] += [Candidate(program, key, needs) for key, needs in some.items()]
    return rings


def _needs(holders: Names, ways: Iterable[Way]) -> Names:
    """Who is to blame: whoever holds the row, and only if none of them has all it takes, who has the rest.

    Lawful copies of later have the same epoch, and bring nobody back without a row of somebody erased.
    """
    if any(_enough(holders, way) for way in ways):
        return holders
    return holders.union(*(part for way in ways for part in way))


def _enough(holders: Names, way: Way) -> bool:
    return not any(way) or any(all(not part or one in part for part in way) for one in holders)


def _note(some: dict[Secret, Names], key: Secret, needs: Names) -> None:
    """One more way to a key. One that needs nothing is all there is to say."""
    before = some.get(key)
    some[key] = needs if before is None or not needs else before and before | needs


def _where(piles: Iterable[tuple[str, Iterable[Thing]]]) -> Mapping[Thing, Names]:
    """The same thing in several places once, with their names; what is here needs no other."""
    found: dict[Thing, set[str]] = defaultdict(set)
    for name, things in piles:
        for thing in things:
            found[thing].add(name)
    return {thing: frozenset() if HERE in names else frozenset(names) for thing, names in found.items()}


def _epoch_keys(places: list[Copy]) -> dict[int, dict[Secret, set[Way]]]:
    rows = _where((one.name, one.epochs) for one in places)
    wrapping = list(_provider_keys(places, {row.ref for row in rows}))
    found: dict[int, dict[Secret, set[Way]]] = defaultdict(lambda: defaultdict(set))
    for row, names in rows.items():
        for key, way in wrapping:
            epoch_key = _unwrapped(key, row.wrapped)
            if epoch_key is not None:
                found[row.n][epoch_key].add((names, *way))
    return found


def _provider_keys(places: list[Copy], refs: Iterable[str]) -> Iterator[tuple[Secret, Way]]:
    files = _where((one.name, one.files) for one in places)
    roots = _where((one.name, one.roots) for one in places)
    for root, of_root in roots.items():
        for raw, of_file in files.items():
            for ref in refs:
                key = file.opened(Secret(root), ref, raw)
                if key is not None:
                    yield key, (of_file, of_root)


def _referral_key(epoch_key: Secret, n: int, row: KeyRow) -> Secret | None:
    try:
        return keys.unwrap(epoch_key, n, Owner(row.program, row.handle), row.wrapped)
    except InvalidUnwrap:
        return None


def _unwrapped(key: Secret, wrapped: bytes) -> Secret | None:
    try:
        found = Secret(aes_key_unwrap(key, wrapped))
    except InvalidUnwrap:
        return None
    return found if len(found) == LENGTH else None
