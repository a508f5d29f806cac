"""The pages of people: who works here, inviting, changing, ending, and one press back."""

import re
from typing import Any

import pytest
import time_machine

from tests.factories.people import make_person
from tests.web.public.asking import words
from touchbase.accounts import actions, queries
from touchbase.accounts.models import Account, Invitation, Membership
from touchbase.accounts.roles import Role
from touchbase.audit import log
from touchbase.notifications.models import Outgoing
from touchbase.referrals.lifecycle import State

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

PEOPLE = "/harbor/desk/people/"
SAM = "sam.new@example.org"


@pytest.fixture
def desk(people, visitor_of, noon):
    """The coordinator's browser."""
    return visitor_of(people.coordinator.account)


@pytest.fixture
def mailing(settings):
    """An installation that sends mail."""
    settings.SMTP_ADDRESS = "smtp://127.0.0.1:1"


def invite(desk, role="supporter", email=SAM, **more) -> Any:
    return desk.post(PEOPLE, {"email": email, "role": role}, **more)


def key() -> str:
    return Invitation.objects.get().key


def of(who, part="") -> str:
    return f"{PEOPLE}{who.account.pk}/{part}"


def was(answer) -> str:
    """What the button that puts it back would send."""
    found = re.search(r'name="was" value="([^"]*)"', answer.content.decode())
    return found[1] if found else ""


def roles(who, here) -> set[Role]:
    return set(queries.member_at(who.account.pk, here.id).roles)


def test_everybody_is_there_with_what_they_are(desk, people):
    page = words(desk.get(PEOPLE))
    assert "7 people work here." in page
    for said in (
        "Dana Quill (you) dana.quill@harbor.example.org Coordinator",
        "Jo Marsh jo.marsh@harbor.example.org Backup coordinator",
        "Robin Vale robin.vale@harbor.example.org Peer supporter",
        "Kit Root kit.root@harbor.example.org Operator",
        "Noor Center noor.center@harbor.example.org Faculty",
    ):
        assert said in page
    assert "Lee Inland" not in page
    assert "Nobody is invited just now." in page


def test_who_is_away_is_marked(desk, people, noon):
    Account.objects.filter(name="Jo Marsh").update(away_until=noon.date())
    assert "Backup coordinator away" in words(desk.get(PEOPLE))


def test_an_invitation_goes_out_by_mail(desk, here, mailing):
    page = words(invite(desk, follow=True))
    assert "Invited. The mail goes out by day" in page
    assert (
        "sam.new@example.org Peer supporter Invited by Dana Quill. The link works until May 18, 2026." in page
    )
    assert (Outgoing.objects.count(), "/account/invitation/" in page) == (1, False)


def test_without_a_mail_server_the_link_is_shown_once(desk, here):
    answer = invite(desk)
    assert "Hand them this link; it is shown once." in words(answer)
    token = re.findall(r"/account/invitation/([^/]+)/", answer.content.decode())[0]
    assert queries.invited(token, Invitation.objects.get().until).email == SAM
    assert "/account/invitation/" not in desk.get(PEOPLE).content.decode()
    again = desk.post(f"{PEOPLE}invitations/{key()}/resend/")
    assert token not in again.content.decode()
    assert "/account/invitation/" in again.content.decode()


@pytest.mark.parametrize(
    ("role", "email", "says"),
    [
        ("", SAM, "Choose what they will be."),
        ("operator", SAM, "Choose one of the roles on the page."),
        ("supporter", "nobody", "Enter an email address, like robin.vale@example.org."),
        ("leader", "jo.marsh@harbor.example.org", "can't be two of coordinator, backup and leader"),
        ("supporter", "robin.vale@harbor.example.org", "This person has the role here already."),
    ],
)
def test_what_needs_another_look_is_said_beside_the_form(desk, role, email, says):
    answer = invite(desk, role, email)
    assert (answer.status_code, says in words(answer)) == (422, True)
    assert f'value="{email}"' in answer.content.decode()
    assert not Invitation.objects.exists()


def test_an_invitation_is_written_again_and_taken_back_and_put_back(desk, here, mailing, people):
    invite(desk)
    page = words(desk.post(f"{PEOPLE}invitations/{key()}/resend/", follow=True))
    assert "Written again." in page
    answer = desk.post(f"{PEOPLE}invitations/{key()}/withdraw/")
    assert "Taken back. The link is dead, and nobody is told." in words(answer)
    assert not Invitation.objects.exists()
    page = words(desk.post(f"{PEOPLE}again/", {"was": was(answer)}, follow=True))
    assert "It is as it was." in page
    assert Invitation.objects.get().email == SAM
    who = people.coordinator.account.pk
    acts = {
        act.verb: act.n
        for act in log.acts(program=here.id, since=Invitation.objects.get().until.replace(day=1))
        if act.actor == who
    }
    assert acts == {"invite": 3, "withdraw invitation": 1}


def test_a_link_to_hand_over_where_the_mail_could_not_be_sent(desk, here, mailing):
    invite(desk)
    assert "Give me a link to send" not in words(desk.get(PEOPLE))
    actions.note_undelivered(invitation=key())
    page = words(desk.get(PEOPLE))
    assert ("Our mail could not be sent there" in page, "Give me a link to send" in page) == (True, True)
    assert "/account/invitation/" in desk.post(f"{PEOPLE}invitations/{key()}/link/").content.decode()
    assert desk.post(f"{PEOPLE}invitations/nothing/link/").status_code == 400


def test_an_invitation_made_at_the_machine_is_there_too(desk, here, noon):
    actions.invite(program_id=here.id, role=Role.BACKUP, email=SAM, at=noon, signs_in=True)
    assert "Invited by whoever runs Touchbase." in words(desk.get(PEOPLE))


def test_a_role_is_changed_and_put_back(desk, here, people):
    assert "Make them leader instead" in words(desk.get(of(people.backup)))
    answer = desk.post(of(people.backup, "change/"), {"role": "leader"})
    assert ("Changed." in words(answer), roles(people.backup, here)) == (True, {Role.LEADER})
    desk.post(f"{PEOPLE}again/", {"was": was(answer)})
    assert roles(people.backup, here) == {Role.BACKUP}


def test_a_coordinator_who_becomes_leader_is_led_to_what_opens_to_them(desk, here, people):
    make_person(here, Role.COORDINATOR, "Noor Hale")
    answer = desk.post(of(people.coordinator, "change/"), {"role": "leader"}, follow=True)
    assert answer.redirect_chain == [("/account/", 302), ("/harbor/numbers/", 302)]
    assert desk.get(PEOPLE).status_code == 404


@pytest.mark.parametrize(
    ("part", "act", "role", "says"),
    [
        ("coordinator", "change/", "leader", "This is the only coordinator."),
        ("coordinator", "end/", "coordinator", "This is the only coordinator."),
        ("supporter", "change/", "leader", "Only coordinator, backup and leader change into each other."),
        ("backup", "change/", "supporter", "Only coordinator, backup and leader change into each other."),
        ("backup", "give/", "leader", "can't be two of coordinator, backup and leader"),
        ("backup", "give/", "boss", "Choose what they will be."),
        ("backup", "end/", "", "Choose what they will be."),
    ],
)
def test_what_cannot_be_is_refused_in_words(desk, here, people, part, act, role, says):  # noqa: PLR0917
    who = getattr(people, part)
    before = roles(who, here)
    answer = desk.post(of(who, act), {"role": role})
    assert (answer.status_code, says in words(answer)) == (400, True)
    assert roles(who, here) == before


def test_another_role_is_given_by_an_invitation_they_say_yes_to(desk, here, people, mailing):
    page = words(desk.post(of(people.leader, "give/"), {"role": "supporter"}, follow=True))
    assert "Invited. The mail goes out by day" in page
    assert (Invitation.objects.get().email, roles(people.leader, here)) == (
        "max.field@harbor.example.org", {Role.LEADER},
    )  # fmt: skip


def test_only_roles_that_can_be_had_beside_the_others_are_offered(desk, people):
    beside = {part: words(desk.get(of(getattr(people, part)))) for part in ("backup", "supporter")}
    assert beside["backup"].endswith(
        "Another role beside it They are invited to it, and it holds once they say yes. Peer supporter"
    )
    assert "Coordinator Backup coordinator Leader" in beside["supporter"]
    assert "Make them" not in beside["supporter"]


def test_who_has_every_role_they_can_have_is_offered_none(desk, here, people):
    actions.add_member(
        program_id=here.id, role=Role.SUPPORTER, email=people.leader.account.email, name="Max Field"
    )
    assert "Another role beside it" not in words(desk.get(of(people.leader)))


def test_ending_a_role_is_taken_back_with_one_press(desk, here, people):
    answer = desk.post(of(people.leader, "end/"), {"role": "leader"})
    assert "Ended. They can't open it any more." in words(answer)
    assert not Account.objects.filter(name="Max Field").exists()
    page = words(desk.post(f"{PEOPLE}again/", {"was": was(answer)}, follow=True))
    assert ("It is as it was." in page, "Max Field" in page) == (True, True)


def test_a_supporter_s_end_hands_everything_back_and_cannot_be_taken_back(desk, path, people):
    path.accepted()
    answer = desk.post(of(people.supporter, "end/"), {"role": "supporter"})
    assert "What they had is back on the board" in words(answer)
    assert (path.held().state, was(answer)) == (State.RECEIVED, "")


def test_one_of_two_coordinators_may_leave_by_themself(desk, here, people):
    make_person(here, Role.COORDINATOR, "Noor Hale")
    answer = desk.post(of(people.coordinator, "end/"), {"role": "coordinator"}, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/account/sign-in/")
    assert not Account.objects.filter(name="Dana Quill").exists()


def test_who_has_another_role_stays_signed_in(desk, here, people):
    make_person(here, Role.COORDINATOR, "Noor Hale")
    actions.add_member(
        program_id=here.id, role=Role.SUPPORTER, email=people.coordinator.account.email, name="Dana Quill"
    )
    answer = desk.post(of(people.coordinator, "end/"), {"role": "coordinator"})
    assert answer.headers["Location"] == "/account/"
    assert desk.get("/account/you/").status_code == 200


def test_what_was_done_long_ago_or_elsewhere_cannot_be_taken_back(desk, here, people, noon):
    sealed = was(desk.post(of(people.leader, "end/"), {"role": "leader"}))
    for forged in ("", sealed[:-1] + ("A" if sealed[-1] != "A" else "B")):
        answer = desk.post(f"{PEOPLE}again/", {"was": forged})
        assert (answer.status_code, "can't be taken back any more" in words(answer)) == (400, True)
    with time_machine.travel(noon.replace(hour=noon.hour, minute=14), tick=False):
        desk.get(PEOPLE)
    with time_machine.travel(noon.replace(minute=16), tick=False):
        assert desk.post(f"{PEOPLE}again/", {"was": sealed}).status_code == 400
    assert not Account.objects.filter(name="Max Field").exists()


def test_nobody_of_another_program_is_there(desk, people, elsewhere):
    assert desk.get(of(people.elsewhere)).status_code == 404
    for act in ("give/", "change/", "end/"):
        assert desk.post(of(people.elsewhere, act), {"role": "coordinator"}).status_code == 404
    assert Membership.objects.filter(account=people.elsewhere.account).count() == 1


def test_thirty_people_cost_as_many_queries_as_six(desk, here, django_assert_max_num_queries, mailing):
    desk.get(PEOPLE)
    with django_assert_max_num_queries(20) as counted:
        desk.get(PEOPLE)
    few = len(counted)
    for n in range(24):
        make_person(here, Role.SUPPORTER, f"Peer {chr(97 + n)}")
        invite(desk, email=f"new.{n}@example.org")
    desk.get(PEOPLE)
    with django_assert_max_num_queries(few) as counted:
        desk.get(PEOPLE)
    assert len(counted) == few > 0
