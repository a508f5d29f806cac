"""How a referral comes to be: the key first, then the row, each durable before anybody is thanked."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count

from django.db import IntegrityError, connection, transaction

from touchbase.kernel.clock import slot_down
from touchbase.kernel.ids import new_id, spell
from touchbase.programs.policy import Policy
from touchbase.programs.queries import CurrentProgram
from touchbase.referrals import agenda, clock, queries
from touchbase.referrals.course import Contact, Course, Identity, Sealable, Source, Wishes
from touchbase.referrals.intake import Asking
from touchbase.referrals.lifecycle import Actor, State
from touchbase.referrals.models import Capsule, Link, Referral
from touchbase.referrals.queries import Opener
from touchbase.vault import store
from touchbase.vault.errors import AlreadyThere
from touchbase.vault.sealing import Purpose, Sealed

_A_MONTH = timedelta(days=31)
# Spelled out: building these statements anew from models was a tenth of what a request costs the server.
_REFERRAL = f"""
    INSERT INTO {Referral._meta.db_table}
    (handle, program_id, policy_version, state, held, next_at, next_kind, row_version)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""  # noqa: S608  no value is in it
_CAPSULES = f"""
    INSERT INTO {Capsule._meta.db_table} (id, referral_id, purpose, schema, alg, nonce, blob) VALUES
"""  # noqa: S608  the same
_CAPSULE = "(%s, %s, %s, %s, %s, %s, %s)"
_LINK = f"INSERT INTO {Link._meta.db_table} (token_hash, referral_id, until) VALUES (%s, %s, %s)"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Arrival:
    """A referral that is durable in both stores."""

    handle: str
    course: Course
    token: str  # of the private link
    fresh: bool  # False when the same press arrived before


def _nothing(_handle: str) -> None:
    """What follows where nothing does."""


def arrive(
    *,
    here: CurrentProgram,
    asking: Asking,
    source: Source,
    once: str,
    at: datetime,
    batch: str = "",
    held: bool | None = None,
    then: Callable[[str], None] = _nothing,
) -> Arrival:
    """Keep somebody's request. The same press twice makes one referral.

    `once` is the form's random number; without one every call is a new referral. One that somebody asked for
    somebody else is held until the desk has looked (ruling A16), if `held` doesn't say otherwise: what the
    desk or a supporter enters themself was looked at. `batch` is those of one list (ruling B13). `then` is
    given the handle and belongs to a new row's transaction. No transaction may be open around it: the key is
    durable before the row is begun, and the database isn't kept from others meanwhile.
    Raises `Unavailable` when a store can't be written; then nothing is kept.
    """
    handle = _handle(here.id, once, asking)
    course = _first_course(here, asking, source, at).changed(batch=batch)
    data = _capsules(asking, course)
    made = _created(here, handle, data, asking.contact, at)
    if made is None:
        return _arrived_before(handle, here, at)
    try:
        return _keep(here, handle, course, made, held=_waits(source, held), then=then)
    except IntegrityError:  # the other half of a double press came through meanwhile
        if not Referral.objects.filter(handle=handle).exists():
            raise
        return _arrived_before(handle, here, at)


def _waits(source: Source, held: bool | None) -> bool:
    return source is not Source.SELF if held is None else held


def _capsules(asking: Asking, course: Course) -> Mapping[Purpose, bytes]:
    capsules: Mapping[Purpose, Sealable] = {
        Purpose.IDENTITY: Identity(
            name=asking.name, language=asking.language, referrer_name=asking.referrer_name
        ),
        Purpose.CONTACT: Contact(
            channel=asking.channel,
            address=asking.contact,
            times=asking.times,
            referrer_contact=asking.referrer_contact,
        ),
        Purpose.WISHES: _wishes(asking),
        Purpose.COURSE: course,
    }
    return {purpose: value.to_bytes() for purpose, value in capsules.items()}


def _created(
    here: CurrentProgram, handle: str, data: Mapping[Purpose, bytes], contact: str, at: datetime
) -> store.Created | None:
    """The key, and what is sealed under it; None when the same press has arrived before.

    A press that was cut off between the two stores has left its key, and is finished with that one.
    """
    try:
        return store.create(program=here.id, handle=handle, capsules=data, contact_tag=contact, at=at)
    except AlreadyThere:
        if Referral.objects.filter(handle=handle).exists():
            return None
    sealed = {
        purpose: store.seal(handle=handle, program=here.id, purpose=purpose, data=value)
        for purpose, value in data.items()
    }
    opener = Opener("", Actor.RECIPIENT, at)
    token = queries.link_token(handle, program=here.id, n=store.FIRST_LINK, opener=opener)
    return store.Created(sealed, token)


def _handle(program: str, once: str, asking: Asking) -> str:
    """A random handle, the same for the same press: from the form's random number and what was typed.

    Two people who were served one copy of the form still get two handles, since they typed different things.
    A form that is sent again after its referral was erased asks anew: a buried handle isn't used twice.
    """
    if not once:
        return new_id()
    typed = (program, once, asking.name, asking.channel.value, asking.contact)
    handles = (_made_of(n, *typed) for n in count())
    return next(handle for handle in handles if not queries.buried(handle))


def _made_of(*parts: object) -> str:
    # The form's number has 128 bits and is kept nowhere, so no key of a server is needed.
    digest = hashlib.sha256(repr(parts).encode()).digest()
    return spell(int.from_bytes(digest[:16]))


def _first_course(here: CurrentProgram, asking: Asking, source: Source, at: datetime) -> Course:
    arrived = slot_down(at)
    return Course(
        source=source,
        knows=asking.knows,
        around=asking.around,
        arrived=arrived,
        due=clock.match_due(arrived, here.policy),
        waiting=arrived,
        active=arrived,
        language=asking.language,
    )


def _wishes(asking: Asking) -> Wishes:
    return Wishes(
        profession=asking.profession,
        department=asking.department,
        site=asking.site,
        wants=asking.wants,
        languages=asking.languages,
        topics=asking.topics,
        not_with=asking.not_with,
        peer=asking.peer,
        only_peer=bool(asking.peer) and asking.only_peer,
    )


def _keep(
    here: CurrentProgram,
    handle: str,
    course: Course,
    made: store.Created,
    *,
    held: bool,
    then: Callable[[str], None],
) -> Arrival:
    first = agenda.upcoming(State.RECEIVED, course, here.policy, held=held)[0]
    token_hash, until = store.token_hash(made.token), _link_until(course, here.policy)
    ops = connection.ops
    referral = (
        handle, here.id, here.version, State.RECEIVED.value, held,
        ops.adapt_datetimefield_value(first.at), first.event.value, 0,
    )  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_REFERRAL, referral)
        cursor.execute(_CAPSULES + ", ".join([_CAPSULE] * len(made.sealed)), _values(handle, made.sealed))
        cursor.execute(_LINK, (token_hash, handle, ops.adapt_datefield_value(until)))
        then(handle)
    return Arrival(handle, course, made.token, fresh=True)


def _values(handle: str, sealed: Mapping[Purpose, Sealed]) -> list[str | int | bytes]:
    """What all capsules of a referral are stored as, for one statement."""
    return [
        value
        for purpose, one in sealed.items()
        for value in (new_id(), handle, purpose.value, one.schema, one.alg, one.nonce, one.blob)
    ]


def keep_link(handle: str, token: str, course: Course, policy: Policy) -> None:
    """Make a private link the referral's only one. It ends with its referral; its day is for the worst case.

    That day is the first of a month, so that it doesn't tell on which day somebody arrived.
    """
    Link.objects.filter(referral_id=handle).delete()
    until = _link_until(course, policy)
    Link.objects.create(token_hash=store.token_hash(token), referral_id=handle, until=until)


def hand_over_link(handle: str, other: str) -> None:
    """Let the private link of one referral lead to another one of the same person, beside its own."""
    Link.objects.filter(referral_id=handle).update(referral_id=other)


def _link_until(course: Course, policy: Policy) -> date:
    longest = clock.longest_until(course.arrived, policy).date()
    return (longest.replace(day=1) + 2 * _A_MONTH).replace(day=1)


def _arrived_before(handle: str, here: CurrentProgram, at: datetime) -> Arrival:
    """The second half of a double press: what the first one made, with the link that holds now."""
    opener = Opener("", Actor.RECIPIENT, at)
    found = queries.working(handle, opener=opener, program=here.id).course
    token = queries.link_token(handle, program=here.id, n=found.link_n, opener=opener)
    return Arrival(handle, found, token, fresh=False)
