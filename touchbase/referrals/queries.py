"""The only door to a referral's row and to what is sealed in it. Every opening says who and why."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from touchbase.kernel.errors import NotFound
from touchbase.programs.policy import Policy
from touchbase.programs.queries import policy_of
from touchbase.referrals.course import Contact, Course, Identity, Sealable, Wishes, opened_as
from touchbase.referrals.lifecycle import Actor, State
from touchbase.referrals.models import Capsule, Link, Referral, Tombstone
from touchbase.vault import store
from touchbase.vault.grants import Grant, Reason
from touchbase.vault.sealing import Purpose, Sealed

_KINDS: Mapping[Purpose, type[Sealable]] = {
    Purpose.IDENTITY: Identity,
    Purpose.CONTACT: Contact,
    Purpose.WISHES: Wishes,
    Purpose.COURSE: Course,
}


@dataclass(frozen=True, slots=True)
class Opener:
    """Who opens something: the account, in which part, whether a look beyond the hourly limit is meant."""

    actor: str
    role: Actor
    at: datetime
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Working:
    """A referral with its course open, ready for a step."""

    handle: str
    program: str
    state: State
    held: bool
    assignee: str
    row_version: int
    policy_version: int
    next_at: datetime
    next_kind: str
    course: Course

    @property
    def policy(self) -> Policy:
        """The rules this referral was promised at its arrival (ruling D16)."""
        return policy_of(self.program, self.policy_version)


@dataclass(frozen=True, slots=True)
class Person:
    """What names somebody. It lives as long as the answer to one request."""

    identity: Identity
    contact: Contact


def not_there() -> NotFound:
    """The one answer for a referral that isn't there and for one that isn't this reader's."""
    return NotFound(_("This page isn't here. It may have ended, to protect someone's privacy."))


def open_capsules(
    rows: Iterable[Referral], *, opener: Opener, reason: Reason, purposes: frozenset[Purpose]
) -> dict[tuple[str, Purpose], Sealable]:
    """Open capsules of some referrals of one program in one look. Missing keys raise the vault's `Gone`."""
    found = {row.handle: row for row in rows}
    if not found:
        return {}
    program = next(iter(found.values())).program_id
    capsules = Capsule.objects.filter(referral_id__in=list(found), purpose__in=list(purposes))
    items = [_item(capsule, found[capsule.referral_id].row_version) for capsule in capsules]
    grant = _grant(opener, reason, purposes, frozenset(found))
    opened = store.open_many(grant=grant, program=program, items=items)
    return {key: _KINDS[key[1]].model_validate_json(data) for key, data in opened.items()}


def _item(capsule: Capsule, row_version: int) -> store.Item:
    purpose = Purpose(capsule.purpose)
    sealed = Sealed(capsule.schema, capsule.alg, bytes(capsule.nonce), bytes(capsule.blob))
    # Only the course is re-sealed with each step; the others keep the version they were made with.
    version = row_version if purpose is Purpose.COURSE else 0
    return store.Item(capsule.referral_id, purpose, sealed, version)


def _grant(opener: Opener, reason: Reason, purposes: frozenset[Purpose], handles: frozenset[str]) -> Grant:
    return Grant(
        actor=opener.actor,
        role=opener.role.value,
        reason=reason,
        purposes=purposes,
        handles=handles,
        at=opener.at,
        confirmed=opener.confirmed,
    )


def working(handle: str, *, opener: Opener, program: str | None = None) -> Working:
    """One referral with its course open. `NotFound` when it isn't there or belongs to another program."""
    rows = Referral.objects.filter(handle=handle)
    row = (rows if program is None else rows.filter(program_id=program)).first()
    if row is None:
        raise not_there()
    return workings([row], opener=opener)[0]


def workings(rows: Iterable[Referral], *, opener: Opener) -> list[Working]:
    """Several referrals of one program with their courses open, in the order given."""
    rows = list(rows)
    opened = open_capsules(rows, opener=opener, reason=Reason.STEP, purposes=frozenset({Purpose.COURSE}))
    return [_working(row, opened[row.handle, Purpose.COURSE]) for row in rows]


def _working(row: Referral, course: Sealable) -> Working:
    return Working(
        handle=row.handle,
        program=row.program_id,
        state=State(row.state),
        held=row.held,
        assignee=row.assignee_id or "",
        row_version=row.row_version,
        policy_version=row.policy_version,
        next_at=row.next_at,
        next_kind=row.next_kind,
        course=opened_as(Course, course),
    )


def person(handle: str, *, opener: Opener, reason: Reason) -> Person:
    """The name and the contact of a referral. The caller writes down that it looked."""
    row = Referral.objects.filter(handle=handle).first()
    if row is None:
        raise not_there()
    purposes = frozenset({Purpose.IDENTITY, Purpose.CONTACT})
    opened = open_capsules([row], opener=opener, reason=reason, purposes=purposes)
    return Person(
        opened_as(Identity, opened[handle, Purpose.IDENTITY]),
        opened_as(Contact, opened[handle, Purpose.CONTACT]),
    )


def contact(handle: str, *, opener: Opener) -> Contact:
    """Only the contact, for the recipient's own page."""
    row = Referral.objects.filter(handle=handle).first()
    if row is None:
        raise not_there()
    purposes = frozenset({Purpose.CONTACT})
    opened = open_capsules([row], opener=opener, reason=Reason.OWN_PAGE, purposes=purposes)
    return opened_as(Contact, opened[handle, Purpose.CONTACT])


def wishes(handle: str, *, opener: Opener) -> tuple[Wishes, Contact]:
    """What a match needs to know: the wishes, and the contact for its channel, times and owner."""
    row = Referral.objects.filter(handle=handle).first()
    if row is None:
        raise not_there()
    purposes = frozenset({Purpose.WISHES, Purpose.CONTACT})
    opened = open_capsules([row], opener=opener, reason=Reason.MATCH, purposes=purposes)
    return opened_as(Wishes, opened[handle, Purpose.WISHES]), opened_as(
        Contact, opened[handle, Purpose.CONTACT]
    )


def link_token(handle: str, *, program: str, n: int, opener: Opener) -> str:
    """The recipient's private link, made anew from the key: it is stored nowhere (ruling B17)."""
    grant = _grant(opener, Reason.SEND, frozenset({Purpose.CONTACT}), frozenset({handle}))
    return store.link_token(grant=grant, program=program, n=n)


def handle_of_link(token: str, *, at: datetime) -> str:
    """The referral a private link leads to. `NotFound` when the link has ended or never was."""
    found = Link.objects.filter(token_hash=store.token_hash(token), until__gte=at.date()).first()
    if found is None:
        raise NotFound(_("This link has ended, to protect your privacy. Nothing is wrong."))
    return found.referral_id


def rows_of(program: str, *, states: Iterable[State]) -> list[Referral]:
    """The referrals of a program in some states, what is due first at the top."""
    found = Referral.objects.filter(program_id=program, state__in=[state.value for state in states])
    return list(found.order_by("next_at", "handle"))


def rows_held_by(member: str) -> list[Referral]:
    """The referrals a supporter was asked about or has taken."""
    return list(Referral.objects.filter(assignee_id=member).order_by("next_at", "handle"))


def due_rows(at: datetime, *, limit: int) -> list[Referral]:
    """What the clock has to look at now, the longest overdue first."""
    return list(Referral.objects.filter(next_at__lte=at).order_by("next_at", "handle")[:limit])


def open_now(program: str) -> dict[str, int]:
    """How many referrals each supporter of a program has on their hands."""
    counts: dict[str, int] = {}
    held = Referral.objects.filter(program_id=program, assignee__isnull=False)
    for member in held.values_list("assignee_id", flat=True):
        counts[member] = counts.get(member, 0) + 1
    return counts


def all_handles() -> set[str]:
    """Every referral that has a row: what the vault's keys are compared with."""
    return set(Referral.objects.values_list("handle", flat=True))


def buried(handle: str) -> bool:
    """Whether this handle was erased in the last days."""
    return Tombstone.objects.filter(handle=handle).exists()


def named_versions(program: str) -> dict[int, int]:
    """The policy versions that open referrals of a program were promised, with how many go by each."""
    named = Referral.objects.filter(program_id=program).values_list("policy_version", flat=True)
    return dict(sorted(Counter(named).items()))
