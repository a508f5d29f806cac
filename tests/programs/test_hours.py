"""A program's days and hours: holidays, nights, and the same time on another day."""

import tomllib
from datetime import UTC, date, time, timedelta
from itertools import islice, pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from holidays import country_holidays
from hypothesis import example, given
from hypothesis import strategies as st

from tests.programs.days import NEW_YORK, local, moments, policies, policy_of, zones
from touchbase.programs import hours


def test_the_days_off_of_a_year_are_its_public_holidays_with_the_observed_ones():
    found = hours.holidays_of(policy_of(region="MA"), 2027)

    assert date(2027, 4, 19) in found  # Patriots' Day, kept in Massachusetts
    assert {date(2027, 7, 4), date(2027, 7, 5)} <= found  # a Sunday, and the Monday on which it is kept
    assert date(2027, 7, 6) not in found


def test_a_new_years_day_on_a_saturday_is_kept_in_the_year_before():
    assert date(2027, 12, 31) in hours.holidays_of(policy_of(), 2027)
    assert all(day.year == 2028 for day in hours.holidays_of(policy_of(), 2028))


def test_a_program_adds_its_own_days_off_and_takes_public_ones_away():
    ours = policy_of(clock="holidays = [2026-05-14, 2027-05-14]\nnot_holidays = [2026-11-11]")

    plain, changed = hours.holidays_of(policy_of(), 2026), hours.holidays_of(ours, 2026)

    assert changed == (plain | {date(2026, 5, 14)}) - {date(2026, 11, 11)}
    assert date(2026, 11, 11) in plain


def test_a_region_the_calendar_does_not_know_leaves_the_countrys_days():
    known = policy_of()
    unknown = known.model_copy(update={"program": known.program.model_copy(update={"region": "QQ"})})

    assert hours.holidays_of(unknown, 2026) == hours.holidays_of(known, 2026)


def test_a_country_the_calendar_does_not_know_leaves_the_programs_own_days():
    known = policy_of(clock="holidays = [2026-05-14]")
    unknown = known.model_copy(update={"program": known.program.model_copy(update={"country": "ZZ"})})

    assert hours.holidays_of(unknown, 2026) == {date(2026, 5, 14)}


@pytest.mark.parametrize(
    ("day", "off"),
    [
        (date(2026, 5, 14), False),  # a Thursday
        (date(2026, 5, 16), True),  # a Saturday
        (date(2026, 5, 17), True),
        (date(2026, 5, 25), True),  # Memorial Day
    ],
)
def test_weekends_and_holidays_are_days_off(day, off):
    assert hours.is_day_off(day, policy_of()) is off


def test_a_program_says_which_days_are_its_weekend():
    fridays = policy_of(clock='weekend = ["fri"]')

    days = [day for day in range(11, 18) if hours.is_day_off(date(2026, 5, day), fridays)]

    assert days == [15]


def test_an_hour_that_spring_skips_moves_forward():
    assert hours.on_the_wall(date(2026, 3, 8), time(2, 30), NEW_YORK) == local(2026, 3, 8, 3, 30)


def test_an_hour_that_autumn_repeats_means_its_first_time():
    assert hours.on_the_wall(date(2026, 11, 1), time(1, 30), NEW_YORK) == local(2026, 11, 1, 1, 30)


@given(moments, st.integers(-40, 200), zones)
def test_days_after_shows_the_same_time_of_day_or_one_moved_out_of_a_skipped_hour(at, days, zone):
    after = hours.days_after(at, days, zone)
    before, then = at.astimezone(zone), after.astimezone(zone)

    assert after.tzinfo is UTC
    wanted = before.replace(tzinfo=None) + timedelta(days=days)
    moved = then.replace(tzinfo=None) - wanted
    if moved:  # only where the wanted hour doesn't exist
        assert timedelta(0) < moved <= timedelta(hours=1)
        assert wanted.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wanted


@given(moments, zones)
@example(local(2026, 11, 1, 1, 30, fold=1), NEW_YORK)
def test_no_days_after_is_the_same_moment_even_in_a_repeated_hour(at, zone):
    assert hours.days_after(at, 0, zone) == at


def test_the_second_time_of_a_repeated_hour_does_not_leak_into_another_day():
    second = local(2026, 11, 1, 1, 30, fold=1)

    assert hours.days_after(second, 1, NEW_YORK) == local(2026, 11, 2, 1, 30)
    assert hours.days_after(second, -1, NEW_YORK) == local(2026, 10, 31, 1, 30)


def test_the_second_time_of_a_repeated_hour_still_moves_forward_out_of_a_skipped_one():
    casablanca = ZoneInfo("Africa/Casablanca")
    repeated = local(2027, 2, 7, 2, 30, zone=casablanca, fold=1)
    assert repeated - local(2027, 2, 7, 2, 30, zone=casablanca) == timedelta(hours=1)

    after = hours.days_after(repeated, 35, casablanca)

    assert after == local(2027, 3, 14, 3, 30, zone=casablanca)


def test_the_waking_hours_of_a_day_are_the_policys():
    begins, ends = hours.waking(date(2026, 5, 14), policy_of())

    assert (begins, ends) == (local(2026, 5, 14, 7), local(2026, 5, 14, 21))


def test_waking_hours_that_spring_skips_altogether_are_none_and_never_negative():
    skipped = policy_of(clock='hours = "02:15-03:05"')

    begins, ends = hours.waking(date(2026, 3, 8), skipped)

    assert begins == ends == local(2026, 3, 8, 3, 15)


@given(moments, policies)
def test_waking_hours_follow_each_other_and_never_reach_back(at, policy):
    spans = list(islice(hours.waking_since(at, policy), 4))

    assert all(begins < ends for begins, ends in spans)
    assert all(left[1] < right[0] for left, right in pairwise(spans))
    assert spans[0][0] >= at
    assert spans[0][0] == at or spans[0][0].astimezone(policy.zone).time() == policy.clock.wakes


@pytest.mark.parametrize(
    ("at", "sent"),
    [
        (local(2026, 5, 14, 7), local(2026, 5, 14, 7)),
        (local(2026, 5, 14, 20, 59), local(2026, 5, 14, 20, 59)),
        (local(2026, 5, 14, 21), local(2026, 5, 15, 7)),
        (local(2026, 5, 14, 3), local(2026, 5, 14, 7)),
        (local(2026, 10, 31, 23), local(2026, 11, 1, 7)),  # over the night with 25 hours
        (local(2026, 3, 7, 23), local(2026, 3, 8, 7)),  # over the night with 23 hours
    ],
)
def test_mail_of_the_night_waits_for_the_morning(at, sent):
    assert hours.next_waking(at, policy_of()) == sent


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (local(2026, 5, 14, 7), local(2026, 5, 14, 7)),
        (local(2026, 5, 14, 12, 10), local(2026, 5, 14, 12, 10)),
        (local(2026, 5, 14, 21), local(2026, 5, 14, 20, 30)),
        (local(2026, 5, 15, 2), local(2026, 5, 14, 20, 30)),
        (local(2026, 5, 15, 6, 59), local(2026, 5, 14, 20, 30)),
    ],
)
def test_what_must_be_read_before_a_night_is_said_in_the_evening(at, said):
    assert hours.last_waking(at, policy_of()) == said


@given(moments, policies)
def test_the_last_waking_moment_is_not_later_and_the_next_is_not_earlier(at, policy):
    before, after = hours.last_waking(at, policy), hours.next_waking(at, policy)

    assert before <= at <= after
    assert (before == at) is (after == at)
    assert after - before < timedelta(hours=12)
    assert hours.next_waking(before, policy) == before


@pytest.mark.parametrize("file", sorted(Path("programs").glob("*.toml")), ids=lambda file: file.stem)
def test_every_example_program_names_a_region_the_calendar_knows(file):
    program = tomllib.loads(file.read_text())["program"]

    known = country_holidays(program.get("country", "US"), subdiv=program.get("region"), years=2027)

    assert known
