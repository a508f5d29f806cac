"""The model's versions: each a policy one could apply, compared with a member's own and never forced."""

import pytest

from tests.factories.collaboratives import make_member
from tests.factories.programs import DAY, policy_text
from touchbase.audit import log
from touchbase.collaborative import offering
from touchbase.collaborative.model_program import Kind
from touchbase.collaborative.queries import memberships_of
from touchbase.kernel import clock
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.programs.files import PolicyRefused
from touchbase.programs.queries import export

pytestmark = pytest.mark.django_db
MODEL = policy_text("model", clock="rest_days = 5")


def offered(together, text: str = MODEL) -> int:
    return offering.offer(together=together, text=text, by="noor", at=clock.now())


def test_each_version_is_kept_as_it_was_offered(together, here):
    again = policy_text("model", clock="rest_days = 6")
    assert [offered(together), offered(together), offered(together, again)] == [1, 1, 2]

    assert [(one.number, one.text) for one in offering.versions(together)] == [(2, again), (1, MODEL)]
    assert offering.version_at(together, "1").text == MODEL
    assert [(act.actor, act.verb, act.n) for act in log.acts(program=here.id, since=DAY)] == [
        ("noor", "offer model", 2)
    ]


@pytest.mark.parametrize("number", ["3", "x1", "01"])
def test_a_version_that_is_not_there_is_not_found(together, number):
    offered(together)
    with pytest.raises(NotFound):
        offering.version_at(together, number)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("slug = ", "This can't be read"),
        ('slug = "model"', "program: Add it"),
        (policy_text("model", words='headline = "For patients!"'), "words.headline"),
        (policy_text("model", clock="weekend_match_within_hours = 4"), "A weekend gives at least as long"),
    ],
)
def test_what_no_program_could_apply_is_not_offered(together, text, said):
    with pytest.raises(PolicyRefused, match=said):
        offered(together, text)
    assert offering.versions(together) == []


def test_a_member_that_settled_sees_only_what_is_new_since(together, elsewhere):
    offered(together)
    version = offering.version_at(together, "1")
    (before,) = memberships_of(elsewhere.id)
    assert [(one.name, one.kind) for one in offering.compare(before, version)] == [
        ("clock.rest_days", Kind.BOTH)
    ]
    offering.settle(membership=before, version=1, by="lee", at=clock.now())
    (after,) = memberships_of(elsewhere.id)
    assert [one.kind for one in offering.compare(after, version)] == [Kind.OURS]

    offered(together, policy_text("model", clock="rest_days = 5\nidle_days = 25"))
    found = offering.compare(after, offering.version_at(together, "2"))
    assert [(one.name, one.kind) for one in found] == [
        ("clock.rest_days", Kind.OURS),
        ("clock.idle_days", Kind.CHANGED),
    ]
    assert export("inland") == policy_text("inland"), "nothing is taken by itself"


def test_one_settles_with_the_newest_version_alone(together, elsewhere):
    (member,) = memberships_of(elsewhere.id)
    for version in (0, 1):
        with pytest.raises(DomainError, match="Another version of the model was offered meanwhile"):
            offering.settle(membership=member, version=version, by="lee", at=clock.now())
    assert [one.version for one in offering.settled(together)] == [0]


def test_the_center_sees_names_and_versions_of_those_who_joined(together, here, elsewhere):
    offered(together)
    offering.settle(membership=make_member(together, here), version=1, by="dana", at=clock.now())
    assert offering.settled(together) == [
        offering.Settled(here.policy.program.name, 1),
        offering.Settled(elsewhere.policy.program.name, 0),
    ]
