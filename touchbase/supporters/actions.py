"""What supporters, and those who care for them, change: a profile, rest, days away, a place in the queue."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Unpack

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from touchbase.accounts.models import Membership
from touchbase.accounts.roles import Role
from touchbase.kernel.errors import NotFound
from touchbase.kernel.ids import new_id
from touchbase.programs.policy import Policy, WhoKnows
from touchbase.programs.queries import program_by_id
from touchbase.supporters import apart, availability
from touchbase.supporters.details import Details, DetailsUnclear, checked, contact_from
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


def begin(*, membership: str, profession: str) -> None:
    """Give somebody who joins a first profile, with all of the program's channels. Again does nothing.

    Raises `DetailsUnclear` for a profession the program doesn't have.
    """
    if Supporter.objects.filter(membership=membership).exists():
        return
    policy = program_by_id(_program_of(membership)).policy
    channels = [channel.value for channel in policy.contact.channels]
    create(membership=membership, profession=profession, channels=channels)


@transaction.atomic
def update_profile(*, membership: str, **details: Unpack[Details]) -> None:
    """Change some parts of a profile. Raises `NotFound`, and `DetailsUnclear` for what doesn't fit.

    Whoever comes onto the list gets a new key there: an address from an earlier time stays at its end.
    """
    policy = program_by_id(_program_of(membership)).policy
    fields = checked(details, policy)
    row = Supporter.objects.select_for_update().filter(membership=membership).first()
    if row is None:
        raise _not_there()
    if fields.get("public") and not row.public:
        fields["listing"] = new_id()
    _refuse_out_of_reach(policy, {"public": row.public, "contact_public": row.contact_public, **fields})
    _change(membership, **fields)


def _refuse_out_of_reach(policy: Policy, whole: Mapping[str, object]) -> None:
    """Where the two alone know, a list of people whom nobody can reach would be of no use (ruling B7)."""
    alone = policy.confidence.who_knows is WhoKnows.TWO
    if alone and whole["public"] and not whole["contact_public"]:
        raise DetailsUnclear(
            "contact_public", _("Add a number or address for the list: people there call you themselves.")
        )


def set_away(*, membership: str, ranges: Iterable[availability.Days], today: date) -> None:
    """Replace the days away. What is over is dropped. Raises `NotFound` and `DaysUnclear`."""
    _change(membership, away=availability.ranges_to_store(ranges, today))


def rest(*, membership: str, today: date) -> None:
    """Rest for two weeks, today included: nobody asks. What is already accepted stays. Raises `NotFound`."""
    _change(membership, resting_until=availability.rest_until(today))


def pause(*, membership: str, today: date) -> None:  # noqa: ARG001 - called in the place of `rest`
    """Stop being asked until one says so. What is already accepted stays. Raises `NotFound`."""
    _change(membership, paused=True)


def back(*, membership: str, today: date) -> None:  # noqa: ARG001 - called in the place of `rest`
    """Be asked again from now on, after a rest or a pause. Raises `NotFound`."""
    _change(membership, resting_until=None, paused=False)


@transaction.atomic
def keep_apart(*, membership: str, contact: str) -> None:
    """Never be matched with whoever gives exactly this contact. Only a fingerprint of it is kept.

    Raises `NotFound`, `DetailsUnclear` about `contact`, and `ApartFull` beyond twelve.
    """
    mark = _mark(membership, contact)
    _change(membership, apart=apart.added(_kept_apart(membership), mark))


@transaction.atomic
def keep_apart_no_more(*, membership: str, contact: str = "") -> None:
    """Take one contact off the list, by typing it again, or all of them. Raises like `keep_apart`."""
    kept = _kept_apart(membership)
    mark = _mark(membership, contact) if contact else ""
    if contact and mark not in kept:
        raise DetailsUnclear("contact", _("That isn't on your list. Type it as you did before."))
    _change(membership, apart=[one for one in kept if one != mark] if contact else [])


def _mark(membership: str, contact: str) -> str:
    policy = program_by_id(_program_of(membership)).policy
    typed = contact_from(contact, policy)
    if not typed:
        raise DetailsUnclear("contact", _("Type a mobile number or an email address."))
    return apart.fingerprint(membership, typed)


def _kept_apart(membership: str) -> list[str]:
    row = Supporter.objects.select_for_update().filter(membership=membership).first()
    if row is None:
        raise _not_there()
    return list(row.apart)


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
