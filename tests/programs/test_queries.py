from datetime import date

import pytest

from tests.programs.samples import EXAMPLES, HARBOR, added, harbor
from touchbase.kernel.errors import NotFound
from touchbase.programs import actions, queries
from touchbase.programs.models import Program, ProgramState

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def program():
    actions.apply(text=HARBOR, file="harbor.toml", by="coordinator", day=date(2026, 11, 23))
    return queries.program_at("harbor")


def test_a_program_is_found_at_its_address_and_by_its_key(program):
    assert (program.slug, program.version, program.state) == ("harbor", 1, ProgramState.OPEN)
    assert program.policy.program.name == "Harbor Peers"
    assert queries.program_by_id(program.id) == program


def test_a_paused_program_is_found_and_says_so(program):
    Program.objects.update(state=ProgramState.PAUSED)
    assert queries.program_at("harbor").state is ProgramState.PAUSED


def test_a_stranger_s_address_is_no_program(program):
    for find in (queries.program_at, queries.program_by_id, queries.export):
        with pytest.raises(NotFound, match="There is no program at this address"):
            find("port")


def test_a_version_that_is_not_kept_is_not_found(program):
    with pytest.raises(NotFound, match="The rules of this program can't be found"):
        queries.policy_of(program.id, 2)


def test_rules_are_parsed_once_a_process(program, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert queries.policy_of(program.id, 1) is program.policy
    with django_assert_num_queries(1):
        queries.program_at("harbor")


def test_the_memory_of_parsed_rules_is_bounded():
    assert queries.policy_of.cache_info().maxsize == 256


def test_a_referral_s_own_version_is_still_what_it_was(program):
    changed = harbor(added("reporting", "floor = 12"))
    actions.apply(text=changed, file="harbor.toml", by="coordinator", day=date(2026, 11, 23))
    now = queries.program_at("harbor")
    floors = [queries.policy_of(now.id, version).reporting.floor for version in (1, 2)]
    assert floors == [11, 12]


def test_all_programs_come_in_the_order_of_their_addresses():
    for path in reversed(EXAMPLES):
        actions.apply(text=path.read_text(), file=path.name, by="coordinator", day=date(2026, 11, 23))
    assert [program.slug for program in queries.all_programs()] == [path.stem for path in EXAMPLES]
