"""Choosing a peer oneself, being told first, the way of two alone, and a supporter's own pages."""

import pytest

from tests.canary import FINCH
from tests.factories.listing import listing_of, make_listed, two_alone, with_list
from tests.factories.people import make_supporter
from tests.journeys.screens import DESK, SMALL
from tests.journeys.test_other_ways import gone
from touchbase.notifications.models import Outgoing
from touchbase.referrals.lifecycle import State
from touchbase.referrals.models import Referral
from touchbase.supporters.models import Supporter
from touchbase.vault.models import Pool

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]


def list_of_three(people):
    """A list with Robin and two others on it."""
    here = with_list()
    robin = Supporter.objects.filter(membership=people.supporter.member.supporter)
    robin.update(public=True, topics={"nights": "public"})
    for name in ("Wren Sorel", "Lou Bly"):
        make_listed(here, name, site="west", profession="nurse")


def test_a_chosen_peer_passes_and_the_person_is_told_first(screens, scripts, people, later):
    list_of_three(people)

    # When somebody finds their peer from the first page, by what they look for.
    person = screens.new(SMALL).go("/harbor/").press("See all 3 peer supporters")
    person.page.get_by_label("Where").select_option("East Pier")
    person.press("Show")
    assert ("Robin Vale" in person.words, "Wren Sorel" in person.words) == (True, False)
    person.page.locator("a.peer").click()
    person.press("Ask for Robin")
    person.pick("Tell me first")
    person.type("What should we call you?", FINCH.name).type("Mobile number", FINCH.phone)
    person.press("Ask for a peer")
    link = person.page.get_by_label("Your private link").input_value()
    assert person.heading == f"Thank you, {FINCH.name}."

    # Then Robin is asked at once, and passes because of having been there.
    assert Referral.objects.get().state == State.MATCHED
    peer = screens.signed_in(people.supporter, f"{screens.address}/harbor/mine/")
    peer.open("Could you take this one?").press("I was there")
    assert (peer.presses, peer.heading) == (2, "Nothing waits for you.")

    # And the desk may ask nobody else; the person's own page asks them.
    desk = screens.signed_in(people.coordinator, f"{screens.address}/harbor/desk/board/", DESK)
    assert "They want to be told before another peer is asked." in desk.words
    assert desk.page.get_by_role("button", name="Ask this peer").count() == 0
    person.go(link)
    assert person.heading == "The peer you chose can't take this one now."
    person.press("Ask another peer")
    assert person.heading == "We have your request."
    desk.go("/harbor/desk/board/").press("Ask this peer")
    assert Referral.objects.get().state == State.MATCHED

    # And who would rather stop is erased, with one question before.
    person.go("/t/").press("Cancel and erase this").press("Erase now")
    assert gone()


def test_the_way_of_two_alone_is_a_number_and_later_a_sum(screens, scripts, people):
    here = two_alone()
    robin = make_listed(here, "Lou Bly", contact_public="+12075550177", own_words="Call late.")

    # A colleague finds Lou and calls. Nothing is asked, nothing is sent.
    person = screens.new().go("/harbor/").press("See the one peer supporter")
    person.page.locator("a.peer").click()
    assert "Call late." in person.words
    call = person.page.get_by_role("main").get_by_role("link", name="+1 207-555-0177")
    assert call.get_attribute("href") == "tel:+12075550177"
    assert {method for method, _path in person.requests} == {"GET"}
    assert (person.page.context.cookies(), Referral.objects.count(), Outgoing.objects.count()) == ([], 0, 0)

    # Later Lou counts it: one press and two they may skip.
    peer = screens.signed_in(robin, f"{screens.address}/harbor/mine/").press("Count a conversation")
    peer.pick("Phone").press("I had a conversation")
    assert (peer.heading, peer.presses) == ("Counted. Thank you.", 3)
    assert Pool.objects.get(measure="people").n == 1


def test_a_supporter_sees_what_others_will_see_before_it_is_kept(screens, scripts, visitor):
    robin = make_supporter(with_list(), "Robin Vale", topics={}, title="")
    peer = screens.signed_in(robin, f"{screens.address}/harbor/mine/profile/", DESK)
    preview = peer.page.locator("#preview")
    peer.page.get_by_label("Nights", exact=True).select_option("Everybody, on the list")
    peer.page.get_by_label("Site", exact=True).select_option("West Pier")
    if not scripts:
        peer.press("Preview")
    preview.get_by_text("Happy to talk about: Nights").wait_for()
    preview.get_by_text("West Pier").wait_for()
    assert Supporter.objects.get().topics == {}

    peer.pick("Show me on the list").press("Save")
    assert "Saved." in peer.words
    other = screens.new().go("/harbor/peers/")
    assert other.page.locator("a.peer").inner_text() == preview.locator(".peer").inner_text()
    assert other.go(f"/harbor/peers/{listing_of(robin)}/").heading == "Robin Vale"

    # Somebody to keep apart from: typed once, shown never.
    peer.type("Their mobile number or email", FINCH.phone).press("Keep us apart")
    assert "1 person is on your list." in peer.words
    assert FINCH.phone not in peer.page.content()


def test_rest_pause_and_days_away_are_one_press_and_one_press_back(screens, scripts, here, people, later):
    peer = screens.signed_in(people.supporter, f"{screens.address}/harbor/mine/availability/")
    peer.press("Rest for two weeks")
    assert "You are resting until Sun, May 24." in peer.words
    peer.press("I'm back").press("Pause until I say")
    assert "You paused." in peer.words
    peer.press("I'm back")
    assert peer.presses == 4
    peer.page.get_by_label("First day").fill("2026-06-01")
    peer.page.get_by_label("Last day").fill("2026-06-05")
    peer.press("Add these days").press("Take back: Mon, Jun 1 to Fri, Jun 5")
    assert "None ahead." in peer.words
    peer.pick("Tue").pick("1 person").pick("Ask me at night, too").press("Save")
    kept = Supporter.objects.get(membership=people.supporter.member.supporter)
    assert (kept.days, kept.limit, kept.nights, kept.paused) == (["tue"], 1, True, False)
