"""How a command says what it did: one line, or the same as JSON."""

import json
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.management.base import BaseCommand, CommandParser


@dataclass(frozen=True)
class Report:
    """What a command did. `line` is for people, `data` for programs; not `ok` is exit code 1."""

    line: str
    data: Mapping[str, Any] = field(default_factory=dict)
    ok: bool = True


class ReportCommand(BaseCommand):
    """A command that acts once and reports in one line."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--json`, which every command takes, and then the command's own."""
        parser.add_argument("--json", action="store_true", help="Say it as JSON, for programs.")
        self.add_own_arguments(parser)

    def add_own_arguments(self, parser: CommandParser) -> None:
        """Add what only this command takes: nothing, unless it says so."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Act, say so, and leave with 1 when it isn't well."""
        report = self.act(**options)
        if options["json"]:
            self.stdout.write(json.dumps({"ok": report.ok, **report.data}, default=str))
        else:
            self.stdout.write(report.line)
        if not report.ok:
            raise SystemExit(1)

    @abstractmethod
    def act(self, **options: Any) -> Report:
        """Do the one thing the command is for. Refusals are raised as `DomainError`."""
