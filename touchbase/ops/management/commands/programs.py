"""`touchbase programs`: policy files checked, applied and given back; programs opened, paused and ended."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from touchbase.kernel import clock
from touchbase.kernel.errors import NotFound
from touchbase.ops import ending
from touchbase.ops.reports import Report, ReportCommand
from touchbase.programs import actions, files, queries
from touchbase.programs.actions import Applied
from touchbase.programs.files import PolicyRefused
from touchbase.programs.policy import Policy

_FOLDER = Path("programs")
_DO = ("check", "apply", "export", "open", "pause", "retire")


class Command(ReportCommand):
    """Check, apply or export programs' policy files; open, pause or retire a program."""

    help = "Check, apply or export the policy files of programs; open, pause or retire one."
    # A policy names nobody: it can be checked and applied where the installation isn't ready to serve.
    requires_system_checks = ()

    def add_own_arguments(self, parser: CommandParser) -> None:
        """Add what to do, and with which files."""
        parser.add_argument("do", choices=_DO, help="What to do.")
        parser.add_argument(
            "what",
            nargs="*",
            help="Files to check or apply, by default all in programs/; or the slug of one program.",
        )
        parser.add_argument("--by", default="operator", help="Who applies, as a role.")
        parser.add_argument("--to", type=Path, help="The file to export to, or for a retired one's counts.")
        parser.add_argument(
            "--until",
            type=date.fromisoformat,
            metavar="DAY",
            help="The last day of a retired program for what is open, like 2026-12-31.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Act and say so; an export without `--to` is the output itself, byte for byte."""
        if options["do"] == "export" and not (options["to"] or options["json"]):
            slug = _one_slug(options["what"])
            self.stdout.write(queries.export(slug), ending="")
            self.stderr.write(_exported(slug))
            return
        super().handle(*args, **options)

    def act(self, **options: Any) -> Report:
        """Do what was asked. A refused file is a report as well: its problems are what was asked for."""
        if options["do"] == "export":
            return _export(_one_slug(options["what"]), options["to"])
        if options["do"] == "retire":
            return ending.retire(_one_slug(options["what"]), until=options["until"], to=options["to"])
        if options["do"] in ending.MOVES:
            return ending.move(_one_slug(options["what"]), options["do"])
        try:
            found = files.read_all(_paths(options["what"]))
        except PolicyRefused as refused:
            return _refused(refused)
        return _apply(found, by=options["by"]) if options["do"] == "apply" else _checked(found)


def _paths(given: list[str]) -> list[Path]:
    paths = [Path(name) for name in given] or sorted(_FOLDER.glob(f"*{files.ENDING}"))
    if not paths:
        raise CommandError(f"There is no policy file in {_FOLDER}/ here. Name the files.")
    return paths


def _one_slug(given: list[str]) -> str:
    if len(given) != 1:
        raise CommandError("Name the one program by its slug.")
    return given[0]


def _refused(refused: PolicyRefused) -> Report:
    problems = [
        {"file": problem.file, "key": problem.key, "remedy": problem.remedy} for problem in refused.problems
    ]
    return Report(
        f"{refused}\n{len(problems)} to change; nothing was applied.", {"problems": problems}, ok=False
    )


def _checked(found: list[tuple[str, Policy]]) -> Report:
    slugs = [policy.slug for _, policy in found]
    return Report(f"Checked {', '.join(slugs)}: nothing to change.", {"programs": slugs})


def _apply(found: list[tuple[str, Policy]], *, by: str) -> Report:
    done = []
    with transaction.atomic():  # all of the files or none
        for text, policy in found:
            named = _open_by_version(policy.slug)
            applied = actions.apply(
                text=text,
                file=policy.slug + files.ENDING,
                by=by,
                day=clock.now().astimezone(policy.zone).date(),
                named_versions=named,
            )
            done.append((applied, named))
    said = "; ".join(_applied(applied, named) for applied, named in done)
    return Report(f"Applied {said}.", {"programs": [_data(applied, named) for applied, named in done]})


def _open_by_version(slug: str) -> Mapping[int, int]:
    from touchbase.referrals.rows import named_versions

    try:
        return named_versions(queries.program_at(slug).id)
    except NotFound:
        return {}


def _applied(applied: Applied, named: Mapping[int, int]) -> str:
    said = f"{applied.slug} version {applied.version}" + ("" if applied.changed else " (as it was)")
    still = [f"{named[version]} open under version {version}" for version in applied.open_before]
    return ", ".join([said, *still])


def _data(applied: Applied, named: Mapping[int, int]) -> dict[str, Any]:
    still = {version: named[version] for version in applied.open_before}
    return {
        "slug": applied.slug,
        "version": applied.version,
        "changed": applied.changed,
        "open_before": still,
    }


def _exported(slug: str) -> str:
    return f"Exported {slug}, version {queries.program_at(slug).version}."


def _export(slug: str, to: Path | None) -> Report:
    text, version = queries.export(slug), queries.program_at(slug).version
    if to is None:
        return Report("", {"slug": slug, "version": version, "text": text})
    try:
        to.write_bytes(text.encode())
    except OSError:
        raise CommandError(f"{to} can't be written. Name a file in a folder you may write to.") from None
    return Report(f"{_exported(slug)[:-1]}, to {to}.", {"slug": slug, "version": version, "file": str(to)})
