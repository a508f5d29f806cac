"""A supporter's own pages beside the asks: training, meetings, care."""

from datetime import date, time
from decimal import Decimal

import pytest

from tests.factories.people import make_person, make_supporter
from tests.web.public.asking import words
from touchbase.accounts.roles import Role
from touchbase.kernel.occasion import Kind, Way
from touchbase.supporters import care, meeting, training
from touchbase.supporters.models import Attendance, Supporter
from touchbase.supporters.occasions import Circle, Gathering, Session, Teacher, Topic

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

MINE = "/harbor/mine"
TODAY = date(2026, 5, 11)


@pytest.fixture
def session(here, noon) -> str:
    """A session today."""
    planned = Session(
        Kind.TRAINING, Way.ON_SITE, TODAY, time(17, 30), Decimal(4), "Room 2", 2, Teacher.FACULTY
    )
    return training.plan(program_id=here.id, session=planned, by="dana", at=noon)


@pytest.fixture
def noor(here, people, visitor_of, noon):
    """The browser of somebody who isn't trained yet."""
    return visitor_of(make_supporter(here, "Noor Hale", trained_month=None).account)


@pytest.fixture
def robin(people, visitor_of, noon):
    """The browser of a trained supporter."""
    return visitor_of(people.supporter.account)


def test_coming_or_not_is_one_press_and_can_be_changed(noor, session):
    for said, button in (("coming", "I'll be there"), ("cannot", "I can't")):
        noor.post(f"{MINE}/training/{session}/answer/", {"said": said})
        page = noor.get(f"{MINE}/training/").content.decode().replace("&#x27;", "'")
        assert f'value="{said}" aria-pressed="true">{button}' in page
    assert Attendance.objects.get().said == "cannot"


def test_an_answer_that_is_none_changes_nothing(noor, session):
    assert noor.post(f"{MINE}/training/{session}/answer/", {"said": "perhaps"}).status_code == 302
    assert not Attendance.objects.exists()


def test_who_is_short_reads_how_much_and_has_no_certificate(noor, session):
    said = words(noor.get(f"{MINE}/training/"))
    assert "0 of 4 hours. Not asked before that." in said
    assert "certificate" not in said
    assert noor.get(f"{MINE}/training/certificate/").status_code == 404


def test_after_the_hours_the_certificate_is_a_pdf_with_a_name_that_says_nothing(here, noor, session, noon):
    member = Supporter.objects.get(membership__account__name="Noor Hale").membership_id
    training.tick(training=session, program_id=here.id, came=[member], by="dana", at=noon)
    assert "Good until the end of May 2028." in words(noor.get(f"{MINE}/training/"))
    answer = noor.get(f"{MINE}/training/certificate/")
    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="certificate.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_overdue_is_said_plainly(here, people, robin):
    Supporter.objects.update(trained_month=date(2020, 1, 1))
    said = words(robin.get(f"{MINE}/training/"))
    assert "The refresher was due by the end of January 2022. Not asked until it is done." in said


@pytest.mark.parametrize(
    ("month", "sentence"),
    [
        (date(2024, 6, 1), "Trained. The refresher is due by the end of June 2026."),
        (date(2026, 6, 1), "Training counts from June 2026 on."),
    ],
)
def test_what_comes_soon_is_said_with_its_month(robin, month, sentence):
    Supporter.objects.update(trained_month=month)
    assert sentence in words(robin.get(f"{MINE}/training/"))


def test_meetings_ahead_show_topics_and_the_teams_stay_the_teams(here, people, robin, noon):
    ours = Gathering(Circle.SUPPORTERS, TODAY, time(17), 90, "Library", (Topic.SKILLS,))
    teams = Gathering(Circle.TEAM, TODAY, time(17), 90, "Library", (Topic.NUMBERS,))
    _ours, key = (
        meeting.plan(program_id=here.id, gathering=one, by="dana", at=noon) for one in (ours, teams)
    )
    said = words(robin.get(f"{MINE}/meetings/"))
    assert ("Practice: opening, listening, ending" in said, "The released counts" in said) == (True, False)
    assert robin.get(f"{MINE}/meetings/{key}/calendar/").status_code == 404


def test_who_has_no_profile_yet_has_neither_care_nor_training_to_look_at(here, visitor_of, noon):
    newcomer = visitor_of(make_person(here, Role.SUPPORTER, "Noor Hale").account)
    assert [newcomer.get(f"{MINE}/{page}/").status_code for page in ("care", "training")] == [404, 404]


def test_asking_to_talk_is_one_press_and_taking_it_back_is_one(people, robin):
    member = people.supporter.member.supporter
    robin.post(f"{MINE}/care/ask/")
    assert (care.peer(member).asks, "You asked." in words(robin.get(f"{MINE}/care/"))) == (True, True)
    robin.post(f"{MINE}/care/ask/", {"back": "1"})
    assert care.peer(member).asks is False


def test_only_a_lead_peer_sees_who_asks_and_may_settle_it(here, people, robin, visitor_of):
    ari, member = people.other_supporter, people.supporter.member.supporter
    robin.post(f"{MINE}/care/ask/")
    browser = visitor_of(ari.account)
    assert "Robin Vale" not in words(browser.get(f"{MINE}/care/"))
    assert browser.post(f"{MINE}/care/settle/", {"membership": member}).status_code == 404
    care.choose_lead(membership=ari.member.supporter, program_id=here.id, leads=True)
    assert "Robin Vale +1 207-555-0170" in words(browser.get(f"{MINE}/care/"))
    browser.post(f"{MINE}/care/settle/", {"membership": member})
    assert care.peer(member).asks is False


def test_a_rest_after_a_heavy_one_is_one_press_and_so_is_coming_back(people, robin):
    profiles = Supporter.objects.filter(membership=people.supporter.member.supporter)
    robin.post(f"{MINE}/care/rest/")
    assert profiles.get().resting_until == date(2026, 5, 24)
    robin.post(f"{MINE}/care/rest/", {"back": "1"})
    assert profiles.get().resting_until is None


def test_a_supporter_is_shown_the_way_to_a_peer_of_their_own(robin):
    assert b'href="/harbor/talk/"' in robin.get(f"{MINE}/care/").content


def test_looking_changes_nothing(here, people, robin, session):
    before = [list(table.objects.values()) for table in (Supporter, Attendance)]
    for page in ("training", "meetings", "care", "training/certificate", f"training/{session}/calendar"):
        assert robin.get(f"{MINE}/{page}/").status_code == 200, page
    assert [list(table.objects.values()) for table in (Supporter, Attendance)] == before
