"""Writing to a program's desk: to whoever is there, and to everybody when nobody is."""

from collections.abc import Mapping
from datetime import datetime

from touchbase.accounts.queries import Staff, desk
from touchbase.accounts.roles import Role
from touchbase.notifications import outbox
from touchbase.notifications.catalogue import Template
from touchbase.programs.hours import local_day
from touchbase.programs.queries import CurrentProgram, program_by_id

Desk = Mapping[Role, list[Staff]]


def tell_desk(
    *, program: str, template: Template, at: datetime, backup: bool = False, around: bool = False
) -> None:
    """Write to the coordinator; and to the backup when asked to, or when no coordinator is there.

    When everybody at the desk is away, all of them are written to: somebody must read it (ruling D6).
    `around`: somebody asked not to go through the coordinator, so only backups are written to, if there are
    any (ruling D9).
    """
    here = program_by_id(program)
    tell(desk_of(here, at), here=here, template=template, at=at, backup=backup, around=around)


def desk_of(here: CurrentProgram, at: datetime) -> Desk:
    """Who is at a program's desk today."""
    return desk(here.id, local_day(at, here.policy))


def tell(
    at_desk: Desk,
    *,
    here: CurrentProgram,
    template: Template,
    at: datetime,
    backup: bool,
    around: bool = False,
) -> None:
    """The same as `tell_desk`, for whoever knows already who is at the desk."""
    coordinators, backups = at_desk[Role.COORDINATOR], at_desk[Role.BACKUP]
    present = _present(coordinators)
    if around and backups:
        coordinators, present = [], []
    chosen = [*present, *_present(backups)] if backup or not present else present
    for person in chosen or [*coordinators, *backups]:
        outbox.queue_staff(
            program_id=here.id, member=person.membership, template=template, at=at, policy=here.policy
        )


def _present(people: list[Staff]) -> list[Staff]:
    return [person for person in people if not person.away]
