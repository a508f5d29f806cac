"""Keeping a program's rules. A version never changes; applying another text makes the next."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from touchbase.audit import log
from touchbase.kernel.errors import DomainError
from touchbase.programs import files, presses
from touchbase.programs.hours import local_day
from touchbase.programs.models import Policy, Program, ProgramState
from touchbase.programs.queries import policy_of


class AppliedMeanwhile(DomainError):
    """Somebody else applied a policy of the same program at the same moment."""

    code = "applied-meanwhile"


class AddressTaken(DomainError):
    """A program that begins can't have an address that another one has."""

    code = "address-taken"


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying a file did. `open_before` are older versions that open referrals still go by (D16)."""

    slug: str
    version: int
    changed: bool
    open_before: tuple[int, ...]


@transaction.atomic
def apply(
    *, text: str, file: str, by: str, day: date, named_versions: Collection[int] | None = None
) -> Applied:
    """Make a text the policy that holds from now on; the same text again changes nothing.

    The first application of a slug makes the program. `named_versions` are those that open referrals
    go by: older ones nobody names are dropped. Without it every version stays. Raises `PolicyRefused`,
    and `AppliedMeanwhile` when somebody else was first.
    """
    slug = files.parse(text, file=file).slug
    program, made = Program.objects.get_or_create(slug=slug)
    if made:
        _keep(program, version=1, text=text, by=by, day=day)
        return Applied(slug, version=1, changed=True, open_before=())
    changed = text != Policy.objects.get(program=program, version=program.version).body
    version = replace(program=program, text=text, by=by, day=day) if changed else program.version
    if named_versions is not None:
        _drop_unnamed(program, named_versions)
    older = Policy.objects.filter(program=program, version__in=named_versions or (), version__lt=version)
    return Applied(slug, version, changed, tuple(older.order_by("version").values_list("version", flat=True)))


@transaction.atomic
def begin(*, text: str, by: str, day: date) -> str:
    """Make a program whose forms aren't open yet; return its id. Raises `PolicyRefused`.

    Raises `AddressTaken` when the address has a program: what is there is never changed by a beginning.
    """
    slug = files.parse_unfiled(text).slug
    program, made = Program.objects.get_or_create(slug=slug, defaults={"state": ProgramState.DRAFT})
    if not made:
        raise AddressTaken(_("A program is at this address already. Choose another word."))
    _keep(program, version=1, text=text, by=by, day=day)
    return program.id


@transaction.atomic
def discard_draft(*, program_id: str) -> bool:
    """Delete a program that never opened, its rules and all. False when it did, or is gone."""
    return bool(Program.objects.filter(pk=program_id, state=ProgramState.DRAFT).delete()[0])


def replace(*, program: Program, text: str, by: str, day: date) -> int:
    """Give a program its next policy, if `program` is still as it was read. Gives the new version."""
    version = program.version + 1
    as_read = Program.objects.filter(pk=program.pk, version=program.version)
    if not as_read.update(version=version):
        raise AppliedMeanwhile(
            "Somebody else applied a policy just now. Export it, compare, and apply yours again."
        )
    _keep(program, version=version, text=text, by=by, day=day)
    program.version = version
    return version


# From where a program may come to each state. A retired one never opens again: make another.
_MOVES = {
    ProgramState.OPEN: (ProgramState.DRAFT, ProgramState.PAUSED),
    ProgramState.PAUSED: (ProgramState.OPEN,),
    ProgramState.RETIRED: (ProgramState.DRAFT, ProgramState.OPEN, ProgramState.PAUSED),
}


def open_again(*, program_id: str) -> bool:
    """Open a program's forms. False when they are. Raises `DomainError` for a retired one."""
    return _move(program_id, ProgramState.OPEN)


def pause(*, program_id: str) -> bool:
    """Close a program's forms for a time. False when they are. Raises `DomainError` unless it is open."""
    return _move(program_id, ProgramState.PAUSED)


def retire(*, program_id: str, ends_on: date) -> bool:
    """Close a program's forms for good; `ends_on` is the last day for what is open. False when they were."""
    return _move(program_id, ProgramState.RETIRED, ends_on)


@transaction.atomic
def _move(program_id: str, to: ProgramState, ends_on: date | None = None) -> bool:
    program = Program.objects.select_for_update().get(pk=program_id)
    moves = program.state != to
    if moves and program.state not in _MOVES[to]:
        raise DomainError(f"{program.slug} is {program.state} and can't become {to}. Nothing was changed.")
    program.state, program.ends_on = to, ends_on
    program.save(update_fields=["state", "ends_on"])
    return moves


def _keep(program: Program, *, version: int, text: str, by: str, day: date) -> None:
    Policy.objects.create(program=program, version=version, body=text, applied_day=day, applied_by=by)


def _drop_unnamed(program: Program, named: Collection[int]) -> None:
    # The version before stays as well: a form may have been opened under it a moment ago.
    unnamed = Policy.objects.filter(program=program, version__lt=program.version - 1)
    unnamed.exclude(version__in=named).delete()


@transaction.atomic
def note_called(*, program_id: str, number: str, by: str, at: datetime) -> None:
    """Note that an urgent number was called today and answered. `number` as the file writes it.

    Raises `DomainError` for a number that the file doesn't have.
    """
    program = Program.objects.select_for_update().get(pk=program_id)
    policy = policy_of(program.pk, program.version)
    found = next((one for one in policy.urgent if one.number == number), None)
    if found is None:
        raise DomainError(_("This number isn't in the program's file any more. Open the page again."))
    _press(program, presses.number_key(found), by=by, at=at, verb="check number")


@transaction.atomic
def approve_statement(*, program_id: str, by: str, at: datetime) -> None:
    """Note that the role named in the file approved the court statement, as it stands, today.

    Raises `DomainError` where the file makes no statement.
    """
    program = Program.objects.select_for_update().get(pk=program_id)
    policy = policy_of(program.pk, program.version)
    if not presses.is_stated(policy):
        raise DomainError(
            _("The file makes no court statement yet. Write legal.court there, and apply the file first.")
        )
    _press(program, presses.statement_key(policy), by=by, at=at, verb="approve statement")


def _press(program: Program, key: str, *, by: str, at: datetime, verb: str) -> None:
    policy = policy_of(program.pk, program.version)
    today, still = local_day(at, policy), presses.known(policy)
    kept = {each: day for each, day in program.pressed.items() if each in still}
    program.pressed = kept | {key: today.isoformat()}
    program.save(update_fields=["pressed"])
    log.record(program=program.pk, actor=by, verb=verb, day=today)
