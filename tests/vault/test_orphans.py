"""A key that no referral has goes after an hour; one that has a referral again never does."""

from datetime import timedelta

import pytest

from tests.vault.scene import AT, HOUR, arrivals, open_name
from touchbase.vault import store
from touchbase.vault.errors import Gone
from touchbase.vault.models import Buried, Key, Pool

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def kept():
    return arrivals(3)


def test_what_has_a_referral_is_no_orphan(kept):
    known = {one.handle for one in kept}
    assert store.mark_orphans(known=known, at=AT) == 0
    assert store.destroy_orphans(known=known, at=AT + 9 * HOUR) == 0
    assert Key.objects.filter(orphan_since=None).count() == 3


def test_an_orphan_goes_after_its_time(kept):
    known = {one.handle for one in kept[:2]}
    assert store.mark_orphans(known=known, at=AT) == 1
    assert store.destroy_orphans(known=known, at=AT + HOUR / 2) == 0
    assert store.destroy_orphans(known=known, at=AT + HOUR) == 1
    with pytest.raises(Gone):
        open_name(kept[2])
    assert store.handles() == known
    assert Buried.objects.get().handle == kept[2].handle


def test_when_it_was_first_seen_is_rounded_and_stays(kept):
    store.mark_orphans(known=set(), at=AT)
    store.mark_orphans(known=set(), at=AT + 5 * HOUR)
    assert set(Key.objects.values_list("orphan_since", flat=True)) == {AT.replace(minute=0)}


def test_nobody_is_counted_for_it(kept):
    store.mark_orphans(known=set(), at=AT)
    assert store.destroy_orphans(known=set(), at=AT + HOUR) == 3
    assert Pool.objects.count() == 0


def test_one_whose_referral_came_after_all_is_left_alone(kept):
    """Marked between the two commits of an arrival that was only slow."""
    known = {one.handle for one in kept}
    store.mark_orphans(known=set(), at=AT)
    assert store.destroy_orphans(known=known, at=AT + HOUR) == 0
    assert store.mark_orphans(known=known, at=AT + HOUR) == 0
    assert Key.objects.filter(orphan_since=None).count() == 3
    store.mark_orphans(known=set(), at=AT + HOUR)
    assert store.destroy_orphans(known=set(), at=AT + HOUR + timedelta(minutes=30)) == 0


def test_looking_changes_nothing_that_needs_no_change(kept, django_assert_num_queries):
    known = {one.handle for one in kept[:2]}
    store.mark_orphans(known=known, at=AT)
    with django_assert_num_queries(1, using="vault"):
        assert store.mark_orphans(known=known, at=AT + HOUR) == 1


def test_how_long_can_be_said(kept):
    store.mark_orphans(known=set(), at=AT)
    assert store.destroy_orphans(known=set(), at=AT, older_than=2 * HOUR) == 0
    assert store.destroy_orphans(known=set(), at=AT + 2 * HOUR, older_than=2 * HOUR) == 3
