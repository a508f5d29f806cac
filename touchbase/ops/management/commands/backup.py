"""`touchbase backup`: copies a store, and tries the copy."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from touchbase.kernel import clock
from touchbase.ops import copies
from touchbase.ops.reports import Report, ReportCommand


class Command(ReportCommand):
    """Copy one store. The two never go to one place."""

    help = "Copy the database, safe to keep for years; or the vault, gone within a day. Each copy is tried."

    def add_own_arguments(self, parser: CommandParser) -> None:
        """Which one, and where to."""
        parser.add_argument("store", choices=("db", "vault"))
        parser.add_argument("--to", type=Path, help="Folder for the copy of the database.")

    def act(self, **options: Any) -> Report:
        """Copy it."""
        at = clock.now()
        if options["store"] == "vault":
            if options["to"]:
                raise CommandError(
                    "Copies of the vault go to TOUCHBASE_VAULT_COPIES, where the clock drops them."
                )
            return _vault()
        if not options["to"]:
            raise CommandError("Say where to: touchbase backup db --to FOLDER")
        made = copies.back_up_database(to=options["to"], at=at)
        return Report(
            f"Wrote {made.file}: {made.referrals} open referrals, sealed. It was opened in a temporary "
            "place, and its canary opened, too. Keep it as long as you like.",
            {"file": str(made.file), "referrals": made.referrals, "opened": made.sang},
        )


def _vault() -> Report:
    made, tried = copies.back_up_vault(at=clock.now())
    return Report(
        f"Wrote {made.folder}: {tried.keys} keys of {tried.epochs} epochs. It was opened in a temporary "
        "place, and its canary opened, too. It goes within a day; keep no other copy of it.",
        {"folder": str(made.folder), "keys": tried.keys, "epochs": tried.epochs, "opened": tried.ok},
    )
