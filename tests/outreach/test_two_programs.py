"""A supporter may belong to two programs: one sign-in opens both, and each finds them by its own rules."""

from datetime import date

import pytest

from tests.factories.programs import make_program, policy_text
from tests.factories.walking import HOUR, NOON, Walk, asking
from tests.web.public.asking import words
from touchbase.accounts import actions as accounts
from touchbase.accounts.models import Account
from touchbase.accounts.roles import Role
from touchbase.outreach import actions
from touchbase.outreach.queries import ranking
from touchbase.referrals import queries as referrals
from touchbase.referrals.lifecycle import Actor
from touchbase.referrals.queries import Opener
from touchbase.supporters.models import Supporter

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def robin(walk: Walk, elsewhere) -> str:
    """Robin, a supporter of Harbor, is one in the other program too, and in another department there."""
    robin = walk.people.supporter.account
    there = accounts.add_member(
        program_id=elsewhere.id, role=Role.SUPPORTER, email=robin.email, name="Somebody Else"
    )
    Supporter.objects.create(
        membership_id=there,
        profession="nurse",
        stage="senior",
        department="emergency",
        site="east",
        languages=["en"],
        channels=["text", "call"],
        title="a nurse",
        phone="+12075550171",
        trained_month=date(2026, 1, 1),
    )
    return there


def found_by(program, **of) -> set[str]:
    """Whom a program would ask for somebody who asks there."""
    received = actions.receive(here=program, asking=asking(**of), once="", at=NOON)
    handle = referrals.handle_of_link(received.link.rstrip("/").rpartition("/")[2], at=NOON)
    held = referrals.working(handle, opener=Opener("", Actor.CLOCK, NOON))
    return {one.key for one in ranking(held, at=NOON + HOUR).best}


def test_one_sign_in_opens_both_and_each_shows_its_own(walk, robin, elsewhere, visitor_of):
    account = Account.objects.get(pk=walk.people.supporter.account.pk)
    browser = visitor_of(account)
    page = browser.get("/account/").content.decode()
    assert [f'href="/{slug}/mine/"' in page for slug in ("harbor", "inland")] == [True, True]
    assert account.name == "Robin Vale"
    handle = walk.matched()
    shown = [words(browser.get(f"/{slug}/mine/")) for slug in ("harbor", "inland")]
    links = [
        f"/mine/asks/{handle}/" in browser.get(f"/{s}/mine/").content.decode() for s in ("harbor", "inland")
    ]
    assert links == [True, False]
    assert all("Today" in page for page in shown)


def test_each_program_finds_them_by_its_own_rules_and_their_profile_there(walk, robin, elsewhere):
    mine = walk.people.supporter.member.supporter
    assert mine in found_by(walk.here, department="emergency")
    assert mine not in found_by(walk.here, department="surgery")
    assert found_by(elsewhere, department="surgery") == {robin}
    assert found_by(elsewhere, department="emergency") == set()
    fine = make_program(policy_text("inland", matching='own_department = "fine"'))
    assert found_by(fine, department="emergency") == {robin}


def test_what_they_have_in_one_program_takes_no_room_in_the_other(walk, robin, elsewhere):
    Supporter.objects.filter(pk=robin).update(limit=1)
    Supporter.objects.filter(membership_id=walk.people.supporter.member.supporter).update(limit=1)
    walk.matched()
    assert walk.people.supporter.member.supporter not in found_by(walk.here)
    assert found_by(elsewhere) == {robin}
