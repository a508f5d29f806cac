"""A supporter's year: named by colleagues, invited, trained, meeting the others, and looked after."""

import pytest

from tests.journeys.screens import DESK, SMALL, letters_to, link_in
from touchbase.accounts.models import Account
from touchbase.supporters.models import Meeting, Nomination, Supporter, Training

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]

NOOR = "noor.hale@harbor.example.org"


class Newcomer:
    """Somebody without an account yet, as `Screens.signed_in` wants to know them."""

    @property
    def account(self) -> Account:
        return Account.objects.get(email=NOOR)


def name_noor(screens, place: str = "nominate") -> None:
    colleague = screens.new(SMALL).go("/harbor/join/")
    if place == "nominate":
        colleague.press("Name a colleague instead")
        colleague.presses = 0
        colleague.type("Their name", "Noor Hale").type("Their work email", NOOR).press("Name them")
    else:
        colleague.type("Your name", "Noor Hale").type("Your work email", NOOR).press("I would like to")
    assert (colleague.heading, colleague.typed, colleague.presses) == ("Thank you.", 2, 1)
    assert colleague.page.context.cookies() == []


def invited(screens, people, later):
    """The coordinator follows the message to the desk and invites; what the nominee's screen shows."""
    later()
    told = next(letters_to(people.coordinator.account.email))
    assert "Noor" not in told
    desk = screens.signed_in(people.coordinator, link_in(told), DESK)
    assert desk.heading == "One person was named."
    desk.press("Invite Noor Hale")
    assert desk.presses == 1
    later()
    letter = next(letters_to(NOOR))
    return screens.new().go(link_in(letter)), desk


def test_from_being_named_to_the_certificate(screens, scripts, people, later):
    # Given two colleagues who named the same person, and a coordinator who invites with one press.
    name_noor(screens)
    name_noor(screens)
    noor, desk = invited(screens, people, later)
    assert "/n/" in noor.page.url
    assert noor.heading == "Would you think about being a peer supporter?"

    # When they want to know more, and agree.
    noor.press("Tell me more")
    noor.page.get_by_label("What do you do?").select_option("nurse")
    noor.pick("I agree to what a peer does").press("Yes, I would like to")
    assert "Now sign in with the address of your invitation." in noor.words
    assert (
        Nomination.objects.count(),
        Supporter.objects.get(membership__account__email=NOOR).trained_month,
    ) == (0, None)

    # And the coordinator plans a session today, and invites who needs it.
    desk.go("/harbor/desk/training/").open("Plan a session").pick("Online")
    for label, typed in (("Day", "2026-05-11"), ("Begins at", "17:30"), ("Hours", "4"), ("Seats", "12")):
        desk.page.get_by_label(label, exact=True).fill(typed)
    desk.type("Place", "Online room 1").press("Plan it").press("Invite the one who needs it")

    # Then the newcomer follows the message, signs in, and comes with one press.
    later()
    newcomer = screens.signed_in(Newcomer(), link_in(next(letters_to(NOOR))))
    assert newcomer.heading == "0 of 4 hours. Not asked before that."
    newcomer.press("I'll be there")
    assert newcomer.presses == 1

    # And once they were ticked, they can be asked, and take their certificate along.
    desk.go(f"/harbor/desk/training/{Training.objects.get().id}/").pick("Noor Hale (Comes)")
    desk.press("Save who was there")
    newcomer.go("/harbor/mine/training/")
    assert newcomer.heading == "Trained. Good until the end of May 2028."
    with newcomer.page.expect_download() as taken:
        newcomer.page.get_by_role("link", name="Your certificate (PDF)").click()
    assert taken.value.suggested_filename == "certificate.pdf"
    assert taken.value.path().read_bytes()[:5] == b"%PDF-"


def test_not_for_me_is_one_press_and_leaves_nothing(screens, scripts, people, later):
    name_noor(screens, "join")
    noor, desk = invited(screens, people, later)
    noor.press("Not for me")
    assert (noor.heading, noor.presses) == ("That’s completely fine.", 1)
    assert (Nomination.objects.count(), Account.objects.filter(email=NOOR).count()) == (0, 0)
    desk.go("/harbor/desk/nominations/")
    assert (desk.heading, "Noor" in desk.says) == ("Nobody waits for your decision.", False)


def test_the_supporters_meet_and_a_file_goes_into_the_calendar(screens, scripts, people, later):
    desk = screens.signed_in(people.coordinator, f"{screens.address}/harbor/desk/meetings/", DESK)
    for label, typed in (("Day", "2026-05-11"), ("Begins at", "17:00"), ("Minutes", "90")):
        desk.page.get_by_label(label, exact=True).fill(typed)
    desk.type("Place", "Library").pick("Looking after each other").press("Plan it")
    later()
    peer = screens.signed_in(people.supporter, link_in(next(letters_to(people.supporter.account.email))))
    assert peer.heading == "You meet on Mon, May 11, 5:00 pm."
    assert "Looking after each other" in peer.words
    with peer.page.expect_download() as taken:
        peer.page.get_by_role("link", name="File for my calendar").click()
    assert taken.value.suggested_filename == "calendar.ics"
    assert b"SUMMARY:Meeting\r\n" in taken.value.path().read_bytes()
    desk.open("Mon, May 11").type("How many came?", "9").press("Save")
    assert Meeting.objects.values_list("held", "came").get() == (True, 9)


def test_whoever_helps_is_looked_after_with_one_press_each(screens, scripts, people, later):
    desk = screens.signed_in(people.coordinator, f"{screens.address}/harbor/desk/care/", DESK)
    desk.open("Choose a lead peer").press("Make a lead peer Ari Stone")

    # Given somebody after a heavy talk: one press asks, one rests.
    robin = screens.signed_in(people.supporter, f"{screens.address}/harbor/mine/care/", SMALL)
    robin.press("I'd like to talk")
    assert (robin.presses, "A lead peer gets in touch with you." in robin.words) == (1, True)
    robin.press("Rest for two weeks")
    assert (robin.presses, "You are resting." in robin.words) == (2, True)

    # Then the lead peer learns who, behind the sign-in, and one press forgets it.
    later()
    told = next(letters_to(people.other_supporter.account.email))
    assert "Robin" not in told
    ari = screens.signed_in(people.other_supporter, link_in(told))
    assert "Robin Vale" in ari.words
    ari.press("We talked Robin Vale")
    assert "Robin Vale" not in ari.words

    # And Robin can ask for a peer, too.
    robin.go("/harbor/mine/care/").press("Ask for a peer")
    assert robin.heading == "Ask for a peer"


def test_a_session_that_moves_is_told_and_answered_anew(screens, scripts, people, later):
    # Given a session in nine days that a supporter comes to.
    desk = screens.signed_in(people.coordinator, f"{screens.address}/harbor/desk/training/")
    desk.open("Plan a session").pick("Online")
    for label, typed in (("Day", "2026-05-20"), ("Begins at", "17:30"), ("Hours", "4"), ("Seats", "12")):
        desk.page.get_by_label(label, exact=True).fill(typed)
    desk.type("Place", "Online room 1").press("Plan it")
    session = desk.page.url
    robin = screens.signed_in(people.supporter, f"{screens.address}/harbor/mine/training/")
    robin.press("I'll be there")

    # When the coordinator moves it by an hour, on a page that holds all that was planned.
    desk.open("Something else").press("Change this session")
    assert desk.page.get_by_label("Place").input_value() == "Online room 1"
    desk.page.get_by_label("Begins at", exact=True).fill("18:30")
    desk.press("Change it")
    assert (desk.page.url, desk.heading) == (session, "Training, Wed, May 20, 6:30 pm")
    assert "Changed. One person is told." in desk.says

    # Then the supporter is written to, and is asked again.
    later()
    assert "Something is waiting on your page." in next(letters_to(people.supporter.account.email))
    robin.go("/harbor/mine/training/").press("I'll be there")
