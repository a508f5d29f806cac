from datetime import date

import pytest

from tests.factories.programs import make_program, policy_text
from touchbase.supporters import slots

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

WEDNESDAY = date(2026, 5, 13)
SATURDAY = date(2026, 5, 16)
MEMORIAL_DAY = date(2026, 5, 25)


def policy(lines: str):
    return make_program(policy_text(roster=lines)).policy


@pytest.fixture
def by_days():
    return policy('kept = "days"\nahead_weeks = 2')


@pytest.fixture
def by_weeks():
    return policy('kept = "weeks"\nahead_weeks = 2')


def test_a_week_begins_on_monday_and_a_day_is_itself(by_days, by_weeks):
    assert slots.start(WEDNESDAY, by_weeks) == date(2026, 5, 11)
    assert slots.start(WEDNESDAY, by_days) == WEDNESDAY
    assert (slots.slot(WEDNESDAY, by_weeks).last, slots.slot(WEDNESDAY, by_days).last) == (
        date(2026, 5, 17),
        WEDNESDAY,
    )


def test_days_off_and_weeks_with_a_holiday_are_the_heavy_ones(by_days, by_weeks):
    heavy = {day: slots.slot(day, by_days).heavy for day in (WEDNESDAY, SATURDAY, MEMORIAL_DAY)}
    assert heavy == {WEDNESDAY: False, SATURDAY: True, MEMORIAL_DAY: True}
    assert [slots.slot(day, by_weeks).heavy for day in (WEDNESDAY, MEMORIAL_DAY)] == [False, True]


def test_a_day_off_takes_the_parts_of_the_week_that_are_days_off():
    text = policy_text(roster='kept = "days"')
    off = '[[contact.times]]\nkey = "weekends"\nlabel = "Weekends"\n'
    weekends = make_program(text.replace("[[contact.times]]", f"{off}\n[[contact.times]]", 1)).policy
    assert slots.slot(SATURDAY, weekends).parts == {"weekends"}
    assert slots.slot(WEDNESDAY, weekends).parts == {"mornings", "evenings"}


def test_a_program_that_offers_no_days_off_does_not_tell_days_apart(by_days):
    assert slots.slot(SATURDAY, by_days).parts == slots.slot(WEDNESDAY, by_days).parts == frozenset()


def test_a_week_takes_no_part_of_itself(by_weeks):
    assert slots.slot(WEDNESDAY, by_weeks).parts == frozenset()


def test_slots_follow_each_other_without_a_hole(by_days, by_weeks):
    days = list(slots.slots(WEDNESDAY, slots.end(WEDNESDAY, by_days), by_days))
    weeks = list(slots.slots(WEDNESDAY, slots.end(WEDNESDAY, by_weeks), by_weeks))
    assert (len(days), days[0].first, days[-1].last) == (14, WEDNESDAY, date(2026, 5, 26))
    assert [week.first.day for week in weeks] == [11, 18]
    assert slots.end(WEDNESDAY, by_weeks) == weeks[-1].last


def test_the_rules_are_those_of_the_file():
    made = slots.rules(policy('kept = "weeks"\nsecond = true\nmost_a_year = 5\napart_days = 20'))
    assert (made.second, made.most, made.apart) == (True, 5, 20)
