"""A team after a hard case: paste, check, send. Nothing is kept before that press, and no list after it."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine

from tests.canary import FINCH, LINNET, WREN
from tests.factories.paths import NOON
from tests.factories.programs import make_program, policy_text
from tests.holding.test_nothing_tells_of_a_talk import everything
from tests.web.public.asking import title, values, words
from touchbase.kernel import clock
from touchbase.notifications.models import Outgoing
from touchbase.referrals import queries
from touchbase.referrals.course import Source
from touchbase.referrals.lifecycle import Actor, State
from touchbase.referrals.models import Capsule, Link, Referral
from touchbase.referrals.queries import Opener
from touchbase.vault.models import Key
from touchbase.web.public import cap

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

EVENT = "/harbor/event/"
TWO = f"{FINCH.name}, {FINCH.phone}\n{WREN.name}\t{WREN.email}"


@pytest.fixture(autouse=True)
def _noon(here, people):
    with time_machine.travel(NOON, tick=False):
        yield


def paste(visitor, text=TWO, **picks):
    return visitor.post(EVENT, {"people": text, **picks})


def send(visitor, page, do="send", **repairs):
    return visitor.post(EVENT, {"list": values(page)["list"], "do": do, **repairs})


def kept():
    return [table.objects.count() for table in (Referral, Capsule, Link, Key, Outgoing)]


def courses(here):
    opener = Opener("", Actor.CLOCK, clock.now())
    return [queries.working(row.handle, opener=opener) for row in Referral.objects.all()]


def test_the_page_asks_for_one_text_and_two_picks_and_says_that_each_is_asked_alone(visitor):
    page = visitor.get(EVENT)
    boxes = re.findall(r'<(?:input|select|textarea)\b[^>]*\sname="([^"]+)"', page.content.decode())
    assert boxes == ["people", "department", "site"]
    assert "Each person is asked alone. For a group session call" in words(page)
    assert page["Cache-Control"] == "no-store"
    assert set(re.findall(r'autocomplete="([^"]*)"', page.content.decode())) == {"off"}


def test_two_presses_keep_everybody_and_the_thank_you_promises_no_report(visitor, here):
    checks = paste(visitor, department="surgery", site="east")
    assert (checks.status_code, title(checks)) == (200, "Check the list")
    assert "2 people" in words(checks)
    answer = send(visitor, checks)
    assert "We have 2 people from you." in words(answer)
    assert "we won’t tell you whether they talked" in words(answer)
    assert Referral.objects.count() == 2
    assert dict(visitor.cookies) == {}


def test_nothing_is_kept_before_the_check_is_confirmed(visitor):
    paste(visitor)
    paste(visitor, "nobody at all")
    assert kept() == [0, 0, 0, 0, 0]


def test_the_list_travels_sealed_and_names_nobody_in_the_field(visitor):
    checks = paste(visitor)
    assert FINCH.name not in values(checks)["list"]
    assert checks["Cache-Control"] == "no-store"


def test_each_is_kept_by_themself_held_and_tied_by_a_random_id_alone(visitor, here):
    send(visitor, paste(visitor, department="surgery"))
    found = courses(here)
    assert {held.course.source for held in found} == {Source.TEAM}
    assert {(held.state, held.held) for held in found} == {(State.RECEIVED, True)}
    assert len({held.course.batch for held in found}) == 1
    assert len(found[0].course.batch) == 26


def test_two_lists_have_nothing_in_common(visitor, here):
    send(visitor, paste(visitor))
    send(visitor, paste(visitor, f"{LINNET.name}, {LINNET.email}"))
    assert len({held.course.batch for held in courses(here)}) == 2


def test_the_same_press_twice_enters_nobody_twice(visitor):
    checks = paste(visitor)
    send(visitor, checks)
    assert "We have 2 people from you." in words(send(visitor, checks))
    assert Referral.objects.count() == 2


def test_the_desk_is_told_once_and_without_a_name(visitor):
    send(visitor, paste(visitor))
    assert Outgoing.objects.count() == 1


def test_a_line_that_cannot_be_read_is_repaired_in_place(visitor):
    checks = paste(visitor, f"{TWO}\n{LINNET.name}\n=cmd, {LINNET.phone}")
    page = unescape(checks.content.decode())
    assert "2 lines need another look" in words(checks)
    assert title(checks) == "Needs another look: Check the list"
    assert "Add how to reach them: a mobile number or an email address." in page
    assert "This begins like a formula of a spreadsheet. Write the name alone." in page
    for place in ("contact-3", "name-4"):
        assert f'<a href="#{place}">' in page
        assert re.search(rf'id="{place}"[^>]*aria-describedby="{place}-error"', page)
    again = send(visitor, checks, **{"name-3": LINNET.name, "contact-3": "x", "out-4": "yes"})
    assert (again.status_code, kept()[0]) == (422, 0)
    assert "One line needs another look" in words(again)
    answer = send(visitor, again, **{"name-3": LINNET.name, "contact-3": LINNET.email})
    assert "We have 3 people from you." in words(answer)


SHEET = "\r\n".join(
    (
        "Name\tMobile or email\t",  # the head of the sheet
        f"{FINCH.name}\t{FINCH.phone}\t",
        f"{WREN.name}\t\t",  # no contact
        f"Dr. {FINCH.name}\t(503) 555-0142\t",  # the first one again
        "=HYPERLINK(A1)\t+1 503 555 0199\t",
        f"@SUM(1+1)\t{LINNET.email}\t",
        "\t\t",
    )
)


def test_a_whole_sheet_of_nonsense_is_mended_on_the_page_and_not_a_row_is_written_before(visitor):
    before = everything()
    checks = paste(visitor, SHEET)
    assert "4 lines need another look" in words(checks)
    assert "One line was the same person again" in words(checks)
    mended = {
        "name-1": "", "contact-1": "", "out-1": "yes", "name-3": WREN.name, "contact-3": WREN.email,
        "name-5": "Lark", "contact-5": "+1 503 555 0199", "name-6": "=1+1", "contact-6": LINNET.email,
    }  # fmt: skip
    again = send(visitor, checks, **mended)
    assert (again.status_code, "One line needs another look" in words(again)) == (422, True)
    assert everything() == before
    # What was mended isn't asked for again, and a line that was left out moved the others up by one.
    answer = send(visitor, again, **{"name-5": LINNET.name, "contact-5": LINNET.email})
    assert "We have 4 people from you." in words(answer)
    assert kept()[:4] == [4, 16, 4, 4]


def test_the_same_person_twice_is_said_and_kept_once(visitor):
    checks = paste(visitor, f"{TWO}\n{FINCH.name}, {FINCH.phone}")
    assert "One line was the same person again, so they are on the list once." in words(checks)
    assert "We have 2 people from you." in words(send(visitor, checks))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Paste or type at least one person"),
        ("a, b\n" * 61, "That is 61 lines. Paste 60 people at most"),
        ("a, b\n" * 10_000, "That is 10,000 lines. Paste 60 people at most"),
    ],
)
def test_a_list_that_is_no_list_is_refused_in_plain_words(visitor, text, said):
    answer = paste(visitor, text)
    assert answer.status_code == 422
    assert said in words(answer)
    assert len(answer.content) < 100_000
    assert kept() == [0, 0, 0, 0, 0]


def test_leaving_everybody_out_leads_back_to_the_first_page(visitor):
    checks = paste(visitor, WREN.name)
    answer = send(visitor, checks, **{"out-1": "yes", "name-1": WREN.name, "contact-1": ""})
    assert "Paste or type at least one person" in words(answer)


def test_the_list_can_be_changed_with_everything_that_was_typed(visitor):
    answer = send(visitor, paste(visitor, department="surgery"), do="change")
    page = unescape(answer.content.decode())
    assert f"{FINCH.name}, +1 503 555 0142\n{WREN.name}, {WREN.email}</textarea>" in page
    assert '<option value="surgery" selected>' in page
    assert kept() == [0, 0, 0, 0, 0]


def test_after_a_quarter_of_an_hour_the_list_is_gone_and_says_so(visitor):
    checks = paste(visitor)
    with time_machine.travel(NOON + timedelta(minutes=16), tick=False):
        answer = send(visitor, checks)
    assert answer.status_code == 410
    assert "Please paste the list again." in words(answer)
    assert FINCH.name not in answer.content.decode()
    assert kept() == [0, 0, 0, 0, 0]


def test_a_department_that_was_not_offered_is_refused(visitor):
    assert "Choose the department and the site from the lists." in words(paste(visitor, department="x"))


def test_after_a_few_lists_in_an_hour_a_person_answers_the_phone(visitor):
    for _list in range(cap.LISTS_AN_HOUR):
        send(visitor, paste(visitor))
    answer = send(visitor, paste(visitor, f"{LINNET.name}, {LINNET.email}"))
    assert answer.status_code == 429
    assert "Please call us." in words(answer)
    assert LINNET.email in answer.content.decode()


def test_a_store_that_is_away_keeps_the_page_and_the_same_press_goes_on(visitor, monkeypatch):
    from touchbase.kernel.errors import Unavailable
    from touchbase.vault import store

    checks = paste(visitor)
    working, calls = store.create, []

    def fails_once(**about):
        calls.append(1)
        if len(calls) == 2:
            raise Unavailable("away")
        return working(**about)

    monkeypatch.setattr("touchbase.referrals.arrival.store.create", fails_once)
    answer = send(visitor, checks)
    assert answer.status_code == 503
    assert "Press again in a minute; nobody is entered twice." in words(answer)
    assert "We have 2 people from you." in words(send(visitor, answer))
    assert Referral.objects.count() == 2


def test_a_program_that_takes_no_lists_says_whom_to_call(visitor):
    make_program(policy_text(sources="team = false"))
    assert "The form is closed for now." in words(visitor.get(EVENT))
    assert paste(visitor).status_code == 409


def test_the_first_page_leads_to_it_where_the_program_takes_lists(visitor):
    assert EVENT in visitor.get("/harbor/").content.decode()
    make_program(policy_text(sources="team = false"))
    assert EVENT not in visitor.get("/harbor/").content.decode()
