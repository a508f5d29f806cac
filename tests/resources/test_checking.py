"""Which pages are looked at when, and what is kept of that."""

from datetime import date, timedelta

import pytest

from tests.factories.programs import make_program, policy_text
from touchbase.programs.models import Program
from touchbase.programs.queries import program_at
from touchbase.resources import checking, looks
from touchbase.resources.checking import AGAIN_AFTER
from touchbase.resources.looks import Page
from touchbase.resources.models import Link

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 11)
FIRST_DAYS, CLINIC = "https://example.org/first-days", "https://example.org/clinic"
MORE = f"""
[[resources]]
kind = "outside"
title = "A clinic"
where = "Open to all."
link = "{CLINIC}"
reviewed_on = 2026-02-01

[[resources]]
kind = "inside"
title = "Assistance"
where = "Call any time."
number = "207-555-0162"
reviewed_on = 2025-05-10
"""


@pytest.fixture
def listing():
    """A program with two pages and a number."""
    return make_program(policy_text() + MORE)


def check(here, link: str, *, opened: bool = True, today: date = TODAY):
    return checking.check(here, link, today=today, opens=lambda _link: opened)


def looked(here, today: date = TODAY):
    return {one.resource.title: one for one in looks.looked(here.id, here.policy, today=today)}


def test_nothing_is_said_of_a_page_before_we_looked(listing):
    assert [(one.page, one.checked_on) for one in looked(listing).values()] == [
        (Page.NEVER, None),
        (Page.NEVER, None),
        (Page.NONE, None),
    ]


def test_a_day_and_whether_it_opened_are_all_that_is_kept(listing):
    check(listing, CLINIC)
    check(listing, CLINIC, opened=False, today=TODAY + timedelta(days=1))
    rows = list(Link.objects.values_list("address", "checked_on", "opened"))
    assert rows == [(CLINIC, TODAY + timedelta(days=1), False)]


def test_what_was_never_reviewed_or_long_ago_or_doesn_t_open_needs_a_look(listing):
    needs = {title: one.needs_review for title, one in looked(listing).items()}
    assert needs == {"The first days after a hard case": True, "A clinic": False, "Assistance": True}
    assert looked(listing, date(2026, 5, 10))["Assistance"].needs_review is False  # a year to the day
    check(listing, CLINIC, opened=False)
    clinic = looked(listing)["A clinic"]
    assert (clinic.page, clinic.needs_review) == (Page.SHUT, True)
    check(listing, CLINIC)
    assert (looked(listing)["A clinic"].page, looked(listing)["A clinic"].needs_review) == (
        Page.OPENED,
        False,
    )


def test_what_waits_longest_is_looked_at_first_and_again_after_a_month(listing):
    def due(today: date) -> list[str]:
        return [link for _here, link in checking.due([listing], today=today)]

    assert due(TODAY) == [CLINIC, FIRST_DAYS]
    check(listing, CLINIC, today=TODAY)
    assert due(TODAY) == [FIRST_DAYS]
    check(listing, FIRST_DAYS, today=TODAY - timedelta(days=1))
    assert due(TODAY) == []
    assert due(TODAY + AGAIN_AFTER - timedelta(days=1)) == [FIRST_DAYS]
    assert due(TODAY + AGAIN_AFTER) == [FIRST_DAYS, CLINIC]


def test_a_page_that_left_the_list_is_forgotten(listing, elsewhere):
    check(listing, CLINIC)
    check(elsewhere, FIRST_DAYS)
    checking.forget(make_program(policy_text()))
    assert list(Link.objects.values_list("program", "address")) == [(elsewhere.id, FIRST_DAYS)]


def test_a_program_that_has_ended_leads_nowhere(listing):
    Program.objects.filter(pk=listing.id).update(state="retired")
    assert checking.due([program_at("harbor")], today=TODAY) == []
