"""`touchbase shred-check`: shows that what was erased opens with nothing that still exists."""

import signal
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from touchbase.kernel import clock
from touchbase.ops import shredding
from touchbase.ops.reports import Report, ReportCommand
from touchbase.ops.shredding import Checked, Culprit

_KEPT_HOURS = 24  # how long a copy of the vault may be kept (vault.md section 3, step 7)
_NAMED = 50  # names of one reason; all are in the JSON


class Command(ReportCommand):
    """Try every key on everything that lies in a pile of files."""

    help = "Look into backups, dumps, logs or folders for what was erased, and try every key there is on it."

    def add_own_arguments(self, parser: CommandParser) -> None:
        """Add where to look, and how hard."""
        parser.add_argument("where", nargs="+", metavar="PATH", help="Files, or folders with all below them.")
        parser.add_argument(
            "--every-key",
            action="store_true",
            help="Try every key on every referral, not only those of its own handle. Slow for thousands.",
        )

    def act(self, **options: Any) -> Report:
        """Look. What was erased and opens isn't well."""
        with _cleaning_up():
            done = shredding.check(options["where"], every_key=options["every_key"], at=clock.now())
        return Report("\n".join(_lines(done)), _data(done), ok=not done.verdict.brought_back)


@contextmanager
def _cleaning_up() -> Iterator[None]:
    """Being told to stop is an error like others, so that the temporary folder goes."""

    def stop(*_: object) -> None:
        raise SystemExit(1)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _lines(done: Checked) -> Iterator[str]:
    said = done.verdict
    yield _head(done)
    rows = {
        "found": f"{said.referrals} referrals, in {done.values} sealed values",
        "open": f"{said.open} have a key here and open with it, as they should",
        "dead": f"{said.dead} were erased, and nothing opens them",
        "erased": f"{said.brought_back} were erased, and open with what lies there",
        "damaged": f"{said.damaged} have a key here and don't open with it",
        "tried": f"{said.keys} keys, of here and of {done.vaults} copies of a vault found there",
        "looked at": ", ".join(f"{n} {kind}" for kind, n in done.looked_at.items()) or "nothing",
        "left out": f"{len(done.left_out)} not looked at, or not whole",
    }
    yield from (f"{name:<10}{row}" for name, row in rows.items())
    yield from _left_out(done)


def _head(done: Checked) -> str:
    if done.culprits:
        opening = "\n".join(map(_culprit, done.culprits))
        return f"{done.verdict.brought_back} that were erased open with what lies there:\n{opening}"
    if not done.verdict.referrals:
        return "Nothing sealed was found there, so this shows nothing."
    return "Nothing that was erased opens."


def _culprit(one: Culprit) -> str:
    if one.hours is None:
        age = "of unknown age"
    else:
        kept = "it may be kept" if one.hours < _KEPT_HOURS else "kept against the rule: delete it"
        age = f"{one.hours} hours old, {kept}"
    return f"  {_printable(one.name)} opens {one.opens} ({age})"


def _left_out(done: Checked) -> Iterator[str]:
    names = defaultdict(list)
    for name, why in done.left_out:
        names[why].append(_printable(name))
    for why, some in sorted(names.items()):
        yield f"  {why}:"
        yield from (f"    {name}" for name in some[:_NAMED])
        if len(some) > _NAMED:
            yield f"    and {len(some) - _NAMED} more; --json names all"


def _printable(name: str) -> str:
    """A file's name can hold anything; a terminal shows it as it is written here."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in name)


def _data(done: Checked) -> dict[str, Any]:
    verdict = asdict(done.verdict)
    del verdict["copies"]
    return {
        **verdict,
        "values": done.values,
        "vaults": done.vaults,
        "copies": [asdict(one) for one in done.culprits],
        "looked_at": done.looked_at,
        "left_out": [{"name": name, "why": why} for name, why in done.left_out],
    }
