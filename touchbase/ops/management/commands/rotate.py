"""`touchbase rotate`: rotates the vault's epochs."""

from dataclasses import asdict
from typing import Any

from touchbase.kernel import clock
from touchbase.ops.reports import Report, ReportCommand


class Command(ReportCommand):
    """Begin a new epoch when it is time, and destroy the old ones whose grace is over."""

    help = "Rotate the vault's epochs if one is due, and destroy the keys of those whose time is over."

    def act(self, **options: Any) -> Report:
        """Rotate once."""
        from touchbase.vault import rotation

        done = asdict(rotation.rotate(at=clock.now()))
        said = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in done.items())
        return Report(f"Rotated: {said}.", done)
