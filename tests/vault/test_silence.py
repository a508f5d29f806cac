"""Six hundred failures and everything printable, and nowhere a key (vault.md section 8)."""

import base64
import logging
import traceback
from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap

from tests.vault.scene import AT, DAY, HARBOR, VALLEY, Kept, arrivals, arrive, erase, file_provider, looks
from touchbase.kernel.errors import DomainError
from touchbase.vault import epochs, opening, rotation, store
from touchbase.vault.models import Epoch, Key, Mark
from touchbase.vault.sealing import Sealed
from touchbase.vault.secret import Secret

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def every_key(kept: list[Kept]) -> list[bytes]:
    """The keys of these referrals, of all epochs, of the provider and of the root, by the private modules."""
    provider = file_provider()
    rows = Epoch.objects.exclude(wrapped_ek=None)
    return [
        *opening.keys_of(HARBOR, [one.handle for one in kept]).values(),
        *(epochs.key_of(row.provider_ref, bytes(row.wrapped_ek or b"")) for row in rows),
        *(provider._wrapping_key(row.provider_ref) for row in rows),
        bytes.fromhex(provider.root_file.read_text()),
    ]


def forms(key: bytes) -> set[str]:
    """Every way in which bytes get into a text."""
    key = bytes(key)
    return {
        repr(key)[2:-1],
        repr(bytearray(key))[12:-2],
        str(list(key))[1:-1],
        key.hex(),
        key.hex().upper(),
        base64.b64encode(key).decode(),
        base64.urlsafe_b64encode(key).decode(),
        key.decode("latin-1"),
        key.decode("utf-8", "replace"),
        str(int.from_bytes(key)),
    }


def told_by(text: str, keys: list[bytes]) -> list[bytes]:
    return [key for key in keys if any(form in text for form in forms(key))]


def failures(kept: list[Kept]) -> list[str]:
    """Three wrong ways to open each; what is seen of each failure, with all local variables."""
    seen = []
    for one, other in zip(kept, [*kept[1:], kept[0]], strict=True):
        item = one.item()
        moved = replace(item, sealed=other.item().sealed)
        cut = replace(item, sealed=replace(item.sealed, blob=item.sealed.blob[:-1]))
        for program, wrong in ((HARBOR, moved), (HARBOR, cut), (VALLEY, item)):
            seen.append(failed(program, wrong, looks(one)))
    return seen


def failed(program, item, grant, opens=store.open_one) -> str:
    try:
        opens(grant=grant, program=program, item=item)
    except (DomainError, InvalidTag, InvalidUnwrap) as refusal:
        whole = traceback.TracebackException.from_exception(refusal, capture_locals=True)
        return "".join(whole.format()) + repr(refusal) + str(vars(refusal))
    raise AssertionError("it opened")


def test_six_hundred_failures_tell_no_key(caplog):
    caplog.set_level(logging.DEBUG)
    kept = arrivals(200)
    seen = failures(kept)
    keys = every_key(kept)
    assert (len(seen), len(keys)) == (600, 203)
    assert told_by("".join(seen) + caplog.text, keys) == []
    assert told_by(repr(bytes(keys[0])), keys) == [keys[0]]  # the search finds what is there


def test_not_even_from_inside_where_all_local_variables_are_kept():
    """Past the doors, which leave the frames behind."""
    (one,) = kept = arrivals(1)
    flipped = replace(one.item(), sealed=Sealed(1, 1, bytes(12), bytes(1024)))
    many = store.open_many.__wrapped__.__wrapped__  # type: ignore[attr-defined]

    def through_all(*, grant, program, item):
        return many(grant=grant, program=program, items=[item])

    seen = failed(HARBOR, flipped, looks(one), through_all)
    seen += failed(VALLEY, one.item(), looks(one), through_all)
    assert "unseal" in seen
    assert "unwrap" in seen
    assert "Secret(...)" in seen
    assert told_by(seen, every_key(kept)) == []


def test_nothing_printable_of_a_whole_life_tells_a_key(caplog):
    caplog.set_level(logging.DEBUG)
    kept = arrivals(3)
    said: list[object] = [*kept, *(one.sealed for one in kept), looks(*kept)]
    said += [rotation.rotate(at=AT), rotation.status(at=AT)]
    keys = every_key(kept)
    said += [rotation.rotate(at=AT + DAY), epochs.live(AT + DAY), epochs._held.values()]
    said += [*Key.objects.all(), *Epoch.objects.all(), *Mark.objects.all()]
    keys += every_key(kept)
    said += [erase(kept[0]), store.take_batch(program=HARBOR, at=AT, least=1)]
    text = "".join(f"{part} {part!r}" for part in said) + caplog.text
    assert told_by(text, keys) == []


def test_a_refused_press_shows_nothing_of_the_key_that_was_made_for_it():
    one = arrive()
    try:
        arrive(handle=one.handle)
    except DomainError as refusal:
        whole = traceback.TracebackException.from_exception(refusal, capture_locals=True)
        frames = [frame.name for frame in whole.stack]
        assert frames[-1] == "plainly"
    else:
        raise AssertionError("it was kept twice")


def test_keys_in_memory_are_of_the_kind_that_hides_itself():
    kept = arrivals(2)
    assert {type(key) for key in opening.keys_of(HARBOR, [one.handle for one in kept]).values()} == {Secret}
    assert {type(key) for key, _ in epochs._held.values()} == {Secret}
