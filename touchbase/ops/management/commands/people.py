"""`touchbase people`: invites people to a role, and lists who has one."""

from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError, CommandParser

from touchbase.accounts import actions, queries
from touchbase.accounts.queries import Staff
from touchbase.accounts.roles import Role
from touchbase.collaborative.queries import together_around
from touchbase.kernel import clock
from touchbase.notifications.inviting import link_of
from touchbase.ops.reports import Report, ReportCommand
from touchbase.programs.queries import CurrentProgram, all_programs, program_at


class Command(ReportCommand):
    """Invite somebody, or list who has a role.

    A link made here signs its holder in: whoever has the shell vouches for the address. It makes the first
    coordinator, lets a locked-out one in again, and is the way in where no mail can be sent (D6, D15).
    """

    help = "Invite somebody to a role by a one-time link, or list who has one."

    def add_own_arguments(self, parser: CommandParser) -> None:
        """Add what to do, and for whom."""
        parser.add_argument("do", choices=["invite", "list"], help="What to do.")
        parser.add_argument("--program", metavar="SLUG", help="The program; `list` shows all without it.")
        parser.add_argument("--role", choices=[role.value for role in Role], help="What the person will be.")
        parser.add_argument("--email", help="The person's address.")

    def act(self, **options: Any) -> Report:
        """Do what was asked."""
        if options["do"] == "list":
            slug = options["program"]
            return _list([program_at(slug)] if slug else all_programs())
        missing = [f"--{name}" for name in ("program", "role", "email") if not options[name]]
        if missing:
            raise CommandError(f"To invite somebody, say {', '.join(missing)}.")
        return _invite(program_at(options["program"]), Role(options["role"]), options["email"])


def _invite(program: CurrentProgram, role: Role, email: str) -> Report:
    if role is Role.FACULTY and together_around(program.id) is None:
        raise CommandError(
            f"{program.slug} is at the center of no collaborative. Found one, or name the program that is."
        )
    at = clock.now()
    token = actions.invite(program_id=program.id, role=role, email=email, at=at, signs_in=True)
    link = link_of(token)
    until = queries.invited(token, at.date()).until
    said = f"Invited to {program.slug} as {role}, once and until {until}: {link}"
    return Report(said, {"program": program.slug, "role": role.value, "link": link, "until": until})


def _list(programs: list[CurrentProgram]) -> Report:
    today = clock.now().date()
    rows = [
        {"program": program.slug, "role": role.value, **_shown(one)}
        for program in programs
        for role in Role
        for one in queries.staff(program.id, role, today)
    ]
    lines = [f"{row['program']} {row['role']}: {row['name']} <{row['email']}>" for row in rows]
    return Report("\n".join(lines) or "Nobody has a role yet.", {"people": rows})


def _shown(one: Staff) -> dict[str, Any]:
    return {name: value for name, value in asdict(one).items() if name in {"name", "email", "away"}}
