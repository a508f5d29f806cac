"""What the pages of people show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from touchbase.accounts import queries
from touchbase.accounts.actions import OPERATOR
from touchbase.accounts.queries import Member
from touchbase.accounts.roles import APART, Role
from touchbase.outreach import joining
from touchbase.outreach.invitee import role_words
from touchbase.programs.policy import Desk
from touchbase.web.coordinator.policy_values import day


@dataclass(frozen=True, slots=True)
class Pick:
    """One role to pick, with what it opens."""

    value: str
    label: str
    opens: str
    picked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who works here."""

    account: str
    name: str
    email: str
    roles: str
    away: bool
    is_you: bool


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who was invited and hasn't said yes. `link` is there once, to hand over oneself."""

    key: str
    email: str
    role: str
    until: str
    by: str
    undelivered: bool
    link: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Held:
    """One role of somebody, and what it may become."""

    role: str
    label: str
    opens: str
    becomes: tuple[Pick, ...]
    is_supporter: bool


def role_name(role: Role) -> str:
    """A role at the beginning of a line."""
    name = role_words()[role]
    return name[:1].upper() + name[1:]


def sees(role: Role) -> str:
    """What a role opens to whoever has it, for whoever gives it."""
    return {
        Role.COORDINATOR: _("Sees who waits for a peer, asks peers, and looks after the program."),
        Role.BACKUP: _("Stands in when the coordinator is away, with the same board."),
        Role.SUPPORTER: _("Is asked now and then to reach out to a colleague, and may always pass."),
        Role.LEADER: _("Reads the counts of each half year, and never sees a person."),
        Role.FACULTY: _("Helps several programs to start and to learn, and never sees a person."),
        Role.OPERATOR: _("Sees whether the service is well, and never a person."),
    }[role]


def picks(roles: Iterable[Role], picked: str = "") -> tuple[Pick, ...]:
    """Roles to pick from."""
    return tuple(Pick(role.value, role_name(role), sees(role), role == picked) for role in roles)


def lines(found: Iterable[tuple[Member, bool]], you: str) -> tuple[Line, ...]:
    """Everybody who works here, by name."""
    return tuple(
        Line(
            one.account,
            one.name,
            one.email,
            ", ".join(role_name(role) for role in Role if role in one.roles),
            away,
            one.account == you,
        )
        for one, away in found
    )


def invited(
    program: str, today: date, names: Mapping[str, str], links: Mapping[str, str], desk: Desk
) -> tuple[Invited, ...]:
    """Everybody who is invited. Who isn't known by name invited them at the machine, or has left."""
    by = {OPERATOR: _("whoever runs Touchbase")} | dict(names)
    return tuple(
        Invited(
            one.key,
            one.email,
            role_name(one.role),
            day(one.until),
            by.get(one.by, desk.title),
            one.undelivered,
            links.get(one.key, ""),
        )
        for one in queries.invitations(program, today)
    )


def held(who: Member) -> tuple[Held, ...]:
    """Each role of somebody."""
    return tuple(
        Held(
            role.value,
            role_name(role),
            sees(role),
            picks(other for other in APART if role in APART and other is not role),
            role is Role.SUPPORTER,
        )
        for role in Role
        if role in who.roles
    )


def may_get(who: Member) -> tuple[Pick, ...]:
    """Roles that somebody can have beside theirs: of those that stay apart no second one."""
    taken = who.roles | (set(APART) if who.roles & set(APART) else set())
    return picks(role for role in joining.OFFERED if role not in taken)
