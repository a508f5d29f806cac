"""Reading who is who in a program."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from types import MappingProxyType

from django.db import connection
from django.utils.translation import gettext as _

from touchbase.accounts.models import Account, Invitation, Membership
from touchbase.accounts.permissions import Permission, granted
from touchbase.accounts.roles import Role
from touchbase.kernel.errors import NotFound

DESK = (Role.COORDINATOR, Role.BACKUP)
# Every request for a peer asks this: building the same statement anew each time is most of its work.
_DESK = f"""
    SELECT m.role, m.id, a.id, a.name, a.email, a.away_until
    FROM {Membership._meta.db_table} m JOIN {Account._meta.db_table} a ON a.id = m.account_id
    WHERE m.program_id = %s AND m.role IN (%s, %s)
"""  # noqa: S608  no value is in it


@dataclass(frozen=True, slots=True)
class Member:
    """A signed-in person in one program: all their roles there at once."""

    account: str
    name: str
    email: str
    program: str  # its id
    roles: frozenset[Role]
    ids: Mapping[Role, str]  # the membership of each role

    def may(self, permission: Permission) -> bool:
        """Whether one of their roles grants it."""
        return permission in granted(self.roles)

    @property
    def supporter(self) -> str:
        """Their membership as a supporter. Raises `NotFound` when they aren't one."""
        try:
            return self.ids[Role.SUPPORTER]
        except KeyError:
            raise NotFound(_("You are not a supporter in this program.")) from None


@dataclass(frozen=True, slots=True)
class Staff:
    """One role of one person, as others who work in the program see it."""

    membership: str
    account: str
    name: str
    email: str
    away: bool
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Invited:
    """What a link invites to. `name` is empty as long as nobody has an account with the address."""

    program: str
    role: Role
    email: str
    name: str
    until: date
    key: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An invitation nobody has taken yet, as whoever invites sees it. `by`: an account, or "operator"."""

    key: str
    program: str
    role: Role
    email: str
    until: date
    by: str
    undelivered: bool


def person(user: object) -> Account:
    """The account behind a request, for pages that only somebody signed in reaches. Raises `NotFound`."""
    if isinstance(user, Account):
        return user
    raise NotFound(_("There is nothing at this address."))


def member_of(account: Account, program_id: str) -> Member | None:
    """What a person is in a program, or None when that is nothing."""
    return _member(account, program_id, account.memberships.filter(program_id=program_id))


def programs_of(account: Account) -> list[Member]:
    """What a person is in each of their programs, in the order of the programs' addresses."""
    rows = account.memberships.select_related("program").order_by("program__slug")
    programs: dict[str, list[Membership]] = {}
    for row in rows:
        programs.setdefault(row.program_id, []).append(row)
    return [member for key, held in programs.items() if (member := _member(account, key, held))]


def _member(account: Account, program_id: str, rows: Iterable[Membership]) -> Member | None:
    ids = {Role(row.role): row.id for row in rows}
    if not ids:
        return None
    return Member(account.id, account.name, account.email, program_id, frozenset(ids), MappingProxyType(ids))


def member_of_membership(membership_id: str) -> Member:
    """What the holder of a membership is in its program. Raises `NotFound`."""
    row = Membership.objects.filter(pk=membership_id).select_related("account").first()
    found = member_of(row.account, row.program_id) if row else None
    if found is None:
        raise NotFound(_("This person is not in the program any more."))
    return found


def names_of(program_id: str) -> dict[str, str]:
    """The names of everybody who works in a program, by account."""
    rows = Membership.objects.filter(program_id=program_id).values_list("account_id", "account__name")
    return dict(rows)


def inviter(invitation: Waiting) -> str:
    """The name of whoever invited, or nothing: an operator has none, and who left is forgotten."""
    return Account.objects.filter(pk=invitation.by).values_list("name", flat=True).first() or ""


def has_any_role(account: str) -> bool:
    """Whether somebody still works in any program."""
    return Membership.objects.filter(account_id=account).exists()


def everybody(program_id: str, today: date) -> list[tuple[Member, bool]]:
    """Everybody who works in a program with all they are there, by name; and whether they are away."""
    rows = Membership.objects.filter(program_id=program_id).select_related("account")
    held: dict[str, list[Membership]] = {}
    for row in rows.order_by("account__name", "account_id"):
        held.setdefault(row.account_id, []).append(row)
    found = ((_member(each[0].account, program_id, each), each[0].account) for each in held.values())
    return [(member, _is_away(who.away_until, today)) for member, who in found if member]


def member_at(account: str, program_id: str) -> Member:
    """What the holder of an account is in a program. Raises `NotFound` when that is nothing."""
    rows = Membership.objects.filter(account_id=account, program_id=program_id).select_related("account")
    found = list(rows)
    member = _member(found[0].account, program_id, found) if found else None
    if member is None:
        raise NotFound(_("This person is not in the program any more."))
    return member


def has_backup(program_id: str) -> bool:
    """Whether a program has a backup, who is never its coordinator as well."""
    return Membership.objects.filter(program_id=program_id, role=Role.BACKUP).exists()


def staff(program_id: str, role: Role, today: date) -> list[Staff]:
    """Everybody with a role in a program, by name."""
    rows = Membership.objects.filter(program_id=program_id, role=role).select_related("account")
    return [_staff(row, today) for row in rows.order_by("account__name", "id")]


def desk(program_id: str, today: date) -> dict[Role, list[Staff]]:
    """Everybody at a program's desk, the coordinators and their backups, each by name."""
    found: dict[Role, list[Staff]] = {role: [] for role in DESK}
    with connection.cursor() as cursor:
        cursor.execute(_DESK, [program_id, *DESK])
        for role, membership, account, name, email, away_until in cursor.fetchall():
            away = _is_away(away_until, today)
            found[Role(role)].append(Staff(membership, account, name, email, away))
    return {
        role: sorted(people, key=lambda one: (one.name, one.membership)) for role, people in found.items()
    }


def staff_member(membership_id: str, today: date | None = None) -> Staff:
    """One role of one person. Raises `NotFound`. Without `today` nobody counts as away."""
    row = Membership.objects.filter(pk=membership_id).select_related("account").first()
    if row is None:
        raise NotFound(_("This person is not in the program any more."))
    return _staff(row, today)


def _staff(row: Membership, today: date | None) -> Staff:
    away = _is_away(row.account.away_until, today)
    account = row.account
    return Staff(row.id, row.account_id, account.name, account.email, away, account.language)


def _is_away(until: date | None, today: date | None) -> bool:
    return until is not None and today is not None and today <= until


def invited(token: str, today: date) -> Invited:
    """What a link invites to. Raises `NotFound` when it was used, has ended, or never was."""
    row = invitation(token, today)
    name = Account.objects.filter(email=row.email).values_list("name", flat=True).first()
    return Invited(row.program_id, Role(row.role), row.email, name or "", row.until, row.key)


def invitations(program_id: str, today: date) -> list[Waiting]:
    """Every invitation to a program that still holds, by address."""
    rows = Invitation.objects.filter(program_id=program_id, until__gte=today)
    return [_waiting(row) for row in rows.order_by("email", "role")]


def invitation_of(key: str, today: date) -> Waiting:
    """One invitation by its key. Raises `NotFound` like `invited`."""
    row = Invitation.objects.filter(key=key, until__gte=today).first()
    if row is None:
        raise NotFound(_("This invitation was used, taken back, or has ended. Invite them again."))
    return _waiting(row)


def _waiting(row: Invitation) -> Waiting:
    return Waiting(
        row.key, row.program_id, Role(row.role), row.email, row.until, row.invited_by, row.undelivered
    )


def invitation(token: str, today: date) -> Invitation:
    """The row behind a link, for this app alone. Raises `NotFound` like `invited`."""
    row = Invitation.objects.filter(pk=token_hash(token), until__gte=today).first()
    if row is None:
        raise NotFound(_("This link has ended. Ask whoever invited you for a new one."))
    return row


def token_hash(token: str) -> str:
    """What is kept of a link."""
    return sha256(token.encode()).hexdigest()
