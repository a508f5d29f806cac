"""A list at the desk: everybody offered, no limit exceeded, at the same cost for two and for thirty."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.factories.people import make_supporter
from tests.factories.walking import NOON, Walk
from tests.matching.optimal import nothing_better
from tests.outreach.gathered import came, somebody
from touchbase.kernel.errors import NotFound
from touchbase.matching.assignment import Demand
from touchbase.outreach import conversations, gathering, team
from touchbase.outreach.fitting import rules_of, wanted
from touchbase.programs.hours import local_day
from touchbase.referrals import rows
from touchbase.referrals.models import Referral
from touchbase.supporters.models import Supporter
from touchbase.supporters.queries import candidates

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def together(walk: Walk, batch: str):
    return gathering.together(batch, here=walk.here, by=walk.people.coordinator.member, at=NOON)


def test_names_come_in_order_with_a_proposal_and_plain_reasons(walk: Walk):
    found = together(walk, came(walk.here, 3, department="surgery"))
    assert [each.one.person.identity.name for each in found.people] == sorted(
        somebody(number).name for number in range(3)
    )
    chosen = [each for each in found.people if each.chosen]
    for each in chosen:
        option = next(option for option in each.options if option.key == each.chosen)
        assert 2 <= len(option.reasons) <= 4
    assert found.unchecked == 3


def test_nobody_is_proposed_from_their_own_department(walk: Walk):
    found = together(walk, came(walk.here, 2, department="surgery"))
    robin = walk.people.supporter.member.supporter
    assert robin not in {option.key for each in found.people for option in each.options}


def test_who_finds_nobody_has_the_steps_in_order(walk: Walk):
    found = together(walk, came(walk.here, 5))
    assert [bool(each.chosen) for each in found.people].count(True) == 4
    (left,) = found.unmet
    assert [step.step.value for step in left.ranking.widening] == ["limit", "site", "profession", "backup"]
    assert left.ranking.widening[0].adds == 2


def test_a_list_that_is_over_or_elsewhere_is_not_there(walk: Walk):
    batch = came(walk.here, 2)
    for wrong in ("", "nothing", batch[:-1]):
        with pytest.raises(NotFound):
            together(walk, wrong)
    with pytest.raises(NotFound):
        gathering.together(batch, here=walk.here, by=walk.people.elsewhere.member, at=NOON)


def test_a_team_of_sixty_with_forty_supporters_is_offered_to_the_last_one(walk: Walk):
    # Limits of one to three, 79 places together with the two who are there already.
    for number in range(38):
        make_supporter(
            walk.here,
            f"Peer {number:02d}",
            phone=f"+1207556{number:04d}",
            limit=1 + number % 3,
            turn=number * 7 % 38,
            site=("east", "west")[number % 2],
            department=("emergency", "surgery")[number % 5 == 0],
            profession=("physician", "nurse")[number % 3 == 0],
            channels=(["text", "email"], ["email"], ["text", "call"])[number % 3],
        )
    batch = came(walk.here, 60)
    found = together(walk, batch)
    pairs = {each.one.held.handle: each.chosen for each in found.people}
    assert (len(pairs), found.unmet) == (60, ())
    assert is_the_best(walk, found, pairs)
    dana = walk.people.coordinator.member
    assert team.ask_all(batch=batch, chosen=pairs, by=dana, at=NOON) == (60, 0)
    limits = dict(Supporter.objects.values_list("membership_id", "limit"))
    assert all(n <= limits[one] for one, n in rows.open_now(walk.here.id).items())
    assert Referral.objects.filter(state="matched").count() == 60


def is_the_best(walk: Walk, found, pairs):
    """Whether no exchange would serve one more or cost less, as another algorithm sees it."""
    today = local_day(NOON, walk.here.policy)
    pool = candidates(walk.here.id, policy=walk.here.policy, today=today, open_now={})
    team_ = [
        Demand(each.one.held.handle, wanted(each.one.held, each.one.wishes, each.one.person.contact))
        for each in found.people
    ]
    return nothing_better(pairs, team_, pool, rules_of(walk.here.policy))


def test_two_and_thirty_cost_the_same(walk: Walk):
    costs = []
    for n in (2, 30):
        batch = came(walk.here, n, batch=str(n) * 13 if n > 9 else "2" * 26)
        together(walk, batch)  # what is remembered between two looks is remembered
        with (
            CaptureQueriesContext(connections["default"]) as plain,
            CaptureQueriesContext(connections["vault"]) as keys,
        ):
            assert len(together(walk, batch).people) == n
        costs.append((len(plain), len(keys)))
        Referral.objects.all().delete()
    assert costs[0] == costs[1]


def test_who_is_here_already_is_named_and_nobody_is_proposed_for_them(walk: Walk):
    walk.received(of=somebody(0))
    found = together(walk, came(walk.here, 3))
    assert [each.person.identity.name for each in found.twice] == [somebody(0).name]
    assert somebody(0).name not in {each.one.person.identity.name for each in found.people}
    assert (len(found.people), found.unchecked) == (2, 3)


def test_what_closed_or_was_cut_off_before_it_had_a_row_is_nobody_who_is_here_already(walk: Walk):
    closed, cut_off = walk.received(of=somebody(0)), walk.received(of=somebody(1))
    conversations.close(handle=closed, by=walk.people.coordinator.member, at=NOON)
    Referral.objects.filter(handle=cut_off).delete()  # its key is there until the sweep finds it
    found = together(walk, came(walk.here, 3))
    assert (found.twice, len(found.people)) == ((), 3)
