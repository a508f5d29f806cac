"""By when: every due time over zones, daylight saving nights, leap days, holidays and outages (ruling F6)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.programs.days import NEW_YORK, USUAL, local, moments, policies, policy_of, slots
from touchbase.kernel.clock import SLOT, slot_down
from touchbase.programs.hours import is_day_off, local_day, waking
from touchbase.referrals import clock

HOUR = timedelta(hours=1)


# ---- the match clock


@pytest.mark.parametrize(
    ("arrived", "due"),
    [
        (local(2026, 5, 14, 15, 10), local(2026, 5, 15, 15)),  # Thursday: 24 hours, rounded down
        (local(2026, 5, 15, 23, 59), local(2026, 5, 16, 23, 30)),  # Friday: the day of arrival decides
        (local(2026, 5, 16, 0, 0), local(2026, 5, 18, 0, 0)),  # Saturday: 48
        (local(2026, 5, 17, 23, 59), local(2026, 5, 19, 23, 30)),  # Sunday: 48
        (local(2026, 5, 25, 9), local(2026, 5, 27, 9)),  # Memorial Day, a Monday
        (local(2026, 3, 7, 12), local(2026, 3, 9, 13)),  # a weekend of 47 hours by the clock on the wall
        (local(2026, 10, 31, 12), local(2026, 11, 2, 11)),  # and one of 49
        (local(2028, 2, 28, 12), local(2028, 2, 29, 12)),  # a Monday before a leap day
    ],
)
def test_a_match_is_due_in_24_hours_and_in_48_for_what_arrives_on_a_day_off(arrived, due):
    assert clock.match_due(arrived, USUAL) == due


def test_a_chain_of_days_off_gives_each_arrival_its_own_48_hours():
    # Thursday to Monday, with Christmas and a weekend between.
    chain = policy_of(clock="holidays = [2026-12-24, 2026-12-28]")
    nines = [local(2026, 12, day, 9) for day in range(23, 30)]

    hours = [(clock.match_due(nine, chain) - nine) / HOUR for nine in nines]

    assert hours == [24, 48, 48, 48, 48, 48, 24]


@given(moments, policies)
def test_a_match_is_never_due_later_than_promised_nor_half_an_hour_earlier(arrived, policy):
    off = is_day_off(local_day(arrived, policy), policy)
    due = clock.match_due(arrived, policy)

    assert arrived + (48 if off else 24) * HOUR - SLOT < due <= arrived + (48 if off else 24) * HOUR
    assert slot_down(due) == due
    assert due.tzinfo is UTC


@given(moments, policies, st.timedeltas(timedelta(0), timedelta(hours=23)))
def test_who_came_first_is_not_due_later_as_long_as_the_same_clock_runs(arrived, policy, later):
    second = arrived + later
    assume(is_day_off(local_day(arrived, policy), policy) == is_day_off(local_day(second, policy), policy))

    assert clock.match_due(arrived, policy) <= clock.match_due(second, policy)


@given(moments, policies)
def test_a_due_time_is_an_hour_that_every_clock_on_the_wall_shows(arrived, policy):
    for due in (clock.match_due(arrived, policy), clock.rest_until(arrived, policy)):
        wall = due.astimezone(policy.zone)
        assert wall.astimezone(UTC) == due


@given(moments, policies)
def test_the_thank_you_page_promises_the_match_clock_and_the_touch_clock(arrived, policy):
    promised = clock.note_due(arrived, policy)

    assert promised == clock.match_due(arrived, policy) + policy.clock.touch_within_hours * HOUR


def test_a_day_without_the_server_changes_no_due_time():
    arrived = local(2026, 5, 14, 15)
    before = (clock.match_due(arrived, USUAL), clock.reminders(arrived, clock.match_due(arrived, USUAL)))
    looked_again = arrived + 25 * HOUR

    due, (half, eighty) = before

    assert half < eighty < due <= looked_again  # all of them are found due at the first look, in their order
    assert clock.left(due, looked_again) == "1 h late"


# ---- reminders


def test_reminders_come_at_half_and_at_80_percent_of_the_time():
    arrived, due = local(2026, 5, 14, 8), local(2026, 5, 15, 8)

    assert clock.reminders(arrived, due) == (local(2026, 5, 14, 20), local(2026, 5, 15, 3))


def test_reminders_are_told_to_the_half_hour():
    arrived = local(2026, 5, 14, 8)

    assert clock.reminders(arrived, arrived + 100 * HOUR) == (arrived + 50 * HOUR, arrived + 80 * HOUR)


def test_a_reminder_of_the_night_comes_in_the_evening_before_it():
    arrived, due = local(2026, 5, 14, 8), local(2026, 5, 15, 8)

    assert clock.reminders(arrived, due, USUAL) == (local(2026, 5, 14, 20), local(2026, 5, 14, 20, 30))


def test_a_reminder_never_comes_before_the_arrival():
    arrived, due = local(2026, 5, 14, 23, 10), local(2026, 5, 15, 5)

    assert clock.reminders(arrived, due, USUAL) == (local(2026, 5, 14, 23), local(2026, 5, 14, 23))


def test_reminders_keep_their_order_where_the_night_begins_between_two_half_hours():
    """In Kathmandu nine in the evening is a quarter past in UTC: 15:15."""
    arrived = datetime(2024, 1, 1, 3, tzinfo=UTC)

    both = clock.reminders(arrived, arrived + 24 * HOUR, policy_of("Asia/Kathmandu"))

    assert both == (datetime(2024, 1, 1, 15, tzinfo=UTC), datetime(2024, 1, 1, 15, tzinfo=UTC))


@given(moments, policies, st.integers(1, 168))
def test_reminders_lie_between_arrival_and_due_in_their_order(arrived, policy, hours):
    due = slot_down(arrived + hours * HOUR)

    for half, eighty in (clock.reminders(arrived, due), clock.reminders(arrived, due, policy)):
        assert slot_down(arrived) <= half <= eighty < due
        assert {slot_down(half), slot_down(eighty)} == {half, eighty}


# ---- asking


def test_the_clock_asks_at_its_share():
    assert clock.ask_at(local(2026, 5, 14, 8), local(2026, 5, 15, 8), 0.25) == local(2026, 5, 14, 14)


@given(moments, st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.integers(1, 168))
def test_a_larger_share_never_asks_earlier(arrived, one, other, hours):
    due = slot_down(arrived + hours * HOUR)

    earlier, later = (clock.ask_at(arrived, due, share) for share in sorted((one, other)))

    assert slot_down(arrived) <= earlier <= later < due


@pytest.mark.parametrize(
    ("asked", "expires"),
    [
        (local(2026, 5, 14, 9), local(2026, 5, 14, 13)),
        (local(2026, 5, 14, 9, 20), local(2026, 5, 14, 13)),  # rounded down
        (local(2026, 5, 14, 17), local(2026, 5, 14, 21)),  # exactly until sleep
        (local(2026, 5, 14, 19), local(2026, 5, 15, 9)),  # two hours in the evening, two in the morning
        (local(2026, 5, 14, 23), local(2026, 5, 15, 11)),
        (local(2026, 5, 15, 3), local(2026, 5, 15, 11)),
        (local(2026, 10, 31, 20), local(2026, 11, 1, 10)),  # over the night with 25 hours
        (local(2026, 3, 7, 20), local(2026, 3, 8, 10)),  # over the night with 23 hours
    ],
)
def test_an_ask_runs_out_after_four_waking_hours(asked, expires):
    assert clock.ask_expires(asked, USUAL) == expires


@pytest.mark.parametrize(
    ("asked", "expires"),
    [
        (local(2026, 3, 8, 1), local(2026, 3, 8, 6)),  # 2 to 3 isn't there
        (local(2026, 11, 1, 0, 30), local(2026, 11, 1, 3, 30)),  # 1 to 2 is there twice
    ],
)
def test_waking_hours_that_hold_the_change_of_clocks_count_as_they_pass(asked, expires):
    awake = policy_of(clock='hours = "00:15-23:00"')

    assert clock.ask_expires(asked, awake) == expires


def test_an_ask_may_take_several_days_of_waking_hours():
    # 14 waking hours a day
    slow = policy_of(
        clock="ask_expires_after_hours = 31\nmatch_within_hours = 96\nweekend_match_within_hours = 96"
    )

    assert clock.ask_expires(local(2026, 5, 14, 19), slow) == local(2026, 5, 17, 8)


@given(moments, policies, st.integers(1, 72))
def test_an_ask_lasts_its_waking_hours_whatever_the_clocks_do(asked, policy, hours):
    rules = policy.clock.model_copy(update={"ask_expires_after_hours": hours})
    slow = policy.model_copy(update={"clock": rules})

    expires = clock.ask_expires(asked, slow)

    awake = timedelta(0)
    for back in range(-1, 10):
        begins, ends = waking(local_day(asked, slow) + timedelta(days=back), slow)
        awake += max(timedelta(0), min(ends, expires) - max(begins, asked))
    assert timedelta(hours=hours) - SLOT < awake <= timedelta(hours=hours)
    assert slot_down(expires) == expires


@given(moments, policies, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_who_was_asked_first_is_not_waited_for_longer(asked, policy, later):
    assert clock.ask_expires(asked, policy) <= clock.ask_expires(asked + later, policy)


# ---- touches, rest, ends


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("touch_due", local(2026, 5, 15, 15)),
        ("rest_until", local(2026, 5, 21, 15)),
        ("idle_until", local(2026, 6, 13, 15)),
        ("longest_until", local(2026, 8, 12, 15)),
    ],
)
def test_each_wait_is_the_policys(name, expected):
    assert getattr(clock, name)(local(2026, 5, 14, 15, 10), USUAL) == expected


def test_the_second_note_may_go_out_three_to_five_days_after_the_first():
    window = clock.second_touch_window(local(2026, 5, 14, 15, 10), USUAL)

    assert window == (local(2026, 5, 17, 15), local(2026, 5, 19, 15))


@pytest.mark.parametrize("night", [(2026, 3, 8), (2026, 11, 1)])
def test_days_keep_the_time_of_day_over_both_changes_of_clocks(night):
    at = local(*night, 9) - timedelta(days=3)

    opens, _closes = clock.second_touch_window(at, USUAL)

    assert opens.astimezone(NEW_YORK).hour == at.astimezone(NEW_YORK).hour


@pytest.mark.parametrize("night", [(2026, 3, 8), (2026, 11, 1)])
@pytest.mark.parametrize("wait", [clock.rest_until, clock.idle_until, clock.longest_until])
def test_a_wait_of_days_ends_at_the_time_of_day_it_began(wait, night):
    before = date(*night) - timedelta(days=3)
    at = local(before.year, before.month, before.day, 9)

    begun = at.astimezone(NEW_YORK).time()

    assert wait(at, USUAL).astimezone(NEW_YORK).time() == begun
    assert clock.second_touch_window(at, USUAL)[1].astimezone(NEW_YORK).time() == begun


def test_every_due_time_comes_out_in_utc_wherever_it_came_from():
    at = datetime(2026, 5, 14, 15, tzinfo=NEW_YORK)

    found = [
        wait(at, USUAL) for wait in (clock.match_due, clock.touch_due, clock.rest_until, clock.idle_until)
    ]
    found += [*clock.reminders(at, at + 24 * HOUR), *clock.reminders(at, at + HOUR, USUAL)]
    found += [clock.ask_at(at, at + HOUR, 0.5), clock.ask_expires(at, USUAL), clock.next_waking(at, USUAL)]
    found += [clock.last_waking(at, USUAL), *clock.second_touch_window(at, USUAL)]
    at_night = datetime(2026, 5, 14, 23, tzinfo=NEW_YORK)  # its reminders come at the arrival
    found += clock.reminders(at_night, at_night + 6 * HOUR, USUAL)

    assert {due.tzinfo for due in found} == {UTC}
    assert all(due.tzinfo is UTC for due in found)


def test_a_wait_over_a_leap_day_counts_it():
    assert clock.rest_until(local(2028, 2, 25, 9), USUAL) == local(2028, 3, 3, 9)
    assert clock.rest_until(local(2027, 2, 25, 9), USUAL) == local(2027, 3, 4, 9)


@given(slots, policies, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_no_wait_ends_earlier_for_what_began_later(at, policy, later):
    for wait in (clock.touch_due, clock.rest_until, clock.idle_until, clock.longest_until):
        assert at < wait(at, policy) <= wait(at + later, policy) + HOUR


@given(slots, policies)
def test_waits_end_in_the_order_of_their_days(at, policy):
    opens, closes = clock.second_touch_window(at, policy)

    assert at < opens < closes < clock.rest_until(at, policy)
    assert clock.rest_until(at, policy) < clock.idle_until(at, policy) < clock.longest_until(at, policy)


def test_something_agreed_for_a_day_is_due_as_people_wake():
    assert clock.day_begins(date(2026, 3, 8), USUAL) == local(2026, 3, 8, 7)
    # Seven in the morning is a quarter past one in UTC there; half hours are rounded down.
    nepal = policy_of("Asia/Kathmandu")
    assert clock.day_begins(date(2026, 11, 1), nepal) == datetime(2026, 11, 1, 1, tzinfo=UTC)
