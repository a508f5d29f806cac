"""`touchbase reconcile`: after a store was put back, says what became of whom, and lets the service go on."""

from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from touchbase.kernel import clock
from touchbase.ops.reports import Report, ReportCommand
from touchbase.referrals import restoring
from touchbase.referrals.restoring import Apart, Findings

_APART = {
    Apart.TOGETHER: "Both stores go together: nothing was put back.",
    Apart.DATABASE_OLDER: "The database is older than the vault.",
    Apart.VAULT_OLDER: "The vault is older than the database.",
    Apart.OTHER_VAULT: "The vault is of another installation, or new: it opens nothing of this database.",
    Apart.DATABASE: "The database was put back from a copy.",
    Apart.VAULT: "The vault was put back from a copy.",
    Apart.BOTH: "Both stores were put back from copies.",
}


class Command(ReportCommand):
    """Compare the stores; change them only when told to."""

    help = "After a restore: say what became of whom, as sums. With --confirm the service goes on."

    def add_own_arguments(self, parser: CommandParser) -> None:
        """Whether to go on."""
        parser.add_argument("--confirm", action="store_true", help="Do what is said, and go on.")
        parser.add_argument(
            "--new-vault",
            action="store_true",
            help="With --confirm: the right vault is lost for good, and with it what was open.",
        )

    def act(self, **options: Any) -> Report:
        """Look, and with `--confirm` go on."""
        at = clock.now()
        if options["confirm"]:
            found = restoring.confirm(at, new_vault=options["new_vault"])
            return Report(_said(found, done=True), asdict(found))
        found = restoring.look()
        return Report(_said(found, done=False), asdict(found), ok=found.together)


def _said(found: Findings, *, done: bool) -> str:
    if found.together:
        return _APART[found.apart]
    lines = [
        _APART[found.apart],
        f"  {found.open:>6}  open, with their key",
        f"  {found.unsure:>6}  of these may have come further: the desk looks at each first",
        f"  {found.erased_since:>6}  erased since the copy: their rows go",
        f"  {found.back:>6}  erased, and their key came back: it is destroyed again, uncounted",
        f"  {found.lost:>6}  whose key is lost: they must be asked again",
        f"  {found.without_row:>6}  keys without a row: who came in since. They go an hour after you confirm",
    ]
    ends = (
        "Confirmed: the service goes on."
        if done
        else "Nothing was changed. To go on: touchbase reconcile --confirm"
    )
    return "\n".join([*lines, ends])
