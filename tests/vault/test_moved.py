"""Whoever can write both stores moves, cuts and flips what is sealed: the door gives one and the same no.

That no is one class, code and sentence, without cause or context: it doesn't tell what was wrong.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.canary import FINCH
from tests.vault.scene import AT, DAY, HARBOR, VALLEY, Kept, arrive, erase, looks, open_name
from touchbase.vault import epochs, rotation, store
from touchbase.vault.errors import Gone, Refused
from touchbase.vault.grants import Reason
from touchbase.vault.models import Epoch, Key
from touchbase.vault.sealing import Purpose, Sealed
from touchbase.vault.store import Item

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

Said = tuple[object, ...]
NO: Said = (
    Refused, "vault-refused", "This can’t be opened from here. Please go back and try again.", None, None,
)  # fmt: skip


def said(act: Callable[[], object]) -> Said:
    """What the door says, all of it."""
    with pytest.raises(Refused) as refused:
        act()
    no = refused.value
    return type(no), no.code, str(no), no.__cause__, no.__context__


def opens(item: Item, *, program: str = HARBOR) -> Callable[[], object]:
    grant = looks(Kept(program, item.handle, FINCH, {}))
    return lambda: store.open_one(grant=grant, program=program, item=item)


def blobs(sealed: Sealed) -> Iterator[bytes]:
    """Cut at each kind of length, made longer, and flipped in each part: length, text, padding, tag."""
    whole = sealed.blob
    for length in (0, 1, 3, 4, 15, 16, 17, 20, len(whole) // 2, len(whole) - 16, len(whole) - 1):
        yield whole[:length]
        yield whole[len(whole) - length :]
    yield whole + b"\0"
    yield whole + whole
    yield whole + bytes(1024)
    for place in (0, 3, 4, 12, 40, 512, len(whole) - 17, len(whole) - 16, len(whole) - 8, len(whole) - 1):
        yield whole[:place] + bytes([whole[place] ^ 0x80]) + whole[place + 1 :]
    yield whole[1:] + whole[:1]
    yield bytes(len(whole))


def nonces(sealed: Sealed) -> Iterator[bytes]:
    """Cut at every length, made longer, and flipped in every byte."""
    nonce = sealed.nonce
    yield from (nonce[:length] for length in range(len(nonce)))
    yield nonce + b"\0"
    for place in range(len(nonce)):
        yield nonce[:place] + bytes([nonce[place] ^ 1]) + nonce[place + 1 :]


def test_a_capsule_cut_or_flipped_anywhere_is_refused_in_the_same_words():
    kept = arrive()
    item = kept.item()
    changed = [
        *(replace(item.sealed, blob=blob) for blob in blobs(item.sealed)),
        *(replace(item.sealed, nonce=nonce) for nonce in nonces(item.sealed)),
        *(replace(item.sealed, schema=schema) for schema in (-1, 0, 2, 2**31)),
        *(replace(item.sealed, alg=alg) for alg in (-1, 0, 2, 2**31)),
    ]
    assert {said(opens(replace(item, sealed=each))) for each in changed} == {NO}
    assert open_name(kept) == kept.who.name


def test_a_capsule_moved_to_any_other_place_is_refused_in_the_same_words():
    """To another referral of the same person, too, and to one of another program or epoch."""
    kept, twin, there = arrive(), arrive(), arrive(program=VALLEY)
    rotation.rotate(at=AT + DAY)
    epochs.open_next(AT + 2 * DAY)
    later = arrive(at=AT + 2 * DAY)
    assert len(set(Key.objects.values_list("epoch_id", flat=True))) == 2
    for frm in (kept, twin, there, later):
        for purpose in Purpose:
            capsule = frm.sealed[purpose]
            moved = [
                opens(Item(to.handle, at, capsule, version), program=to.program)
                for to in (kept, twin, there, later)
                for at in Purpose
                for version in (0, 1)
                if (to, at, version) != (frm, purpose, 0)
            ]
            assert len(moved) == 31
            assert {said(each) for each in moved} == {NO}


def test_a_capsule_in_the_right_place_opens_in_every_epoch_its_referral_lives_to():
    """Else the no of a moved one could come from a rotation."""
    kept = arrive()
    for day in range(1, 4):
        assert rotation.rotate(at=AT + day * DAY).live_epoch == day + 1
        assert open_name(kept) == kept.who.name


def wrapped_keys(kept: Kept, twin: Kept, there: Kept, old: bytes) -> Iterator[bytes]:
    """What could be written where a wrapped key is."""
    row = Key.objects.get(handle=kept.handle)
    whole = bytes(row.wrapped)
    yield from (whole[:length] for length in range(len(whole)))
    yield whole + bytes(8)
    for place in range(len(whole)):
        yield whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
    yield bytes(40)
    yield old  # its own, of the epoch before
    yield from (bytes(Key.objects.get(handle=one.handle).wrapped) for one in (twin, there))
    yield bytes(row.dup_src or b"")
    yield bytes(Epoch.objects.get(n=row.epoch_id).wrapped_ek or b"")


def test_a_wrapped_key_cut_flipped_or_moved_is_refused_in_the_same_words_at_every_door():
    kept, twin, there = arrive(), arrive(), arrive(program=VALLEY)
    old = bytes(Key.objects.get(handle=kept.handle).wrapped)
    rotation.rotate(at=AT + DAY)
    right = bytes(Key.objects.get(handle=kept.handle).wrapped)
    mail = looks(kept, reason=Reason.SEND, role="clock")
    doors: list[Callable[[], object]] = [
        lambda: open_name(kept),
        lambda: store.seal(handle=kept.handle, program=HARBOR, purpose=Purpose.COURSE, data=b"x"),
        lambda: store.link_token(grant=mail, program=HARBOR, n=1),
        lambda: store.retag(handle=kept.handle, program=HARBOR, contact_tag="+15035550199"),
    ]
    for wrapped in list(wrapped_keys(kept, twin, there, old)):
        Key.objects.filter(handle=kept.handle).update(wrapped=wrapped)
        assert {said(each) for each in doors} == {NO}
    Key.objects.filter(handle=kept.handle).update(wrapped=right)
    assert open_name(kept) == kept.who.name


@pytest.mark.parametrize("to", ["epoch", "program", "handle"])
def test_a_row_said_to_be_of_another_epoch_program_or_referral_is_refused_in_the_same_words(to):
    kept, there = arrive(), arrive(program=VALLEY)
    rotation.rotate(at=AT + DAY)
    handle = "0" * 26 if to == "handle" else kept.handle
    rows = Key.objects.filter(handle=kept.handle)
    written: dict[str, dict[str, Any]] = {
        "epoch": {"epoch_id": 1}, "program": {"program": VALLEY}, "handle": {"handle": handle},
    }  # fmt: skip
    rows.update(**written[to])
    program = VALLEY if to == "program" else HARBOR
    item = replace(kept.item(), handle=handle)
    assert said(opens(item, program=program)) == NO
    assert open_name(there) == there.who.name


def sources(kept: Kept, twin: Kept, there: Kept) -> Iterator[bytes]:
    """What could be written where a contact's sealed fingerprint is."""
    whole = bytes(Key.objects.get(handle=kept.handle).dup_src or b"")
    yield from (whole[:length] for length in range(len(whole)))
    yield whole + b"\0"
    for place in (0, 11, 12, 30, 43, 44, 59):
        yield whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
    yield from (bytes(Key.objects.get(handle=one.handle).dup_src or b"") for one in (twin, there))
    capsule = kept.sealed[Purpose.CONTACT]
    yield capsule.nonce + capsule.blob


def test_a_fingerprint_cut_flipped_or_moved_makes_no_tag_and_its_row_stays_where_it_is():
    """It opens nothing, and nobody is told apart or together by it; the person's own page still opens."""
    kept, twin, there = arrive(), arrive(), arrive(program=VALLEY)
    before = Key.objects.get(handle=kept.handle)
    changed = list(sources(kept, twin, there))
    assert len(changed) == 71
    for n, source in enumerate(changed, 1):
        Key.objects.filter(handle=kept.handle).update(dup_src=source)
        assert rotation.rotate(at=AT + n * DAY, early=True).left == 1
        after = Key.objects.get(handle=kept.handle)
        assert (after.epoch_id, bytes(after.dup_tag or b"")) == (1, bytes(before.dup_tag or b""))
    assert open_name(kept) == kept.who.name
    Key.objects.filter(handle=kept.handle).update(dup_src=before.dup_src)
    assert rotation.rotate(at=AT + 100 * DAY).left == 0
    same = store.matching_handles(program=HARBOR, contact_tag=kept.who.email)
    assert same == sorted([kept.handle, twin.handle])


def test_a_link_is_of_one_referral_program_and_number_and_of_every_epoch():
    kept, twin, there = arrive(), arrive(), arrive(program=VALLEY)

    def link(one: Kept, n: int = 1, *, program: str = "") -> str:
        grant = looks(one, reason=Reason.SEND, role="clock")
        return store.link_token(grant=grant, program=program or one.program, n=n)

    links = [link(kept), link(twin), link(there), link(kept, 2), link(kept, 11), link(twin, 2)]
    assert len(set(links)) == 6
    rotation.rotate(at=AT + DAY)
    assert [link(kept), link(twin), link(there)] == links[:3]
    assert {said(lambda: link(kept, program=VALLEY)), said(lambda: link(there, program=HARBOR))} == {NO}
    erase(kept)
    with pytest.raises(Gone):
        link(kept)


def test_what_is_gone_says_gone_whatever_was_done_to_it():
    """And says no more than that: an erased one and one that never was are the same."""
    kept, never = arrive(), arrive()
    erase(kept)
    Key.objects.filter(handle=never.handle).delete()
    heard = set()
    for one in (kept, never):
        for sealed in (one.sealed[Purpose.IDENTITY], Sealed(9, 9, b"", b"")):
            with pytest.raises(Gone) as gone:
                opens(replace(one.item(), sealed=sealed))()
            heard.add((str(gone.value), gone.value.code, gone.value.__cause__, gone.value.__context__))
    assert heard == {("This was erased. There is nothing left to read.", "gone", None, None)}
