"""Who stands behind each door of the demo."""

from dataclasses import dataclass

from touchbase.accounts.models import Account
from touchbase.accounts.roles import Role
from touchbase.demo.cast import desk, faculty, volunteers
from touchbase.kernel.errors import NotFound
from touchbase.programs.queries import CurrentProgram, all_programs

ROLES = (Role.COORDINATOR, Role.SUPPORTER, Role.LEADER, Role.FACULTY)


@dataclass(frozen=True, slots=True)
class Doors:
    """One program and the parts that can be tried."""

    slug: str
    name: str
    roles: tuple[str, ...]


def all_doors() -> list[Doors]:
    """Every program with its doors. Faculty stand behind one of each, where there is a collaborative."""
    led = bool(Account.objects.filter(email=faculty().email))
    roles = tuple(role.value for role in ROLES if led or role is not Role.FACULTY)
    return [Doors(here.slug, here.policy.program.name, roles) for here in all_programs()]


def account_behind(here: CurrentProgram, role: str) -> Account:
    """The invented person who plays a part. A supporter is one who has something to do, if any has."""
    if role == Role.SUPPORTER:
        email = volunteers(here.policy)[0].email
    elif role == Role.FACULTY:
        email = faculty().email
    else:
        email = desk(here.policy)[role].email if role in {Role.COORDINATOR.value, Role.LEADER.value} else ""
    found = Account.objects.filter(email=email).first()
    if found is None:
        raise NotFound("There is nobody behind this door.")
    return found
