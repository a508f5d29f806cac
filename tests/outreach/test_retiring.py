"""A program that ends (ruling D18): forms closed, open ones finished by a day, then nobody is left in it."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories.crashing import Killed, killed_before_writing_to
from tests.factories.people import make_person
from tests.factories.programs import make_program, policy_text
from tests.factories.walking import NOON, Walk
from touchbase.accounts import actions as accounts
from touchbase.accounts.models import Account, Invitation, Membership
from touchbase.accounts.roles import Role
from touchbase.awareness import subscribing
from touchbase.awareness.models import Subscriber
from touchbase.kernel.errors import DomainError
from touchbase.outreach import retiring
from touchbase.outreach.sweep import run_once
from touchbase.programs.queries import program_at
from touchbase.referrals import rows
from touchbase.referrals.lifecycle import State
from touchbase.referrals.models import Referral
from touchbase.supporters import nominating
from touchbase.supporters.models import Nomination, Supporter
from touchbase.supporters.naming import Named
from touchbase.utilization.counters import Facts, counts_of
from touchbase.utilization.models import Counter, Release
from touchbase.vault import store
from touchbase.vault.models import Epoch, Pool, Taken

pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)

DAY = timedelta(days=1)
UNTIL = NOON.date() + timedelta(days=10)
NURSE = counts_of(Facts(source="self", profession="nurse"))


def retire(at=NOON, **more: Any) -> retiring.Retired:
    """`programs retire harbor`, with nothing said but what is given."""
    return retiring.retire(**{"slug": "harbor", "until": None, "export": None, "at": at} | more)


def counted(here, people: int) -> None:
    for _one in range(people):
        store.tally(program=here.id, counts=NURSE)


def full(here) -> None:
    """Everything that a program has of people, and nobody on their way."""
    counted(here, 12)
    nominating.name(program_id=here.id, named=Named("Noor", "noor@harbor.example.org"), at=NOON)
    subscribing.ask(program_id=here.id, address="ida@harbor.example.org", at=NOON)
    accounts.invite(program_id=here.id, role=Role.LEADER, email="lee@harbor.example.org", at=NOON)


def left() -> dict[str, int]:
    """What there still is of people, and of their counts."""
    models = (Membership, Supporter, Nomination, Subscriber, Invitation, Pool, Taken, Counter)
    return {
        model.__name__: found.count()
        for model in models
        if (found := model._default_manager.filter(**_of_harbor(model)))
    }


def _of_harbor(model: Any) -> dict[str, str]:
    program = program_at("harbor").id
    return {"membership__program": program} if model is Supporter else {"program": program}


def test_forms_close_at_once_and_what_is_open_goes_on_until_the_day(here, people):
    walk = Walk(here, people)
    handle = walk.accepted(NOON)
    done = retire(NOON, until=UNTIL)
    assert (done.waiting, done.ends_on, done.done) == (1, UNTIL, False)
    assert (program_at("harbor").state, program_at("harbor").ends_on) == ("retired", UNTIL)
    walk.touch(handle, NOON + 4 * DAY / 24)
    run_once(NOON + DAY)
    assert walk.state(handle) is State.INVITED


def test_again_says_the_same_and_keeps_the_day_unless_another_is_given(here, people):
    Walk(here, people).received(NOON)
    first = retire(NOON, until=UNTIL)
    assert retire(NOON) == first
    assert retire(NOON, until=UNTIL + DAY).ends_on == UNTIL + DAY


def test_a_day_that_is_over_is_refused_and_changes_nothing(here):
    with pytest.raises(DomainError, match="Choose today or a later day"):
        retire(NOON, until=NOON.date() - DAY)
    assert program_at("harbor").state == "open"


def test_the_clock_closes_and_erases_what_is_open_after_the_last_day(here, people):
    walk = Walk(here, people)
    waits, talks = walk.received(NOON), walk.talking(NOON)
    retire(NOON, until=NOON.date() + DAY)
    run_once(NOON + DAY)  # the last day itself
    assert Referral.objects.exclude(state=State.CLOSING).count() == 2
    walk.hush()
    after = NOON + 2 * DAY
    run_once(after)
    assert (walk.state(waits), walk.state(talks)) == (State.CLOSING, State.CLOSING)
    assert ("supporter", "ended") in walk.told()
    run_once(after + timedelta(minutes=30))
    assert (Referral.objects.count(), store.handles(here.id)) == (0, set())


def test_another_program_is_left_as_it_is(here, people, elsewhere):
    other = Walk(elsewhere, people)
    handle = other.received(NOON)
    retire(NOON, export=lambda _counts: None)
    run_once(NOON + 2 * DAY)
    assert other.state(handle) is State.RECEIVED


def test_the_command_itself_closes_what_is_late(here, people):
    handle = Walk(here, people).received(NOON)
    retire(NOON, until=NOON.date())
    done = retire(NOON + 2 * DAY)
    assert (done.waiting, Walk(here, people).state(handle)) == (1, State.CLOSING)


def test_what_somebody_else_moves_in_the_same_moment_waits_for_the_next_look(here, people, monkeypatch):
    Walk(here, people).received(NOON)
    retire(NOON, until=NOON.date())
    ended = program_at("harbor")
    seen = rows.plain_of(ended.id)
    monkeypatch.setattr(rows, "plain_of", lambda _program: seen)  # read a moment before
    Referral.objects.all().delete()
    assert retiring.return_open(ended, NOON + 2 * DAY) == 0


def test_under_a_legal_hold_nobody_is_let_go_and_it_says_what_is_next(people, here):
    Walk(here, people).received(NOON)
    make_program(policy_text(legal='erase_paused = "Counsel asked for it."'))
    with pytest.raises(DomainError, match=r"legal\.erase_paused"):
        retire(NOON, until=UNTIL)
    assert (program_at("harbor").state, Referral.objects.count()) == ("retired", 1)


def test_the_counts_must_go_somewhere_before_people_go(here, people):
    with pytest.raises(DomainError, match="Say where the counts go: --to FILE"):
        retire(NOON)
    assert Membership.objects.filter(program=here.id).count() == 7


def test_at_the_end_nothing_of_people_is_left_and_the_counts_are_handed_out(here, people, elsewhere):
    full(here)
    make_person(elsewhere, Role.LEADER, "Max Field")  # another address: another person
    both = Account.objects.get(email="dana.quill@harbor.example.org")
    accounts.add_member(program_id=elsewhere.id, role=Role.SUPPORTER, email=both.email, name=both.name)
    handed: list[dict[str, Any]] = []
    epoch = Epoch.objects.get(state="live").n if Epoch.objects.exists() else 0
    done = retire(NOON, export=handed.append)
    assert (done.done, done.releases, done.dropped, done.subscribers, done.roles) == (True, 1, False, 1, 7)
    assert left() == {}
    assert (handed[0]["program"], [one["people"] for one in handed[0]["releases"]]) == ("harbor", [12])
    assert set(Account.objects.values_list("email", flat=True)) == {
        both.email,
        "lee.inland@inland.example.org",
        "max.field@inland.example.org",
    }
    assert Epoch.objects.get(state="live").n > epoch


def test_the_old_epoch_s_keys_are_gone_a_day_after(here, people):
    run_once(NOON)
    old = Epoch.objects.get(state="live").n
    retire(NOON, export=lambda _counts: None)
    run_once(NOON + DAY - timedelta(minutes=1))
    assert Epoch.objects.get(n=old).state == "retiring"
    run_once(NOON + DAY + timedelta(minutes=30))
    assert Epoch.objects.get(n=old).state == "destroyed"


def test_counts_of_too_few_people_are_dropped_and_never_shown(here, people):
    counted(here, 10)
    handed: list[dict[str, Any]] = []
    done = retire(NOON, export=handed.append)
    assert (done.dropped, handed, Release.objects.count()) == (
        True,
        [{"program": "harbor", "releases": []}],
        0,
    )
    assert left() == {}


def test_a_month_that_was_added_already_is_no_reason_to_lose_the_last_counts(here, people):
    counted(here, 11)
    run_once(NOON)
    counted(here, 11)
    assert retire(NOON, export=lambda _counts: None).dropped is False
    sheet = Release.objects.get().table
    assert (sheet["people"], Counter.objects.count()) == (22, 0)


TABLES = (
    "utilization_counter", "utilization_release", "vault_pool", "vault_taken", "vault_epoch",
    "supporters_nomination", "awareness_subscriber", "accounts_invitation", "accounts_membership",
    "accounts_account",
)  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_cut_off_anywhere_it_is_finished_by_running_it_again(here, people, table):
    full(here)
    handed: list[dict[str, Any]] = []
    with pytest.raises(Killed), killed_before_writing_to(table):
        retire(NOON, export=handed.append)
    done = retire(NOON + timedelta(hours=1), export=handed.append)
    assert (done.done, left(), Account.objects.filter(memberships=None).count()) == (True, {}, 0)
    assert [one["people"] for one in handed[-1]["releases"]] == [12]


def test_once_more_after_the_end_there_is_nothing_left_to_do(here, people):
    full(here)
    retire(NOON, export=lambda _counts: None)
    again: list[dict[str, Any]] = []
    done = retire(NOON + DAY, export=again.append)
    assert (done.done, done.roles, done.subscribers, [len(again[0]["releases"])]) == (True, 0, 0, [1])
