"""The clock over the roster: a day ahead on which nobody is first to call is told to the desk.

Only where a roster is kept (ruling B39). The coordinator is written to some days ahead, as the policy says;
who is missing tomorrow, or today, is an alarm to the backup as well (product.md section 6).
"""

from datetime import datetime, timedelta

from django.db import transaction

from touchbase.notifications.desks import tell_desk
from touchbase.notifications.messages import Template
from touchbase.programs.hours import local_day
from touchbase.programs.queries import CurrentProgram, all_programs
from touchbase.supporters import duties, rostering
from touchbase.supporters.duties import Called

COORDINATOR, BACKUP = 1, 2  # whom a gap has been told


def alarm(at: datetime) -> int:
    """Tell the desk of every gap that is near, each once a level. Returns how many were told."""
    return sum(_alarm(here, at) for here in all_programs() if here.policy.roster.is_kept)


def _alarm(here: CurrentProgram, at: datetime) -> int:
    today = local_day(at, here.policy)
    near = duties.soon(here.id, here.policy, today, here.policy.roster.warn_days)
    return sum(
        _tell(here, one, today + timedelta(days=1) >= one.slot.first, at) for one in near if one.is_gap
    )


def _tell(here: CurrentProgram, one: Called, last_day: bool, at: datetime) -> bool:
    level = BACKUP if last_day else COORDINATOR
    if one.warned >= level:
        return False
    with transaction.atomic():
        if not rostering.warn(program=here.id, one=one, level=level):
            return False
        tell_desk(program=here.id, template=Template.GAP, at=at, backup=last_day)
    return True
