"""Who joins a program, who leaves it, and when they are away."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, QuerySet
from django.utils.translation import gettext as _

from touchbase.accounts import queries
from touchbase.accounts.models import Account, Invitation, Membership
from touchbase.accounts.roles import APART, Role
from touchbase.audit import log
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.programs.languages import spoken
from touchbase.programs.models import Program

INVITATION_DAYS = 7
OPERATOR = "operator"  # who acts at the machine itself, in the audit sums


@dataclass(frozen=True, slots=True)
class Accepted:
    """What came of an invitation. `signs_in`: the link itself shows who the person is (models.Invitation)."""

    account: Account
    membership: str
    signs_in: bool


@transaction.atomic
def invite(
    *, program_id: str, role: Role, email: str, at: datetime, by: str = OPERATOR, signs_in: bool = False
) -> str:
    """Make a one-time link to a role, good for a week, and return its token. It is kept nowhere.

    An earlier link to the same role and address ends. Raises `DomainError` for an address that isn't one,
    and for a person who may not have the role beside another they have.
    """
    email = _address(email)
    _refuse_what_stays_apart(program_id, role, email)
    today = at.date()
    clear_invitations(today=today)
    Invitation.objects.filter(program_id=program_id, role=role, email=email).delete()
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        token_hash=queries.token_hash(token),
        program_id=program_id,
        role=role,
        email=email,
        until=today + timedelta(days=INVITATION_DAYS),
        signs_in=signs_in,
        invited_by=by,
    )
    log.record(program=program_id, actor=by, verb="invite", day=today)
    return token


def new_link(*, invitation: str, today: date) -> str:
    """Make the token of an invitation anew as it is written down, by a mail or at the desk; the old one ends.

    A link that was made at the machine doesn't sign in any more: who sends this one vouches for nobody.
    Raises `NotFound` for an invitation that was used, taken back, or has ended.
    """
    waiting = queries.invitation_of(invitation, today)
    token = secrets.token_urlsafe(32)
    Invitation.objects.filter(key=waiting.key).update(
        token_hash=queries.token_hash(token), signs_in=False, undelivered=False
    )
    return token


@transaction.atomic
def prolong_invitation(*, invitation: str, program_id: str, by: str, at: datetime) -> None:
    """Let an invitation hold for another week from today. Raises `NotFound`."""
    _own_invitation(invitation, program_id, at.date()).update(
        until=at.date() + timedelta(days=INVITATION_DAYS)
    )
    log.record(program=program_id, actor=by, verb="invite", day=at.date())


@transaction.atomic
def withdraw_invitation(*, invitation: str, program_id: str, by: str, at: datetime) -> None:
    """Take an invitation back: its link ends at once, and nobody is told. Raises `NotFound`."""
    _own_invitation(invitation, program_id, at.date()).delete()
    log.record(program=program_id, actor=by, verb="withdraw invitation", day=at.date())


def note_undelivered(*, invitation: str) -> None:
    """The mail couldn't be sent: the desk sees it, and may hand the link over itself."""
    Invitation.objects.filter(key=invitation).update(undelivered=True)


def clear_invitations(*, today: date) -> None:
    """Delete every invitation whose day has passed: whoever didn't want to is forgotten."""
    Invitation.objects.filter(until__lt=today).delete()


def _own_invitation(invitation: str, program_id: str, today: date) -> QuerySet[Invitation]:
    if queries.invitation_of(invitation, today).program != program_id:
        raise NotFound(_("There is nothing at this address."))
    return Invitation.objects.filter(key=invitation)


@transaction.atomic
def accept_invitation(*, token: str, name: str, at: datetime) -> Accepted:
    """Make whoever holds the link a member; the link ends. `name` counts only for a new account.

    Raises `NotFound` when the link has ended, `DomainError` when the role can't be had.
    """
    row = queries.invitation(token, at.date())
    membership = add_member(program_id=row.program_id, role=Role(row.role), email=row.email, name=name)
    if not Invitation.objects.filter(pk=row.pk).delete()[0]:
        raise NotFound(_("This link has just been used."))
    account = Account.objects.get(memberships=membership)
    return Accepted(account, membership, row.signs_in)


@transaction.atomic
def add_member(*, program_id: str, role: Role, email: str, name: str) -> str:
    """Make the person with this address a member; return the membership's id. Again changes nothing.

    Raises `DomainError` for an address or a name that isn't one, and for roles that stay apart.
    """
    email = _address(email)
    account = Account.objects.filter(email=email).first()
    if account is None:
        account = Account.objects.create(email=email, name=_name(name))
    try:
        with transaction.atomic():
            membership, _created = Membership.objects.get_or_create(
                account=account, program_id=program_id, role=role
            )
    except IntegrityError:
        raise _apart() from None
    return membership.id


@transaction.atomic
def change_role(*, membership: str, role: Role, by: str, at: datetime) -> None:
    """Make a coordinator, backup or leader another of the three. The same role changes nothing.

    Raises `NotFound`; `DomainError` for a program's only coordinator, and for any other role.
    """
    row = Membership.objects.filter(pk=membership).select_related("account").first()
    if row is None:
        raise NotFound(_("This person is not in the program any more."))
    if row.role not in APART or role not in APART:
        raise DomainError(
            _("Only coordinator, backup and leader change into each other. Invite them to any other role.")
        )
    if row.role == role:
        return
    _refuse_last(row)
    row.role = role
    row.save(update_fields=["role"])
    log.record(program=row.program_id, actor=by, verb="change role", day=at.date())


@transaction.atomic
def leave(*, membership: str) -> None:
    """Take a role from a person. An account without any role goes, and with it its sessions and passkeys.

    Raises `NotFound`; `DomainError` for the only coordinator of a program and the only one of a
    collaborative's faculty, and as long as somebody counts on them.
    """
    row = Membership.objects.filter(pk=membership).select_related("account").first()
    if row is None:
        raise NotFound(_("This person is not in the program any more."))
    _refuse_last(row)
    try:
        row.delete()
    except ProtectedError:
        raise DomainError(
            _("Somebody still counts on this person. Give their referrals back first.")
        ) from None
    if not row.account.memberships.exists():
        row.account.delete()


@transaction.atomic
def dissolve(*, program_id: str) -> int:
    """Take every role of a program that has ended; accounts without another one go. How many roles that were.

    Raises `DomainError` as long as somebody counts on one of them.
    """
    Invitation.objects.filter(program_id=program_id).delete()
    held = Membership.objects.filter(program_id=program_id)
    accounts = list(held.values_list("account_id", flat=True))
    try:
        held.delete()
    except ProtectedError:
        raise DomainError(_("Somebody still counts on a supporter. Close every referral first.")) from None
    Account.objects.filter(pk__in=accounts, memberships=None).delete()
    return len(accounts)


def _refuse_last(row: Membership) -> None:
    if row.role not in (Role.COORDINATOR, Role.FACULTY):
        return
    # The program's row is locked, so that two of them who leave at once don't both see the other.
    Program.objects.select_for_update().get(pk=row.program_id)
    if Membership.objects.filter(program_id=row.program_id, role=row.role).exclude(pk=row.pk).exists():
        return
    if row.role == Role.FACULTY:
        raise DomainError(_("This is the only one of the faculty. Invite another first."))
    raise DomainError(
        _("This is the only coordinator. Invite another first, so that nobody who asks is left waiting.")
    )


def set_away(*, account: str, until: date | None, today: date) -> None:
    """Note until which day, that day included, a person is away; None when they are back."""
    if until is not None and until < today:
        raise DomainError(_("Choose today or a later day."))
    Account.objects.filter(pk=account).update(away_until=until)


def set_language(*, account: str, language: str) -> None:
    """Note in which language a person reads their pages and messages. Raises `DomainError` for another."""
    if language not in spoken():
        raise DomainError(_("Choose one of the languages shown."))
    Account.objects.filter(pk=account).update(language=language)


def _address(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise DomainError(_("Enter an email address, like robin.vale@example.org.")) from None
    return email


def _name(name: str) -> str:
    """A name as it will be shown to colleagues: one line of at most 80 characters."""
    name = " ".join(name.split())
    if not name or not name.isprintable() or len(name) > 80:
        raise DomainError(_("Enter the name your colleagues know, in 80 characters or fewer."))
    return name


def _refuse_what_stays_apart(program_id: str, role: Role, email: str) -> None:
    held = Membership.objects.filter(program_id=program_id, account__email=email, role__in=APART)
    if role in APART and held.exclude(role=role).exists():
        raise _apart()


def _apart() -> DomainError:
    return DomainError(
        _(
            "One person can't be two of coordinator, backup and leader in a program. "
            "Give the role to somebody else, or let them leave the other one first."
        )
    )
