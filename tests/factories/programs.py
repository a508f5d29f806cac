"""Programs to test in: made from a policy file's text, the way a real one is."""

import tomllib
from datetime import date
from pathlib import Path

from touchbase.programs import actions, queries
from touchbase.programs.queries import CurrentProgram

HARBOR = (Path(__file__).parent / "harbor.toml").read_text()
DAY = date(2026, 1, 5)


def policy_text(slug: str = "harbor", **changes: str) -> str:
    """The text of an invented program's policy.

    Each change names a table and gives the lines to put at its beginning:
    `policy_text(clock="match_within_hours = 4")`. A key that is there already is replaced.
    """
    text = HARBOR.replace('slug = "harbor"', f'slug = "{slug}"')
    for table, lines in changes.items():
        text = _changed(text, table, lines)
    return text


def _changed(text: str, table: str, lines: str) -> str:
    before, head, rest = text.partition(f"\n[{table}]\n")
    if not head:
        raise LookupError(f"harbor.toml has no table [{table}]")
    body, bracket, after = rest.partition("\n[")
    keys = {line.partition("=")[0].strip() for line in lines.splitlines() if "=" in line}
    kept = [line for line in body.splitlines() if line.partition("=")[0].strip() not in keys]
    return f"{before}{head}{lines}\n" + "\n".join(kept) + f"{bracket}{after}"


def make_program(text: str | None = None) -> CurrentProgram:
    """A program with this policy, applied as an operator would."""
    text = text or policy_text()
    slug = tomllib.loads(text)["slug"]
    applied = actions.apply(text=text, file=f"{slug}.toml", by="tests", day=DAY)
    return queries.program_at(applied.slug)
