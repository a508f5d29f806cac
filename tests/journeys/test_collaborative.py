"""A center with six members, one of them new: from the invitation to the numbers of all of them together."""

import pytest

from tests.canary import FINCH
from tests.collaborative.crowds import counts, joined
from tests.collaborative.offers import make_event, make_session
from tests.factories.people import make_supporter
from tests.factories.programs import policy_text
from tests.journeys.screens import DESK, PHONE, Screen, letters_to, link_in
from touchbase.accounts.models import Account
from touchbase.kernel import clock
from touchbase.programs.queries import export, program_at
from touchbase.utilization import actions as counting

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]

NEW = "coordinator@north.example.org"
HALF = "2026-H1"


class Newcomer:
    """The coordinator of the new program, as `Screens.signed_in` wants to know them."""

    @property
    def account(self) -> Account:
        return Account.objects.get(email=NEW)


@pytest.fixture
def five(screens, together, settings) -> None:
    """Inland is a member already; four more, of which three have people to count in this half-year."""
    settings.SMTP_ADDRESS = "smtp://mail.example.org:25"
    for slug, n in (("cape", 40), ("dune", 44), ("fen", 42), ("gull", 0)):
        program = joined(together, slug)
        counting.add(program_id=program.id, batch=slug, half_year=HALF, counts=counts(n, talked=n // 2))


def offers_the_model(faculty: Screen, text: str) -> None:
    """Faculty offer a policy file as the model."""
    faculty.press("Model program")
    faculty.type("The policy file", text).press("Check and offer it")
    assert faculty.heading == "Version 1 of the model is offered."


def at_desk(screens, part: str) -> Screen:
    """The new program's coordinator, on another day, signed in anew."""
    desk: Screen = screens.signed_in(Newcomer(), f"{screens.address}/north/desk/{part}", DESK)
    return desk


def is_invited(screens, faculty: Screen, later) -> Screen:
    """Faculty begin a program from the model; its coordinator joins by a letter, and stands at a desk."""
    faculty.press("Invite").type("Organization", "North Shore").type("Name of the program", "North Peers")
    faculty.type("Its part of the address", "north").type("Coordinator's work address", NEW)
    faculty.type("Coordinator's phone", "207-555-0190").press("Begin it, and invite the coordinator")
    later()
    person = screens.new().go(link_in(next(letters_to(NEW))))
    assert person.heading == "You're invited to North Peers"
    person.type("Your name, as colleagues know it", "Val North").press("Join")
    desk = at_desk(screens, "board/")
    assert "This program isn't open yet." in screens.new().go("/north/").says
    return desk.press("Together")


def says_it_is_so(desk: Screen, item: str) -> None:
    """One item of readiness, with the day from which on it is so."""
    desk.open(f"Change {item}")
    desk.page.get_by_label("So since").locator("visible=true").fill(clock.now().date().isoformat())
    desk.press(f"Save {item}")
    assert f"{item}: Since" in desk.words


def is_trained(screens, faculty: Screen, desk: Screen, later) -> Screen:
    """Faculty offer a session; the new desk books places, makes it its own, and ticks who was there."""
    faculty.press("Sessions").pick("Training").pick("Online")
    faculty.page.get_by_label("Day").fill("2026-05-20")
    faculty.page.get_by_label("Begins at").fill("17:30")
    faculty.type("Hours", "4").type("Places", "6")
    faculty.page.get_by_role("textbox", name="Place", exact=True).fill("Online room 1")
    faculty.press("Offer it")
    desk.press("Sessions").open("Online room 1")
    desk.type("How many people come?", "2").press("Save").press("Add it to our trainings")
    desk.press("Invite the 2 who need it")
    assert faculty.press("Sessions").open("Online room 1").words.count("North Shore") == 1
    later(days=10)
    desk = at_desk(screens, "training/").open("Online room 1")
    return desk.pick("Wren Sorel (Invited)").pick("Ari Stone (Invited)").press("Save who was there")


def is_met_in_the_pool(screens, people, later) -> None:
    """Whoever has no program of their own asks at the center's; a peer says yes, and they talk."""
    person = screens.new().go("/harbor/")
    person.type("What should we call you?", FINCH.name).type("Mobile number", FINCH.phone)
    person.press("Ask for a peer")
    pool = screens.signed_in(people.coordinator, f"{screens.address}/harbor/desk/board/", DESK)
    pool.pick("Robin Vale").press("Ask this peer")
    later()
    peer = screens.signed_in(people.supporter, link_in(next(letters_to(people.supporter.account.email))))
    peer.open("Could you take this one?").press("Yes, I can")
    assert peer.heading == FINCH.name
    link = link_in(peer.page.locator("#note-text").inner_text())
    peer.press("I sent it")
    assert screens.new().go(link).press("Let's talk").heading == "You said: let's talk."
    peer.go("/harbor/mine/").open("They said: let's talk").press("We talked")
    assert peer.heading == "Thank you. It is closed."


def test_six_members_from_the_invitation_to_the_numbers_together(screens, five, people, later):
    # Given a center with five members, whose faculty offer a model and begin a sixth program from it.
    faculty = screens.signed_in(people.faculty, f"{screens.address}/c/coast/", DESK)
    offers_the_model(faculty, export("harbor"))
    desk = is_invited(screens, faculty, later)
    assert desk.heading == "Peers on the Coast"
    assert faculty.press("All members").words.count("Regional") == 0
    north = program_at("north")
    for name in ("Wren Sorel", "Ari Stone"):
        make_supporter(north, name, trained_month=None)

    # When it has what it needs, its team trained by faculty, it opens its form by one press.
    for item in ("Endorsement", "Coordinator", "Team"):
        says_it_is_so(desk, item)
    desk = is_trained(screens, faculty, desk, later)
    says_it_is_so(desk.go("/north/desk/together/"), "Supporters")
    desk.press("Open our form")
    assert "Launch: Since" in desk.words
    assert screens.new().go("/north/talk/").page.get_by_role("button", name="Ask for a peer").count() == 1
    faculty = screens.signed_in(people.faculty, f"{screens.address}/c/coast/", DESK)
    assert faculty.words.count("Not yet") == 25  # five others, five each

    # When somebody whose organization has no program asks at the statewide pool, a peer there is matched.
    is_met_in_the_pool(screens, people, later)

    # Then the half-year's numbers of all of them together are there for the center and for each desk.
    later(days=60)
    faculty = screens.signed_in(people.faculty, f"{screens.address}/c/coast/numbers/", DESK)
    assert faculty.heading == "126 people reached out between January and June 2026."
    assert "63 of 126 people talked with a peer." in faculty.words
    desk = at_desk(screens, "together/").press("Numbers together")
    assert desk.words.partition(desk.heading)[1:] == faculty.words.partition(faculty.heading)[1:]


def test_every_other_page_of_a_collaborative_holds_for_everybody(screens, five, together, people):
    # Given a model, a session, an event, a document and a call that is asked for.
    faculty = screens.signed_in(people.faculty, f"{screens.address}/c/coast/", DESK)
    offers_the_model(faculty, policy_text("model", clock="rest_days = 5"))
    make_session(together, clock.now())
    make_event(together, clock.now())
    desk = screens.signed_in(people.elsewhere, f"{screens.address}/inland/desk/together/", DESK)

    # When a desk looks at each part, and asks to be called.
    assert desk.press("Model program").heading == "One rule differs from the model."
    desk.press("Keep ours as it is")
    desk.go("/inland/desk/together/").press("Events").open("Online room 1").type("How many come?", "2")
    desk.press("Save").go("/inland/desk/together/").press("Calls by faculty")
    desk.pick("Training them").pick("Wednesday").pick("Mornings").press("Ask them to call")
    desk.go("/inland/desk/together/").press("Library")
    desk.go("/inland/desk/together/").press("Numbers together")

    # And faculty look at theirs, and call.
    faculty.press("Calls").press("I call them Harbor Hospital").press("We talked Harbor Hospital")
    faculty.press("Events").open("Online room 1").press("Library").type(
        "Title", "A guide to the first months"
    )
    faculty.pick("Guide").type("Link", "https://example.org/guide").press("Put it in")
    faculty.press("Sessions").open("Online room 1").press("Faculty").press("Numbers")
    faculty.press("All members").press("Harbor Hospital")

    # Then each page held, by day and by night, also as narrow as a phone.
    faculty.page.set_viewport_size(PHONE)
    for part in (
        "",
        "model/",
        "sessions/",
        "consults/",
        "events/",
        "library/",
        "numbers/",
        "faculty/",
        "invite/",
    ):
        faculty.go(f"/c/coast/{part}").look(part, "on a phone")
