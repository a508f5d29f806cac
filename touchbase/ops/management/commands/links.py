"""`touchbase links`: looks whether the pages that programs lead to still open."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from touchbase.kernel import clock
from touchbase.ops.reports import Report, ReportCommand
from touchbase.programs.hours import local_day
from touchbase.programs.queries import CurrentProgram, all_programs, program_at
from touchbase.resources import checking
from touchbase.resources.checking import Checked


class Command(ReportCommand):
    """Look at each page once, now. The clock does it monthly where TOUCHBASE_LINKS says so."""

    help = "Look whether the pages of programs' resources still open, and keep the day for the desk."

    def add_own_arguments(self, parser: CommandParser) -> None:
        """Add whose pages."""
        parser.add_argument("--program", metavar="SLUG", help="One program; without it, all.")

    def act(self, **options: Any) -> Report:
        """Look. A page that doesn't open isn't a fault of the command; the desk is shown it."""
        if settings.DEMO:
            raise CommandError("The pages of a demo are invented. Nothing was looked at.")
        slug = options["program"]
        done = [one for here in ([program_at(slug)] if slug else all_programs()) for one in _all_of(here)]
        shut = [one for one in done if not one.opened]
        said = [f"Looked at {len(done)} pages, {len(shut)} didn't open."]
        said += [f"{one.program}: {one.link}" for one in shut]
        links = [{"program": one.program, "link": one.link, "opened": one.opened} for one in done]
        return Report("\n".join(said), {"links": links})


def _all_of(here: CurrentProgram) -> list[Checked]:
    checking.forget(here)
    today = local_day(clock.now(), here.policy)
    return [checking.check(here, link, today=today) for link in checking.links_of(here)]
