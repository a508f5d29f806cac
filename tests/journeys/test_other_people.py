"""For somebody else: a colleague asks, the desk enters, a peer begins; a number fails, one comes twice."""

import pytest

from tests.canary import FINCH, LINNET
from tests.factories.programs import make_program, policy_text
from tests.factories.walking import Walk
from tests.journeys.screens import DESK, SMALL, letters_to, link_in
from touchbase.kernel import clock
from touchbase.outreach import queries as outreach
from touchbase.programs.models import Program
from touchbase.referrals import queries
from touchbase.referrals.lifecycle import Actor, State
from touchbase.referrals.models import Referral
from touchbase.referrals.queries import Opener

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]


@pytest.fixture
def walk(screens, here, people) -> Walk:
    """The steps before those a journey is about, taken without a screen."""
    return Walk(here, people)


def own_page(walk: Walk, handle: str) -> str:
    """Where somebody's private link leads."""
    opener = Opener("", Actor.RECIPIENT, clock.now())
    held = queries.working(handle, opener=opener)
    token = queries.link_token(handle, program=walk.here.id, n=held.course.link_n, opener=opener)
    return f"/t/{token}/"


def test_a_colleague_asks_and_learns_nothing_more_and_its_person_reads_why(
    screens, scripts, people, later, walk
):
    # Given somebody who worries about a colleague, and begins at the program's page.
    asker = screens.new(SMALL).go("/harbor/").press("A colleague")
    assert "If you can, tell them first." in asker.words
    asker.requests.clear()
    asker.presses = 0

    # When they write a name, a number, and that the person doesn't know yet: four inputs, one request.
    asker.type("What do they go by?", FINCH.name).type("Their mobile number", FINCH.phone).pick("Not yet")
    asker.press("Ask for them")
    assert asker.typed + asker.presses - 1 <= 4
    assert asker.requests == [("POST", "/harbor/refer/")]
    assert asker.heading == "Thank you for looking out for them."
    assert (FINCH.name in asker.says, "/t/" in asker.page.content()) == (False, False)
    assert asker.page.context.cookies() == []

    # Then the desk looks first, and asks a peer.
    later(minutes=1)
    desk = screens.signed_in(people.coordinator, link_in(next(letters_to("dana.quill@harbor.example.org"))))
    desk.page.set_viewport_size(DESK)
    assert "Does this look real?" in desk.words
    assert [fact for fact in ("A colleague asked", "Not yet") if fact not in desk.words] == []
    desk.press("It looks real").pick("Robin Vale").press("Ask this peer")
    peer = screens.signed_in(people.supporter, f"{screens.address}/harbor/mine/")
    peer.open("Could you take this one?").press("Yes, I can")
    assert "A colleague asked" in peer.words
    peer.press("I sent it")

    # And the person reads on their own page why a note came, and by whom it isn't said.
    handle = Referral.objects.get().handle
    person = screens.new().go(own_page(walk, handle))
    assert "Someone who cares about you thought you might like to hear from us." in person.words
    assert "Not named. We don't say who." in person.words


def test_a_number_that_fails_is_asked_for_once_and_replaced(screens, scripts, people, walk):
    # Given a colleague who left a number of their own, and may be named.
    asker = screens.new().go("/harbor/refer/")
    asker.type("What do they go by?", FINCH.name).type("Their mobile number", FINCH.phone)
    asker.open("Anything about you?").type("Your number or email address", LINNET.phone)
    asker.pick("Yes, you may name me").type("Your name, as they know you", LINNET.name).press("Ask for them")
    handle = Referral.objects.get().handle
    walk.ask(handle, people.supporter, clock.now())

    # When the peer says yes, and finds that the number doesn't work.
    peer = screens.signed_in(people.supporter, f"{screens.address}/harbor/mine/")
    peer.open("Could you take this one?").press("Yes, I can").open("Something else")
    peer.press("That number or address doesn't work")
    assert (peer.heading, FINCH.name in peer.says) == ("Nothing waits for you.", False)

    # Then the desk sees who told us, once, and writes the number they give.
    desk = screens.signed_in(people.coordinator, f"{screens.address}/harbor/desk/board/", DESK)
    desk.go(f"/harbor/desk/board/{handle}/")
    desk.press("Show who told us, once")
    assert "+1 503-555-0144" in desk.words
    desk.press("Replace the contact").pick("Email").type("Their email address", FINCH.email).press(
        "Replace it"
    )
    assert "503-555-0144" not in desk.says
    desk.press("Ask this peer")
    assert walk.state(handle) is State.MATCHED
    person = screens.new().go(own_page(walk, handle))
    assert f"{LINNET.name} asked us to say hello." in person.words


def test_the_desk_enters_who_called_and_joins_who_came_twice(screens, scripts, people, later, walk):
    # Given somebody who asked for themself.
    first = walk.received(clock.now())

    # When a colleague calls about the same person, and the desk enters them.
    later(minutes=31)
    desk = screens.signed_in(people.coordinator, f"{screens.address}/harbor/desk/board/", DESK)
    desk.press("Enter someone who called or wrote").pick("A colleague asked")
    desk.type("What do they go by?", FINCH.name).type("Their mobile number", FINCH.phone).press("Enter")
    assert desk.heading == "Two people are waiting for a match."
    assert "Maybe the same person as Ref" in desk.words

    # Then one press joins the two: the first one stays, and only one note can go out.
    desk.press("One person: join them")
    assert desk.heading == "One person is waiting for a match."
    assert first in desk.page.url
    later(hours=1)
    assert [row.handle for row in Referral.objects.all()] == [first]


def test_a_peer_begins_by_themself_and_the_note_is_ready(screens, scripts, people, walk):
    peer = screens.signed_in(people.supporter, f"{screens.address}/harbor/mine/")
    peer.press("Reach out to someone yourself")
    peer.type("What do they go by?", FINCH.name).type("Their mobile number", FINCH.phone).press("Begin")
    assert peer.heading == FINCH.name
    peer.press("I sent it")
    assert walk.state(Referral.objects.get().handle) is State.INVITED
    person = screens.new().go(own_page(walk, Referral.objects.get().handle))
    assert "A peer supporter thought of you and wanted to say hello." in person.words


def test_who_goes_around_the_coordinator_is_seen_by_the_backup_alone(screens, scripts, people, walk):
    asker = screens.new().go("/harbor/talk/")
    asker.type("What should we call you?", FINCH.name).type("Mobile number", FINCH.phone)
    asker.open("Anything you’d prefer?").pick("Not through the coordinator").press("Ask for a peer")
    desk = screens.signed_in(people.coordinator, f"{screens.address}/harbor/desk/board/", DESK)
    assert (desk.heading, FINCH.name in desk.says) == ("Nobody is waiting for a match.", False)
    backup = screens.signed_in(people.backup, f"{screens.address}/harbor/desk/board/", DESK)
    assert (backup.heading, FINCH.name in backup.words) == ("One person is waiting for a match.", True)


def test_whoever_the_program_isnt_for_is_shown_where_to_turn_before_and_after(screens, scripts, people, walk):
    # Given a program for some professions only, and somebody of another one.
    make_program(policy_text(eligibility="required = true"))
    asker = screens.new().go("/harbor/talk/")
    asker.type("What should we call you?", FINCH.name).type("Mobile number", FINCH.phone)
    asker.page.get_by_label("What do you do?").select_option("None of these")
    asker.press("Ask for a peer")
    assert asker.heading == "Somebody else is there for this."
    assert (Referral.objects.count(), Program.objects.count()) == (0, 2)

    # When the desk finds it out later, the person's own page says the same.
    handle = walk.received(clock.now())
    link = own_page(walk, handle)
    desk = screens.signed_in(people.coordinator, f"{screens.address}/harbor/desk/board/", DESK)
    desk.go(f"/harbor/desk/board/{handle}/")
    desk.open("Something else").press("Send them elsewhere").press("Send elsewhere")
    assert desk.heading == "Nobody is waiting for a match."
    person = screens.new().go(link)
    assert (person.heading, walk.here.policy.eligibility.otherwise in person.words) == (
        "Somebody else is there for this.", True,
    )  # fmt: skip
    assert outreach.private_view(link.split("/")[2], at=clock.now()).state is State.CLOSING
