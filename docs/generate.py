"""The parts of the docs that are written from the code, so that they can't be wrong.

`just docs` writes them; tests/docs/test_generated.py compares. A part stands between two marks in its page.
"""

import os
import re
from argparse import SUPPRESS as HIDDEN
from argparse import Action, ArgumentParser, _SubParsersAction
from collections.abc import Callable, Iterator
from pathlib import Path

import django

from touchbase.config import env

DOCS = Path(__file__).parent
EXAMPLE = DOCS.parent / ".env.example"


def environment() -> str:
    """Every variable of the environment: its name, its default and what it means."""
    rows = [
        f"| `{one.name}` | {f'`{one.default}`' if one.default else 'empty'} | {one.help} |" for one in env.ALL
    ]
    return "\n".join(["| variable | default | what it means |", "|---|---|---|", *rows, ""])


def env_example() -> str:
    """The same as a file to copy to `.env`: all defaults, nothing switched on."""
    head = "# Copy what you change to .env, take the mark away, and load it before `touchbase` runs.\n"
    return head + "".join(f"\n# {one.help}\n#{one.name}={one.default}\n" for one in env.ALL)


def commands() -> str:
    """Every command with what it takes."""
    from touchbase.ops import command

    parts = []
    for name in command.COMMANDS:
        parser = command.parser_of(command.load(name), name)
        parts.append(f"## `touchbase {name}`\n\n{parser.description}\n\n" + "".join(_options(parser, name)))
    return "\n".join(parts)


def _options(parser: ArgumentParser, name: str) -> Iterator[str]:
    actions = parser._actions  # noqa: SLF001  argparse has no other door to them
    shown = [action for action in actions if action.help != HIDDEN and action.dest != "help"]
    for action in shown:
        if isinstance(action, _SubParsersAction):
            for inner, under in action.choices.items():
                yield f"\n### `touchbase {name} {inner}`\n\n{under.description}\n\n"
                yield from _options(under, f"{name} {inner}")
        else:
            yield f"- `{_written(action)}`: {action.help}\n"


def _written(action: Action) -> str:
    value = "|".join(action.choices) if action.choices else (action.metavar or action.dest.upper())
    if not action.option_strings:
        return str(value)
    return action.option_strings[-1] + (f" {value}" if action.nargs != 0 else "")


def moves() -> str:
    """The diagram and the table of a referral's life."""
    from touchbase.referrals import lifecycle

    return f"```mermaid\n{lifecycle.diagram()}```\n\n{lifecycle.table()}"


def policy() -> str:
    """Every key of a policy file."""
    from touchbase.programs import reference

    return reference.rendered()


def permissions() -> str:
    """What each role may do."""
    from touchbase.accounts import permissions

    return permissions.table()


PARTS: dict[tuple[str, str], Callable[[], str]] = {
    ("configuration.md", "policy"): policy,
    ("configuration.md", "environment"): environment,
    ("commands.md", "commands"): commands,
    ("how-a-referral-moves.md", "moves"): moves,
    ("permissions.md", "permissions"): permissions,
}


def placed(page: str, name: str, part: str) -> str:
    """A page with one part written anew. `LookupError` when its marks are missing."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    pattern = re.compile(f"{re.escape(begin)}\n.*{re.escape(end)}", re.DOTALL)
    if not pattern.search(page):
        raise LookupError(f"The page needs the marks {begin} and {end}.")
    return pattern.sub(lambda _: f"{begin}\n{part}\n{end}", page)


def main() -> None:
    """Write all parts."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "touchbase.config.settings"
    django.setup()
    for (file, name), part in PARTS.items():
        page = DOCS / file
        page.write_text(placed(page.read_text(), name, part()))
    EXAMPLE.write_text(env_example())


if __name__ == "__main__":
    main()
