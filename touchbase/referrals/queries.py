"""The only door to a referral's row and to what is sealed in it. Every opening says who and why.

A row and its capsules are read by one statement: a step that somebody else takes meanwhile is either in both
or in neither, and is noticed when one compares and sets.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from touchbase.referrals.contacts import of_contact, same_contact, twice
from touchbase.referrals.course import Contact, Course, Identity, Sealable, Wishes, opened_as
from touchbase.referrals.lifecycle import Actor, State
from touchbase.referrals.links import handle_of_link, link_ended, not_there, policy_promised
from touchbase.referrals.models import Capsule, Referral, Tombstone
from touchbase.referrals.rows import Plain, plain_of_values, values_of
from touchbase.vault import store
from touchbase.vault.grants import MOST, Grant, Reason
from touchbase.vault.sealing import Purpose, Sealed

__all__ = [
    "Gathered", "Opener", "Own", "Person", "Waiting", "Working", "buried", "contact", "courses", "gathered",
    "handle_of_link", "link_ended", "link_token", "not_there", "of_batch", "of_contact",
    "own", "person", "policy_promised", "same_contact", "twice", "waiting", "waiting_one", "wishes",
    "working", "workings_held_by",
]  # fmt: skip

_KINDS: Mapping[Purpose, type[Sealable]] = {
    Purpose.IDENTITY: Identity,
    Purpose.CONTACT: Contact,
    Purpose.WISHES: Wishes,
    Purpose.COURSE: Course,
}
_SEALED = ("referral_id", "purpose", "schema", "alg", "nonce", "blob")
_COURSE = frozenset({Purpose.COURSE})
_NAMED = frozenset({Purpose.IDENTITY, Purpose.CONTACT})
_FITTING = frozenset({Purpose.WISHES, Purpose.CONTACT})


@dataclass(frozen=True, slots=True)
class Opener:
    """Who opens something: the account, in which part, whether a look beyond the hourly limit is meant."""

    actor: str
    role: Actor
    at: datetime
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Working(Plain):
    """A referral with its course open, ready for a step."""

    course: Course


@dataclass(frozen=True, slots=True)
class Person:
    """What names somebody. It lives as long as the answer to one request."""

    identity: Identity
    contact: Contact


@dataclass(frozen=True, slots=True)
class Gathered:
    """One of those who came in one list and wait, opened for the coordinator who matches them together."""

    held: "Working"
    person: Person
    wishes: Wishes


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits for a match, opened for the coordinator who looks for one."""

    working: "Working"
    identity: Identity
    wishes: Wishes


@dataclass(frozen=True, slots=True)
class _Opened:
    """One referral, and what was opened of it."""

    plain: Plain
    parts: Mapping[Purpose, Sealable]


def _open(
    rows: QuerySet[Referral],
    *,
    opener: Opener,
    reason: Reason,
    purposes: frozenset[Purpose],
    leave_gone: bool = False,
) -> dict[str, _Opened]:
    """Open capsules of some referrals of one program in one look.

    Raises the vault's `Gone` when one has no key any more; with `leave_gone` that one is left out.
    """
    found = Capsule.objects.filter(referral__in=rows, purpose__in=list(purposes))
    capsules = list(found.values_list(*_SEALED, *values_of("referral__")))
    if not capsules:
        return {}
    plains = {each.handle: each for each in (plain_of_values(row[len(_SEALED) :]) for row in capsules)}
    data = store.open_many(
        grant=_grant(opener, reason, purposes, frozenset(plains)),
        program=plains[capsules[0][0]].program,
        items=[_item(plains[row[0]], row) for row in capsules],
        leave_gone=leave_gone,
    )
    parts: dict[str, dict[Purpose, Sealable]] = {}
    for (handle, purpose), value in data.items():
        parts.setdefault(handle, {})[purpose] = _KINDS[purpose].model_validate_json(value)
    return {handle: _Opened(plains[handle], each) for handle, each in parts.items()}


def _item(held: Plain, row: Sequence[Any]) -> store.Item:
    handle, kind, schema, alg, nonce, blob = row[: len(_SEALED)]
    purpose, sealed = Purpose(kind), Sealed(schema, alg, bytes(nonce), bytes(blob))
    # Only the course is re-sealed with each step; the others keep the version they were made with.
    return store.Item(handle, purpose, sealed, held.row_version if purpose is Purpose.COURSE else 0)


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


def _open_one(
    handle: str, *, opener: Opener, reason: Reason, purposes: frozenset[Purpose], which: Q | None = None
) -> _Opened:
    rows = Referral.objects.filter(which or Q(), handle=handle)
    found = _open(rows, opener=opener, reason=reason, purposes=purposes).get(handle)
    if found is None:
        raise not_there()
    return found


def working(
    handle: str,
    *,
    opener: Opener,
    program: str | None = None,
    assignee: str | None = None,
    state: State | None = None,
) -> Working:
    """One referral with its course open.

    `NotFound` when it isn't there, or not in this program, with this supporter or in this state; then nothing
    is opened.
    """
    scope = {"program_id": program, "assignee_id": assignee, "state": state}
    which = Q(**{key: value for key, value in scope.items() if value is not None})
    return _working(_open_one(handle, opener=opener, reason=Reason.STEP, purposes=_COURSE, which=which))


def _working(opened: _Opened) -> Working:
    readable = {name: getattr(opened.plain, name) for name in Plain.__dataclass_fields__}
    return Working(**readable, course=opened_as(Course, opened.parts[Purpose.COURSE]))


def workings_held_by(member: str, *, opener: Opener) -> list[Working]:
    """What a supporter was asked about or has taken, what is due first at the top.

    One whose key was lost is left out: there is nothing to be done about it here.
    """
    rows = Referral.objects.filter(assignee_id=member)
    opened = _open(rows, opener=opener, reason=Reason.STEP, purposes=_COURSE, leave_gone=True)
    return sorted(map(_working, opened.values()), key=lambda held: (held.next_at, held.handle))


def courses(handles: Iterable[str], *, opener: Opener) -> dict[str, Course]:
    """How far some referrals of one program have come, in one look; those without a key are left out."""
    every = list(handles)
    found: dict[str, Course] = {}
    for first in range(0, len(every), MOST[Reason.STEP]):
        rows = Referral.objects.filter(handle__in=every[first : first + MOST[Reason.STEP]])
        opened = _open(rows, opener=opener, reason=Reason.STEP, purposes=_COURSE, leave_gone=True)
        found |= {handle: opened_as(Course, each.parts[Purpose.COURSE]) for handle, each in opened.items()}
    return found


def waiting(handles: Iterable[str], *, opener: Opener) -> list[Waiting]:
    """Those of some referrals of one program that still wait, with their names, in one look."""
    rows = Referral.objects.filter(handle__in=list(handles), state=State.RECEIVED)
    purposes = frozenset({Purpose.IDENTITY, Purpose.WISHES, Purpose.COURSE})
    opened = _open(rows, opener=opener, reason=Reason.QUEUE, purposes=purposes, leave_gone=True)
    return [
        Waiting(
            working=_working(each),
            identity=opened_as(Identity, each.parts[Purpose.IDENTITY]),
            wishes=opened_as(Wishes, each.parts[Purpose.WISHES]),
        )
        for each in opened.values()
    ]


def waiting_one(handle: str, *, opener: Opener) -> tuple[Wishes, Person]:
    """All that a coordinator needs to find somebody for one who waits, by one look."""
    purposes = _NAMED | {Purpose.WISHES}
    parts = _open_one(handle, opener=opener, reason=Reason.QUEUE, purposes=purposes).parts
    named = Person(opened_as(Identity, parts[Purpose.IDENTITY]), opened_as(Contact, parts[Purpose.CONTACT]))
    return opened_as(Wishes, parts[Purpose.WISHES]), named


def of_batch(batch: str, *, program: str, opener: Opener, states: frozenset[State]) -> list[Working]:
    """Those of one list in some states, by their courses alone, in one look. Nobody once it is over."""
    rows = Referral.objects.filter(program_id=program, state__in=sorted(states))
    opened = _open(rows, opener=opener, reason=Reason.STEP, purposes=_COURSE, leave_gone=True)
    found = [_working(each) for each in opened.values()]
    return sorted(
        (held for held in found if batch and held.course.batch == batch), key=lambda held: held.handle
    )


def gathered(handles: Iterable[str], *, opener: Opener) -> list[Gathered]:
    """Some of those who wait in one program, with names and wishes, in one look."""
    rows = Referral.objects.filter(handle__in=list(handles), state=State.RECEIVED)
    opened = _open(rows, opener=opener, reason=Reason.QUEUE, purposes=frozenset(Purpose), leave_gone=True)
    return [
        Gathered(
            held=_working(each),
            person=Person(
                opened_as(Identity, each.parts[Purpose.IDENTITY]),
                opened_as(Contact, each.parts[Purpose.CONTACT]),
            ),
            wishes=opened_as(Wishes, each.parts[Purpose.WISHES]),
        )
        for each in opened.values()
    ]


def person(handle: str, *, opener: Opener, reason: Reason) -> Person:
    """The name and the contact of a referral. The caller writes down that it looked."""
    parts = _open_one(handle, opener=opener, reason=reason, purposes=_NAMED).parts
    return Person(opened_as(Identity, parts[Purpose.IDENTITY]), opened_as(Contact, parts[Purpose.CONTACT]))


def contact(handle: str, *, opener: Opener, reason: Reason = Reason.OWN_PAGE) -> Contact:
    """Only the contact, for the recipient's own page or for whoever has the rest open already."""
    found = _open_one(handle, opener=opener, reason=reason, purposes=frozenset({Purpose.CONTACT}))
    return opened_as(Contact, found.parts[Purpose.CONTACT])


@dataclass(frozen=True, slots=True)
class Own:
    """All that is kept of somebody besides the course, for their own page (ruling D10)."""

    identity: Identity
    contact: Contact
    wishes: Wishes


def own(handle: str, *, opener: Opener) -> Own:
    """What the recipient's own page tells of what is kept."""
    purposes = frozenset({Purpose.IDENTITY, Purpose.CONTACT, Purpose.WISHES})
    parts = _open_one(handle, opener=opener, reason=Reason.OWN_PAGE, purposes=purposes).parts
    return Own(
        opened_as(Identity, parts[Purpose.IDENTITY]),
        opened_as(Contact, parts[Purpose.CONTACT]),
        opened_as(Wishes, parts[Purpose.WISHES]),
    )


def wishes(handle: str, *, opener: Opener) -> tuple[Wishes, Contact]:
    """What a match needs to know: the wishes, and the contact for its channel, times and owner."""
    parts = _open_one(handle, opener=opener, reason=Reason.MATCH, purposes=_FITTING).parts
    return opened_as(Wishes, parts[Purpose.WISHES]), opened_as(Contact, parts[Purpose.CONTACT])


def link_token(handle: str, *, program: str, n: int, opener: Opener) -> str:
    """The recipient's private link, made anew from the key: it is stored nowhere (ruling B17)."""
    grant = _grant(opener, Reason.SEND, frozenset({Purpose.CONTACT}), frozenset({handle}))
    return store.link_token(grant=grant, program=program, n=n)


def buried(handle: str) -> bool:
    """Whether this handle was erased in the last days."""
    query = f"SELECT 1 FROM {Tombstone._meta.db_table} WHERE handle = %s"  # noqa: S608  no value is in it
    with connection.cursor() as cursor:
        cursor.execute(query, [handle])
        return cursor.fetchone() is not None
