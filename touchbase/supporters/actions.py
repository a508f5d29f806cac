"""What supporters, and those who care for them, change: a profile, rest, days away, a place in the queue."""

from collections.abc import Iterable
from datetime import date
from typing import Unpack

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from touchbase.accounts.models import Membership
from touchbase.accounts.roles import Role
from touchbase.kernel.errors import NotFound
from touchbase.programs.queries import program_by_id
from touchbase.supporters import availability
from touchbase.supporters.details import Details, DetailsUnclear, checked
from touchbase.supporters.models import Supporter


@transaction.atomic
def create(*, membership: str, **details: Unpack[Details]) -> None:
    """Give a supporter's membership its profile. A newcomer joins the queue at its median.

    `profession` is needed; without `languages` it is English. Raises `NotFound` when the membership isn't a
    supporter's, and `DetailsUnclear` for what doesn't fit the program or when there is a profile already.
    """
    program = _program_of(membership)
    if Supporter.objects.filter(membership=membership).exists():
        raise DetailsUnclear("membership", _("This person has a profile already. Change that one."))
    whole: Details = {"profession": "", "languages": ["en"], **details}
    fields = checked(whole, program_by_id(program).policy)
    turns = _pool(program).values_list("turn", flat=True)
    Supporter.objects.create(membership_id=membership, turn=availability.newcomer_turn(turns), **fields)


@transaction.atomic
def update_profile(*, membership: str, **details: Unpack[Details]) -> None:
    """Change some parts of a profile. Raises `NotFound`, and `DetailsUnclear` for what doesn't fit."""
    policy = program_by_id(_program_of(membership)).policy
    _change(membership, **checked(details, policy))


def set_away(*, membership: str, ranges: Iterable[availability.Days], today: date) -> None:
    """Replace the days away. What is over is dropped. Raises `NotFound` and `DaysUnclear`."""
    _change(membership, away=availability.ranges_to_store(ranges, today))


def rest(*, membership: str, today: date) -> None:
    """Rest for two weeks, today included: nobody asks. What is already accepted stays. Raises `NotFound`."""
    _change(membership, resting_until=availability.rest_until(today))


def back(*, membership: str, today: date) -> None:  # noqa: ARG001 - called in the place of `rest`
    """Be asked again from now on. Raises `NotFound`."""
    _change(membership, resting_until=None)


@transaction.atomic
def asked(*, membership: str) -> None:
    """Move a supporter to the end of the queue: they have just been asked. Raises `NotFound`.

    A place and no date: nothing tells for ever when somebody helped (ruling B15). Two who are asked
    in the same moment may get the same place; then their keys decide.
    """
    last = _pool(_program_of(membership)).aggregate(last=Max("turn", default=0))["last"]
    _change(membership, turn=last + 1)


def _program_of(membership: str) -> str:
    """The program of a supporter's membership."""
    found = Membership.objects.filter(pk=membership, role=Role.SUPPORTER).values_list("program_id", flat=True)
    program = found.first()
    if program is None:
        raise _not_there()
    return program


def _change(membership: str, **fields: object) -> None:
    if not Supporter.objects.filter(membership=membership).update(**fields):
        raise _not_there()


def _pool(program: str) -> QuerySet[Supporter]:
    return Supporter.objects.filter(membership__program=program)


def _not_there() -> NotFound:
    return NotFound(_("This supporter is not in the program any more."))
