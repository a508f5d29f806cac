"""`touchbase attest`: an operator says what software can't see."""

from typing import Any

from touchbase.kernel import clock
from touchbase.ops.reports import Report, ReportCommand
from touchbase.vault import generations


class Command(ReportCommand):
    """Keep the day on which it was said."""

    help = (
        "Say that no backup, snapshot or image of this machine holds the vault or the root key (ruling A7)."
    )

    def act(self, **options: Any) -> Report:
        """Keep the day."""
        at = clock.now()
        generations.attest(on=at.date(), at=at)
        return Report(
            f"Noted on {at.date()}: no backup of this machine holds the vault or the root key. The promise "
            "page may say by when nobody can read what was erased. Say it again within a year, and when "
            "anything changes.",
            {"on": at.date()},
        )
