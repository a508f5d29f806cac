"""`touchbase restore`: puts a store back from a copy."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from touchbase.kernel import clock
from touchbase.ops import putting_back
from touchbase.ops.reports import Report, ReportCommand

_NEXT = (
    "Nothing is sent, closed or destroyed now. Read what became of whom: touchbase reconcile. "
    "Then: touchbase reconcile --confirm"
)


class Command(ReportCommand):
    """Put one store back, while nothing runs."""

    help = "Put the database or the vault back from a copy. Stop the service first; then run reconcile."

    def add_own_arguments(self, parser: CommandParser) -> None:
        """Which one, and from where."""
        parser.add_argument("store", choices=("db", "vault"))
        parser.add_argument(
            "copy", type=Path, help="The file of `backup db`, or the folder of `backup vault`."
        )

    def act(self, **options: Any) -> Report:
        """Put it back."""
        at, copy = clock.now(), options["copy"]
        if options["store"] == "vault":
            keys = putting_back.vault(copy, at=at).keys
            return Report(f"Put the vault back from {copy}: {keys} keys. {_NEXT}", {"keys": keys})
        referrals = putting_back.database(copy, at=at).referrals
        said = f"Put the database back from {copy}: it holds {referrals} referrals. {_NEXT}"
        return Report(said, {"referrals": referrals})
