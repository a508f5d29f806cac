"""How a referral comes to be: the key first, then the row, each durable before anybody is thanked."""

import contextlib
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count

from django.db import IntegrityError, transaction

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


@dataclass(frozen=True, slots=True)
class Arrival:
    """A referral that is durable in both stores."""

    handle: str
    course: Course
    token: str  # of the private link
    fresh: bool  # False when the same press arrived before


def arrive(
    *, here: CurrentProgram, asking: Asking, source: Source, once: str, at: datetime, batch: str = ""
) -> Arrival:
    """Keep somebody's request. The same press twice makes one referral.

    `once` is the form's random number; without one every call is a new referral. One that somebody asked for
    somebody else is held until the desk has looked (ruling A16). `batch` is those of one list (ruling B13).
    Raises `Unavailable` when a store can't be written; then nothing is kept.
    """
    handle = _handle(here.id, once, asking)
    course = _first_course(here, asking, source, at).changed(batch=batch)
    capsules: Mapping[Purpose, Sealable] = {
        Purpose.IDENTITY: Identity(name=asking.name, language=asking.language),
        Purpose.CONTACT: Contact(channel=asking.channel, address=asking.contact, times=asking.times),
        Purpose.WISHES: _wishes(asking),
        Purpose.COURSE: course,
    }
    data = {purpose: value.to_bytes() for purpose, value in capsules.items()}
    try:
        sealed = store.create(
            program=here.id, handle=handle, capsules=data, contact_tag=asking.contact, at=at
        )
    except AlreadyThere:
        return _arrived_before(here, handle, course, data, at)
    return _keep(here, handle, course, sealed, at)


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
    )


def _keep(
    here: CurrentProgram, handle: str, course: Course, sealed: Mapping[Purpose, Sealed], at: datetime
) -> Arrival:
    token = queries.link_token(handle, program=here.id, n=1, opener=Opener("", Actor.RECIPIENT, at))
    held = course.source is not Source.SELF
    first = agenda.upcoming(State.RECEIVED, course, here.policy, held=held)[0]
    with transaction.atomic():
        Referral.objects.create(
            handle=handle,
            program_id=here.id,
            policy_version=here.version,
            state=State.RECEIVED,
            held=held,
            next_at=first.at,
            next_kind=first.event,
            row_version=0,
        )
        Capsule.objects.bulk_create(_capsule(handle, purpose, value) for purpose, value in sealed.items())
        keep_link(handle, token, course, here.policy)
    return Arrival(handle, course, token, fresh=True)


def _capsule(handle: str, purpose: Purpose, sealed: Sealed) -> Capsule:
    return Capsule(
        referral_id=handle,
        purpose=purpose,
        schema=sealed.schema,
        alg=sealed.alg,
        nonce=sealed.nonce,
        blob=sealed.blob,
    )


def keep_link(handle: str, token: str, course: Course, policy: Policy) -> None:
    """Make a private link the referral's only one. It ends with its referral; its day is for the worst case.

    That day is the first of a month, so that it doesn't tell on which day somebody arrived.
    """
    Link.objects.filter(referral_id=handle).delete()
    Link.objects.create(
        token_hash=store.token_hash(token), referral_id=handle, until=_link_until(course, policy)
    )


def _link_until(course: Course, policy: Policy) -> date:
    longest = clock.longest_until(course.arrived, policy).date()
    return (longest.replace(day=1) + 2 * _A_MONTH).replace(day=1)


def _arrived_before(
    here: CurrentProgram, handle: str, course: Course, data: Mapping[Purpose, bytes], at: datetime
) -> Arrival:
    """The second half of a double press, or the finish of a press that was cut off between the two stores."""
    if not Referral.objects.filter(handle=handle).exists():
        sealed = {
            purpose: store.seal(handle=handle, program=here.id, purpose=purpose, data=value)
            for purpose, value in data.items()
        }
        with contextlib.suppress(IntegrityError):  # the first press came through meanwhile
            return _keep(here, handle, course, sealed, at)
    opener = Opener("", Actor.RECIPIENT, at)
    found = queries.working(handle, opener=opener, program=here.id).course
    token = queries.link_token(handle, program=here.id, n=found.link_n, opener=opener)
    return Arrival(handle, found, token, fresh=False)
