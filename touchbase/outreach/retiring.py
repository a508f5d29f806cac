"""A program that ends: forms closed, open ones finished or closed by a day, then nobody is left in it (D18).

Each part may be repeated, and the roles go last: while somebody still has one, running it again goes on where
it was cut off. What leaders may read of the counts is handed out before the counters are dropped.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from touchbase.accounts import actions as accounts
from touchbase.awareness import subscribing
from touchbase.kernel.errors import DomainError, NotFound, ReferralMovedOn
from touchbase.outreach.pooling import add_pooled
from touchbase.outreach.telling import tell_it_ended
from touchbase.programs import actions as programs
from touchbase.programs.hours import local_day
from touchbase.programs.queries import CurrentProgram, all_programs, program_at, program_by_id
from touchbase.referrals import actions as referrals
from touchbase.referrals import queries as reading
from touchbase.referrals import rows
from touchbase.referrals.lifecycle import OPEN, Actor
from touchbase.referrals.queries import Opener
from touchbase.resources import checking
from touchbase.supporters import nominating
from touchbase.utilization import actions as counting
from touchbase.utilization.queries import releases
from touchbase.vault import rotation, store
from touchbase.vault.errors import Gone

Export = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Retired:
    """How far a program has come. `waiting` are referrals that aren't gone; `done`: nobody is left in it."""

    slug: str
    ends_on: date
    waiting: int
    done: bool = False
    releases: int = 0
    dropped: bool = False  # counts of too few people to be shown
    subscribers: int = 0
    roles: int = 0


def retire(*, slug: str, until: date | None, export: Export | None, at: datetime) -> Retired:
    """Close a program's forms, and finish it once nobody is on their way any more.

    `until` is the last day for what is open; without it what was said before, else today. `export` takes what
    leaders may read of the counts, before people and counters go. A `DomainError` says what is next.
    """
    here = program_at(slug)
    today = local_day(at, here.policy)
    if until is not None and until < today:
        raise DomainError(_("Choose today or a later day as the last one."))
    programs.retire(program_id=here.id, ends_on=until or here.ends_on or today)
    here = program_by_id(here.id)
    waiting = len(rows.plain_of(here.id))
    if waiting:
        if here.policy.erasing_paused:
            raise DomainError(_held())
        return_open(here, at)
        return Retired(here.slug, _end(here), len(rows.plain_of(here.id)))
    if export is None:
        raise DomainError(_("Nobody is on their way here any more. Say where the counts go: --to FILE."))
    return _finish(here, export, at)


def return_due(at: datetime) -> None:
    """The clock's part: whoever is on their way in a program whose last day is over is closed, kindly."""
    for here in all_programs():
        if here.state == "retired":
            return_open(here, at)


def return_open(here: CurrentProgram, at: datetime) -> int:
    """Close what is still open after a retired program's last day, each by itself; how many that were."""
    if local_day(at, here.policy) <= _end(here):
        return 0
    still = [row.handle for row in rows.plain_of(here.id) if row.state in OPEN]
    return sum(_closed(handle, at) for handle in still)


@transaction.atomic
def _closed(handle: str, at: datetime) -> bool:
    """Whether it was closed now. Whom somebody else moves in this moment, the next look finds."""
    try:
        held = reading.working(handle, opener=Opener("", Actor.CLOCK, at))
        referrals.close(held=held, by=Actor.CLOCK, at=at)
    except (Gone, NotFound, ReferralMovedOn):
        return False
    tell_it_ended(held=held, at=at)
    return True


def _finish(here: CurrentProgram, export: Export, at: datetime) -> Retired:
    """Count, hand out, rotate, and let everybody go: in an order that a crash can't hurt."""
    today = local_day(at, here.policy)
    dropped = _flush(here, today, at)
    made = releases(here.id)
    export(
        {
            "program": here.slug,
            "releases": [{"half_year": one.half_year, **one.sheet.model_dump(mode="json")} for one in made],
        }
    )
    counting.drop_counters(program_id=here.id)
    rotation.rotate(at=at, early=True)
    nominating.clear_all(program_id=here.id)
    readers = subscribing.clear_all(program_id=here.id)
    checking.forget(here)
    roles = accounts.dissolve(program_id=here.id)
    return Retired(here.slug, _end(here), 0, True, len(made), dropped, readers, roles)


def _flush(here: CurrentProgram, today: date, at: datetime) -> bool:
    """Add the pool's last counts and release them; whether there were too few people left to be counted."""
    add_pooled(here, today=today, at=at, last=True)
    counting.release_due(
        program_id=here.id,
        today=today,
        floor=here.policy.reporting.floor,
        headcounts={option.key: option.headcount for option in here.policy.eligibility.professions},
        last=True,
    )
    return store.drop_rest(program=here.id)


def _end(here: CurrentProgram) -> date:
    return here.ends_on or date.min


def _held() -> str:
    return _(
        "Erasing is paused for this program, so nobody who is on their way can be let go. Take "
        "legal.erase_paused out of the policy when counsel agrees, apply it, and run this again."
    )
