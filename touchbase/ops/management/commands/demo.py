"""`touchbase demo`: fills an installation with invented people, or begins anew."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from touchbase.kernel import clock
from touchbase.ops import folders
from touchbase.ops.reports import Report, ReportCommand

EXAMPLES = Path(__file__).parents[4] / "programs"


class Command(ReportCommand):
    """Put the example programs with invented people into a demo installation."""

    help = "Fill a demo installation with the example programs and invented people."

    def add_own_arguments(self, parser: CommandParser) -> None:
        """`reset` empties the demo first; `--programs` takes files from elsewhere."""
        parser.add_argument(
            "what", nargs="?", choices=["seed", "reset"], default="seed", help="Seed, or begin anew."
        )
        parser.add_argument("--programs", type=Path, default=EXAMPLES, help="Folder of policy files.")

    def act(self, **options: Any) -> Report:
        """Seed once; again changes nothing."""
        if not settings.DEMO or not (settings.DATA_DIR / folders.DEMO_MARK).exists():
            raise CommandError(
                "This is not a demo installation. Set TOUCHBASE_MODE=demo and folders of its own, "
                "then run `touchbase prepare`."
            )
        from touchbase.demo import resetting, seed

        if options["what"] == "reset":
            resetting.empty()
        n = seed.seed(folder=options["programs"], at=clock.now())
        said = f"The demo has {n} new programs." if n else "The demo is already there; nothing changed."
        return Report(said, {"programs": n})
