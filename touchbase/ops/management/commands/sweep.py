"""`touchbase sweep`: keeps the clock without a server."""

import signal
import threading
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from touchbase.ops import hardening, sweeping
from touchbase.ops.hardening import Keeper
from touchbase.ops.reports import Report, ReportCommand
from touchbase.outreach.sweep import Swept


class Command(ReportCommand):
    """Keep the clock, once or for good."""

    help = "Do what is due now: reminders, expiries, messages, erasing. Two at once do no harm."

    def add_own_arguments(self, parser: CommandParser) -> None:
        """Once, or for good."""
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--once", action="store_true", help="Do what is due now and stop (the default).")
        how.add_argument("--forever", action="store_true", help="Go on every 30 seconds until told to stop.")

    def act(self, **options: Any) -> Report:
        """Sweep."""
        if not options["forever"]:
            swept = sweeping.turn()
            sweeping.keep_copies()
            return _said(swept)
        hardening.harden(Keeper.SWEEP)
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        sweeping.keep(stop.wait)
        return Report("Stopped sweeping.")


def _said(swept: Swept | None) -> Report:
    if swept is None:
        return Report("The sweep failed; the log says of what kind.", ok=False)
    done = asdict(swept)
    if swept.halted:
        said = "A store was put back from a copy: nothing is done until you run touchbase reconcile."
        return Report(said, done, ok=False)
    return Report(
        f"Swept: {swept.events} steps taken, {swept.sent} messages sent, {swept.erased} erased.", done
    )
