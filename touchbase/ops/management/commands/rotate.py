"""`touchbase rotate`: rotates the vault's epochs."""

from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from touchbase.kernel import clock
from touchbase.ops.reports import Report, ReportCommand
from touchbase.referrals import restoring
from touchbase.vault import rotation


class Command(ReportCommand):
    """Begin a new epoch when it is time, and destroy the old ones whose grace is over."""

    help = "Rotate the vault's epochs if one is due, and destroy the keys of those whose time is over."

    def add_own_arguments(self, parser: CommandParser) -> None:
        """Add what ends a freeze."""
        parser.add_argument(
            "--accept-clock",
            action="store_true",
            help="First say that the machine's time is right, after it was set by more than a few minutes.",
        )

    def act(self, **options: Any) -> Report:
        """Rotate once. Keys that couldn't be carried over, and a clock nobody believes, aren't well."""
        at = clock.now()
        restoring.refuse_unconfirmed()
        if options["accept_clock"]:
            rotation.accept_clock(at=at)
        done = rotation.rotate(at=at)
        data = {name: value for name, value in asdict(done).items() if name != "now"}
        return Report(_said(done), data, ok=not (done.left or done.frozen))


def _said(done: rotation.Report) -> str:
    if done.frozen:
        return "The machine's clock jumped: nothing was destroyed. Set it right, then rotate --accept-clock."
    began = f"Epoch {done.live_epoch} began" if done.began else "No epoch was due"
    left = f", {done.left} could not be" if done.left else ""
    return f"{began}: {done.carried} keys carried over{left}, {len(done.destroyed)} old epochs destroyed."
