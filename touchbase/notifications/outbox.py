"""What waits to be sent, and the sending: rows say to whom and what in ids alone (vault.md section 5).

A row is claimed by setting the end of its lock, sent, and deleted when it was accepted. A sender that ends
between claim and sending leaves a lock that runs out, and the message is sent later. One that ends in the
moment between the server's yes and the deletion makes it go twice: losing one would be worse.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction
from django.db.models import Q, QuerySet

from touchbase.kernel.clock import slot_down
from touchbase.kernel.errors import Unavailable
from touchbase.notifications import timing
from touchbase.notifications.catalogue import SHAPES, Reader, Template
from touchbase.notifications.channels import mail
from touchbase.notifications.channels.mail import Letter
from touchbase.notifications.errors import MailFailed, MessageRefused, NoServer, ServerUnreachable
from touchbase.notifications.models import Outgoing
from touchbase.programs.policy import Policy
from touchbase.programs.queries import program_by_id

__all__ = [
    "Delivered",
    "Due",
    "Letter",
    "deliver_due",
    "drop_all",
    "drop_person",
    "queue_invited",
    "queue_nominee",
    "queue_person",
    "queue_staff",
    "queue_subscribers",
]

logger = logging.getLogger("touchbase.notifications")

RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
LOCK = timedelta(minutes=10)  # longer than a mail server's every answer may take, one after the other
_LATER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Due:
    """One message to send, in ids: `handle` of whoever has no account here, else `member`."""

    id: str
    program: str
    handle: str
    member: str
    template: Template
    tries: int


@dataclass
class Delivered:
    """What one round did. `dropped` had nothing to say any more; `given_up` won't be tried again.

    `unreachable`: the mail server didn't answer.
    """

    sent: int = 0
    retried: int = 0
    dropped: int = 0
    unreachable: bool = False
    given_up: list[Due] = field(default_factory=list)


def queue_staff(
    *,
    program_id: str,
    member: str,
    template: Template,
    at: datetime,
    policy: Policy | None = None,
    at_night: bool = False,
) -> None:
    """Write to a member. Asking again while it waits changes nothing.

    Waits for the morning unless it is urgent, or the member said that it may come at night. `policy`: the
    program's rules of today, from whoever has them at hand.
    """
    _check(template, Reader.STAFF)
    rules = policy or program_by_id(program_id).policy
    moment = slot_down(at) if at_night else timing.first_moment(template, at, rules)
    _keep(Outgoing(program_id=program_id, member_id=member, template=template, not_before=moment))


def queue_person(
    *,
    program_id: str,
    handle: str,
    template: Template,
    at: datetime,
    until: datetime | None = None,
    chance: Callable[[], float] = timing.CHANCE,
) -> None:
    """Write to a recipient. With `until`, at a random half hour before it, so that no group shows (C18)."""
    _check(template, Reader.RECIPIENT)
    policy = program_by_id(program_id).policy
    moment = timing.first_moment(template, at, policy)
    if until is not None:
        moment = timing.spread(moment, until, policy, chance())
    _keep(Outgoing(program_id=program_id, handle=handle, template=template, not_before=moment))


def queue_nominee(*, program_id: str, nomination: str, template: Template, at: datetime) -> None:
    """Write to somebody who was named as a supporter; the row names their nomination. By day only."""
    _check(template, Reader.NOMINEE)
    moment = timing.first_moment(template, at, program_by_id(program_id).policy)
    _keep(Outgoing(program_id=program_id, handle=nomination, template=template, not_before=moment))


def queue_invited(*, program_id: str, invitation: str, template: Template, at: datetime) -> None:
    """Write to somebody who is invited to a role; the row names the invitation. By day only."""
    _check(template, Reader.INVITED)
    moment = timing.first_moment(template, at, program_by_id(program_id).policy)
    _keep(Outgoing(program_id=program_id, handle=invitation, template=template, not_before=moment))


def queue_subscribers(
    *,
    program_id: str,
    subscribers: Sequence[str],
    template: Template,
    at: datetime,
    spread: timedelta = timedelta(0),
    chance: Callable[[], float] = timing.CHANCE,
) -> None:
    """Write to addresses of the email list; each row names a subscriber. Spread over waking half hours."""
    _check(template, Reader.SUBSCRIBER)
    policy = program_by_id(program_id).policy
    first = timing.first_moment(template, at, policy)
    rows = [
        Outgoing(
            program_id=program_id,
            handle=key,
            template=template,
            not_before=timing.spread(first, first + spread, policy, chance()) if spread else first,
        )
        for key in subscribers
    ]
    Outgoing.objects.bulk_create(rows, ignore_conflicts=True)


def drop_person(*, handle: str) -> None:
    """Forget what still waits for a person: part of erasing them, or of the end of what named them."""
    Outgoing.objects.filter(handle=handle).delete()


def drop_all() -> int:
    """Forget everything that waits: it is of a copy, and may have been sent since. How many there were."""
    return Outgoing.objects.all().delete()[0]


def _check(template: Template, reader: Reader) -> None:
    if SHAPES[template].reader is not reader or not SHAPES[template].subject:
        raise MessageRefused(f"{template.value} isn't a mail to {reader.value}.")


def _keep(row: Outgoing) -> None:
    # The constraints of the table make a second one of the same kind vanish here, whoever comes first.
    Outgoing.objects.bulk_create([row], ignore_conflicts=True)


def deliver_due(
    *,
    compose: Callable[[Due], Letter | None],
    at: datetime,
    limit: int = 50,
    gave_up: Callable[[Due], None] | None = None,
) -> Delivered:
    """Send what is due, each message by one sender alone. Call it outside of any transaction.

    `compose` works out the letter at the last moment; `None` means there is nothing to say any more. After
    retries of 1, 5, 15 and 60 minutes a message is given up: the row is deleted and `gave_up` called, both in
    one transaction, and it is listed in the answer.
    """
    outcome, started = Delivered(), monotonic()
    unreachable: MailFailed | None = None
    for row_id in list(_free(at).order_by("not_before", "id").values_list("id", flat=True)[:limit]):
        # A slow server takes minutes: each lock is counted from the claim, not from the start of the round.
        now = at + timedelta(seconds=monotonic() - started)
        due = _claim(row_id, now)
        if due is None:
            continue
        failure = unreachable or _attempt(due, compose, outcome)
        if isinstance(failure, ServerUnreachable):
            unreachable, outcome.unreachable = failure, True
        _settle(due, failure, now, outcome, gave_up)
    return outcome


def _free(at: datetime) -> QuerySet[Outgoing]:
    unlocked = Q(lock_until=None) | Q(lock_until__lte=at)
    return Outgoing.objects.filter(unlocked, not_before__lte=at, template__in=list(Template))


def _claim(row_id: str, now: datetime) -> Due | None:
    """Take a row for this sender, or `None` when another one has it."""
    with transaction.atomic(durable=True):
        row = _free(now).select_for_update(skip_locked=True).filter(pk=row_id).first()
        if row is None or not _free(now).filter(pk=row_id).update(lock_until=now + LOCK):
            return None
    return Due(
        id=row.id,
        program=row.program_id,
        handle=row.handle,
        member=row.member_id or "",
        template=Template(row.template),
        tries=row.tries,
    )


def _attempt(due: Due, compose: Callable[[Due], Letter | None], outcome: Delivered) -> Exception | None:
    """Send one message. What went wrong comes back as a value; nothing of its text is kept or logged."""
    try:
        letter = compose(due)
        if letter is None:
            outcome.dropped += 1
        else:
            mail.send(letter)
            outcome.sent += 1
    except MailFailed as failure:
        logger.warning("mail_not_sent %s %s", failure.code, failure.reason)
        return failure
    except Exception as failure:  # noqa: BLE001 one message that can't be written must not stop the others
        logger.error("mail_not_written %s", type(failure).__name__)
        return failure
    return None


def _settle(
    due: Due,
    failure: Exception | None,
    now: datetime,
    outcome: Delivered,
    gave_up: Callable[[Due], None] | None,
) -> None:
    mine = Outgoing.objects.filter(pk=due.id, lock_until=now + LOCK)
    if failure is None:
        Outgoing.objects.filter(pk=due.id).delete()
    elif isinstance(failure, Unavailable) and not isinstance(failure, MailFailed):
        # A store of ours is away: the message did nothing wrong, so its tries aren't used up.
        outcome.retried += mine.update(lock_until=now + _LATER)
    elif isinstance(failure, NoServer) or due.tries >= len(RETRIES):
        with transaction.atomic():
            if mine.delete()[0]:
                outcome.given_up.append(due)
                if gave_up is not None:
                    gave_up(due)
    else:
        outcome.retried += mine.update(tries=due.tries + 1, lock_until=now + RETRIES[due.tries])
