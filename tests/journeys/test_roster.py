"""A roster in presses: filled, published, a day swapped, a gap seen ahead, and who is on call asked first."""

import pytest

from tests.factories.people import make_supporter
from tests.factories.walking import Walk
from tests.journeys.screens import DESK, letters_to, link_in
from tests.supporters.rosters import keep
from touchbase.accounts import actions as accounts
from touchbase.kernel import clock
from touchbase.supporters.models import Duty

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]


@pytest.fixture
def walk(screens, here, people, settings) -> Walk:
    """A program that keeps a roster of days."""
    settings.SMTP_ADDRESS = "smtp://mail.example.org:25"
    kept = keep(here, 'kept = "days"\nahead_weeks = 1\nwarn_days = 4\napart_days = 1\nmost_a_year = 60')
    for name in ("Kai Reed", "Mo Lane"):
        make_supporter(kept, name)
    return Walk(kept, people)


def firsts():
    """Who is first to call, day after day."""
    return list(Duty.objects.order_by("day").values_list("first__account__name", flat=True))


def test_a_roster_is_made_swapped_and_watched(screens, scripts, people, later, walk):
    # Given a program with a roster in which nobody stands yet.
    desk = screens.signed_in(people.coordinator, f"{screens.address}/harbor/desk/roster/", DESK)
    assert desk.heading == "7 days have nobody yet."

    # When the coordinator fills it and publishes what they see: two presses.
    desk.press("Fill").press("Publish")
    assert (desk.presses, desk.typed, desk.heading) == (2, 0, "Everybody knows who is first to call.")
    assert len(set(firsts())) == 4

    # Then who is called reads it, can't make a day, and asks a colleague: two presses and no reason.
    names = firsts()
    mine = names.index("Ari Stone")
    ari = screens.signed_in(people.other_supporter, f"{screens.address}/harbor/mine/duty/")
    ari.press("I can't make it").press("Ask Robin Vale")
    assert (ari.presses, ari.typed) == (2, 0)

    # And the colleague swaps with one press.
    robin = screens.signed_in(people.supporter, f"{screens.address}/harbor/mine/duty/")
    robin.press("Swap")
    assert robin.presses == 1
    assert firsts()[mine] == "Robin Vale"

    # Whoever leaves empties their days, and the desk is written to days ahead.
    in_two_days = Duty.objects.order_by("day")[2].first_id
    assert in_two_days is not None
    accounts.leave(membership=in_two_days)
    later()
    told = [letter for letter in letters_to("dana.quill@harbor.example.org") if "the roster" in letter]
    assert len(told) == 1
    desk.go(link_in(told[0])).go("/harbor/desk/board/")
    assert "Nobody yet" in desk.says


def test_who_is_first_to_call_is_offered_first(screens, scripts, people, walk):
    # Given Kai, who is first to call today, and whose turn it isn't.
    desk = screens.signed_in(people.coordinator, f"{screens.address}/harbor/desk/roster/", DESK)
    desk.press("Mon, May 11")
    desk.page.get_by_label("First to call", exact=True).select_option(label="Kai Reed")
    desk.press("Save")

    # When somebody asks for a peer, Kai stands first, and the page says why.
    walk.received(clock.now())
    desk.go("/harbor/desk/board/")
    first = desk.page.locator(".fit").first.inner_text()
    assert ("Kai Reed" in first, "First to call today" in first) == (True, True)
