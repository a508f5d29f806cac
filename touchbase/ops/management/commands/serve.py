"""`touchbase serve`: serves the pages and keeps the clock."""

import json
import os
import sys
from typing import Any

from django.conf import settings
from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from touchbase.kernel import clock
from touchbase.kernel.errors import DomainError
from touchbase.ops import preparing, serving
from touchbase.ops.command import CHECKED
from touchbase.referrals import restoring
from touchbase.referrals.restoring import Apart
from touchbase.vault import rotation


class Command(BaseCommand):
    """Make ready, then become the server."""

    help = "Serve the pages and, unless TOUCHBASE_SWEEP=no, keep the clock. Stop with Ctrl+C or SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add what a container's one command needs."""
        parser.add_argument("--migrate", action="store_true", help="Run `touchbase prepare` first.")
        parser.add_argument("--json", action="store_true", help="Say it as JSON, for programs.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse what can't work, destroy what is overdue, then serve."""
        serving.refuse_if_taken(settings.BIND, settings.PORT)
        if options["migrate"]:
            preparing.prepare()
        # Now that they are there, the stores themselves are asked.
        self.check(tags=[*CHECKED, Tags.database], databases=list(connections))
        make_ready()
        host = f"[{settings.BIND}]" if ":" in settings.BIND else settings.BIND
        address = f"http://{host}:{settings.PORT}/"
        as_json = json.dumps({"ok": True, "address": address})
        self.stdout.write(as_json if options["json"] else f"Touchbase answers at {address}")
        become_server()


def make_ready() -> None:
    """Refuse unprepared stores; rotate what fell due while nothing ran, before any page (ruling B31).

    Stores that don't go together aren't touched: an operator looks first, with `touchbase reconcile`.
    """
    if any(preparing.waiting(alias) for alias in connections):
        raise DomainError("The stores are not prepared for this version. Run: touchbase prepare")
    at = clock.now()
    if restoring.apart() is Apart.TOGETHER:
        rotation.rotate(at=at)
    connections.close_all()


def become_server() -> None:
    """Replace this process by the server: its number stays, its memory is given back."""
    sys.stdout.flush()
    command = [sys.executable, "-m", "touchbase.ops.serving", settings.BIND, str(settings.PORT)]
    os.execv(sys.executable, command)  # noqa: S606  our own interpreter, no shell
