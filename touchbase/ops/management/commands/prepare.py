"""`touchbase prepare`: makes the ground, or brings it up to date."""

from typing import Any

from touchbase.ops import preparing
from touchbase.ops.reports import Report, ReportCommand


class Command(ReportCommand):
    """Make the ground, or bring it up to date."""

    help = "Make the folders, keys, tables and static files, or bring them up to date. Safe to run again."

    def act(self, **options: Any) -> Report:
        """Prepare both stores."""
        done = preparing.prepare()
        changed = f"{done['migrations']} migrations applied" if done["migrations"] else "nothing to change"
        return Report(f"Prepared {done['data']} and {done['vault']}: {changed}.", done)
