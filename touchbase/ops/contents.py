"""What a pile of files holds of referrals and of vaults: sealed values and wrapped keys, nothing readable."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from touchbase.vault.sealing import Purpose, Sealed
from touchbase.vault.shredding import Copy, EpochRow, Found, KeyRow

# The tables that matter here and the columns that are read of them. A test compares them with the models.
TABLES: Mapping[str, tuple[str, ...]] = {
    "referrals_referral": ("handle", "row_version"),
    "referrals_capsule": ("referral_id", "purpose", "schema", "alg", "nonce", "blob"),
    "vault_epoch": ("n", "provider_ref", "wrapped_ek"),
    "vault_key": ("handle", "program", "wrapped", "epoch_id"),
    "vault_mark": ("high_water",),
}
Value = str | bytes | int | None


class NotOurs(ValueError):
    """A row that no version of these tables could have written."""


@dataclass
class _Place:
    """One copy of a vault, as far as it has been read."""

    epochs: set[EpochRow] = field(default_factory=set)
    keys: set[KeyRow] = field(default_factory=set)
    files: set[bytes] = field(default_factory=set)
    roots: set[bytes] = field(default_factory=set)


class Contents:
    """Everything found so far. The same thing found twice is kept once."""

    def __init__(self) -> None:
        self._sealed: set[tuple[str, Purpose, Sealed]] = set()
        self._versions: dict[str, set[int]] = defaultdict(set)
        self._places: dict[str, _Place] = defaultdict(_Place)
        self._written: dict[str, datetime] = {}
        self._seen: dict[str, datetime] = {}

    def row(self, place: str, table: str, row: Mapping[str, Value]) -> None:
        """One row of one of `TABLES`, found in `place`. Raises `NotOurs`."""
        try:
            getattr(self, f"_{table}")(place, row)
        except (KeyError, TypeError, ValueError):
            raise NotOurs from None

    def sealed(self, handle: str, purpose: str, sealed: Sealed) -> None:
        """A sealed value of a referral. Raises `ValueError` for an unknown purpose."""
        self._sealed.add((handle, Purpose(purpose), sealed))

    def epoch(self, place: str, row: EpochRow) -> None:
        """An epoch's wrapped key."""
        self._places[place].epochs.add(row)

    def key(self, place: str, row: KeyRow) -> None:
        """A referral's wrapped key."""
        self._places[place].keys.add(row)

    def provider_file(self, place: str, raw: bytes) -> None:
        """A provider's key file."""
        self._places[place].files.add(raw)

    def root(self, place: str, raw: bytes) -> None:
        """What may be a root key."""
        self._places[place].roots.add(raw)

    def written(self, place: str, at: datetime) -> None:
        """When a file of a place was written: its age where the copy itself doesn't tell."""
        self._written[place] = max(at, self._written.get(place, at))

    def made(self, place: str) -> datetime | None:
        """When what lies there was made, as far as can be told."""
        return self._seen.get(place) or self._written.get(place)

    @property
    def vaults(self) -> int:
        """How many places hold keys of referrals, as rows and not as what only looks like one."""
        return sum(any(row.epoch is not None for row in place.keys) for place in self._places.values())

    @property
    def values(self) -> int:
        """How many different sealed values there are."""
        return len(self._sealed)

    def found(self) -> Iterator[Found]:
        """The sealed values."""
        for handle, purpose, sealed in self._sealed:
            yield Found(handle, purpose, sealed, frozenset(self._versions.get(handle, ())))

    def copies(self) -> list[Copy]:
        """The copies of vaults, and parts of such."""
        return [
            Copy(name, frozenset(one.epochs), frozenset(one.keys), frozenset(one.files), frozenset(one.roots))
            for name, one in self._places.items()
        ]

    def _referrals_referral(self, _place: str, row: Mapping[str, Value]) -> None:
        self._versions[_text(row["handle"])].add(_number(row["row_version"]))

    def _referrals_capsule(self, _place: str, row: Mapping[str, Value]) -> None:
        nonce, blob = _bytes(row["nonce"]), _bytes(row["blob"])
        sealed = Sealed(_number(row["schema"]), _number(row["alg"]), nonce, blob)
        self.sealed(_text(row["referral_id"]), _text(row["purpose"]), sealed)

    def _vault_epoch(self, place: str, row: Mapping[str, Value]) -> None:
        if row["wrapped_ek"] is not None:
            ref = _text(row["provider_ref"])
            self.epoch(place, EpochRow(_number(row["n"]), ref, _bytes(row["wrapped_ek"])))

    def _vault_key(self, place: str, row: Mapping[str, Value]) -> None:
        handle, program = _text(row["handle"]), _text(row["program"])
        self.key(place, KeyRow(handle, program, _bytes(row["wrapped"]), _number(row["epoch_id"])))

    def _vault_mark(self, place: str, row: Mapping[str, Value]) -> None:
        """The latest moment a vault had seen is when its copy was made, whatever a file says of itself."""
        moment = datetime.fromisoformat(_text(row["high_water"]))
        at = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        self._seen[place] = max(at, self._seen.get(place, at))


def _text(value: Value) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: Value) -> int:
    if value is None or isinstance(value, bytes):
        raise TypeError
    return int(value)


def _bytes(value: Value) -> bytes:
    """Bytes as a store gives them, or as a dump writes them."""
    if isinstance(value, bytes):
        return value
    written = _text(value)
    if not written.startswith("\\x"):
        raise ValueError
    return bytes.fromhex(written[2:])
