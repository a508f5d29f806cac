"""The coordinator invites somebody who joins and signs in, looks at the rules, and at what people read."""

import pytest

from tests.factories.programs import make_program, policy_text
from tests.journeys.screens import DESK, PHONE, letters_to, link_in
from touchbase.accounts.models import Account, Invitation
from touchbase.supporters.models import Supporter

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]

SAM = "sam.new@harbor.example.org"


class Newcomer:
    """Somebody without an account yet, as `Screens.signed_in` wants to know them."""

    @property
    def account(self) -> Account:
        return Account.objects.get(email=SAM)


@pytest.fixture
def desk(screens, people, settings):
    """The coordinator at their desk, where mail can be sent."""
    settings.SMTP_ADDRESS = "smtp://127.0.0.1:1"
    return screens.signed_in(people.coordinator, f"{screens.address}/harbor/desk/board/", DESK)


def test_who_is_invited_joins_signs_in_and_is_among_the_people(screens, scripts, desk, later):
    # Given a coordinator who invites somebody by their address.
    desk.press("People")
    assert desk.heading == "7 people work here."
    desk.open("Invite somebody").type("Their work address", SAM).pick("Peer supporter").press("Invite")
    assert "Invited. The mail goes out by day" in desk.words
    assert (desk.typed, desk.presses) == (1, 4)

    # When the mail arrives, they open its link, read what a peer does, and say yes.
    later()
    letter = next(letters_to(SAM))
    assert "Dana Quill asks if you would join Harbor Peer Support, as peer supporter." in letter
    sam = screens.new(PHONE).go(link_in(letter))
    assert sam.heading == "You're invited to Harbor Peer Support"
    sam.press("I agree, and join")
    assert "Enter the name your colleagues know." in sam.says
    sam.type("Your name, as colleagues know it", "Sam New").press("I agree, and join")
    assert Supporter.objects.count() == 2
    sam.page.get_by_label("What you do").select_option("nurse")
    sam.press("I agree, and join")
    assert "/account/sign-in/" in sam.page.url
    assert not Invitation.objects.exists()

    # Then their page opens once they have signed in, and the desk sees them.
    mine = screens.signed_in(Newcomer(), f"{screens.address}/harbor/mine/", PHONE)
    assert "Profile" in mine.says
    desk.press("People")
    assert desk.heading == "8 people work here."
    assert f"Sam New\n{SAM}\nPeer supporter" in desk.words

    # And one press ends it.
    desk.press("Change Sam New").press("End: peer supporter")
    assert "Ended. What they had is back on the board" in desk.words
    assert not Account.objects.filter(email=SAM).exists()


def test_the_rules_are_read_and_a_message_is_looked_at(screens, scripts, desk):
    text = policy_text(clock="match_within_hours = 8").replace("2026-11-02", "2026-01-02")
    make_program(text)
    desk.press("Settings")
    assert desk.heading == "The rules are the program's file."
    assert "A peer says yes within\t8 hours" in desk.words
    assert "Last called Jan 2, 2026: please call it again" in desk.words
    desk.press("I called, it answered (Call or text 988)")
    assert "Last called May 11, 2026" in desk.words
    with desk.page.expect_download() as file:
        desk.page.get_by_role("link", name="Download harbor.toml").click()
    assert file.value.suggested_filename == "harbor.toml"
    desk.press("Messages")
    desk.open("First note, by text")
    assert "Hi Alex Example, it's Sam Sample at Harbor. Just touching base." in desk.words


def test_the_pages_hold_on_a_phone(screens, people):
    phone = screens.signed_in(people.coordinator, f"{screens.address}/harbor/desk/people/", PHONE)
    for place in (
        "/harbor/desk/settings/",
        "/harbor/desk/settings/messages/",
        f"/harbor/desk/people/{people.supporter.account.pk}/",
    ):
        phone.go(place)
    assert phone.heading == "Robin Vale"
