"""What each role may do, as data one can print (docs/permissions.md is printed from here)."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from touchbase.accounts.roles import Role


class Permission(StrEnum):
    """One thing a page lets somebody do. Pages ask for these, never for a role."""

    QUEUE_SEE = "see who waits for a match"
    REFERRAL_SEE = "see where a referral is"
    REFERRAL_MATCH = "ask a supporter"
    REFERRAL_ENTER = "enter somebody who called or wrote"
    REFERRAL_MOVE = "close, reassign, release or give a new link"
    NAME_REVEAL = "show a name after a match"
    ASK_SEE = "see what one is asked"
    ASK_ANSWER = "accept or pass"
    CONVERSATION_HOLD = "reach out, talk and close"
    ROSTER_SEE = "see who is first to call"
    ROSTER_MAKE = "make and change the roster"
    DUTY_HOLD = "see, swap and give back one's own days on the roster"
    CONVERSATION_TALLY = "count a conversation that was never registered"
    PROFILE_CHANGE = "change one's own profile, days and list"
    NOMINATION_DECIDE = "invite who was named as a supporter, or set it aside"
    TRAINING_HOLD = "plan trainings and tick who was there"
    MEETING_HOLD = "plan meetings and note how many came"
    OUTREACH_HOLD = "print cards, note presentations and send news"
    PACK_MAKE = "make the quarterly pack for the meeting"
    RESOURCES_SEE = "see when each place to turn was last looked at"
    CARE_GIVE = "see which supporters would like to talk, and choose lead peers"
    OWN_YEAR_SEE = "see one's own training and meetings, and say whether one comes"
    CARE_ASK = "ask for a talk with a lead peer, and rest"
    SETTINGS_SEE = "see the program's rules and its messages as they are sent"
    NUMBER_CHECK = "note that an urgent number was called"
    STATEMENT_APPROVE = "note that the court statement was approved"
    PEOPLE_MANAGE = "invite people, change their roles and end them"
    NUMBERS_SEE = "read released counts"
    HEALTH_SEE = "see health, versions and key windows"
    AUDIT_SEE = "see who looked how often"


_DESK = frozenset(
    {
        Permission.QUEUE_SEE,
        Permission.REFERRAL_SEE,
        Permission.REFERRAL_MATCH,
        Permission.REFERRAL_ENTER,
        Permission.REFERRAL_MOVE,
        Permission.NAME_REVEAL,
        Permission.ROSTER_SEE,
        Permission.ROSTER_MAKE,
        Permission.NOMINATION_DECIDE,
        Permission.TRAINING_HOLD,
        Permission.MEETING_HOLD,
        Permission.CARE_GIVE,
        Permission.SETTINGS_SEE,
        Permission.NUMBER_CHECK,
        Permission.OUTREACH_HOLD,
        Permission.PACK_MAKE,
        Permission.RESOURCES_SEE,
    }
)

GRANTS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.COORDINATOR: _DESK
        | {Permission.STATEMENT_APPROVE, Permission.PEOPLE_MANAGE, Permission.AUDIT_SEE},
        Role.BACKUP: _DESK,
        Role.SUPPORTER: frozenset(
            {
                Permission.ASK_SEE,
                Permission.ASK_ANSWER,
                Permission.CONVERSATION_HOLD,
                Permission.DUTY_HOLD,
                Permission.CONVERSATION_TALLY,
                Permission.PROFILE_CHANGE,
                Permission.OWN_YEAR_SEE,
                Permission.CARE_ASK,
            }
        ),
        Role.LEADER: frozenset({Permission.NUMBERS_SEE}),
        Role.OPERATOR: frozenset({Permission.HEALTH_SEE}),
    }
)


def granted(roles: Iterable[Role]) -> frozenset[Permission]:
    """What somebody with these roles may do in one program: the union (ruling D15)."""
    return frozenset(permission for role in roles for permission in GRANTS[role])


def table() -> str:
    """The grants as the table in docs/permissions.md, one row a permission, one column a role."""
    head = ["may", *(role.value for role in Role)]
    rows = [[permission.value, *(_mark(role, permission) for role in Role)] for permission in Permission]
    lines = [head, ["---", *(":-:" for _ in Role)], *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _mark(role: Role, permission: Permission) -> str:
    return "yes" if permission in GRANTS[role] else " "
