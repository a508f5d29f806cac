"""The desk's pages of the supporters' year: nominations, trainings, meetings, care."""

import re
from datetime import date, time
from decimal import Decimal

import pytest

from tests.factories.paths import NOON
from tests.factories.people import make_supporter
from tests.web.public.asking import values, words
from touchbase.kernel.occasion import Kind, Way
from touchbase.supporters import care, nominating, nominations, training
from touchbase.supporters.models import Attendance, Meeting, Nomination, Supporter, Training
from touchbase.supporters.naming import Named
from touchbase.supporters.occasions import Session, Teacher

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

DESK = "/harbor/desk"
TODAY = date(2026, 5, 11)
SESSION = {
    "kind": "training", "way": "online", "day": "2026-05-20", "begins": "17:30", "hours": "4",
    "place": "Online room 1", "seats": "12", "teacher": "faculty",
}  # fmt: skip
MEETING = {
    "circle": "supporters", "day": "2026-05-11", "begins": "12:15", "minutes": "45", "place": "Library",
    "topics": ["care"],
}  # fmt: skip


@pytest.fixture
def desk(people, visitor_of, noon):
    """The coordinator's browser."""
    return visitor_of(people.coordinator.account)


def test_an_empty_desk_says_what_comes_next(desk):
    pages = {
        "nominations": "Nobody waits for your decision.",
        "training": "Everybody is trained.",
        "meetings": "No meeting is planned.",
        "care": "Nobody asked to talk.",
    }
    said = {page: words(desk.get(f"{DESK}/{page}/")) for page in pages}
    assert {page: sentence for page, sentence in pages.items() if sentence not in said[page]} == {}


def test_who_was_named_is_invited_or_set_aside_with_one_press(here, desk, noon):
    for times, name in ((3, "Noor"), (1, "Ida")):
        for _time in range(times):
            nominating.name(program_id=here.id, named=Named(name, f"{name}@example.org".lower()), at=noon)
    said = words(desk.get(f"{DESK}/nominations/"))
    assert ("2 people were named." in said, "Named 3 times" in said) == (True, True)
    noor, ida = (Nomination.objects.get(name=name).id for name in ("Noor", "Ida"))
    desk.post(f"{DESK}/nominations/{noor}/invite/")
    answer = desk.post(f"{DESK}/nominations/{ida}/aside/", follow=True)
    assert ("Nobody is told" in words(answer), "Set aside: 1" in words(answer)) == (True, True)
    assert dict(Nomination.objects.values_list("name", "state")) == {"Noor": "invited", "Ida": "aside"}


def test_a_link_is_shown_only_where_our_mail_could_not_be_sent(here, desk, noon):
    nominating.name(program_id=here.id, named=Named("Noor", "noor@example.org"), at=noon)
    key = Nomination.objects.get().id
    desk.post(f"{DESK}/nominations/{key}/invite/")
    assert "Give me a link to send" not in words(desk.get(f"{DESK}/nominations/"))
    nominating.not_delivered(nomination=key)
    assert "Give me a link to send" in words(desk.get(f"{DESK}/nominations/"))
    shown = desk.post(f"{DESK}/nominations/{key}/link/").content.decode()
    found = re.search(r'value="[^"]*/n/([^"/]+)/"', shown)
    assert found is not None
    assert nominations.behind(found[1], TODAY).id == key
    assert "/n/" not in desk.get(f"{DESK}/nominations/").content.decode()


def test_no_link_is_made_for_who_is_not_named_here(elsewhere, desk, noon):
    nominating.name(program_id=elsewhere.id, named=Named("Noor", "noor@example.org"), at=noon)
    row = Nomination.objects.get()
    assert desk.post(f"{DESK}/nominations/{row.id}/link/").status_code == 404
    assert Nomination.objects.get().token_hash == row.token_hash


def test_a_session_is_planned_invited_to_and_ticked(here, desk, noon):
    noor = make_supporter(here, "Noor Hale", trained_month=None).member.supporter
    assert "0 of 4 hours. Not asked before that." in words(desk.get(f"{DESK}/training/"))
    page = desk.post(f"{DESK}/training/", SESSION).headers["Location"]
    assert "Invite the one who needs it" in words(desk.get(page))
    assert "One person is invited." in words(desk.post(f"{page}invite/", follow=True))
    assert "Noor Hale Invited" in words(desk.get(page))
    Training.objects.update(day=date(2026, 5, 11))
    assert "Noted: one came." in words(desk.post(f"{page}came/", {"came": [noor]}, follow=True))
    assert Supporter.objects.get(membership=noor).trained_month == date(2026, 5, 1)
    assert "Everybody is trained." in words(desk.get(f"{DESK}/training/"))


def test_a_session_or_a_meeting_is_taken_back_by_one_press_and_who_to_tell_is_said(desk):
    session = desk.post(f"{DESK}/training/", SESSION).headers["Location"]
    desk.post(f"{DESK}/meetings/", MEETING)
    meeting = f"{DESK}/meetings/{Meeting.objects.get().id}/"
    said = [words(desk.post(f"{page}cancel/", follow=True)) for page in (session, meeting)]
    assert "Taken back. Tell those who said they'd come." in said[0]
    assert "Taken back. Tell those who meant to come." in said[1]
    assert (Training.objects.count(), Meeting.objects.count()) == (0, 0)


def test_a_session_is_changed_on_a_page_that_holds_what_was_planned(desk):
    page = desk.post(f"{DESK}/training/", SESSION).headers["Location"]
    assert "Change this session" in words(desk.get(page))
    shown = values(desk.get(f"{page}change/"))
    assert {name: shown[name] for name in ("day", "begins", "hours", "place", "seats")} == {
        name: SESSION[name] for name in ("day", "begins", "hours", "place", "seats")
    }
    missing = desk.post(f"{page}change/", SESSION | {"place": ""})
    assert (missing.status_code, values(missing)["hours"]) == (422, "4")
    changed = desk.post(
        f"{page}change/", SESSION | {"place": "Online room 2", "kind": "refresher"}, follow=True
    )
    assert ("Changed." in words(changed), "Online room 2" in words(changed)) == (True, True)
    assert Training.objects.get().kind == "training"


def test_how_many_are_told_of_a_change_is_said(here, people, desk, noon):
    make_supporter(here, "Noor Hale", trained_month=None)
    page = desk.post(f"{DESK}/training/", SESSION).headers["Location"]
    desk.post(f"{page}invite/")
    said = words(desk.post(f"{page}change/", SESSION | {"begins": "18:00"}, follow=True))
    assert "Changed. One person is told." in said


def test_on_its_day_a_session_offers_no_change(desk):
    page = desk.post(f"{DESK}/training/", SESSION | {"day": "2026-05-11"}).headers["Location"]
    assert "Change this session" not in words(desk.get(page))
    refused = desk.post(f"{page}change/", SESSION)
    assert (refused.status_code, "it stays as it is" in words(refused)) == (400, True)


def test_a_meeting_is_changed_on_a_page_that_holds_what_was_planned(desk):
    desk.post(f"{DESK}/meetings/", MEETING)
    page = f"{DESK}/meetings/{Meeting.objects.get().id}/"
    assert "Change this meeting" in words(desk.get(page))
    shown = desk.get(f"{page}change/")
    assert {name: values(shown)[name] for name in ("day", "begins", "minutes", "place")} == {
        name: MEETING[name] for name in ("day", "begins", "minutes", "place")
    }
    assert shown.content.decode().count("checked") == 1
    missing = desk.post(f"{page}change/", MEETING | {"topics": []})
    assert (missing.status_code, values(missing)["place"]) == (422, "Library")
    changed = desk.post(f"{page}change/", MEETING | {"place": "Hall", "circle": "team"}, follow=True)
    assert ("Changed." in words(changed), "Hall" in words(changed)) == (True, True)
    assert Meeting.objects.get().circle == "supporters"


def test_what_is_missing_from_a_session_is_said_all_at_once(desk):
    answer = desk.post(f"{DESK}/training/", SESSION | {"place": "", "hours": "many"})
    assert (answer.status_code, Training.objects.count()) == (422, 0)
    assert "2 things need another look" in words(answer)
    assert b'value="2026-05-20"' in answer.content


def test_a_place_says_above_itself_what_not_to_write_and_is_capped(desk):
    for page in ("training", "meetings"):
        text = desk.get(f"{DESK}/{page}/").content.decode()
        hint, box = text.index("No names of people, and nothing that happened."), text.index('id="place"')
        assert (hint < box, 'maxlength="60"' in text[box : box + 120]) == (True, True)
        assert "<textarea" not in text


def test_a_meeting_is_planned_from_topics_of_the_list_and_a_number_noted(here, desk):
    desk.post(f"{DESK}/meetings/", MEETING)
    key = Meeting.objects.get().id
    assert "Looking after each other" in words(desk.get(f"{DESK}/meetings/{key}/"))
    desk.post(f"{DESK}/meetings/{key}/held/", {"came": "9"})
    assert Meeting.objects.values_list("held", "came").get() == (True, 9)
    refused = desk.post(f"{DESK}/meetings/{key}/held/", {"came": "Robin and Ari"})
    assert (refused.status_code, "Enter how many came, from 1 to 500." in words(refused)) == (400, True)
    made_up = desk.post(f"{DESK}/meetings/", MEETING | {"topics": ["what happened on Tuesday"]})
    assert (made_up.status_code, Meeting.objects.count()) == (422, 1)


def test_a_calendar_file_says_neither_what_it_is_for_nor_whose(here, desk):
    desk.post(f"{DESK}/meetings/", MEETING)
    answer = desk.get(f"{DESK}/meetings/{Meeting.objects.get().id}/calendar/")
    text = answer.content.decode().replace("\r\n", "\n")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="calendar.ics"'
    assert "SUMMARY:Meeting\n" in text
    assert "DTSTART:20260511T161500Z\n" in text  # 12:15 at Harbor
    assert [word for word in ("peer", "Peer", "support", "Harbor", "harbor") if word in text] == []


def test_who_asks_to_talk_is_seen_until_somebody_talked(here, people, desk):
    robin = people.supporter.member.supporter
    care.ask(membership=robin)
    said = words(desk.get(f"{DESK}/care/"))
    assert ("One supporter would like to talk." in said, "+1 207-555-0170" in said) == (True, True)
    desk.post(f"{DESK}/care/settle/", {"membership": robin})
    assert "Nobody asked to talk." in words(desk.get(f"{DESK}/care/"))


def test_a_lead_peer_is_chosen_and_unchosen(here, people, desk):
    ari = people.other_supporter.member.supporter
    for leads in ("yes", "no"):
        desk.post(f"{DESK}/care/lead/", {"membership": ari, "leads": leads})
        assert care.peer(ari).leads is (leads == "yes")


def test_another_programs_rows_are_not_there(elsewhere, desk, noon):
    session = Session(
        Kind.TRAINING, Way.ONLINE, date(2026, 5, 11), time(12), Decimal(4), "Room", 5, Teacher.FACULTY
    )
    there = training.plan(program_id=elsewhere.id, session=session, by="lee", at=noon)
    answers = [
        desk.get(f"{DESK}/training/{there}/"),
        desk.post(f"{DESK}/training/{there}/invite/"),
        desk.post(f"{DESK}/training/{there}/came/", {"came": ["x"]}),
        desk.post(f"{DESK}/training/{there}/cancel/"),
        desk.get(f"{DESK}/training/{there}/change/"),
        desk.post(f"{DESK}/training/{there}/change/", SESSION),
    ]
    assert [answer.status_code for answer in answers] == [404] * 6
    assert (Training.objects.count(), Attendance.objects.count()) == (1, 0)


@pytest.mark.parametrize("part", ["nominations", "training", "meetings", "care"])
def test_a_page_costs_the_same_for_one_row_and_for_thirty(here, desk, part, django_assert_max_num_queries):
    one_more_of_everything(here, desk, 99)
    desk.get(f"{DESK}/{part}/")  # takes what was just done off the page, once
    with django_assert_max_num_queries(20) as asked:
        desk.get(f"{DESK}/{part}/")
        before = len(asked)
    for number in range(30):
        one_more_of_everything(here, desk, number)
    desk.get(f"{DESK}/{part}/")
    with django_assert_max_num_queries(before):
        desk.get(f"{DESK}/{part}/")


def one_more_of_everything(here, desk, number: int) -> None:
    named = Named(f"N {number}", f"n{number}@example.org")
    nominating.name(program_id=here.id, named=named, at=NOON)
    desk.post(f"{DESK}/training/", SESSION)
    desk.post(f"{DESK}/meetings/", MEETING | {"circle": "team"})
    make_supporter(here, f"Wren {number}", trained_month=None, debrief=True)
