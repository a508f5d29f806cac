"""How people hear of a program: a card with a square, a presentation that is noted, news by email."""

import re
from pathlib import Path

import pytest

from tests.awareness.conftest import MAILED
from tests.factories.programs import make_program
from tests.journeys.screens import DESK, SMALL, letters_to, link_in
from touchbase.awareness.handouts import square_of
from touchbase.awareness.models import Presentation, Subscriber
from touchbase.notifications.models import Outgoing

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]

NOOR = "noor.hale@example.org"


@pytest.fixture
def here(settings):
    """A program with an email list, on an installation that sends mail."""
    settings.SMTP_ADDRESS = "smtp://mail.example.org:25"
    return make_program(MAILED)


def downloaded(desk, name: str) -> bytes:
    with desk.page.expect_download() as coming:
        desk.page.get_by_role("link", name=name, exact=True).click()
    return Path(coming.value.path()).read_bytes()


def test_news_by_email_from_asking_to_leaving(screens, scripts, here, people, later):
    # Given somebody who reads the footer, and asks with one address and one press.
    reader = screens.new(SMALL).go("/harbor/promise/").press("News by email")
    reader.presses = 0
    reader.type("Your email", NOOR).press("Send me the news")
    assert (reader.heading, reader.typed, reader.presses) == ("Look into your mail.", 1, 1)
    assert reader.page.context.cookies() == []

    # When they open the link of the mail, nothing happens; by a press they are on the list.
    later()
    reader.go(link_in(next(letters_to(NOOR))))
    assert (reader.heading, Subscriber.objects.get().dies_on is None) == (
        "Was it you who asked for the news?",
        False,
    )
    reader.press("Yes, send me the news")
    assert (reader.heading, Subscriber.objects.get().dies_on) == ("You are on the list.", None)

    # Then the coordinator sees no more than that somebody is, looks at the mail, and sends it.
    desk = screens.signed_in(people.coordinator, "/harbor/desk/outreach/", DESK)
    assert ("Fewer than 11 people are on the list." in desk.words, NOOR in desk.says) == (True, False)
    desk.press("Write news").type("What is new", "Grand rounds on May 20.").press("Look at the mail")
    assert ("Here is news of Harbor Peer Support." in desk.words, Outgoing.objects.count()) == (True, 0)
    desk.press("Send it to the list")
    assert desk.heading == "Fewer than 11 people are on the list."

    # And one press in the news ends it.
    later(hours=5)
    news = next(letters_to(NOOR))
    assert "Grand rounds on May 20." in news
    leaving = re.findall(r"http://\S+/n/news/\S+/", news)
    reader.go(leaving[0]).press("Leave the list")
    assert (reader.heading, Subscriber.objects.count()) == ("This address isn’t on the list.", 0)


def test_a_card_is_printed_and_a_presentation_noted_corrected_and_taken_out(screens, here, people, settings):
    # Given the coordinator's desk with nothing on it yet.
    desk = screens.signed_in(people.coordinator, "/harbor/desk/outreach/", DESK)
    assert desk.heading == "How people hear of us"

    # When they take poster and cards along, each is a file; its square leads to the bare first page.
    for name in ("Pocket cards on Letter (PDF)", "Poster on A4 (PDF)"):
        assert downloaded(desk, name)[:5] == b"%PDF-"
    address = re.search(r"leads to (\S+) and tells nobody", desk.words)
    assert address is not None
    assert address[1] == f"{settings.SITE_ADDRESS}/harbor/"
    assert len(square_of(address[1])) >= 25
    visitor = screens.new().go(address[1])
    assert visitor.page.url == address[1]

    # And so is the pack for the meeting, which can be looked at before.
    desk.press("The quarterly pack")
    assert desk.heading == "The pack for your meeting, January to March 2026."
    assert downloaded(desk, "Save the pack (PDF)")[:5] == b"%PDF-"
    desk.press("Outreach")

    # Then a presentation takes a day, a kind and a number.
    desk.press("Presentations")
    desk.pick("Grand rounds").page.get_by_label("Day").fill("2026-05-04")
    desk.type("How many heard it", "40").press("Note it")
    assert desk.heading == "January to June 2026: 40 people heard of us."
    desk.open("Grand rounds").type("How many heard it", "41").press("Correct it")
    assert (desk.heading, Presentation.objects.get().heads) == (
        "January to June 2026: 41 people heard of us.",
        41,
    )
    desk.open("Grand rounds").open("Something else").press("Take it out")
    assert desk.heading == "No presentation is noted yet."
    desk.press("Resources")
    assert desk.heading == "One place to turn needs a look."
