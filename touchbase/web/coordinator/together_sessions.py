"""Training sessions that faculty offer to a member's team: book places, wait, and make one's own of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchbase.accounts.permissions import Permission
from touchbase.collaborative import booking
from touchbase.collaborative import sessions as reading
from touchbase.collaborative.gatherings import on_clocks_of
from touchbase.collaborative.queries import Membership
from touchbase.collaborative.sessions import Shown
from touchbase.kernel import clock
from touchbase.kernel.errors import DomainError
from touchbase.programs.hours import local_day
from touchbase.programs.queries import program_by_id
from touchbase.supporters import training as planning
from touchbase.supporters.occasions import Session, Teacher
from touchbase.supporters.trainings import sessions as own_trainings
from touchbase.web.coordinator.together import membership_here
from touchbase.web.shared.access import MemberRequest, requires
from touchbase.web.shared.learning import Reader, said_share, session_file, session_line


def reader_of(request: MemberRequest, membership: Membership) -> Reader:
    """A desk reads by the clocks of its own program."""
    policy, center = request.here.policy, program_by_id(membership.together.home).policy
    return Reader(policy, center, local_day(clock.now(), policy))


def number_typed(request: MemberRequest, field: str) -> int:
    """A number of people as it was typed; -1 for anything that isn't one."""
    typed = request.POST.get(field, "").strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else -1


@require_safe
@requires(Permission.COLLABORATIVE_SHARE)
def sessions(request: MemberRequest, program: str, collaborative: str) -> HttpResponse:
    """The sessions that are offered, and what the team has of each."""
    membership = membership_here(request, collaborative)
    reader = reader_of(request, membership)
    found = reading.sessions(membership.together.id)
    lines = [session_line(one, reader, membership.program) for one in found]
    content = {
        "membership": membership,
        "ahead": [(line, said_share(line.share)) for line in reversed(lines) if not line.past],
        "past": [(line, said_share(line.share)) for line in lines if line.past and line.share.held],
    }
    return render(request, "coordinator/together_sessions.html", content)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COLLABORATIVE_SHARE)
def session(request: MemberRequest, program: str, collaborative: str, session: str) -> HttpResponse:
    """One session, and how many places the team needs."""
    membership = membership_here(request, collaborative)
    if request.method == "POST":
        return _book(request, membership, session)
    reader = reader_of(request, membership)
    one = reading.session(session, membership.together.id)
    line = session_line(one, reader, membership.program)
    content = {
        "membership": membership,
        "line": line,
        "said": said_share(line.share),
        "own": _own(request, _as_training(one, reader, line.share.held)),
    }
    return render(request, "coordinator/together_session.html", content)


def _book(request: MemberRequest, membership: Membership, session: str) -> HttpResponse:
    booking.book(
        session=session,
        membership=membership,
        places=number_typed(request, "places"),
        by=request.member.account,
        at=clock.now(),
    )
    share = reading.session(session, membership.together.id).share(membership.program)
    messages.success(request, said_share(share) or _("Given back. Whoever is next in line has them at once."))
    return redirect("coordinator:together_session", request.here.slug, membership.together.slug, session)


@require_POST
@requires(Permission.COLLABORATIVE_SHARE)
def adopt(request: MemberRequest, program: str, collaborative: str, session: str) -> HttpResponse:
    """Plan it as a training of the program, so that its own supporters are invited and hours count."""
    membership = membership_here(request, collaborative)
    one = reading.session(session, membership.together.id)
    wanted = _as_training(one, reader_of(request, membership), one.share(membership.program).held)
    if one.cancelled or not wanted.seats:
        raise DomainError(_("Book places first. A session without them can't be yours."))
    key = _own(request, wanted) or planning.plan(
        program_id=request.here.id, session=wanted, by=request.member.account, at=clock.now()
    )
    messages.success(request, _("It is among your trainings. Nobody is told before you invite."))
    return redirect("coordinator:training", program, key)


def _as_training(one: Shown, reader: Reader, seats: int) -> Session:
    day, begins = on_clocks_of(reader.policy.zone, day=one.day, begins=one.begins, center=reader.center.zone)
    return Session(one.kind, one.way, day, begins, one.hours, one.place, seats, Teacher.FACULTY)


def _own(request: MemberRequest, wanted: Session) -> str:
    """The key of the program's own training that is this session, or nothing."""
    alike = (wanted.kind, wanted.day, wanted.begins, wanted.place, wanted.teacher)
    found = own_trainings(request.here.id)
    return next(
        (one.id for one in found if (one.kind, one.day, one.begins, one.place, one.teacher) == alike), ""
    )


@require_safe
@requires(Permission.COLLABORATIVE_SHARE)
def calendar(request: MemberRequest, program: str, collaborative: str, session: str) -> HttpResponse:
    """The session as a file for a calendar."""
    membership = membership_here(request, collaborative)
    one = reading.session(session, membership.together.id)
    return session_file(one, program_by_id(membership.together.home).policy, clock.now())
