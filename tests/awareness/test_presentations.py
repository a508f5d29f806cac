"""Where a program was presented: what may be entered, and what is kept of it."""

from datetime import date

import pytest
from django.db import IntegrityError

from touchbase.awareness import presentations, presenting
from touchbase.awareness.models import Presentation
from touchbase.awareness.presentations import Given, GivenUnclear, HalfYear, Kind
from touchbase.kernel.errors import NotFound

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 11)
TYPED = {"day": "2026-05-11", "kind": "grand-rounds", "heads": " 40 "}


def enter(here, day: date, heads: int = 10, kind: Kind = Kind.HUDDLE) -> str:
    given = Given(day, kind, heads)
    return presenting.enter(program_id=here.id, given=given, by="robin", today=TODAY)


def test_a_day_a_kind_and_a_number_are_enough():
    assert presentations.given(TYPED, today=TODAY) == Given(TODAY, Kind.GRAND_ROUNDS, 40)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"day": ""}, "day"),
        ({"day": "2026-05-12"}, "day"),  # tomorrow
        ({"day": "1999-12-31"}, "day"),
        ({"kind": "the talk after what happened in 4 West"}, "kind"),
        ({"heads": "0"}, "heads"),
        ({"heads": "5001"}, "heads"),
        ({"heads": "many"}, "heads"),
        ({"heads": "٣"}, "heads"),
        ({"heads": "100000"}, "heads"),
    ],
)
def test_everything_else_gets_a_sentence_beside_its_field(changed, field):
    with pytest.raises(GivenUnclear) as refused:
        presentations.given(TYPED | changed, today=TODAY)
    assert list(refused.value.each) == [field]


def test_all_problems_are_named_at_once():
    with pytest.raises(GivenUnclear) as refused:
        presentations.given({}, today=TODAY)
    assert list(refused.value.each) == ["kind", "day", "heads"]


def test_one_is_entered_corrected_and_taken_out(here):
    key = enter(here, TODAY)
    other = Given(date(2026, 5, 4), Kind.ONLINE, 12)
    presenting.correct(presentation=key, program_id=here.id, given=other, by="robin", today=TODAY)
    assert presentations.presentation(key, here.id).given == other
    presenting.remove(presentation=key, program_id=here.id, by="robin", today=TODAY)
    assert presentations.presentations(here.id) == []


def test_what_another_program_has_or_nobody_is_not_there(here, elsewhere):
    key, given = enter(elsewhere, TODAY), Given(TODAY, Kind.CLASS, 1)
    attempts = (
        lambda: presentations.presentation(key, here.id),
        lambda: presenting.remove(presentation=key, program_id=here.id, by="robin", today=TODAY),
        lambda: presenting.correct(
            presentation=key, program_id=here.id, given=given, by="robin", today=TODAY
        ),
    )
    for attempt in attempts:
        with pytest.raises(NotFound, match="isn't there any more"):
            attempt()
    assert Presentation.objects.get().heads == 10


def test_half_years_hold_all_of_them_the_newest_first(here, elsewhere):
    for day, heads in (
        (date(2026, 1, 1), 3),
        (date(2026, 6, 30), 4),
        (date(2025, 7, 1), 5),
        (date(2025, 12, 31), 6),
    ):
        enter(here, day, heads)
    enter(elsewhere, date(2026, 2, 2), 99)
    assert presentations.half_years(here.id) == [HalfYear("2026-H1", 2, 7), HalfYear("2025-H2", 2, 11)]


def test_the_latest_stands_first(here):
    days = [date(2026, 1, 5), date(2026, 3, 5), date(2026, 2, 5)]
    for day in days:
        enter(here, day)
    assert [one.given.day for one in presentations.presentations(here.id)] == sorted(days, reverse=True)


def test_one_that_nobody_heard_is_refused_by_the_database(here):
    with pytest.raises(IntegrityError):
        Presentation.objects.create(program_id=here.id, day=TODAY, kind=Kind.CLASS, heads=0)
