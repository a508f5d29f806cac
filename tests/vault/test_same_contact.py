"""The same contact twice is noticed by its tag, without opening anything, in one query."""

from datetime import timedelta

import pytest

from tests.canary import FINCH, WREN
from tests.vault.scene import AT, HARBOR, VALLEY, arrive, erase
from touchbase.vault import rotation, store
from touchbase.vault.errors import Gone
from touchbase.vault.models import Key

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def groups() -> set[frozenset[str]]:
    return set(store.same_contact(program=HARBOR))


def test_those_who_share_a_contact_are_a_group_and_others_are_none(django_assert_num_queries):
    one, two = arrive(), arrive()
    arrive(who=WREN)
    arrive(program=VALLEY)
    with django_assert_num_queries(1, using="vault"):
        assert groups() == {frozenset({one.handle, two.handle})}


def test_it_is_noticed_after_a_rotation_and_not_after_erasing():
    one, two = arrive(), arrive()
    rotation.rotate(at=AT)
    assert groups() == {frozenset({one.handle, two.handle})}
    erase(two)
    assert groups() == set()


def test_by_another_contact_it_is_noticed_as_another_person():
    one, two = arrive(), arrive()
    store.retag(handle=two.handle, program=HARBOR, contact_tag="+12075550188")
    assert groups() == set()
    found = [
        store.matching_handles(program=HARBOR, contact_tag=each)
        for each in ("+12075550188", "nobody@example.org")
    ]
    assert found == [[two.handle], []]
    assert one.handle != two.handle


def test_the_new_tag_is_carried_by_the_next_rotation():
    kept = arrive()
    version = Key.objects.get().version
    store.retag(handle=kept.handle, program=HARBOR, contact_tag="+12075550188")
    assert Key.objects.get().version == version + 1
    rotation.rotate(at=AT + timedelta(days=1, hours=1))
    assert store.matching_handles(program=HARBOR, contact_tag="+12075550188") == [kept.handle]


@pytest.mark.parametrize("program", [HARBOR, VALLEY], ids=["gone", "of another program"])
def test_one_that_is_gone_or_of_another_program_gets_no_tag(program):
    kept = arrive(who=FINCH)
    if program == HARBOR:
        erase(kept)
    with pytest.raises(Gone):
        store.retag(handle=kept.handle, program=program, contact_tag="+12075550188")
