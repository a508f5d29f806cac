"""Naming somebody as a supporter, inviting them, their answer. Nothing is sent without a press (D20)."""

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from touchbase.accounts.actions import add_member
from touchbase.accounts.roles import Role
from touchbase.audit import log
from touchbase.kernel.errors import DomainError
from touchbase.notifications import outbox
from touchbase.notifications.catalogue import Template
from touchbase.programs.hours import local_day
from touchbase.programs.queries import program_by_id
from touchbase.supporters import actions
from touchbase.supporters.models import Nomination, Supporter
from touchbase.supporters.naming import INVITED, Named, NominationState
from touchbase.supporters.nominations import gone, token_hash

KEPT_DAYS = 90
MOST_NAMES = 999  # a count nobody believes isn't counted on

_MAY_BE_INVITED = (NominationState.NAMED, NominationState.ASIDE, NominationState.UNDELIVERED)


@transaction.atomic
def name(*, program_id: str, named: Named, at: datetime) -> bool:
    """Keep that somebody was named; say whether they are new here. Who named them is not kept.

    Named again, they are counted once more and kept no longer than before.
    """
    today = local_day(at, program_by_id(program_id).policy)
    Nomination.objects.filter(program_id=program_id, dies_on__lt=today).delete()
    row, new = Nomination.objects.get_or_create(
        program_id=program_id,
        contact=named.contact,
        defaults={"name": named.name, "dies_on": today + timedelta(days=KEPT_DAYS)},
    )
    mine = Nomination.objects.filter(pk=row.pk)
    if named.by_themself:
        mine.update(offered=True)
    else:
        mine.filter(named__lt=MOST_NAMES).update(named=F("named") + 1)
    return new


@transaction.atomic
def invite(*, nomination: str, program_id: str, by: str, at: datetime) -> None:
    """Write to somebody who was named, by a mail that names nobody else. Twice is as good as once.

    Raises `NotFound` for a row that has died, `DomainError` for somebody who is a supporter already.
    """
    row = _row(nomination, program_id, at)
    if _is_supporter(row):
        raise DomainError(_("They are a supporter here already. Set this aside."))
    if row.state not in _MAY_BE_INVITED:
        return
    row.state = NominationState.INVITED
    row.save(update_fields=["state"])
    template = Template.NOMINATION if row.named else Template.OFFER
    outbox.queue_nominee(program_id=program_id, nomination=row.id, template=template, at=at)
    log.record(program=program_id, actor=by, verb="invite nominee", day=_today(program_id, at))


def new_link(*, nomination: str) -> str:
    """Make the token of somebody's link as it is written down, by a mail or at the desk; an earlier one ends.

    Only its hash is kept. Raises `NotFound` for somebody who isn't invited.
    """
    token = secrets.token_urlsafe(32)
    rows = Nomination.objects.filter(pk=nomination, state__in=INVITED)
    if not rows.update(token_hash=token_hash(token)):
        raise gone()
    return token


@transaction.atomic
def set_aside(*, nomination: str, program_id: str, by: str, at: datetime) -> None:
    """Don't invite somebody, or end the invitation they have. They aren't told. Raises `NotFound`."""
    row = _row(nomination, program_id, at)
    row.state, row.token_hash = NominationState.ASIDE, ""
    row.save(update_fields=["state", "token_hash"])
    outbox.drop_person(handle=row.id)
    log.record(program=program_id, actor=by, verb="set aside", day=_today(program_id, at))


@transaction.atomic
def not_for_me(*, nomination: str) -> None:
    """They don't want to: the row is deleted, and with it what names them here."""
    outbox.drop_person(handle=nomination)
    Nomination.objects.filter(pk=nomination).delete()


@transaction.atomic
def agree(*, nomination: str, name: str, profession: str, at: datetime) -> str:
    """They agree to the rules of the role: a member with a profile, not trained yet. Returns the membership.

    The row is deleted. Raises `NotFound`, and `DetailsUnclear` for a profession the program doesn't have.
    """
    row = Nomination.objects.select_for_update().filter(pk=nomination, state__in=INVITED).first()
    if row is None or row.dies_on < _today(row.program_id, at):
        raise gone()
    membership = add_member(program_id=row.program_id, role=Role.SUPPORTER, email=row.contact, name=name)
    actions.begin(membership=membership, profession=profession)
    not_for_me(nomination=row.id)
    return membership


def not_delivered(*, nomination: str) -> None:
    """The mail couldn't be sent: the desk sees it, and may try again or hand the link over itself."""
    Nomination.objects.filter(pk=nomination, state=NominationState.INVITED).update(
        state=NominationState.UNDELIVERED
    )


def clear_ended(*, today: date) -> None:
    """Delete every row whose day has passed, and what waited to be sent to them."""
    for row_id in list(Nomination.objects.filter(dies_on__lt=today).values_list("id", flat=True)):
        not_for_me(nomination=row_id)


@transaction.atomic
def clear_all(*, program_id: str) -> None:
    """Delete everybody who was named in a program that has ended."""
    for row_id in list(Nomination.objects.filter(program_id=program_id).values_list("id", flat=True)):
        not_for_me(nomination=row_id)


def _row(nomination: str, program_id: str, at: datetime) -> Nomination:
    rows = Nomination.objects.select_for_update().filter(pk=nomination, program_id=program_id)
    row = rows.filter(dies_on__gte=_today(program_id, at)).first()
    if row is None:
        raise gone()
    return row


def _is_supporter(row: Nomination) -> bool:
    return Supporter.objects.filter(
        membership__program=row.program_id, membership__account__email=row.contact
    ).exists()


def _today(program_id: str, at: datetime) -> date:
    return local_day(at, program_by_id(program_id).policy)
