"""What a person can be in a program."""

from enum import StrEnum


class Role(StrEnum):
    """One part a person plays. Pages open by permission, never by role (see permissions.py)."""

    COORDINATOR = "coordinator"
    BACKUP = "backup"  # the coordinator's stand-in: told at 80 % of the clock
    SUPPORTER = "supporter"
    LEADER = "leader"
    FACULTY = "faculty"  # of a collaborative, in the program at its center; sees no referral and no ask
    OPERATOR = "operator"  # IT: health, versions, key windows; no person on any screen


# Who reads counts must not be able to read people, so one person is never two of these in one program (D15).
APART = (Role.COORDINATOR, Role.BACKUP, Role.LEADER)
