"""`touchbase prepare`: makes the ground, or brings it up to date."""

from typing import Any

from touchbase.ops import preparing
from touchbase.ops.reports import Report, ReportCommand


class Command(ReportCommand):
    """Make the ground, or bring it up to date."""

    help = "Make the folders, tables and static files, or bring them up to date. Safe to run again."

    def act(self, **options: Any) -> Report:
        """Prepare both stores."""
        done = preparing.prepare()
        return Report(
            f"Prepared {done['data']} and {done['vault']}: {done['migrations']} changes to tables.", done
        )
