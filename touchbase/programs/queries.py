"""Reading programs and the rules they have, or had."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from touchbase.kernel.errors import NotFound
from touchbase.programs.files import ENDING, stored
from touchbase.programs.models import Policy as Kept
from touchbase.programs.models import Program, ProgramState
from touchbase.programs.policy import Policy

_REMEMBERED = 256  # parsed policies; a program rarely has more than two that matter


@dataclass(frozen=True)
class CurrentProgram:
    """A program as it stands now: what every page of it starts from."""

    id: str
    slug: str
    state: ProgramState
    version: int
    policy: Policy
    ends_on: date | None = None  # of a retired one: the last day on which what is open is finished


def program_at(slug: str) -> CurrentProgram:
    """The program at an address. `NotFound` when there is none."""
    return _current(Program.objects.filter(slug=slug).first())


def program_by_id(program_id: str) -> CurrentProgram:
    """The program with a key. `NotFound` when there is none."""
    return _current(Program.objects.filter(pk=program_id).first())


def all_programs() -> list[CurrentProgram]:
    """Every program, in the order of their addresses."""
    return [_current(program) for program in Program.objects.order_by("slug")]


@lru_cache(maxsize=_REMEMBERED)
def policy_of(program_id: str, version: int) -> Policy:
    """The rules of one version, parsed once a process: a version's text never changes.

    `NotFound` when that version isn't kept any more, or never was.
    """
    found = Kept.objects.filter(program_id=program_id, version=version).select_related("program").first()
    if found is None:
        raise NotFound(_("The rules of this program can't be found. Ask who runs Touchbase here."))
    return stored(found.body, file=found.program.slug + ENDING)


def export(slug: str) -> str:
    """The file that holds now, byte for byte as it was applied. `NotFound` when there is no such program."""
    program = program_at(slug)
    return Kept.objects.get(program_id=program.id, version=program.version).body


def _current(program: Program | None) -> CurrentProgram:
    if program is None:
        raise NotFound(_("There is no program at this address."))
    return CurrentProgram(
        id=program.pk,
        slug=program.slug,
        state=ProgramState(program.state),
        version=program.version,
        policy=policy_of(program.pk, program.version),
        ends_on=program.ends_on,
    )
