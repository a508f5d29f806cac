"""Twenty people an hour for one account; then it is asked, never stopped."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.vault.scene import AT, HOUR
from touchbase.kernel.ids import new_id
from touchbase.vault import reveals
from touchbase.vault.errors import TooManyReveals
from touchbase.vault.grants import Grant, Reason
from touchbase.vault.sealing import Purpose


@pytest.fixture
def actor():
    return new_id()


def look(actor: str, *handles: str, at=AT, reason: Reason = Reason.REVEAL, confirmed: bool = False) -> None:
    grant = Grant(actor, "coordinator", reason, frozenset(Purpose), frozenset(handles), at, confirmed)
    reveals.count(grant)


def test_the_twenty_first_person_within_an_hour_asks(actor):
    for n in range(20):
        look(actor, str(n), at=AT + timedelta(minutes=2 * n))
    with pytest.raises(TooManyReveals) as asked:
        look(actor, "20", at=AT + timedelta(minutes=59))
    assert asked.value.code == "too-many-reveals"


def test_who_was_asked_and_confirms_goes_on_and_is_asked_again_for_the_next(actor):
    look(actor, *(str(n) for n in range(20)))
    look(actor, "20", confirmed=True)
    with pytest.raises(TooManyReveals):
        look(actor, "21")


def test_a_look_that_was_not_confirmed_does_not_count(actor):
    look(actor, *(str(n) for n in range(20)))
    for _ in range(3):
        with pytest.raises(TooManyReveals):
            look(actor, "20")
    look(actor, "20", at=AT + HOUR)
    assert len(reveals._looked[actor]) == 1


def test_the_same_person_again_is_no_new_one(actor):
    look(actor, *(str(n) for n in range(20)))
    look(actor, "0", "7")
    assert len(reveals._looked[actor]) == 20


def test_the_same_person_again_is_no_new_one_for_whoever_has_confirmed_more(actor):
    look(actor, *(str(n) for n in range(20)))
    look(actor, "20", confirmed=True)
    look(actor, "20")
    assert len(reveals._looked[actor]) == 21


def test_twenty_one_at_once_ask_as_well(actor):
    with pytest.raises(TooManyReveals):
        look(actor, *(str(n) for n in range(21)))


def test_after_an_hour_it_begins_anew(actor):
    look(actor, *(str(n) for n in range(20)))
    with pytest.raises(TooManyReveals):
        look(actor, "20", at=AT + HOUR - timedelta(seconds=1))
    look(actor, *(str(n) for n in range(20, 40)), at=AT + HOUR)
    assert len(reveals._looked[actor]) == 20


def test_another_account_has_its_own_count(actor):
    look(actor, *(str(n) for n in range(20)))
    look(new_id(), "20")
    with pytest.raises(TooManyReveals):
        look(actor, "20")


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.REVEAL])
def test_only_names_after_a_match_are_counted(actor, reason):
    look(actor, *(str(n) for n in range(200)), reason=reason)
    assert actor not in reveals._looked


def test_a_confirmed_grant_is_otherwise_the_same(actor):
    plain = Grant(actor, "coordinator", Reason.REVEAL, frozenset(), frozenset({"h"}), AT)
    assert replace(plain, confirmed=True) != plain
