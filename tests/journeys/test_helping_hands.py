"""What a script adds on the pages of supporters and the desk, and what a small screen changes."""

import pytest

from tests.factories.people import make_supporter
from tests.factories.walking import Walk, asking, by_mail
from tests.journeys.screens import DESK, PHONE
from touchbase.kernel import clock

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]


@pytest.fixture
def walk(screens, here, people) -> Walk:
    """The steps before those a journey is about, taken without a screen."""
    return Walk(here, people)


def test_ticked_times_stand_in_the_note_at_once(screens, scripts, people, walk):
    walk.accepted(clock.now(), of=by_mail())
    peer = screens.signed_in(people.supporter, f"{screens.address}/harbor/mine/").open("Send the note")
    note = peer.page.locator("#note-text")
    peer.pick("Evenings")
    if not scripts:
        peer.press("Put it in the note")
    note.filter(has_text="I have time in the evenings.").wait_for()
    opens = peer.page.get_by_role("link", name="Open in my mail").get_attribute("href") or ""
    assert "in%20the%20evenings" in opens
    peer.pick("Mornings")
    if not scripts:
        peer.press("Put it in the note")
    note.filter(has_text="I have time in the mornings or in the evenings.").wait_for()
    if scripts:
        said = "The note says you have time in the mornings or in the evenings."
        peer.page.locator("#live").filter(has_text=said).wait_for()
    peer.press("I sent it")
    assert "Waiting for their answer" in peer.words


def test_the_note_is_copied_with_one_press(screens, people, walk):
    walk.accepted(clock.now())
    peer = screens.signed_in(people.supporter, f"{screens.address}/harbor/mine/").open("Send the note")
    peer.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    peer.press("Copy the note")
    peer.page.get_by_role("button", name="Copied.").wait_for()
    copied = peer.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Hi Canary Finchley, it's Robin Vale at Harbor. Just touching base.")


def test_the_board_is_walked_by_keys_that_can_be_turned_off(screens, people, walk):
    # Given three who wait, the first of them open.
    for _ in range(3):
        walk.received(clock.now(), of=asking())
    desk = screens.signed_in(people.coordinator, f"{screens.address}/harbor/desk/board/", DESK)
    rows = [row.get_attribute("href") for row in desk.page.locator(".queue a.row").all()]
    keys, focused = desk.page.keyboard, "document.activeElement.getAttribute('href')"

    # When keys are pressed, they lead down, up, to the button, and to their list.
    keys.press("j")
    keys.press("j")
    assert desk.page.evaluate(focused) == rows[1]
    keys.press("k")
    assert desk.page.evaluate(focused) == rows[0]
    keys.press("a")
    assert desk.page.evaluate("document.activeElement.id") == "ask"
    keys.press("?")
    assert "to the Ask button" in desk.page.evaluate("document.activeElement.innerText")

    # Then they can be turned off for good, and on again.
    desk.press("Turn these keys off").go("/harbor/desk/board/")
    keys.press("j")
    assert desk.page.evaluate(focused) is None
    desk.press("Turn single keys on")
    keys.press("j")
    assert desk.page.evaluate(focused) == rows[0]


def test_without_a_script_no_key_is_promised(screens, people, walk):
    walk.received(clock.now())
    screens.scripts = False
    desk = screens.signed_in(people.coordinator, f"{screens.address}/harbor/desk/board/", DESK)
    assert "to the Ask button" not in desk.says


def test_on_a_phone_the_queue_comes_first_and_there_is_a_way_back(screens, people, walk):
    make_supporter(walk.here, "Wren Sorel")
    walk.received(clock.now())
    desk = screens.signed_in(people.coordinator, f"{screens.address}/harbor/desk/board/", PHONE)
    queue = desk.page.locator(".queue")
    assert desk.ends_above(".queue") < desk.ends_above("main")
    desk.page.locator("a.row").first.click()
    desk.page.get_by_role("link", name="Back to the board").wait_for()
    queue.wait_for(state="hidden")  # once the page's styles have come, which may be after its words
    desk.press("Back to the board")
    queue.wait_for(state="visible")


def test_everyone_a_new_link_and_a_name_are_on_request(screens, people, walk):
    # Given somebody who waits, and somebody with a peer.
    walk.received(clock.now())
    handle = walk.accepted(clock.now())
    desk = screens.signed_in(people.coordinator, f"{screens.address}/harbor/desk/board/", DESK)

    # When everyone is asked for, then the best come first, and the others with why not.
    desk.press("See everyone")
    assert desk.heading == "Everyone, best first"

    # And of somebody with a peer the name is behind a press, which is counted, and a link can be made anew.
    desk.go(f"/harbor/desk/board/{handle}/").press("Show name and contact")
    assert desk.page.locator("main h1").inner_text() == "Canary Finchley"
    desk.open("Something else").press("Make a new private link")
    link = desk.page.get_by_label("The new link").input_value()
    assert screens.new().go(link).heading == "We have your request."

    # And everything done is summed, without whom it was about.
    desk.go("/harbor/desk/acts/")
    assert ("Looked at a name after a match" in desk.words, "Canary" in desk.words) == (True, False)


def test_a_close_from_the_desk_is_undone(screens, scripts, people, walk):
    walk.received(clock.now())
    desk = screens.signed_in(people.coordinator, f"{screens.address}/harbor/desk/board/", DESK)
    desk.open("Something else").press("Close it")
    assert desk.heading == "Nobody is waiting for a match."
    desk.open("Erased from").press("Undo")
    desk.go("/harbor/desk/board/")
    assert desk.heading == "One person is waiting for a match."
