"""Reading programs and the rules they have, or had."""

import json
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from touchbase.kernel.errors import NotFound
from touchbase.programs.files import ENDING, stored
from touchbase.programs.languages import as_read
from touchbase.programs.models import Policy as Kept
from touchbase.programs.models import Program, ProgramState
from touchbase.programs.policy import Policy
from touchbase.programs.presses import confirmed
from touchbase.programs.promises import promised

# Every page asks this first: building the same statement anew each time is most of its work.
_ROWS = f"SELECT id, slug, state, version, pressed, ends_on FROM {Program._meta.db_table}"  # noqa: S608  no value is in it
_BY_SLUG, _BY_KEY, _ALL = f"{_ROWS} WHERE slug = %s", f"{_ROWS} WHERE id = %s", f"{_ROWS} ORDER BY slug"
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


@dataclass(frozen=True, slots=True)
class Named:
    """A program as others know it: what it is called and whether it is open, and none of its rules."""

    id: str
    slug: str
    state: ProgramState
    name: str
    organization: str


@dataclass(frozen=True, slots=True)
class File:
    """The policy file that holds now, and how it came to hold."""

    name: str
    text: str
    version: int
    applied_day: date
    applied_by: str

    @property
    def digest(self) -> str:
        """The file's SHA-256, as `sha256sum` prints it of an export."""
        return sha256(self.text.encode()).hexdigest()


def program_at(slug: str) -> CurrentProgram:
    """The program at an address. `NotFound` when there is none."""
    return _only(_rows(_BY_SLUG, slug))


def program_by_id(program_id: str) -> CurrentProgram:
    """The program with a key. `NotFound` when there is none."""
    return _only(_rows(_BY_KEY, program_id))


def all_programs() -> list[CurrentProgram]:
    """Every program, in the order of their addresses."""
    return _rows(_ALL)


@lru_cache(maxsize=_REMEMBERED)
def policy_of(program_id: str, version: int) -> Policy:
    """The rules of one version, parsed once a process: a version's text never changes.

    `NotFound` when that version isn't kept any more, or never was.
    """
    found = Kept.objects.filter(program_id=program_id, version=version).select_related("program").first()
    if found is None:
        raise NotFound(_("The rules of this program can't be found. Ask who runs Touchbase here."))
    return stored(found.body, file=found.program.slug + ENDING)


def policy_promised(program_id: str, version: int, today: int) -> Policy:
    """What a referral goes by that came in under `version`, now that version `today` holds (ruling D16)."""
    return as_read(_promised(program_id, version, today))


@lru_cache(maxsize=_REMEMBERED)
def _promised(program_id: str, version: int, today: int) -> Policy:
    if version == today:
        return policy_of(program_id, version)
    return promised(policy_of(program_id, version), policy_of(program_id, today))


def export(slug: str) -> str:
    """The file that holds now, byte for byte as it was applied. `NotFound` when there is no such program."""
    program = program_at(slug)
    return Kept.objects.get(program_id=program.id, version=program.version).body


def file_of(here: CurrentProgram) -> File:
    """The file behind the rules a page shows: of the version it was made from, whatever holds by now."""
    kept = Kept.objects.get(program_id=here.id, version=here.version)
    return File(here.slug + ENDING, kept.body, kept.version, kept.applied_day, kept.applied_by)


def named(program_ids: Collection[str]) -> dict[str, Named]:
    """What several programs are called, by id. One query, whoever and however many they are."""
    rows = Kept.objects.filter(program_id__in=program_ids, version=F("program__version"))
    found = rows.values_list("program_id", "program__slug", "program__state", "body")
    return {key: Named(key, slug, ProgramState(state), *_called(body)) for key, slug, state, body in found}


@lru_cache(maxsize=_REMEMBERED)
def _called(body: str) -> tuple[str, str]:
    """The names in a policy that was applied before. Of thirty programs reading all rules would take long."""
    identity = tomllib.loads(body)["program"]
    return identity["name"], identity["organization"]


def _only(found: list[CurrentProgram]) -> CurrentProgram:
    if not found:
        raise NotFound(_("There is no program at this address."))
    return found[0]


def _rows(query: str, *values: str) -> list[CurrentProgram]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return [
            CurrentProgram(
                id=key,
                slug=slug,
                state=ProgramState(state),
                version=version,
                policy=as_read(confirmed(policy_of(key, version), json.loads(pressed))),
                ends_on=ends_on,
            )
            for key, slug, state, version, pressed, ends_on in cursor.fetchall()
        ]
