"""What each role may do."""

from touchbase.accounts.permissions import GRANTS, Permission, granted, table
from touchbase.accounts.roles import Role


def test_every_role_is_granted_something_and_every_permission_belongs_to_somebody():
    assert set(GRANTS) == set(Role)
    assert frozenset().union(*GRANTS.values()) == frozenset(Permission)


def test_who_reads_counts_or_health_reads_nobody():
    assert GRANTS[Role.LEADER] == {Permission.NUMBERS_SEE}
    assert GRANTS[Role.OPERATOR] == {Permission.HEALTH_SEE}


def test_a_supporter_sees_only_what_they_are_asked_and_what_is_their_own():
    assert GRANTS[Role.SUPPORTER] == {
        Permission.ASK_SEE,
        Permission.ASK_ANSWER,
        Permission.CONVERSATION_HOLD,
        Permission.CONVERSATION_TALLY,
        Permission.DUTY_HOLD,
        Permission.PROFILE_CHANGE,
        Permission.OWN_YEAR_SEE,
        Permission.CARE_ASK,
    }


def test_the_backup_does_what_the_coordinator_does_but_choose_people_approve_and_read_who_looked():
    assert GRANTS[Role.COORDINATOR] - GRANTS[Role.BACKUP] == {
        Permission.AUDIT_SEE,
        Permission.PEOPLE_MANAGE,
        Permission.STATEMENT_APPROVE,
    }
    assert GRANTS[Role.BACKUP] < GRANTS[Role.COORDINATOR]


def test_two_roles_in_one_person_open_what_both_open():
    assert granted({Role.SUPPORTER, Role.LEADER}) == GRANTS[Role.SUPPORTER] | GRANTS[Role.LEADER]


def test_the_table_has_a_row_for_each_permission_and_marks_who_has_it():
    lines = table().splitlines()
    assert lines[0] == "| may | coordinator | backup | supporter | leader | faculty | operator |"
    assert lines[-1] == "| see who looked how often | yes |   |   |   |   |   |"
    assert len(lines) == len(Permission) + 2
