"""`touchbase collaboratives`: founds a collaborative around a program, and lists them."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.urls import reverse

from touchbase.collaborative import actions, queries
from touchbase.collaborative.queries import Together
from touchbase.ops.reports import Report, ReportCommand
from touchbase.programs.queries import program_at, program_by_id


class Command(ReportCommand):
    """Found a collaborative, or list them.

    Its faculty are members, with that role, of the program at its center: `touchbase people invite --role
    faculty` makes the first of them. They invite the programs.
    """

    help = "Found a collaborative of several programs around one of them, or list them."

    def add_own_arguments(self, parser: CommandParser) -> None:
        """Add what to do, and with which program at the center."""
        parser.add_argument("do", choices=["found", "list"], help="What to do.")
        parser.add_argument("--slug", help="Its part of the address; founded again, its name changes.")
        parser.add_argument("--name", help="What it is called.")
        parser.add_argument("--home", metavar="SLUG", help="The program at its center.")

    def act(self, **options: Any) -> Report:
        """Do what was asked."""
        if options["do"] == "list":
            return _list(queries.everywhere())
        missing = [f"--{name}" for name in ("slug", "name", "home") if not options[name]]
        if missing:
            raise CommandError(f"To found a collaborative, say {', '.join(missing)}.")
        home = program_at(options["home"])
        made = actions.found(slug=options["slug"], name=options["name"], home=home.id)
        address = settings.SITE_ADDRESS + reverse("faculty:home", args=[made.slug])
        said = f"Founded {made.slug} around {home.slug}: {address}"
        return Report(said, {"slug": made.slug, "name": made.name, "home": home.slug, "address": address})


def _list(found: list[Together]) -> Report:
    rows = [{"slug": one.slug, "name": one.name, "home": program_by_id(one.home).slug} for one in found]
    lines = [f"{row['slug']}: {row['name']}, around {row['home']}" for row in rows]
    return Report("\n".join(lines) or "There is no collaborative yet.", {"collaboratives": rows})
