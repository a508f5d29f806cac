"""What a training or a meeting may be made of."""

from datetime import date, time
from decimal import Decimal

import pytest

from touchbase.kernel.occasion import Kind, OccasionUnclear, Way
from touchbase.supporters import occasions
from touchbase.supporters.occasions import Circle, Teacher, Topic

TODAY = date(2026, 5, 14)
SESSION = {
    "kind": "training", "way": "on-site", "day": "2026-05-20", "begins": "17:30", "hours": "2.5",
    "place": " Room  2 ", "seats": "12", "teacher": "faculty",
}  # fmt: skip
MEETING = {"circle": "team", "day": "2026-05-14", "begins": "12:15", "minutes": "45", "place": "Library"}


def test_a_session_is_read_from_a_form():
    found = occasions.session(SESSION, today=TODAY)
    assert (found.kind, found.way, found.teacher) == (Kind.TRAINING, Way.ON_SITE, Teacher.FACULTY)
    assert (found.day, found.begins, found.hours) == (date(2026, 5, 20), time(17, 30), Decimal("2.5"))
    assert (found.place, found.seats) == ("Room 2", 12)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("kind", "party"),
        ("way", ""),
        ("teacher", "Dr. Somebody"),
        ("day", "2026-05-13"),
        ("day", "tomorrow"),
        ("day", "2029-01-01"),
        ("begins", "half past"),
        ("hours", "0"),
        ("hours", "10.5"),
        ("hours", "1.25"),
        ("hours", "NaN"),
        ("hours", "Infinity"),
        ("seats", "0"),
        ("seats", "201"),
        ("seats", "²"),
        ("place", ""),
        ("place", "x" * 61),
        ("place", "Room\u202e2"),
    ],
)
def test_what_does_not_do_is_named_by_its_field(field, typed):
    with pytest.raises(OccasionUnclear) as unclear:
        occasions.session(SESSION | {field: typed}, today=TODAY)
    assert list(unclear.value.each) == [field]


def test_a_meeting_has_topics_of_the_list_alone_and_in_its_order():
    found = occasions.gathering(MEETING, ["numbers", "care"], today=TODAY)
    assert (found.circle, found.minutes, found.topics) == (Circle.TEAM, 45, (Topic.CARE, Topic.NUMBERS))


@pytest.mark.parametrize("topics", [[], ["care", "what happened on Tuesday"], list(Topic)[:7]])
def test_any_other_topic_is_nothing_to_meet_about(topics):
    with pytest.raises(OccasionUnclear) as unclear:
        occasions.gathering(MEETING, topics, today=TODAY)
    assert list(unclear.value.each) == ["topics"]


def test_everything_that_does_not_do_is_said_at_once():
    with pytest.raises(OccasionUnclear) as unclear:
        occasions.gathering({}, [], today=TODAY)
    assert set(unclear.value.each) == {"circle", "day", "begins", "minutes", "place", "topics"}
