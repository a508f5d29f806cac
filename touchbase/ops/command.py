"""`touchbase`: the one command of an installation."""

import os
import sys
from argparse import SUPPRESS
from collections.abc import Sequence

import django
from django.core.checks import Tags
from django.core.exceptions import ImproperlyConfigured
from django.core.management import load_command_class
from django.core.management.base import BaseCommand, CommandError, CommandParser, SystemCheckError
from django.db.utils import OperationalError

from touchbase.kernel import failures
from touchbase.kernel.errors import DomainError

# In the order of an installation's life. Anything else Django brings along isn't an operator's business.
COMMANDS = (
    "prepare", "demo", "programs", "people", "collaboratives", "links", "serve", "sweep", "rotate", "backup",
    "rehearse", "restore", "reconcile", "attest", "doctor", "shred-check",
)  # fmt: skip

# What an operator can get wrong, and a command refuses before it begins. Addresses, models and templates are
# ours to get right, with every commit: looking at them here would load every page for each command.
CHECKED = (Tags.security,)

# What Django gives every command and an operator never needs; hidden, so that help says what matters.
_HIDDEN = {
    "version", "verbosity", "traceback", "settings", "pythonpath", "no_color", "force_color", "skip_checks",
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. The exit code is 0 when it did what it says, else 1, with a sentence that says why."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchbase.config.settings")
    name, *rest = (sys.argv[1:] if arguments is None else arguments) or ["help"]
    try:
        _set_up()
        if name in {"help", "--help", "-h"}:
            print_help()
            return 0
        run(name, rest)
    except SystemExit as stop:
        return 1 if stop.code else 0
    except Exception as failure:  # noqa: BLE001 - Python would print it with all it says
        sys.stderr.write(f"{_sentence(failure)}\n")
        return 1
    return 0


def _set_up() -> None:
    try:
        django.setup()
    except ValueError as wrong:  # a variable's value; the sentence names the variable
        raise CommandError(str(wrong)) from None


def run(name: str, arguments: Sequence[str]) -> None:
    """Parse and run a command by its name. Raises `CommandError` for an unknown one."""
    command = load(name)
    command.execute(**vars(parser_of(command, name).parse_args(list(arguments))))


def load(name: str) -> BaseCommand:
    """The command of that name. Raises `CommandError` when there is none here."""
    if name not in COMMANDS:
        raise CommandError(f'There is no command "{name}". `touchbase help` lists them.')
    command = load_command_class("touchbase.ops", name.replace("-", "_"))
    if command.requires_system_checks == "__all__":
        command.requires_system_checks = CHECKED
    return command


def parser_of(command: BaseCommand, name: str) -> CommandParser:
    """How a command's line is read, with Django's own options hidden from its help."""
    parser = command.create_parser("touchbase", name)
    for action in parser._actions:  # noqa: SLF001  argparse has no other door to them
        if action.dest in _HIDDEN:
            action.help = SUPPRESS
    return parser


def print_help() -> None:
    """List the commands, each with the first line of its help."""
    sys.stdout.write("touchbase COMMAND [--json]\n\n")
    for name in COMMANDS:
        sys.stdout.write(f"  {name:<15}{load(name).help.splitlines()[0]}\n")
    sys.stdout.write("\n`touchbase COMMAND --help` says more.\n")


def _sentence(failure: Exception) -> str:
    """What was refused, in its own words; of what nobody foresaw only the kind and the place in the code."""
    if isinstance(failure, SystemCheckError):
        return f"Touchbase won't start like this.\n{failure}"
    if isinstance(failure, OperationalError):
        return "A store can't be reached or isn't prepared. Run `touchbase prepare`, or look at its address."
    if isinstance(failure, DomainError | CommandError | ImproperlyConfigured):
        return str(failure)
    where = failures.told(type(failure), failure.__traceback__)
    return f"That failed, and it's our side: {where}. What it said is left out, since it could name somebody."
