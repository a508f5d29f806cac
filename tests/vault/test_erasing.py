"""Forgetting somebody: first over the key, then away with it, and what is counted with it or not at all."""

from typing import Any

import pytest
from django.db import connections

from tests.vault.processes import empty
from tests.vault.scene import AT, DAY, arrive, erase, open_name
from touchbase.vault import erasing, store
from touchbase.vault.errors import Unavailable
from touchbase.vault.models import Buried, Key, Pool

pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)


@pytest.fixture(autouse=True)
def ground(settings, tmp_path):
    empty(settings, tmp_path)


def test_a_key_is_written_over_before_its_row_goes():
    kept = arrive()
    was = bytes(Key.objects.get(handle=kept.handle).wrapped)
    left: list[Key] = []

    def looking(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("DELETE"):
            left.extend(Key.objects.filter(handle=kept.handle))
        return execute(sql, params, many, context)

    with connections["vault"].execute_wrapper(looking):
        store.destroy(handle=kept.handle, program=kept.program, counts=[], at=AT)

    row = left[0]
    assert (len(row.wrapped), row.dup_tag, row.dup_src) == (len(was), None, None)
    assert bytes(row.wrapped) != was
    assert not Key.objects.exists()


def test_who_cannot_be_counted_is_not_erased_either():
    kept = arrive()

    with pytest.raises(Unavailable):
        store.destroy(handle=kept.handle, program=kept.program, counts=[("source", None)], at=AT)  # type: ignore[list-item]

    assert open_name(kept) == kept.who.name
    assert (Buried.objects.exists(), Pool.objects.exists()) == (False, False)


def test_a_tombstone_lasts_through_its_second_day():
    erase(arrive())

    cleared = [erasing.clear_buried(AT + n * DAY) for n in (1, 2, 3, 3)]

    assert cleared == [0, 0, 1, 0]
