"""`touchbase rehearse`: a restore for practice, beside the real stores."""

from dataclasses import asdict
from typing import Any

from touchbase.kernel import clock
from touchbase.ops import rehearsal
from touchbase.ops.reports import Report, ReportCommand


class Command(ReportCommand):
    """Copy both stores, open the copies together, throw them away."""

    help = "Practice a restore: copy both stores, open them together in a temporary place, throw them away."

    def act(self, **options: Any) -> Report:
        """Rehearse."""
        done = rehearsal.rehearse(at=clock.now())
        well = "A restore would work." if done.ok else "A restore would not work. Run: touchbase doctor"
        return Report(
            f"Copied both stores and opened the copies: {done.referrals} referrals, {done.keys} keys, "
            f"{done.without_key} referrals without a key, {done.lost} keys that don't open. {well}",
            asdict(done),
            ok=done.ok,
        )
