"""One whole way through each of the five example programs, from its own file, to the counts that remain.

What each does is what its description says (product.md section 4): who comes in, how a peer is found, how
they are reached, what comes after, and who knows.
"""

from collections import Counter

import pytest

from tests.canary import FINCH, LINNET, WREN
from tests.factories.listing import listing_of
from tests.journeys.screens import DESK, SMALL, Screen, letters_to, link_in
from tests.journeys.whole import Counts, Whole, all_is_forgotten, letters_about, whole
from touchbase.referrals.models import Referral

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]


def one(**answers: str) -> Counts:
    """One person in every table that divides people, and in the number of them."""
    same = {"match": "within-24", "note": "within-24", "touches": "fewer", "people": "people"}
    same |= {} if answers["source"] == "peer" else {"safety": "not-opened"}
    return dict.fromkeys((same | answers).items(), 1)


def says_yes(program: Whole, asked: Screen) -> Screen:
    """The peer, who read nobody's name so far, takes it on."""
    asked.open("Could you take this one?")
    assert FINCH.name not in asked.says
    assert asked.press("Yes, I can").heading == FINCH.name
    assert asked.page.url.startswith(f"{program.screens.address}{program.address('mine/')}")
    return asked


def is_over(program: Whole, last: Screen, later, remains: Counts) -> None:
    """The last page holds for everybody; when the time to undo is over, nothing is left but these counts."""
    last.look(program.here.slug)
    assert program.counted() == {}
    later(hours=1)
    assert all_is_forgotten()
    assert program.counted() == remains


def test_legacy_a_call_to_the_coordinator_becomes_a_call_from_a_peer(screens, later):
    program = whole("legacy", screens)
    peer = program.peer("Robin Vale", department="surgery")
    program.peer("Ari Stone", department="emergency")  # of their own department: never asked here

    # Given a doctor who reads the page and would rather call than type.
    reader = screens.new(SMALL).go(program.address())
    assert "during a lawsuit" in reader.says
    assert "503-555-0142" in reader.says

    # When the coordinator enters them during the call, and asks whoever isn't of their own team.
    desk = screens.signed_in(program.coordinator, f"{screens.address}{program.address('desk/board/')}", DESK)
    desk.press("Enter someone who called or wrote").pick("Asked for themself").pick("Call")
    desk.type("What do they go by?", FINCH.name).type("Their phone number", FINCH.phone)
    desk.page.get_by_label("What do they do?").select_option("Physician")
    desk.page.get_by_label("Department").select_option("Emergency medicine")
    desk.press("Enter")
    assert ("Robin Vale" in desk.words, "Ari Stone" in desk.words) == (True, False)
    desk.press("Ask this peer")

    # And the peer calls, meets them, and closes: usually once.
    later()
    mine = says_yes(program, program.told(peer))
    assert mine.page.get_by_role("link", name="Call now").get_attribute("href") == "tel:+15035550142"
    mine.press("I called").pick("In person").pick("15 to 30").press("We talked")
    assert mine.heading == "Thank you. It is closed."

    # Then one person was counted, and nothing was ever written to them.
    is_over(program, mine, later, one(
        source="self", profession="physician", answer="talked", conversations="one", mode="in-person",
        minutes="15 to 30",
    ))  # fmt: skip
    assert letters_about() == []


def test_betsy_lehman_a_colleague_asks_and_the_check_ins_go_on_as_long_as_they_help(screens, later):
    program = whole("betsy-lehman", screens)
    peer = program.peer("Robin Vale", profession="technician", site="hospital-west")

    # Given somebody who worries about a colleague, not a clinician, who has agreed to it.
    asker = screens.new(SMALL).go(program.address()).press("A colleague")
    asker.type("What do they go by?", FINCH.name).type("Their mobile number", FINCH.phone)
    asker.page.get_by_label("What do they do?").select_option("Staff outside of care")
    asker.pick("They know").press("Ask for them")
    assert asker.heading == "Thank you for looking out for them."

    # When the coordinator has looked, and asks a peer, who writes.
    later()
    desk = program.at_desk()
    desk.press("It looks real").press("Ask this peer")
    later()
    mine = says_yes(program, program.told(peer))
    link = link_in(mine.page.locator("#note-text").inner_text())
    mine.press("I sent it")
    person = screens.new().go(link).press("Let's talk")
    assert person.heading == "You said: let's talk."
    later()
    mine = program.told(peer).open("They said: let's talk")
    mine.pick("Video").pick("In a week").press("We talked")

    # And they check in again a week later, and talk once more; other help has come, too.
    later(days=7)
    mine = program.told(peer).open("Check back today")
    mine.page.get_by_role("button", name="Yes, inside").click()
    mine.pick("Phone").press("We talked")
    assert mine.heading == "Thank you. It is closed."

    # Then the two conversations are one person, counted by the first of them.
    is_over(program, mine, later, one(
        source="colleague", profession="non-clinical", answer="talked", conversations="two", mode="video",
        minutes="not-said", onward="inside",
    ))  # fmt: skip
    assert letters_about() == []


THREE_OF_A_TEAM: Counts = {
    ("source", "team"): 3, ("match", "within-24"): 3,
    ("note", "within-24"): 3, ("touches", "fewer"): 3, ("reach", "offered"): 3,
    ("answer", "talked"): 1, ("answer", "not-now"): 1, ("answer", "resources"): 1,
    ("conversations", "one"): 1, ("mode", "in-person"): 1, ("minutes", "not-said"): 1,
    ("safety", "not-opened"): 3, ("people", "people"): 3,
}  # fmt: skip


def test_ohsu_everyone_of_a_team_is_reached_by_one_press_and_each_answers_alone(screens, later):
    program = whole("ohsu", screens)
    peers = [program.peer(name) for name in ("Robin Vale", "Ari Stone", "Sam Reed")]

    # Given a notice of who was there: three people, one page.
    asker = screens.new(SMALL).go(program.address("event/"))
    lines = "\n".join(f"{each.name}, {each.email}" for each in (FINCH, WREN, LINNET))
    asker.type("Everyone who was there", lines).press("Check the list").press("Send the list")
    assert "We have 3 people from you." in asker.words

    # When the coordinator asks a peer for each of them by one press.
    later()
    desk = program.at_desk()
    desk.press("Match these 3 at once").press("They look real").press("Ask all of them")
    assert "Asked for 3 people." in desk.words

    # And each peer writes to one, who answers with one press, each another way.
    later()
    for peer, answer in zip(peers, ("Let's talk", "Not now", "Just send resources"), strict=True):
        mine = program.told(peer).open("Could you take this one?").press("Yes, I can")
        link = link_in(mine.page.locator("#note-text").inner_text())
        mine.press("I sent it")
        screens.new().go(link).press(answer)
        if answer == "Let's talk":
            mine.go(program.address("mine/")).open("They said: let's talk").pick("In person")
            assert mine.press("We talked").heading == "Thank you. It is closed."
            mine.look("ohsu")
        screens.passes_by += ("/t/",)  # every answer has the same page, in the same color

    # Then the one who talked is forgotten at once, the two others when their answer can't change any more.
    later(hours=1)
    assert (Referral.objects.count(), program.counted()[("people", "people")]) == (2, 1)
    later(days=7)
    later(hours=1)
    assert all_is_forgotten()
    assert program.counted() == THREE_OF_A_TEAM
    assert letters_about() == []


def calls_a_peer_from_the_list(program: Whole, address: str) -> None:
    """Somebody finds a peer and has their number: that is all, and nothing is kept of it."""
    chooser = program.screens.new(SMALL).go(program.address("peers/"))
    chooser.page.locator("a.peer").click()
    assert chooser.page.url == f"{program.screens.address}{address}"
    call = chooser.page.get_by_role("main").get_by_role("link", name="+1 207-555-0177")
    assert call.get_attribute("href") == "tel:+12075550177"
    assert (chooser.page.context.cookies(), Referral.objects.count(), program.counted()) == ([], 0, {})


FROM_THE_LIST = one(
    source="peer", match="later", note="later", answer="talked",
    conversations="one", mode="in-person", minutes="not-said",
)  # fmt: skip
BY_THE_PROGRAM = one(
    source="self", profession="pharmacist", answer="talked", conversations="one", mode="phone",
    minutes="not-said", onward="outside",
)  # fmt: skip


def test_lvhn_the_two_alone_know_or_the_clock_finds_a_peer_and_the_desk_sees_no_more(screens, later):
    program = whole("lvhn", screens)
    peer = program.peer("Robin Vale", public=True, contact_public="+12075550177", channels=["call"])

    # Given somebody who finds a peer on the list and calls.
    calls_a_peer_from_the_list(program, f"/lvhn/peers/{listing_of(peer)}/")

    # And somebody who lets the assistance program choose: the clock asks when a quarter of the time is over.
    asker = screens.new(SMALL).go(program.address())
    asker.type("What should we call you?", FINCH.name).type("Phone number", FINCH.phone)
    asker.page.get_by_label("What do you do?").select_option("Pharmacist")
    assert asker.press("Ask for a peer").heading == f"Thank you, {FINCH.name}."
    later(hours=2)
    mine = says_yes(program, program.told(peer))

    # When the peer has said yes, the desk sees nothing more of it.
    desk = screens.signed_in(program.coordinator, f"{screens.address}{program.address('desk/board/')}", DESK)
    assert (FINCH.name in desk.says, desk.page.locator("a.row").count()) == (False, 0)

    # And the two talk, and talk again; the peer asks whether other help arrived, and counts the other one.
    mine.press("I called").pick("Phone").pick("In a week").press("We talked")
    later(days=7)
    mine = program.told(peer).open("Check back today")
    mine.page.get_by_role("button", name="Yes, outside").click()
    mine.press("Close without another talk")
    mine.go(program.address("mine/tally/")).pick("In person").press("I had a conversation")
    assert mine.heading == "Counted. Thank you."
    mine.look("lvhn")

    # Then of the one from the list there is a number, and of the other one there are numbers.
    assert program.counted() == FROM_THE_LIST
    later(hours=1)
    assert all_is_forgotten()
    assert program.counted() == Counter(FROM_THE_LIST) + Counter(BY_THE_PROGRAM)
    assert letters_about() == []


def test_shcp_a_weekend_is_matched_in_48_hours_and_not_now_is_met_with_a_list_if_they_like(
    screens, later, settings
):
    settings.SMTP_ADDRESS = "smtp://mail.example.org:25"
    program = whole("shcp", screens)
    peer = program.peer("Robin Vale", site="maine-south")

    # Given a physician who asks on a Saturday and wants mail: 48 hours for a peer, one day for the note.
    later(days=5)
    asker = screens.new(SMALL).go(program.address()).pick("Email")
    asker.type("What should we call you?", FINCH.name).type("Email address", FINCH.email)
    asker.page.get_by_label("What do you do?").select_option("Physician")
    asker.press("Ask for a peer")
    assert "A peer will be in touch by Tue, May 19, 10:00 am." in asker.words

    # When the administrator asks a peer on Sunday, and the peer writes from their own mail.
    later(hours=26)
    program.at_desk().press("Ask this peer")
    later()
    mine = says_yes(program, program.told(peer))
    link = link_in(mine.page.locator("#note-text").inner_text())
    mine.press("I sent it")

    # And now isn't the time: they are understood, and only their own press has a list sent.
    person = screens.new().go(link).press("Not now")
    assert person.heading == "You said: not now. That's completely fine."
    later()
    assert list(letters_to(FINCH.email)) == []
    person.open("Show me a short list of help").press("Send it to me")
    later()
    assert len(list(letters_to(FINCH.email))) == 1

    # Then it rests for a week, closes by itself, and one person was counted.
    later(days=7)
    is_over(program, person, later, one(
        source="self", profession="physician", match="within-48", answer="not-now",
    ))  # fmt: skip
    assert person.go(link).heading == "This link has ended, to protect your privacy."
    assert [mail.partition("\n")[0] for mail in letters_to(FINCH.email)] != []
