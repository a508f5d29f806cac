"""The clock: looks at what is due and does it. State, not timers: a restart changes nothing."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError

from touchbase.accounts import actions as accounts
from touchbase.accounts.sessions import SessionStore
from touchbase.awareness import subscribing
from touchbase.collaborative.pooling import release_all_due
from touchbase.kernel.errors import DomainError, NotFound, ReferralMovedOn, Unavailable
from touchbase.notifications import outbox
from touchbase.notifications.catalogue import SHAPES, Reader
from touchbase.notifications.outbox import Due
from touchbase.outreach import events, gaps, retiring
from touchbase.outreach.letters import composer
from touchbase.outreach.pooling import add_pooled
from touchbase.programs.hours import local_day
from touchbase.programs.queries import all_programs
from touchbase.referrals import actions as referrals
from touchbase.referrals import agenda, erasing, rows
from touchbase.referrals import queries as reading
from touchbase.referrals.course import Event
from touchbase.referrals.lifecycle import Actor
from touchbase.referrals.queries import Opener, Working
from touchbase.referrals.rows import Plain
from touchbase.supporters import nominating, rostering, training
from touchbase.utilization import actions as counting
from touchbase.vault import passing, rotation, store
from touchbase.vault.errors import Gone

logger = logging.getLogger(__name__)
ROWS_A_LOOK = 200
ORPHAN_AFTER = timedelta(hours=1)

# What may not happen while the machine's clock can't be trusted: nothing ends early.
_ENDS = frozenset(
    {Event.IDLE, Event.LONGEST, Event.REST_OVER, Event.NO_ANSWER, Event.ERASE, Event.ASK_EXPIRES}
)


@dataclass
class Swept:
    """What one look did, as counts."""

    events: int = 0
    erased: int = 0
    lost: int = 0  # open referrals whose key is gone: somebody must ask again
    gaps: int = 0  # days ahead without anybody, told to the desk
    sent: int = 0
    retried: int = 0
    unreachable: bool = False  # the mail server didn't answer
    halted: bool = False  # a store was put back from a copy, and nobody has confirmed it: nothing was done
    refused: list[str] = field(default_factory=list)  # codes, never about whom


@dataclass(frozen=True, slots=True)
class _Halt:
    """What doesn't happen now: endings while the clock is frozen, erasing where a legal hold lies (B33)."""

    frozen: bool
    paused: frozenset[str]  # programs

    def holds(self, event: Event, program: str) -> bool:
        return (self.frozen and event in _ENDS) or (event is Event.ERASE and program in self.paused)


def run_once(at: datetime, *, batch: int = ROWS_A_LOOK) -> Swept:
    """Do everything that is due at `at`, each thing once. Safe at any time, with any number of sweepers.

    A clock that was set is not gone by: what it would write down, of a moment years ahead, would keep
    reminders and messages back until then, and one set back would keep back everything (vault.md section 6).
    """
    swept = Swept()
    rotated = rotation.rotate(at=at)
    at, frozen = rotated.now, rotated.frozen
    paused = frozenset(here.id for here in all_programs() if here.policy.erasing_paused)
    halt = _Halt(frozen, paused)
    for row in _due(at, batch):
        _look_at(row, at, halt, swept)
    if swept.lost:
        logger.error("sweep.keys_lost %s", swept.lost)
    swept.gaps = gaps.alarm(at)
    _send(at, swept)
    if not frozen:
        retiring.return_due(at)
        _count(at)
        _tidy(at)
    return swept


def _due(at: datetime, batch: int) -> Iterator[Plain]:
    """Every row that is due, each once, however many can't be handled now."""
    page = rows.due(at, limit=batch)
    while page:
        yield from page
        page = rows.due(at, limit=batch, after=page[-1])


def _look_at(row: Plain, at: datetime, halt: _Halt, swept: Swept) -> None:
    """Everything due about one referral, in order. One that can't be handled doesn't stop the others."""
    opener = Opener("", Actor.CLOCK, at)
    try:
        while _next_event(reading.working(row.handle, opener=opener), at, halt, swept):
            swept.events += 1
    except Gone:
        _without_key(row, at, swept)
    except (NotFound, ReferralMovedOn):
        return  # somebody else has it in hand; what is still due then is due at the next look
    except (Unavailable, OperationalError, InterfaceError):
        raise  # a store is away: there is no use in going on
    except Exception as failure:  # noqa: BLE001 one bad row must not keep all others from being looked at
        code = failure.code if isinstance(failure, DomainError) else type(failure).__name__
        logger.error("sweep.not_done %s", code)
        swept.refused.append(code)


def _without_key(row: Plain, at: datetime, swept: Swept) -> None:
    """The key was destroyed and the process ended before the row went; or else the key was lost."""
    if erasing.finish(handle=row.handle, at=at):
        swept.erased += 1
    else:
        swept.lost += 1


def _next_event(held: Working, at: datetime, halt: _Halt, swept: Swept) -> bool:
    """Do the earliest thing that is due. False when there is nothing (more) to do now."""
    ahead = agenda.upcoming(held.state, held.course, held.policy, held=held.held)
    due = next((each for each in ahead if not halt.holds(each.event, held.program)), None)
    if due is None or due.at > at:
        return False
    if due.event is Event.ERASE:
        swept.erased += erasing.erase(held=held, at=at)
        return False
    return events.act(held, due.event, at)


def _send(at: datetime, swept: Swept) -> None:
    def gave_up(due: Due) -> None:
        reader = SHAPES[due.template].reader
        if reader is Reader.NOMINEE:
            nominating.not_delivered(nomination=due.handle)
        elif reader is Reader.INVITED:
            accounts.note_undelivered(invitation=due.handle)
        elif due.handle and reader is Reader.RECIPIENT:
            _not_delivered(due, at)

    delivered = outbox.deliver_due(compose=composer(at), at=at, gave_up=gave_up)
    swept.sent, swept.retried, swept.unreachable = delivered.sent, delivered.retried, delivered.unreachable


def _not_delivered(due: Due, at: datetime) -> None:
    """Mark what wasn't delivered, also when somebody moves the referral in the same moment."""
    referrals.insist(handle=due.handle, at=at, step=lambda held: events.not_delivered(held, due.template, at))


def _count(at: datetime) -> None:
    """Once a month, add the pool of closed referrals to the counters; release what is ripe (A14, A15)."""
    for here in all_programs():
        today = local_day(at, here.policy)
        add_pooled(here, today=today, at=at)
        counting.release_due(
            program_id=here.id,
            today=today,
            floor=here.policy.reporting.floor,
            headcounts={option.key: option.headcount for option in here.policy.eligibility.professions},
        )
    release_all_due(today=at.date())


def _tidy(at: datetime) -> None:
    """What has run out: sessions, tombstones, names and addresses, old answers, keys that never got a row."""
    SessionStore.clear_expired()
    accounts.clear_invitations(today=at.date())
    rostering.forget(at=at)
    passing.forget_old(at)
    erasing.clear_tombstones(at=at)
    nominating.clear_ended(today=at.date())
    subscribing.clear_ended(today=at.date())
    training.clear_old(today=at.date())
    store.mark_orphans(known=rows.all_handles(), at=at)
    store.destroy_orphans(known=rows.all_handles(), at=at, older_than=ORPHAN_AFTER)
