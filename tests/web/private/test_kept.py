"""The recipient's page names every single thing that is kept, and spells out no name and no contact (D10)."""

from dataclasses import fields, replace

import pytest

from tests.canary import FINCH, INSIDE, LINNET
from tests.factories.browsers import new_browser
from tests.factories.walking import HOUR, NOON, Walk, asking
from tests.web.public.asking import words
from touchbase.kernel.clock import now
from touchbase.outreach import actions, contacts, conversations, queries
from touchbase.programs.policy import Mode
from touchbase.referrals.course import Contact, Course, Identity, Knows, Source, Talk, Wishes
from touchbase.web.private.kept import kept_of
from touchbase.web.private.pages import note_for

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

EVERYTHING = asking(
    times=("mornings",), department="emergency", site="east", wants=("other-site",), languages=("en",),
    topics=("nights",), not_with="Ari Stone", knows=Knows.YES, referrer_contact="+15035550144",
    referrer_name=LINNET.name, around=True,
)  # fmt: skip


@pytest.fixture
def walk(here, people) -> Walk:
    return Walk(here, people)


def come(walk: Walk, source: Source = Source.COLLEAGUE, *, at=NOON, **changes) -> str:
    """Somebody a colleague asked for; the token of their link."""
    of = asking(knows=Knows.RATHER_NOT, **changes)
    return walk.link(actions.receive(here=walk.here, asking=of, once="", at=at, source=source))


def page_of(walk: Walk, token: str, at=NOON):
    held = queries.private_view(token, at=at)
    details = queries.private_details(held, at=at)
    return note_for(held, peer="Robin", by_mail=False, at=at, own=details.own)


def test_all_that_was_typed_and_picked_is_there_by_its_name(walk: Walk):
    kept = actions.receive(here=walk.here, asking=EVERYTHING, once="", at=NOON, source=Source.COLLEAGUE)
    held = queries.private_view(walk.link(kept), at=NOON)
    talked = held.course.changed(talks=(Talk(mode=Mode.PHONE),))
    own = queries.private_details(held, at=NOON).own
    rows = {row.what: row.value for row in kept_of(held, own)}
    assert list(rows) == [
        "What to call you", "How to reach you", "What you do", "Department", "Site", "Best time",
        "What you'd prefer", "Open to talk about", "Please not with", "Who asked for you",
        "How to reach them", "Not through the coordinator", "Where this stands",
    ]  # fmt: skip
    assert (rows["What you do"], rows["Department"], rows["Site"]) == ("Nurse", "Emergency", "East Pier")
    assert rows["What you'd prefer"] == "2 wishes for a peer"
    assert rows["Who asked for you"] == LINNET.name
    assert talked.talks
    values = " ".join(rows.values())
    assert [text for text in (*FINCH.texts, LINNET.phone, "0144", "Ari Stone") if text in values] == []


def test_no_kind_of_thing_is_kept_that_the_page_could_forget(walk: Walk):
    """A field added to a capsule must find its line on the page: this list is what the page knows."""
    assert set(Identity.model_fields) == {"name", "language", "referrer_name"}
    assert set(Contact.model_fields) == {"channel", "address", "times", "referrer_contact"}
    assert set(Wishes.model_fields) == {
        "profession", "stage", "department", "site", "wants", "languages", "topics", "not_with", "peer",
        "only_peer",
    }  # fmt: skip
    told = {"knows", "around", "touches", "talks", "onward", "safety", "batch", "check_in", "trail", "answer"}
    assert told <= set(Course.model_fields)
    assert fields(queries.PrivateDetails)


@pytest.mark.parametrize(
    ("source", "changes", "said"),
    [
        (Source.SELF, {}, "You asked us to get in touch."),
        (Source.COLLEAGUE, {}, "Someone who cares about you thought you might like to hear from us."),
        (Source.COLLEAGUE, {"referrer_name": "Lin"}, "Lin asked us to say hello."),
        (Source.PEER, {}, "A peer supporter thought of you and wanted to say hello."),
    ],
)
def test_why_a_note_came_is_said_on_the_page(walk: Walk, source: Source, changes, said: str):
    assert page_of(walk, come(walk, source, **changes)).source == said


def test_somebody_unnamed_stays_so_whoever_asks(walk: Walk):
    browser = new_browser()
    browser.get(f"/t/{come(walk, at=now(), referrer_contact=LINNET.email)}/")
    said = words(browser.get("/t/"))
    assert "Who asked for you: Not named. We don't say who." in said
    assert [text for person in INSIDE for text in person.texts if text in said] == []


def test_who_went_around_the_coordinator_reads_that_only_the_backup_knows(walk: Walk):
    rows = page_of(walk, come(walk, around=True)).knows
    assert [row.who for row in rows][1] == walk.here.policy.backup.title


def test_a_contact_that_failed_is_said_with_what_to_do(walk: Walk):
    token = come(walk)
    handle = queries.private_view(token, at=NOON).handle
    walk.ask(handle, walk.people.supporter)
    actions.accept(handle=handle, by=walk.people.supporter.member, at=NOON + HOUR)
    contacts.contact_failed(handle=handle, by=walk.people.supporter.member, at=NOON + HOUR)
    page = page_of(walk, token, NOON + 2 * HOUR)
    assert page.heading == "We could not reach you."
    assert walk.here.policy.coordinator.phone in page.lead


@pytest.mark.parametrize(("times", "said"), [(1, "once"), (2, "2 times")])
def test_that_they_talked_is_named_as_a_number_and_how_and_never_what(walk: Walk, times: int, said: str):
    handle = walk.talking()
    for number in range(times):
        conversations.talked(
            handle=handle, by=walk.people.supporter.member, mode=Mode.PHONE, minutes="", close=False,
            at=NOON + (5 + number) * HOUR,
        )  # fmt: skip
    held = walk.held(handle)
    own = queries.private_details(held, at=NOON + 8 * HOUR).own
    rows = {row.what: row.value for row in kept_of(held, own)}
    assert rows["Talks"] == f"That you talked, {said}. How and about how long, never what."


def test_what_was_chosen_said_and_opened_since_is_named_as_well(walk: Walk):
    token = come(walk, peer=walk.people.supporter.member.supporter, only_peer=True)
    held = queries.private_view(token, at=NOON)
    course = held.course.changed(onward="inside", safety=True, batch="x")
    own = queries.private_details(held, at=NOON).own
    said = {each.what for each in kept_of(replace(held, course=course), own)}
    assert {"A peer you chose", "Other help", "Safety steps", "Who came with you"} <= said
