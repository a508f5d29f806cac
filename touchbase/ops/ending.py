"""Opening, pausing and retiring a program at the machine: what the command writes down, and what it says."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from touchbase.collaborative.queries import takes_part
from touchbase.kernel import clock
from touchbase.ops.reports import Report
from touchbase.outreach import retiring
from touchbase.outreach.retiring import Retired
from touchbase.programs import actions, queries
from touchbase.referrals import restoring

MOVES = {"open": actions.open_again, "pause": actions.pause}


def move(slug: str, do: str) -> Report:
    """Open or pause a program."""
    program = queries.program_at(slug)
    if do == "open" and program.state == "draft" and takes_part(program.id):
        raise CommandError(f"{slug} gets ready in a collaborative. Its own desk opens the form.")
    changed = MOVES[do](program_id=program.id)
    state = str(queries.program_at(slug).state)
    return Report(
        f"{slug} is {state}" + ("." if changed else ", as it was."),
        {"slug": slug, "state": state, "changed": changed},
    )


def retire(slug: str, *, until: date | None, to: Path | None) -> Report:
    """Retire a program, as far as it can be now; `to` is the file of its released counts."""
    restoring.refuse_unconfirmed()
    done = retiring.retire(slug=slug, until=until, export=_into(to) if to else None, at=clock.now())
    return Report(_said(done, to), asdict(done))


def _into(to: Path) -> Callable[[dict[str, Any]], None]:
    def export(counts: dict[str, Any]) -> None:
        part = to.with_name(f"{to.name}.part")
        try:
            part.write_text(json.dumps(counts, indent=1, ensure_ascii=False) + "\n")
            part.rename(to)  # whole or not at all
        except OSError:
            raise CommandError(f"{to} can't be written. Name a file in a folder you may write to.") from None

    return export


def _said(done: Retired, to: Path | None) -> str:
    if not done.done:
        return (
            f"Retired {done.slug}: its forms are closed. Still on their way: {done.waiting}, until "
            f"{done.ends_on}. After that day the clock closes and erases what is open. "
            "Run this again when the board is empty."
        )
    rest = " Counts of too few people were dropped." if done.dropped else ""
    return (
        f"Retired {done.slug}: releases written to {to}: {done.releases}.{rest} Keys were rotated. "
        f"Forgotten: {done.subscribers} addresses of the email list, {done.roles} roles, "
        "and every account without another role."
    )
