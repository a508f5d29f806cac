"""The door: what is sealed comes back to those who may, and everything else is one and the same no."""

from dataclasses import replace
from typing import get_type_hints

import pytest
from django.db import connections

from tests.canary import FINCH, WREN
from tests.vault.scene import (
    AT,
    DAY,
    HARBOR,
    VALLEY,
    arrivals,
    arrive,
    erase,
    looks,
    open_name,
    texts,
)  # fmt: skip
from touchbase.kernel.ids import new_id
from touchbase.vault import epochs, rotation, store
from touchbase.vault.errors import AlreadyThere, Gone, Refused, TooManyReveals
from touchbase.vault.grants import Grant, Reason
from touchbase.vault.models import Epoch, Key
from touchbase.vault.sealing import Purpose, Sealed
from touchbase.vault.store import Item

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def test_everything_sealed_at_the_start_opens_again():
    kept = arrive()
    items = [kept.item(purpose) for purpose in Purpose]
    opened = store.open_many(grant=looks(kept), program=HARBOR, items=items)
    assert opened == {(kept.handle, purpose): text for purpose, text in texts(FINCH).items()}


def test_the_first_referral_of_an_installation_begins_the_first_epoch():
    assert Epoch.objects.count() == 0
    arrivals(3)
    assert list(Epoch.objects.values_list("n", "state")) == [(1, "live")]
    # The end is a day after a half hour, so that it doesn't tell when the first person came.
    assert Epoch.objects.get().ends_at == AT.replace(minute=0) + DAY


def test_a_handle_has_one_key(django_assert_num_queries):
    kept = arrive()
    before = bytes(Key.objects.get().wrapped)
    with pytest.raises(AlreadyThere):
        arrive(handle=kept.handle, who=WREN)
    with pytest.raises(AlreadyThere):
        arrive(handle=kept.handle, program=VALLEY)
    assert bytes(Key.objects.get().wrapped) == before
    assert open_name(kept) == FINCH.name


def test_something_more_can_be_sealed_and_is_bound_to_its_version():
    kept = arrive()
    sealed = store.seal(handle=kept.handle, program=HARBOR, purpose=Purpose.COURSE, data=b"a step", version=4)
    item = Item(kept.handle, Purpose.COURSE, sealed, 4)
    assert store.open_one(grant=looks(kept), program=HARBOR, item=item) == b"a step"
    with pytest.raises(Refused):
        store.open_one(grant=looks(kept), program=HARBOR, item=replace(item, version=3))


def test_what_is_sealed_without_a_version_opens_without_one():
    kept = arrive()
    sealed = store.seal(handle=kept.handle, program=HARBOR, purpose=Purpose.COURSE, data=b"a step")
    item = Item(kept.handle, Purpose.COURSE, sealed)
    assert store.open_one(grant=looks(kept), program=HARBOR, item=item) == b"a step"


def changed(kept, other) -> dict[str, tuple[str, Item]]:
    """Everything an attacker with the database could do to one capsule."""
    item = kept.item()
    sealed = item.sealed
    flipped = bytes([sealed.blob[0] ^ 1]) + sealed.blob[1:]
    return {
        "from another referral": (HARBOR, replace(item, sealed=other.item().sealed)),
        "from another purpose": (HARBOR, replace(item, sealed=kept.sealed[Purpose.CONTACT])),
        "as another purpose": (HARBOR, replace(item, purpose=Purpose.CONTACT)),
        "in another program": (VALLEY, item),
        "of another version": (HARBOR, replace(item, version=1)),
        "cut": (HARBOR, replace(item, sealed=replace(sealed, blob=sealed.blob[:-1]))),
        "empty": (HARBOR, replace(item, sealed=Sealed(1, 1, b"", b""))),
        "flipped": (HARBOR, replace(item, sealed=replace(sealed, blob=flipped))),
        "with another nonce": (HARBOR, replace(item, sealed=replace(sealed, nonce=bytes(12)))),
        "of another kind": (HARBOR, replace(item, sealed=replace(sealed, alg=9))),
        "of another layout": (HARBOR, replace(item, sealed=replace(sealed, schema=9))),
    }


def test_whatever_was_done_to_it_the_answer_is_the_same():
    kept, other = arrivals(2)
    said = set()
    for program, item in changed(kept, other).values():
        with pytest.raises(Refused) as refused:
            store.open_one(grant=looks(kept, other), program=program, item=item)
        said.add((type(refused.value), str(refused.value), refused.value.code, refused.value.args))
    assert len(said) == 1
    with pytest.raises(Refused) as uncovered:
        store.open_one(grant=looks(other), program=HARBOR, item=kept.item())
    assert (str(uncovered.value), uncovered.value.args) == (said.copy().pop()[1], said.pop()[3])


@pytest.mark.parametrize("column", ["wrapped", "program", "handle", "epoch"])
def test_a_wrapped_key_that_was_moved_opens_nothing(column):
    kept, other = arrive(), arrive(program=VALLEY)
    rotation.rotate(at=AT + DAY)  # there are two epochs now
    row = Key.objects.get(handle=kept.handle)
    if column == "wrapped":
        wrapped = Key.objects.get(handle=other.handle).wrapped
        Key.objects.filter(pk=row.pk).update(wrapped=wrapped)
        moved = kept
    elif column == "program":
        Key.objects.filter(pk=row.pk).update(program=VALLEY)
        moved = replace(kept, program=VALLEY)
    elif column == "handle":
        Key.objects.filter(pk=row.pk).update(handle="x" * 26)
        moved = replace(kept, handle="x" * 26)
    else:
        Key.objects.filter(pk=row.pk).update(epoch_id=1)
        moved = kept
    with pytest.raises(Refused):
        open_name(moved)


def test_after_erasing_it_is_gone_for_everybody():
    kept, other = arrivals(2)
    assert erase(kept) is True
    with pytest.raises(Gone):
        open_name(kept)
    with pytest.raises(Gone):
        store.seal(handle=kept.handle, program=HARBOR, purpose=Purpose.COURSE, data=b"")
    with pytest.raises(Gone):
        store.link_token(grant=looks(kept, reason=Reason.SEND, role="clock"), program=HARBOR, n=1)
    assert open_name(other) == other.who.name


def test_of_many_one_that_is_gone_is_said_or_left_out():
    kept, gone = arrivals(2)
    erase(gone)
    grant, items = looks(kept, gone), [kept.item(), gone.item()]
    with pytest.raises(Gone):
        store.open_many(grant=grant, program=HARBOR, items=items)
    opened = store.open_many(grant=grant, program=HARBOR, items=items, leave_gone=True)
    assert opened == {(kept.handle, Purpose.IDENTITY): kept.who.name.encode()}


def test_without_a_grant_that_covers_it_nothing_is_even_looked_up(django_assert_num_queries):
    kept, other = arrivals(2)
    for grant in (looks(other), looks(kept, role="leader"), looks(kept, reason=Reason.CANARY)):
        with django_assert_num_queries(0, using="vault"), pytest.raises(Refused):
            store.open_many(grant=grant, program=HARBOR, items=[kept.item()])


@pytest.mark.parametrize("count", [0, 1, 30])
def test_any_number_opens_by_one_query(count, django_assert_num_queries):
    kept = arrivals(count)
    items = [one.item(purpose) for one in kept for purpose in Purpose]
    with django_assert_num_queries(min(count, 1), using="vault"):
        opened = store.open_many(grant=looks(*kept), program=HARBOR, items=items)
    assert len(opened) == count * 4


def test_a_referral_is_kept_by_one_read_and_one_write(django_assert_num_queries):
    arrive()
    with django_assert_num_queries(4, using="vault"):  # with two for the savepoint that stands for the commit
        arrive()


def test_a_coordinators_looks_at_names_are_counted():
    kept = arrivals(21)
    actor = new_id()
    for n, one in enumerate(kept):
        grant = Grant(actor, "coordinator", Reason.REVEAL, frozenset(Purpose), frozenset({one.handle}), AT)
        if n < 20:
            store.open_one(grant=grant, program=HARBOR, item=one.item())
        else:
            with pytest.raises(TooManyReveals):
                store.open_one(grant=grant, program=HARBOR, item=one.item())
            assert store.open_one(grant=replace(grant, confirmed=True), program=HARBOR, item=one.item())


def test_a_private_link_is_the_same_each_time_and_nobody_elses():
    kept, other = arrivals(2)
    made = [link(kept, 1), link(kept, 1), link(kept, 2), link(other, 1)]
    assert len(set(made)) == 3
    assert made[0] == made[1]
    rotation.rotate(at=AT + DAY)
    assert link(kept, 1) == made[0]


def link(kept, n: int) -> str:
    return store.link_token(grant=looks(kept, reason=Reason.SEND, role="clock"), program=HARBOR, n=n)


def test_a_link_is_made_for_one_referral_and_one_that_may_have_it():
    kept, other = arrivals(2)
    for grant in (looks(kept), looks(kept, other, reason=Reason.SEND, role="clock")):
        with pytest.raises(Refused):
            store.link_token(grant=grant, program=HARBOR, n=1)


def test_only_the_hash_of_a_link_needs_to_be_kept(django_assert_num_queries):
    with django_assert_num_queries(0, using="vault"):
        hashes = [store.token_hash(token) for token in ("abc", "abc", "abd", "\udcff")]
    assert (len(set(hashes)), {len(one) for one in hashes}) == (3, {64})


def test_the_same_contact_is_noticed_in_its_program_while_both_are_open():
    first, second, other = arrive(), arrive(), arrive(who=WREN)
    elsewhere = arrive(program=VALLEY)
    same = sorted([first.handle, second.handle])
    assert store.matching_handles(program=HARBOR, contact_tag=FINCH.email) == same
    assert store.matching_handles(program=HARBOR, contact_tag=WREN.email) == [other.handle]
    assert store.matching_handles(program=VALLEY, contact_tag=FINCH.email) == [elsewhere.handle]
    assert store.matching_handles(program=HARBOR, contact_tag="nobody") == []
    erase(first)
    assert store.matching_handles(program=HARBOR, contact_tag=FINCH.email) == [second.handle]


def test_the_same_contact_is_noticed_by_a_process_that_has_just_begun():
    """Then no epoch's key is at hand, and the provider is asked by the epoch's own name."""
    kept = arrive()
    epochs._held.clear()

    found = store.matching_handles(program=kept.program, contact_tag=kept.who.email)

    assert found == [kept.handle]


def test_it_is_noticed_across_epochs_also_when_one_was_not_carried_over_yet():
    first = arrive()
    rotation.rotate(at=AT + DAY)
    second = arrive(at=AT + DAY)
    assert store.matching_handles(program=HARBOR, contact_tag=FINCH.email) == sorted(
        [first.handle, second.handle]
    )
    epochs.open_next(AT + 2 * DAY)  # a rotation that was killed before it carried anything over
    third = arrive(at=AT + 2 * DAY)
    assert store.matching_handles(program=HARBOR, contact_tag=FINCH.email) == sorted(
        [first.handle, second.handle, third.handle]
    )


def test_a_tag_says_nothing_and_is_made_anew_each_epoch():
    arrive()
    before = Key.objects.get()
    rotation.rotate(at=AT + DAY)
    after = Key.objects.get()
    assert bytes(before.dup_tag or b"") != bytes(after.dup_tag or b"")
    assert bytes(before.dup_src or b"") == bytes(after.dup_src or b"")


def test_without_a_contact_there_is_no_tag():
    handle = new_id()
    store.create(program=HARBOR, handle=handle, capsules={}, contact_tag=None, at=AT)
    rotation.rotate(at=AT + DAY)
    row = Key.objects.get()
    assert (row.dup_tag, row.dup_src, row.epoch_id) == (None, None, 2)


def test_handles_of_one_program_or_all():
    here, there = arrive(), arrive(program=VALLEY)
    assert store.handles() == {here.handle, there.handle}
    assert store.handles(HARBOR) == {here.handle}
    assert store.handles(new_id()) == set()


def test_no_row_of_the_vault_holds_a_contact():
    arrive()
    with connections["vault"].cursor() as cursor:
        cursor.execute("SELECT * FROM vault_key")
        (row,) = cursor.fetchall()
    assert FINCH.email.encode() not in b"".join(bytes(v) for v in row if isinstance(v, bytes | memoryview))
    assert {type(value) for value in row} <= {str, int, bytes, memoryview, type(None)}


def test_no_door_gives_a_key_away():
    doors = [getattr(module, name) for module in (store, rotation) for name in module.__all__]
    given = {door.__name__: str(get_type_hints(door).get("return")) for door in doors}
    assert len(given) == len(doors)
    assert {name for name, kind in given.items() if "Secret" in kind or "Any" in kind} == set()
    # Bytes come out of two doors, and these are what was sealed.
    assert {name for name, kind in given.items() if "bytes" in kind} == {"open_many", "open_one"}
