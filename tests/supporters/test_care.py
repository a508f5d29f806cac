"""Whoever helps may ask for help: a flag that one press takes away, and nothing else."""

import pytest

from touchbase.kernel.errors import NotFound
from touchbase.supporters import care
from touchbase.supporters.models import Supporter

pytestmark = pytest.mark.django_db


def stored(member: str) -> dict[str, object]:
    """All that is kept of a supporter."""
    return {**Supporter.objects.values().get(membership=member)}


def test_asking_keeps_one_flag_and_settling_takes_it_away(here, people):
    robin = people.supporter.member.supporter
    before = stored(robin)
    assert [care.ask(membership=robin) for _time in range(2)] == [True, False]
    after = stored(robin)
    assert {name for name in after if after[name] != before[name]} == {"debrief"}
    care.settle(membership=robin, program_id=here.id)
    assert stored(robin) == before


def test_another_program_settles_nothing_and_chooses_nobody(elsewhere, people):
    robin = people.supporter.member.supporter
    care.ask(membership=robin)
    care.settle(membership=robin, program_id=elsewhere.id)
    assert care.peer(robin).asks
    with pytest.raises(NotFound):
        care.choose_lead(membership=robin, program_id=elsewhere.id, leads=True)


def test_who_is_no_supporter_asks_nobody(people):
    with pytest.raises(NotFound):
        care.ask(membership=people.leader.member.ids["leader"])


def test_everybody_is_read_in_one_query(here, people, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [one.name for one in care.peers(here.id)] == ["Ari Stone", "Robin Vale"]
