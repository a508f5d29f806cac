"""What faculty plan is made of picks, a day and a place; anything else is named by its field."""

from datetime import date, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from touchbase.collaborative import gatherings
from touchbase.collaborative.gatherings import Form, Offered, Planned, Topic, on_clocks_of
from touchbase.kernel.occasion import Kind, OccasionUnclear, Way

TODAY = date(2026, 5, 14)
SESSION = {
    "kind": "training", "way": "online", "day": "2026-05-20", "begins": "17:30", "hours": "4",
    "place": "Online room 1", "places": "12",
}  # fmt: skip
EVENT = {
    "form": "open", "topic": "season", "way": "on-site", "day": "2026-05-21", "begins": "12:00",
    "minutes": "60", "place": "Library",
}  # fmt: skip


def test_a_session_is_read_from_a_form():
    assert gatherings.offered(SESSION, today=TODAY) == Offered(
        Kind.TRAINING, Way.ONLINE, date(2026, 5, 20), time(17, 30), Decimal(4), "Online room 1", 12
    )


def test_an_event_is_read_from_a_form():
    assert gatherings.planned(EVENT, today=TODAY) == Planned(
        Form.OPEN, Topic.SEASON, Way.ON_SITE, date(2026, 5, 21), time(12), 60, "Library"
    )


@pytest.mark.parametrize("typed", [{"places": "0"}, {"places": "201"}, {"kind": "party"}, {"place": ""}])
def test_what_does_not_do_in_a_session_is_named_by_its_field(typed):
    with pytest.raises(OccasionUnclear) as unclear:
        gatherings.offered(SESSION | typed, today=TODAY)
    assert list(unclear.value.each) == list(typed)


@pytest.mark.parametrize("typed", [{"topic": "what happened on Tuesday"}, {"form": ""}, {"minutes": "481"}])
def test_what_does_not_do_in_an_event_is_named_by_its_field(typed):
    with pytest.raises(OccasionUnclear) as unclear:
        gatherings.planned(EVENT | typed, today=TODAY)
    assert list(unclear.value.each) == list(typed)


def test_everything_that_does_not_do_is_said_at_once():
    with pytest.raises(OccasionUnclear) as session:
        gatherings.offered({}, today=TODAY)
    with pytest.raises(OccasionUnclear) as event:
        gatherings.planned({}, today=TODAY)
    assert (set(session.value.each), set(event.value.each)) == (set(SESSION), set(EVENT))


def test_a_member_reads_the_hour_of_its_own_clocks():
    east, south = ZoneInfo("America/New_York"), ZoneInfo("Australia/Adelaide")
    day, begins = date(2026, 5, 20), time(17, 30)

    assert on_clocks_of(east, day=day, begins=begins, center=east) == (day, begins)
    assert on_clocks_of(south, day=day, begins=begins, center=east) == (date(2026, 5, 21), time(7, 0))
