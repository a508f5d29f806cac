"""`touchbase doctor`: says what is well and what isn't."""

from dataclasses import asdict
from platform import python_version
from typing import Any

import django
from django.conf import settings

from touchbase.kernel import clock
from touchbase.ops import diagnosis
from touchbase.ops.diagnosis import State
from touchbase.ops.reports import Report, ReportCommand


class Command(ReportCommand):
    """Look at everything and change nothing."""

    help = "Say what is well and what isn't: stores, vault, window, clock, sweep, mail, holidays."
    # What other commands refuse to start over is here a finding among the others.
    requires_system_checks = []

    def act(self, **options: Any) -> Report:
        """Look."""
        found = diagnosis.look(clock.now())
        wrong = sum(finding.state is State.WRONG for finding in found)
        others = sum(finding.state is State.LOOK for finding in found)
        versions = f"Python {python_version()}, Django {django.__version__}, {settings.MODE} mode"
        rows = [f"{one.state.value:<6}{one.what:<10}{one.says}" for one in found]
        head = f"{wrong} wrong, {others} to look at. {versions}."
        data = {"versions": versions, "findings": [asdict(finding) for finding in found]}
        return Report("\n".join([head, *rows]), data, ok=not wrong)
