"""The other ways a request goes: passed on, not now, taken back, by phone alone, and once more later."""

import pytest

from tests.canary import FINCH
from tests.factories.people import make_supporter
from tests.factories.walking import Walk, asking, by_mail
from tests.journeys.screens import DESK, PHONE, SMALL, letters_to, link_in
from touchbase.kernel import clock
from touchbase.notifications.models import Outgoing
from touchbase.programs.policy import Channel
from touchbase.referrals import queries
from touchbase.referrals.lifecycle import Actor, State
from touchbase.referrals.models import Capsule, Link, Referral
from touchbase.referrals.queries import Opener
from touchbase.vault.models import Key, Pool

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]


@pytest.fixture
def walk(screens, here, people) -> Walk:
    """The steps before those a journey is about, taken without a screen."""
    return Walk(here, people)


def gone() -> bool:
    """Whether nothing of anybody is left."""
    return not any(table.objects.exists() for table in (Referral, Capsule, Link, Key))


def token_of(walk: Walk, handle: str) -> str:
    """The private link of somebody's request, as it stands in their note."""
    opener = Opener("", Actor.RECIPIENT, clock.now())
    return queries.link_token(handle, program=walk.here.id, n=1, opener=opener)


def test_after_a_pass_and_after_silence_the_next_is_asked(screens, scripts, people, later, walk):
    # Given three peers who fit, and somebody who waits.
    make_supporter(walk.here, "Wren Sorel")
    handle = walk.received(clock.now())

    # When the coordinator asks one, who passes with one press and is asked for no reason.
    desk = screens.signed_in(people.coordinator, f"{screens.address}/harbor/desk/board/", DESK)
    desk.pick("Robin Vale").press("Ask this peer")
    peer = screens.signed_in(people.supporter, f"{screens.address}/harbor/mine/")
    peer.open("Could you take this one?").press("Pass")
    assert (peer.presses, peer.heading) == (2, "Nothing waits for you.")

    # Then it waits at the desk again, without the one who passed.
    desk.go("/harbor/desk/board/")
    assert (desk.heading, "Robin Vale" in desk.words) == ("One person is waiting for a match.", False)
    desk.press("Ask this peer")

    # And when the next one stays silent for the waking hours an ask has, it comes back once more.
    later(hours=5)
    assert walk.state(handle) is State.RECEIVED
    desk = screens.signed_in(people.coordinator, link_in(next(letters_to("dana.quill@harbor.example.org"))))
    desk.page.set_viewport_size(DESK)
    assert "One peer didn't answer in time" in desk.words
    desk.press("Ask this peer")
    assert walk.state(handle) is State.MATCHED


def test_a_list_goes_out_only_when_pressed_and_erasing_is_final(screens, scripts, later, walk, settings):
    settings.SMTP_ADDRESS = "smtp://mail.example.org:25"
    handle = walk.invited(clock.now(), of=by_mail())
    person = screens.new(SMALL).go(f"/t/{token_of(walk, handle)}/")

    # Given somebody who said not now: nothing is sent because of it.
    person.press("Not now")
    assert person.heading == "You said: not now. That's completely fine."
    later()
    assert list(letters_to(FINCH.email)) == []

    # When they open the list and press for it, it is sent once.
    person.open("Show me a short list of help").press("Send it to me")
    later()
    later()
    assert len(list(letters_to(FINCH.email))) == 1
    assert "on its way" in person.go("/t/").words

    # And when they erase, they are asked once more, and then nothing is left.
    person.press("Erase this now").press("Erase now")
    assert person.heading == "It is erased."
    assert gone()
    assert not Outgoing.objects.exclude(handle="").exists()

    # Then, if they like, two presses say how it was, and nothing of them is in it.
    person.press("Two questions, without your name").press("Some").press("Yes")
    assert person.heading == "Thank you."
    said = Pool.objects.filter(measure__startswith="feedback").values_list("measure", "category", "n")
    assert sorted(said) == [
        ("feedback", "feedback", 2), ("feedback-help", "yes", 1), ("feedback-reach", "some", 1),
    ]  # fmt: skip


def test_a_link_that_reached_somebody_else_is_ended_by_them(screens, scripts, people, later, walk):
    handle = walk.invited(clock.now())
    stranger = screens.new().go(f"/t/{token_of(walk, handle)}/")
    stranger.press("This isn't me")
    assert (stranger.heading, gone()) == ("It is erased.", True)
    later()
    told = "".join(letters_to(people.coordinator.account.email))
    assert "A contact we were given was wrong." in told


def test_who_changes_their_mind_right_away_cancels_on_the_same_page(screens, scripts, here):
    asker = screens.new().go("/harbor/talk/").pick("Call")
    asker.type("What should we call you?", FINCH.name).type("Phone number", FINCH.phone)
    asker.press("Ask for a peer").press("Cancel and erase this")
    assert (asker.heading, gone()) == ("It is erased.", True)


def test_who_wants_a_call_never_gets_a_link(screens, scripts, people, later, walk):
    # Given somebody to call, and a peer who said yes: there is a script, and no link in it.
    handle = walk.accepted(clock.now(), of=asking(channel=Channel.CALL))
    peer = screens.signed_in(people.supporter, f"{screens.address}/harbor/mine/").open("Send the note")
    script = peer.page.locator("#note-text").inner_text()
    assert ("/t/" in script, peer.page.get_by_role("button", name="Copy the note").count()) == (False, 0)

    # When the peer calls and they talk right away, it is closed with the same press.
    peer.press("I called").open("A short list of help, to read out")
    peer.pick("Phone").pick("15 to 30").press("We talked")
    assert peer.heading == "Thank you. It is closed."

    # Then a slip is undone, and what was asked for on the phone is done.
    peer.press("Undo").open("Something else")
    peer.press("They asked to be erased").press("Erase now")
    assert gone()
    assert handle not in peer.page.content()


def test_a_second_note_a_check_in_and_then_no_more(screens, scripts, people, later, walk):
    # Given a note without an answer, four days on.
    walk.invited(clock.now())
    later(days=4)
    message = next(letters_to(people.supporter.account.email))
    peer = screens.signed_in(people.supporter, link_in(message)).open("A second note may go")
    assert "this is the last note from me" in peer.words.lower()

    # When the second one went out, there is no third.
    peer.press("I sent it")
    assert "Two notes have gone out." in peer.words

    # And when they answered the peer, and want to be asked again in a week, it stays open until then.
    peer.press("Let's talk").pick("In a week").press("We talked")
    peer.go("/harbor/mine/")
    assert (peer.heading, "Check back on Fri, May 22" in peer.words) == ("Nothing waits for you.", True)
    later(days=7)
    peer = screens.signed_in(people.supporter, f"{screens.address}/harbor/mine/").open("Check back today")
    assert "You said it was OK to check back." in peer.words
    peer.press("Close without another talk")
    later(hours=1)
    assert gone()


def test_a_peer_who_shouldnt_be_the_one_steps_aside(screens, scripts, people, walk):
    handle = walk.accepted(clock.now())
    peer = screens.signed_in(people.supporter, f"{screens.address}/harbor/mine/").open("Send the note")
    peer.open("Something else").press("I shouldn't be the one")
    assert (walk.state(handle), FINCH.name in peer.says) == (State.RECEIVED, False)
    person = screens.new(PHONE).go(f"/t/{token_of(walk, handle)}/")
    assert "1 peer saw your name and stepped aside." in person.words
