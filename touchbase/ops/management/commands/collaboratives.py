"""`touchbase collaboratives`: founds a collaborative around a program, lists them, and offers a model."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.urls import reverse

from touchbase.collaborative import actions, offering, queries
from touchbase.collaborative.queries import Together, together_at
from touchbase.kernel import clock
from touchbase.ops.reports import Report, ReportCommand
from touchbase.programs.files import text_of
from touchbase.programs.queries import program_at, program_by_id


class Command(ReportCommand):
    """Found a collaborative, list them, or offer one's members a model program.

    Its faculty are members, with that role, of the program at its center: `touchbase people invite --role
    faculty` makes the first of them. They invite the programs.
    """

    help = "Found a collaborative of several programs around one of them, list them, or offer a model."

    def add_own_arguments(self, parser: CommandParser) -> None:
        """Add what to do, and with which program at the center."""
        parser.add_argument("do", choices=["found", "list", "offer-model"], help="What to do.")
        parser.add_argument("--slug", help="Its part of the address; founded again, its name changes.")
        parser.add_argument("--name", help="What it is called.")
        parser.add_argument("--home", metavar="SLUG", help="The program at its center.")
        parser.add_argument(
            "--collaborative", metavar="SLUG", help="The one whose members are offered a model."
        )
        parser.add_argument("--file", type=Path, help="The policy file to offer as the model's next version.")

    def act(self, **options: Any) -> Report:
        """Do what was asked."""
        if options["do"] == "list":
            return _list(queries.everywhere())
        if options["do"] == "offer-model":
            _ask_for("offer a model", options, "collaborative", "file")
            return _offer_model(options["collaborative"], options["file"])
        _ask_for("found a collaborative", options, "slug", "name", "home")
        home = program_at(options["home"])
        made = actions.found(slug=options["slug"], name=options["name"], home=home.id)
        address = settings.SITE_ADDRESS + reverse("faculty:home", args=[made.slug])
        said = f"Founded {made.slug} around {home.slug}: {address}"
        return Report(said, {"slug": made.slug, "name": made.name, "home": home.slug, "address": address})


def _ask_for(purpose: str, options: dict[str, Any], *names: str) -> None:
    missing = [f"--{name}" for name in names if not options[name]]
    if missing:
        raise CommandError(f"To {purpose}, say {', '.join(missing)}.")


def _offer_model(slug: str, file: Path) -> Report:
    number = offering.offer(together=together_at(slug), text=text_of(file), by="operator", at=clock.now())
    said = f"Version {number} of the model of {slug} is offered to its members."
    return Report(said, {"collaborative": slug, "version": number})


def _list(found: list[Together]) -> Report:
    rows = [{"slug": one.slug, "name": one.name, "home": program_by_id(one.home).slug} for one in found]
    lines = [f"{row['slug']}: {row['name']}, around {row['home']}" for row in rows]
    return Report("\n".join(lines) or "There is no collaborative yet.", {"collaboratives": rows})
