"""Two stores and one number: whoever goes on with it, nothing is taken for a copy that isn't one."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from tests.factories.paths import NOON
from tests.factories.walking import Walk
from tests.vault.scene import arrivals
from touchbase.notifications.models import Outgoing
from touchbase.ops.management.commands.serve import make_ready
from touchbase.referrals import restoring
from touchbase.referrals.models import Witness
from touchbase.referrals.restoring import Apart
from touchbase.vault import generations, store, trial
from touchbase.vault.errors import Refused
from touchbase.vault.generations import PutBack
from touchbase.vault.models import Epoch

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
AT = datetime(2026, 3, 2, 9, 17, tzinfo=UTC)


def test_a_step_of_another_process_between_two_looks_is_no_difference():
    restoring.keep_pace(AT)
    steps = [generations.advance]

    def meanwhile(execute: Any, query: str, values: Any, many: bool, context: Any) -> Any:
        if "referrals_witness" in query and steps:
            steps.pop()(at=AT)
        return execute(query, values, many, context)

    with connection.execute_wrapper(meanwhile):
        assert restoring.apart() is Apart.TOGETHER
    assert steps == []


def test_who_is_behind_another_does_not_take_the_number_back():
    restoring.keep_pace(AT)
    Witness.objects.update(generation=99)
    restoring.keep_pace(AT)
    assert Witness.objects.get().generation == 99


def test_confirming_what_goes_together_changes_nothing():
    restoring.keep_pace(AT)
    before = generations.stamp()
    assert restoring.confirm(AT).together
    assert generations.stamp() == before


@pytest.mark.parametrize(
    ("what", "stays"), [(PutBack.DATABASE, False), (PutBack.BOTH, False), (PutBack.VAULT, True)]
)
def test_what_waited_to_be_sent_in_a_copy_of_the_database_is_never_sent(
    walk: Walk, what: PutBack, stays: bool
):
    """It may have been sent since; of a database that nobody put back what waits still waits."""
    walk.matched()
    restoring.keep_pace(NOON)
    waited = Outgoing.objects.count()
    assert waited > 0
    generations.note_put_back(what=what, at=NOON)
    restoring.confirm(NOON)
    assert Outgoing.objects.count() == (waited if stays else 0)


def test_destroying_again_whoever_is_not_there_does_nothing():
    (one,) = arrivals(1)
    assert store.destroy_again(handle=one.handle, at=AT)
    assert not store.destroy_again(handle=one.handle, at=AT)


def test_a_canary_that_was_cut_off_is_refused():
    epoch, _sealed = generations.seal_canary(at=AT)
    with pytest.raises(Refused):
        generations.open_canary(epoch=epoch, sealed=b"")


def test_a_copy_whose_canary_was_changed_is_no_good(settings):
    epoch, sealed = generations.seal_canary(at=AT)
    rows = list(Epoch.objects.values_list("n", "provider_ref", "wrapped_ek"))
    copy = {"folder": settings.VAULT_DIR, "epochs": rows, "rows": []}
    assert trial.try_copy(**copy, canary=(epoch, sealed)).ok
    assert not trial.try_copy(**copy, canary=(epoch, sealed[:-1] + bytes([sealed[-1] ^ 1]))).ok


def test_a_server_that_starts_on_stores_that_do_not_go_together_destroys_nothing(monkeypatch):
    generations.note_put_back(what=PutBack.BOTH, at=AT)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)  # the test's own
    make_ready()
    assert not Epoch.objects.exists()
