"""Planning, inviting, answering, ticking: who is trained from when."""

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from tests.factories.paths import NOON
from tests.factories.people import make_supporter
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.kernel.occasion import Kind, Way
from touchbase.matching.bars import NOT_TRAINED, bars, gate
from touchbase.matching.request import Rules, Wanted
from touchbase.notifications.models import Outgoing
from touchbase.supporters import training, trainings
from touchbase.supporters.models import Attendance, Supporter, Training
from touchbase.supporters.occasions import Said, Session, Teacher
from touchbase.supporters.queries import candidates
from touchbase.supporters.standing import Needs

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 11)
SESSION = Session(
    kind=Kind.TRAINING, way=Way.ON_SITE, day=TODAY, begins=time(17, 30), hours=Decimal(2), place="Room 2",
    seats=2, teacher=Teacher.FACULTY,
)  # fmt: skip
DAY = timedelta(days=1)


@pytest.fixture
def plan(here):
    """Plan a session; its key."""
    return lambda **changes: training.plan(
        program_id=here.id, session=replace(SESSION, **changes), by="dana", at=NOON
    )


@pytest.fixture
def tick(here):
    """Tick who was there."""
    return lambda key, *came, at=NOON: training.tick(
        training=key, program_id=here.id, came=came, by="dana", at=at
    )


@pytest.fixture
def noor(here) -> str:
    """Somebody who isn't trained yet: their membership."""
    return make_supporter(here, "Noor Hale", trained_month=None).member.supporter


def months(member: str):
    return Supporter.objects.values_list("trained_month", "refresher_month").get(membership=member)


# ---- inviting


def test_only_those_are_invited_who_need_what_the_session_gives(here, people, noor, plan):
    key = plan()
    assert not Outgoing.objects.exists()
    assert training.invite(training=key, program_id=here.id, by="dana", at=NOON) == 1
    assert list(Outgoing.objects.values_list("member", "template")) == [(noor, "training")]


def test_a_refresher_is_for_those_whose_training_runs_out(here, people, noor, plan):
    wren = make_supporter(here, "Wren Bly", trained_month=date(2020, 1, 1)).member.supporter
    key = plan(kind=Kind.REFRESHER)
    assert training.invite(training=key, program_id=here.id, by="dana", at=NOON) == 1
    assert Outgoing.objects.get().member_id == wren


def test_inviting_again_writes_only_to_who_joined_meanwhile(here, noor, plan):
    key = plan()
    training.invite(training=key, program_id=here.id, by="dana", at=NOON)
    make_supporter(here, "Wren Bly", trained_month=None)
    again = [training.invite(training=key, program_id=here.id, by="dana", at=NOON) for _time in range(2)]
    assert again == [1, 0]


def test_nobody_is_invited_to_a_day_that_has_passed(here, noor, plan):
    key = plan()
    with pytest.raises(DomainError, match="passed"):
        training.invite(training=key, program_id=here.id, by="dana", at=NOON + 2 * DAY)


# ---- answering


def answer(key, member, said=Said.COMING, today=TODAY):
    training.answer(training=key, membership=member, said=said, today=today)


def test_an_answer_can_be_changed_and_a_seat_becomes_free_again(here, people, noor, plan):
    key = plan(seats=1)
    robin = people.supporter.member.supporter
    answer(key, noor)
    with pytest.raises(DomainError, match="Every seat is taken"):
        answer(key, robin)
    answer(key, noor, Said.CANNOT)
    answer(key, robin)
    assert [(seat.name, seat.said) for seat in trainings.seats(key, here.id) if seat.said] == [
        ("Robin Vale", "coming"),
        ("Noor Hale", "cannot"),
    ]


def test_a_full_session_still_takes_no_for_an_answer_and_the_same_yes_twice(people, noor, plan):
    key = plan(seats=1)
    answer(key, noor)
    answer(key, noor)
    answer(key, people.supporter.member.supporter, Said.CANNOT)
    assert Attendance.objects.count() == 2


def test_nobody_answers_to_another_programs_session_or_to_a_day_that_has_passed(elsewhere, noor, plan):
    there = training.plan(program_id=elsewhere.id, session=SESSION, by="lee", at=NOON)
    with pytest.raises(NotFound):
        answer(there, noor)
    with pytest.raises(DomainError, match="passed"):
        answer(plan(), noor, today=TODAY + DAY)


# ---- changing


def change(here, key, at=NOON, **changes):
    session = replace(SESSION, day=TODAY + 2 * DAY, **changes)
    return training.change(training=key, program_id=here.id, session=session, by="dana", at=at)


@pytest.fixture
def ahead(here, people, noor, plan):
    """A session in two days, to which Noor was invited and says she comes; Robin comes, and Ari can't."""
    key = plan(day=TODAY + 2 * DAY)
    training.invite(training=key, program_id=here.id, by="dana", at=NOON)
    answer(key, noor)
    answer(key, people.supporter.member.supporter)
    answer(key, people.other_supporter.member.supporter, Said.CANNOT)
    Outgoing.objects.all().delete()
    return key


def told() -> set[tuple[str, str]]:
    return set(Outgoing.objects.values_list("member", "template"))


def test_another_hour_is_told_to_all_but_who_cant_and_they_say_anew_whether_they_come(
    here, people, noor, ahead
):
    assert change(here, ahead, begins=time(18)) == 2
    assert told() == {(noor, "waiting"), (people.supporter.member.supporter, "waiting")}
    assert dict(Attendance.objects.values_list("membership", "said"))[noor] == ""
    assert Training.objects.get().begins == time(18)


def test_another_place_is_told_and_who_comes_still_comes(here, noor, ahead):
    assert change(here, ahead, place="Room 3") == 2
    assert dict(Attendance.objects.values_list("membership", "said"))[noor] == "coming"


def test_what_changes_nothing_for_anybody_is_told_to_nobody(here, ahead):
    assert change(here, ahead, seats=9, hours=Decimal(3), teacher=Teacher.OUTSIDE) == 0
    assert Training.objects.values_list("seats", "hours", "teacher").get() == (9, Decimal(3), "outside")
    assert told() == set()


def test_what_it_counts_as_stays(here, ahead):
    change(here, ahead, kind=Kind.REFRESHER)
    assert Training.objects.get().kind == "training"


def test_no_seat_is_taken_away_from_who_comes(here, ahead):
    with pytest.raises(DomainError, match="Keep at least 2"):
        change(here, ahead, seats=1)
    assert change(here, ahead, seats=1, begins=time(18)) == 2  # at another time nobody has a seat yet


def test_on_its_day_a_session_stays_as_it_is(here, ahead):
    with pytest.raises(DomainError, match="day has come"):
        change(here, ahead, at=NOON + 2 * DAY)


def test_another_programs_session_cant_be_changed(elsewhere, ahead):
    with pytest.raises(NotFound):
        change(elsewhere, ahead)


# ---- ticking


def test_reaching_the_hours_makes_somebody_trained_and_offered(here, noor, plan, tick):
    tick(plan(), noor)
    assert (months(noor), trainings.learner(noor, TODAY).hours) == ((None, None), Decimal(2))
    assert barred(here, noor)
    tick(plan(), noor)
    assert (months(noor), trainings.learner(noor, TODAY).needs) == ((date(2026, 5, 1), None), Needs.NOTHING)
    assert not barred(here, noor)


def barred(here, member: str) -> bool:
    """Whether the matcher leaves somebody out for want of training."""
    pool = candidates(here.id, policy=here.policy, today=TODAY, open_now={})
    one = next(each for each in pool if each.key == member)
    return bool(bars(one, gate(Wanted(), Rules(), TODAY)) & NOT_TRAINED)


def test_a_tick_that_was_a_slip_is_taken_back(noor, plan, tick):
    key = plan(hours=Decimal(4))
    tick(key, noor)
    assert months(noor) == (date(2026, 5, 1), None)
    tick(key)
    assert (months(noor), Training.objects.get().came) == ((None, None), 0)


def test_a_refresher_moves_the_day_until_which_training_counts(here, plan, tick):
    wren = make_supporter(here, "Wren Bly", trained_month=date(2020, 1, 1)).member.supporter
    assert trainings.learner(wren, TODAY).needs is Needs.OVERDUE
    tick(plan(kind=Kind.REFRESHER), wren)
    assert months(wren) == (date(2020, 1, 1), date(2026, 5, 1))
    assert trainings.learner(wren, TODAY).needs is Needs.NOTHING


def test_nobody_is_ticked_before_the_day_and_nobody_of_another_program_at_all(elsewhere, noor, plan, tick):
    far = make_supporter(elsewhere, "Sam Far", trained_month=None).member.supporter
    assert (tick(plan(hours=Decimal(4)), far, "nobody"), months(far)) == (0, (None, None))
    with pytest.raises(DomainError, match="on the day"):
        tick(plan(day=TODAY + DAY), noor)


def test_a_session_somebody_was_at_stays(here, noor, plan, tick):
    key = plan()
    tick(key, noor)
    with pytest.raises(DomainError, match="Somebody was there"):
        training.cancel(training=key, program_id=here.id)
    tick(key)
    training.cancel(training=key, program_id=here.id)
    assert not Training.objects.exists()


def test_the_number_who_came_stays_when_they_leave(noor, plan, tick):
    tick(plan(), noor)
    Supporter.objects.get(membership=noor).membership.delete()
    assert (Attendance.objects.count(), Training.objects.get().came) == (0, 1)


def test_what_people_said_is_forgotten_a_month_after_and_hours_stay(people, noor, plan, tick):
    key = plan()
    tick(key, noor)
    answer(key, people.supporter.member.supporter, Said.CANNOT)
    training.clear_old(today=TODAY + 30 * DAY)
    assert Attendance.objects.count() == 2
    training.clear_old(today=TODAY + 31 * DAY)
    assert Attendance.objects.get().membership_id == noor


def test_pages_cost_the_same_for_three_supporters_and_for_thirty(here, noor, plan, django_assert_num_queries):
    key = plan()
    for number in range(30):
        with django_assert_num_queries(3):
            trainings.learners(here.id, TODAY)
        with django_assert_num_queries(2):
            trainings.seats(key, here.id)
        with django_assert_num_queries(2):
            trainings.sessions_for(noor, here.id)
        make_supporter(here, f"Wren {number}")
        key = plan()
