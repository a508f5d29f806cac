"""How a program's policy differs from the model it began with, and taking what it wants of the model.

Three files are compared, key by key: the model's version the program settled with (`base`), the program's own
file, and the model's newest version. Whoever compares reads what a file comes to, so a key that is left out
counts as its default. Lists of things to pick are compared by the key of each entry, and not by their order.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, TypeAlias

from touchbase.collaborative import policy_text
from touchbase.kernel.errors import DomainError
from touchbase.programs import files, kinds
from touchbase.programs.policy import Policy

Path: TypeAlias = tuple[str, ...]
"""A key as the file writes it, table first; the key of an entry last: `("contact", "times", "mornings")`."""
Value: TypeAlias = Any
"""What a file comes to there; None where it says nothing."""

# What a program says of itself. It is never compared, never taken and never changed.
OWN: Mapping[Path, str] = MappingProxyType(
    {
        ("slug",): "its address",
        ("program",): "who runs it, where, and how its pages look",
        ("coordinator",): "its own roles, phones and mail",
        ("backup",): "its own roles, phones and mail",
        ("eligibility", "departments"): "its own departments",
        ("eligibility", "sites"): "its own places",
        ("eligibility", "otherwise"): "where its neighbors turn, often with a phone number",
        ("clock", "holidays"): "its own days off",
        ("clock", "not_holidays"): "its own days of work",
        ("confidence", "licensing_confirmed"): "what its own counsel confirmed",
        ("safety", "urgent"): "numbers somebody there has called",
        ("legal",): "what its own counsel says of its own state",
        ("resources",): "help nearby",
        ("translations",): "its own words in other languages",
    }
)
# Of an entry of a list this alone is compared: how many people there are of a kind is the program's own.
_COMPARED = "label"


class Kind(StrEnum):
    """How a key stands between the two, seen from where the program began."""

    OURS = "ours"  # changed here and not in the model
    NEW = "new"  # added by the model, nothing said here
    CHANGED = "changed"  # changed in the model and not here
    REMOVED = "removed"  # dropped by the model, kept as it was here
    BOTH = "both"  # changed on both sides, or nothing is known of where it began


@dataclass(frozen=True, slots=True)
class Difference:
    """One key that isn't the same in the program's file and in the newest model."""

    path: Path
    kind: Kind
    ours: Value
    theirs: Value

    @property
    def name(self) -> str:
        """The path in one word, for a form."""
        return ".".join(self.path)

    @property
    def is_offered(self) -> bool:
        """Whether taking it overrides nothing that the program decided itself."""
        return self.kind in {Kind.NEW, Kind.CHANGED}


class CantMerge(DomainError):
    """A file is written in a way that can't be changed line by line."""

    code = "cant-merge"


def compared(policy: Policy) -> dict[Path, Value]:
    """All that may be compared of a policy: what each key comes to, entries of a list each by itself."""
    values: dict[Path, Value] = {}
    for path, value in _keys(policy):
        if path not in OWN and path[:1] not in OWN:
            values |= _entries(path, value) if path in _lists() else {path: value}
    return values


def differences(*, base: Policy | None, ours: Policy, theirs: Policy) -> tuple[Difference, ...]:
    """Each key that isn't the same in `ours` and `theirs`, in the file's order; entries beside their list."""
    began = compared(base) if base else None
    here, there = compared(ours), compared(theirs)
    keys = [path for path, _value in _keys(theirs)]
    paths = sorted({**there, **here}, key=lambda path: keys.index(path[:2]))
    return tuple(
        Difference(path, _kind(path, began, here, there), here.get(path), there.get(path))
        for path in paths
        if here.get(path) != there.get(path)
    )


def merged(text: str, found: Iterable[Difference], picks: Iterable[str]) -> str:
    """The program's file with what it picked of the model (by name), its own lines and comments as they are.

    Raises `CantMerge` where a key isn't written on lines of its own, and `PolicyRefused` when what was picked
    makes no policy together with the rest. With nothing to change it is the same text, byte for byte.
    """
    picked = set(picks)
    ours = _stored(text)
    before = compared(ours)
    taken = {one.path: one.theirs for one in found if one.name in picked}
    changes = {path: value for path, value in taken.items() if before.get(path) != value}
    for path, value in changes.items():
        text = _with(text, path, value)
    if changes:
        _check(text, ours, before | changes)
    return text


def _keys(policy: Policy) -> Iterator[tuple[Path, Value]]:
    for table, keys in policy.model_dump(mode="json", by_alias=True).items():
        for key, value in keys.items() if isinstance(keys, dict) else ():
            yield (table, key), value


@cache
def _lists() -> frozenset[Path]:
    """Every list of entries that a file may have."""
    return frozenset(tuple(name.split(".")) for name, node in kinds.tables() if node["type"] == "array")


def _entries(path: Path, value: Value) -> dict[Path, Value]:
    return {(*path, entry["key"]): entry[_COMPARED] for entry in value}


def _kind(
    path: Path, began: Mapping[Path, Value] | None, here: Mapping[Path, Value], there: Mapping[Path, Value]
) -> Kind:
    ours, theirs = here.get(path), there.get(path)
    if began is None:
        return Kind.OURS if theirs is None else Kind.BOTH
    was = began.get(path)
    if theirs == was:
        return Kind.OURS
    if ours != was:
        return Kind.BOTH
    if was is None:
        return Kind.NEW
    return Kind.REMOVED if theirs is None else Kind.CHANGED


def _with(text: str, path: Path, value: Value) -> str:
    if len(path) == 2:
        return policy_text.with_key(text, path[0], path[1], value)
    fields = None if value is None else {_COMPARED: value}
    return policy_text.with_entry(text, path[:2], path[2], fields)


def _check(text: str, ours: Policy, wanted: Mapping[Path, Value]) -> None:
    """That the new text says what was wanted, and of the program itself what it said before."""
    try:
        policy = _stored(text)
    except files.PolicyRefused as refused:
        # Its form is wrong, so it was written wrongly: by us, into a file that isn't one line a key.
        raise _cant(wanted) from refused
    said = compared(policy)
    wrong = [path for path, value in wanted.items() if said.get(path) != value]
    if wrong or _own(policy) != _own(ours) or not _heads(policy) <= _heads(ours):
        raise _cant(wrong)
    files.parse_unfiled(text)


def _cant(paths: Iterable[Path]) -> CantMerge:
    tables = ", ".join(sorted({f"[{path[0]}]" for path in paths}))
    return CantMerge(
        f"This can't be taken into your file line by line. In {tables} write each key on a line of its own "
        "below the table's name, and each entry of a list as a table of its own. Then open this page again."
    )


def _stored(text: str) -> Policy:
    return files.stored(text, file=files.UNFILED)


def _own(policy: Policy) -> dict[Path, Value]:
    """All that is never compared, as it stands."""
    return {path: value for path, value in _keys(policy) if path in OWN or path[:1] in OWN} | {
        ("slug",): policy.slug
    }


def _heads(policy: Policy) -> set[tuple[str, int]]:
    """How many people there are of each entry: the program's own, although the entry is compared."""
    return {
        (entry["key"], entry["headcount"])
        for path, value in _keys(policy)
        if path in _lists()
        for entry in value
        if entry.get("headcount") is not None
    }
