"""The seven steps: ask, match, accept, reach out, answer, talk, forget. Then only counts remain."""

import re

import pytest

from tests.canary import FINCH
from tests.factories.browsers import mailbox
from tests.factories.people import People
from tests.factories.walking import Walk, asking
from tests.journeys.screens import DESK, Screen, Screens, letters_to, link_in
from touchbase.kernel import clock
from touchbase.notifications.models import Outgoing
from touchbase.outreach import conversations
from touchbase.referrals.models import Capsule, Link, Referral
from touchbase.vault.models import Key, Pool

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]


def asks(screens: Screens) -> str:
    """Somebody asks on their phone, with two inputs and one request. The thank-you has their private link."""
    asker = screens.new().go("/harbor/")
    before = len(asker.requests)
    asker.type("What should we call you?", FINCH.name).type("Mobile number", FINCH.phone).pick("Evenings")
    asker.press("Ask for a peer")
    assert (asker.typed, len(asker.requests) - before) == (2, 1)
    assert asker.heading == f"Thank you, {FINCH.name}."
    assert "A peer will be in touch by Wed, May 13, 10:00 am." in asker.words
    assert asker.page.context.cookies() == []
    return asker.page.get_by_label("Your private link").input_value()


def is_matched(screens: Screens, people: People) -> None:
    """The coordinator is written to, and asks who fits best: three presses at most, and nothing to scroll."""
    message = next(letters_to(people.coordinator.account.email))
    desk = screens.signed_in(people.coordinator, link_in(message), DESK)
    assert desk.heading == "One person is waiting for a match."
    assert desk.ends_above("#ask") <= DESK["height"]
    desk.pick("Robin Vale").press("Ask this peer")
    assert desk.presses <= 3
    assert FINCH.name not in desk.says


def is_accepted(screens: Screens, people: People) -> Screen:
    """The supporter reads a message that names nobody, signs in, and says yes."""
    message = next(letters_to(people.supporter.account.email))
    peer = screens.signed_in(people.supporter, link_in(message))
    peer.open("Could you take this one?")
    assert FINCH.name not in peer.says
    assert peer.press("Yes, I can").heading == FINCH.name
    return peer


def is_reached(peer: Screen) -> str:
    """The supporter sends the ready note from their own phone. What it links to is returned."""
    note = peer.page.locator("#note-text").inner_text()
    opens = peer.page.get_by_role("link", name="Open in my messages").get_attribute("href") or ""
    assert opens.startswith("sms:+15035550142?&body=Hi%20Canary%20Finchley")
    peer.press("I sent it")
    return link_in(note)


def answers(screens: Screens, link: str) -> Screen:
    """The person answers with one press, on a page that says nothing, and changes the answer with one."""
    person = screens.new().go(link)
    assert (person.page.title(), person.page.url) == ("A note for you", f"{screens.address}/t/")
    assert FINCH.name not in person.says
    person.press("Not now").press("Let's talk")
    assert (person.heading, person.presses) == ("You said: let's talk.", 2)
    return person


def pages_of(paper: bytes) -> int:
    """How many pages a printed document has."""
    return len(re.findall(rb"/Type\s*/Page\b", paper))


def test_somebody_asks_is_met_and_is_forgotten(screens, scripts, here, people, later):
    # Given somebody who asked, a peer who was found in time, and a note.
    link = asks(screens)
    later()
    is_matched(screens, people)
    later()
    peer = is_accepted(screens, people)
    assert is_reached(peer) == link

    # When they answer, and the supporter, told that something waits, has talked and closes with that press.
    person = answers(screens, link)
    later()
    peer.go(link_in(next(letters_to(people.supporter.account.email))))
    peer.open("They said: let's talk").press("We talked")
    assert peer.heading == "Thank you. It is closed."
    assert peer.presses <= 5

    # Then, the time to undo being over, nothing of the person is left but counts.
    later(hours=1)
    assert [table.objects.count() for table in (Referral, Capsule, Link, Key)] == [0, 0, 0, 0]
    assert not Outgoing.objects.exclude(handle="").exists()
    assert list(Pool.objects.filter(measure="people").values_list("n", flat=True)) == [1]
    assert person.go(link).heading == "This link has ended, to protect your privacy."
    assert [mail for mail in mailbox() if FINCH.email in mail.to] == []


def test_what_is_counted_reaches_the_leader_with_the_floor(screens, here, people, later):
    # Given eleven people who asked, and a leader who has nothing to see.
    walk = Walk(here, people)
    for _ in range(11):
        walk.received(clock.now(), of=asking())
    leader = screens.signed_in(people.leader, f"{screens.address}/harbor/numbers/", DESK)
    assert leader.heading == "Nothing to show yet."

    # When each has closed and is erased, and the half-year is over.
    for handle in list(Referral.objects.values_list("handle", flat=True)):
        conversations.close(handle=handle, by=people.coordinator.member, at=clock.now())
    later(hours=1)
    assert Referral.objects.count() == 0
    later(days=60)

    # Then the leader, signing in anew, sees eleven people, and no smaller number of anything.
    leader = screens.signed_in(people.leader, f"{screens.address}/account/", DESK)
    assert "11" in leader.words
    shown = {int(one) for one in re.findall(r"(?m)^\s*(\d+)\s*$", leader.words)}
    assert shown & set(range(1, 11)) == set()

    # And all of it is one page on paper, and no press was needed.
    assert (pages_of(leader.page.pdf(format="Letter")), leader.presses) == (1, 0)

    # And what that might be worth is a range, from assumptions that can be changed.
    leader.press("What it might be worth").type("US dollars the program takes in a year", "50,000")
    assert leader.press("Work it out").heading == "Between −50,000 and 198,336 US dollars a year."
