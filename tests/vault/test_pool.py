"""Counts leave the vault once a month, for eleven people at least, and the same ones as often as needed."""

from datetime import UTC, datetime

import pytest

from tests.vault.scene import AT, HARBOR, VALLEY, arrivals, arrive
from touchbase.kernel.ids import new_id
from touchbase.vault import store
from touchbase.vault.models import Pool, Taken

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

JANUARY, FEBRUARY = datetime(2026, 1, 31, 23, 59, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
PEOPLE = ("people", "people")


def erase_people(count: int, *counts: tuple[str, str], program: str = HARBOR) -> None:
    for _ in range(count):
        kept = arrive(program=program)
        store.destroy(handle=kept.handle, program=program, counts=counts, at=AT)


def test_what_is_counted_is_added_up_and_so_are_the_people():
    erase_people(2, ("source", "self"), ("mode", "phone"), ("mode", "phone"))
    erase_people(1, ("source", "colleague"))
    batch = store.take_batch(program=HARBOR, at=AT, least=3)
    assert batch is not None
    assert batch.counts == {
        PEOPLE: 3,
        ("source", "self"): 2,
        ("source", "colleague"): 1,
        ("mode", "phone"): 4,
    }


def test_a_person_is_one_person_whatever_is_counted_of_them():
    erase_people(1)
    erase_people(1, PEOPLE, PEOPLE)
    assert {(row.measure, row.n) for row in Pool.objects.all()} == {("people", 2)}


def test_somebody_who_was_never_there_is_not_counted():
    kept = arrive()
    assert store.destroy(handle=kept.handle, program=HARBOR, counts=[("a", "b")], at=AT) is True
    assert store.destroy(handle=kept.handle, program=HARBOR, counts=[("a", "b")], at=AT) is False
    assert store.destroy(handle=new_id(), program=HARBOR, counts=[("a", "b")], at=AT) is False
    elsewhere = arrive()
    assert store.destroy(handle=elsewhere.handle, program=VALLEY, counts=[("a", "b")], at=AT) is False
    assert {(row.measure, row.n) for row in Pool.objects.all()} == {("people", 1), ("a", 1)}
    assert elsewhere.handle in store.handles(HARBOR)


def test_ten_people_wait_and_eleven_go():
    erase_people(10, ("source", "self"))
    assert store.take_batch(program=HARBOR, at=AT) is None
    erase_people(1, ("source", "self"))
    batch = store.take_batch(program=HARBOR, at=AT)
    assert batch is not None
    assert batch.counts == {PEOPLE: 11, ("source", "self"): 11}


def test_who_comes_again_gets_the_same_until_it_is_dropped():
    erase_people(11)
    first = store.take_batch(program=HARBOR, at=AT)
    erase_people(3)
    assert store.take_batch(program=HARBOR, at=AT) == first
    assert first is not None
    store.drop_batch(batch=first.id)
    store.drop_batch(batch=first.id)
    assert store.take_batch(program=HARBOR, at=AT) is None
    assert [(row.batch, row.n) for row in Pool.objects.all()] == [("", 3)]


def test_dropping_nothing_drops_nothing():
    erase_people(3)
    store.drop_batch(batch="")
    store.drop_batch(batch=new_id())
    assert Pool.objects.get().n == 3


def test_a_batch_goes_once_a_month_at_most():
    for at, goes in ((JANUARY, True), (JANUARY, False), (FEBRUARY, True), (JANUARY, False)):
        erase_people(11)
        batch = store.take_batch(program=HARBOR, at=at)
        assert (batch is not None) is goes
        if batch:
            store.drop_batch(batch=batch.id)


def test_a_month_in_which_too_few_were_erased_is_not_used_up():
    erase_people(10)
    assert store.take_batch(program=HARBOR, at=JANUARY) is None
    erase_people(1)
    assert store.take_batch(program=HARBOR, at=JANUARY) is not None


def test_the_last_batch_of_a_program_goes_in_the_same_month_and_still_for_enough_people():
    erase_people(11)
    first = store.take_batch(program=HARBOR, at=JANUARY)
    assert first is not None
    store.drop_batch(batch=first.id)
    erase_people(10)
    assert store.take_batch(program=HARBOR, at=JANUARY, last=True) is None
    erase_people(1)
    assert store.take_batch(program=HARBOR, at=JANUARY) is None
    assert store.take_batch(program=HARBOR, at=JANUARY, last=True) is not None
    assert Taken.objects.get(program=HARBOR).month == "2026-01"


def test_a_talk_nobody_registered_counts_like_a_person_who_was():
    store.tally(program=HARBOR, counts=[("mode", "phone")])
    assert sorted(Pool.objects.values_list("program", "measure", "n")) == [
        (HARBOR, "mode", 1),
        (HARBOR, "people", 1),
    ]


def test_programs_have_pools_of_their_own():
    erase_people(11, ("source", "self"))
    erase_people(2, ("source", "self"), program=VALLEY)
    assert store.take_batch(program=VALLEY, at=AT) is None
    batch = store.take_batch(program=HARBOR, at=AT)
    assert batch is not None
    assert batch.counts[PEOPLE] == 11


def test_no_row_is_a_person():
    for kept in arrivals(12):
        store.destroy(handle=kept.handle, program=HARBOR, counts=[("source", "self")], at=AT)
    assert sorted(Pool.objects.values_list("measure", "n")) == [("people", 12), ("source", 12)]


# ------------------------------------------------------------------------------------- answers of nobody's


def answer(n: int, said: tuple[str, str] = ("feedback-help", "yes"), program: str = HARBOR) -> None:
    for _ in range(n):
        store.answer(program=program, said=said)


def test_ten_answers_wait_and_eleven_go_whichever_day_it_is():
    answer(10)
    assert store.take_answers(program=HARBOR) is None
    answer(1, ("feedback-reach", "some"))
    batch = store.take_answers(program=HARBOR)
    assert batch is not None
    assert batch.counts == {
        ("feedback", "feedback"): 11, ("feedback-help", "yes"): 10, ("feedback-reach", "some"): 1,
    }  # fmt: skip
    assert store.take_answers(program=HARBOR) == batch
    store.drop_batch(batch=batch.id)
    answer(11)
    again = store.take_answers(program=HARBOR)
    assert again is not None
    assert again.counts[("feedback", "feedback")] == 11


def test_answers_and_people_never_make_each_other_enough():
    erase_people(10, ("source", "self"))
    answer(10)
    assert store.take_batch(program=HARBOR, at=AT) is None
    assert store.take_answers(program=HARBOR) is None
    erase_people(1, ("source", "self"))
    people = store.take_batch(program=HARBOR, at=AT)
    assert people is not None
    assert people.counts == {PEOPLE: 11, ("source", "self"): 11}


def test_a_batch_that_was_taken_comes_first_whichever_is_asked_for():
    answer(11)
    answers = store.take_answers(program=HARBOR)
    erase_people(11)
    assert store.take_batch(program=HARBOR, at=AT) == answers
    assert answers is not None
    store.drop_batch(batch=answers.id)
    people = store.take_batch(program=HARBOR, at=AT)
    assert people is not None
    assert people.counts == {PEOPLE: 11}


def test_of_a_program_that_ended_few_answers_go_without_a_word_of_people():
    answer(3)
    answer(3, program=VALLEY)
    assert store.drop_rest(program=HARBOR) is False
    assert set(Pool.objects.values_list("program", flat=True)) == {VALLEY}


def test_of_a_program_that_ended_few_people_go_and_what_was_taken_waits():
    erase_people(11, ("source", "self"))
    taken = store.take_batch(program=HARBOR, at=AT)
    erase_people(1)
    erase_people(2, program=VALLEY)
    assert store.drop_rest(program=HARBOR) is True
    assert store.drop_rest(program=HARBOR) is False
    assert store.take_batch(program=HARBOR, at=AT) == taken
    assert Pool.objects.get(program=VALLEY).n == 2


def test_a_program_that_begins_again_waits_for_no_month():
    erase_people(11)
    first = store.take_batch(program=HARBOR, at=JANUARY)
    assert first is not None
    store.drop_batch(batch=first.id)
    store.drop_rest(program=HARBOR)
    erase_people(11)
    assert store.take_batch(program=HARBOR, at=JANUARY) is not None
