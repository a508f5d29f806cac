"""Who may open an address. Every view says so with one of these marks, and nothing opens without one.

    @public                                everybody; `request.here` where the address names a program
    @private_link                          whoever holds the link; the view checks it
    @entrance                              everybody, and as private as a desk page: sign-in and invitations
    @staff                                 whoever is signed in
    @requires(Permission.QUEUE_SEE)        a member who may; gets `request.member` and `request.here`;
                                           its faculty, where the address names a collaborative

A mark only says it (`view.access`), so it may stand above or below any other decorator. `AccessFirst` acts
on it before the view, and its method check, are reached: a stranger can't tell a wrong method from a wrong
address. docs/permissions.md and the walk in tests/architecture read the same marks.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from touchbase.accounts import queries, sessions
from touchbase.accounts.permissions import Permission
from touchbase.accounts.queries import Member
from touchbase.collaborative.queries import Together, takes_part, together_at
from touchbase.kernel import clock
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.programs.queries import CurrentProgram, program_by_id
from touchbase.web.shared import refusals
from touchbase.web.shared.audience import Access, Audience, access_of
from touchbase.web.shared.entrance import Said, to_sign_in
from touchbase.web.shared.here import find

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class ProgramRequest(HttpRequest):
    """A request to a page of a program."""

    here: CurrentProgram


class FacultyRequest(ProgramRequest):
    """A request of a collaborative's faculty. `here` is the program at its center."""

    together: Together
    member: Member


class MemberRequest(ProgramRequest):
    """A request of somebody who may open the page."""

    member: Member


def public(view: View) -> View:
    """Everybody may open it."""
    return _mark(view, Access(Audience.PUBLIC))


def entrance(view: View) -> View:
    """Everybody may open it; it is kept as private as the pages behind it."""
    return _mark(view, Access(Audience.ENTRANCE))


def private_link(view: View) -> View:
    """Whoever holds the link may open it. The view itself looks whether the link holds."""
    return _mark(view, Access(Audience.LINK))


def staff(view: View) -> View:
    """Whoever is signed in may open it, and sees what is theirs."""
    return _mark(view, Access(Audience.STAFF))


def staff_stepped_up(view: View) -> View:
    """Whoever signed in within the last 15 minutes may open it."""
    return _mark(view, Access(Audience.STAFF, step_up=True))


def requires(permission: Permission, *, step_up: bool = False) -> Callable[[View], View]:
    """Members of the address's program whose role grants `permission` may open it."""
    return lambda view: _mark(view, Access(Audience.MEMBER, permission, step_up))


def _mark(view: View, access: Access) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view


class AccessFirst:
    """Opens a view to those it is for. To everybody else nothing is there, in every method."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; a method that a page about one referral doesn't take is answered as if nothing were there.

        The method is checked before the referral is looked for. Saying which of both was wrong would make a
        difference between an address that is there and one that isn't.
        """
        answer = self.get_response(request)
        match = request.resolver_match
        about_one = match is not None and "handle" in match.kwargs
        return refusals.not_found(request) if about_one and answer.status_code == 405 else answer

    def process_view(
        self, request: HttpRequest, view: object, _args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """None to let the view answer, else the answer. An address that says nothing opens to nobody."""
        access = access_of(view)
        try:
            if access is None:
                raise NotFound(_("There is nothing at this address."))
            return _open(request, access, kwargs)
        except DomainError as refusal:
            return refusals.answer(request, refusal)


def _open(request: HttpRequest, access: Access, kwargs: Mapping[str, Any]) -> HttpResponse | None:
    if "program" in kwargs:
        request.here = find(kwargs["program"])  # type: ignore[attr-defined]
    elif "collaborative" in kwargs:
        # Its faculty are members of the program at its center, and open its pages by what they may there.
        request.together = together_at(kwargs["collaborative"])  # type: ignore[attr-defined]
        request.here = program_by_id(request.together.home)  # type: ignore[attr-defined]
    if access.is_open:
        return None
    if access.audience is Audience.MEMBER:
        refused = _as_member(request, access, kwargs)
    else:
        refused = None if request.user.is_authenticated else to_sign_in(request)
    return refused or _stepped_up(request, access)


def _as_member(request: HttpRequest, access: Access, kwargs: Mapping[str, Any]) -> HttpResponse | None:
    """Front pages lead a stranger to the sign-in; a page of one referral or person isn't there for them."""
    if not request.user.is_authenticated:
        if set(kwargs) in ({"program"}, {"collaborative"}):
            return to_sign_in(request)
        raise NotFound(_("There is nothing at this address."))
    member = queries.member_of(request.user, request.here.id)  # type: ignore[attr-defined]
    if member is None or access.permission is None or not member.may(access.permission):
        raise NotFound(_("There is nothing at this address."))
    request.member = member  # type: ignore[attr-defined]
    # Asked here and not when the page is drawn: a page that says what went wrong must not fail itself.
    shares = "program" in kwargs and member.may(Permission.COLLABORATIVE_SHARE)
    request.takes_part = shares and takes_part(request.here.id)  # type: ignore[attr-defined]
    return None


def _stepped_up(request: HttpRequest, access: Access) -> HttpResponse | None:
    if not access.step_up or sessions.is_fresh(request, at=clock.now()):
        return None
    return sign_in_afresh(request)


def sign_in_afresh(request: HttpRequest) -> HttpResponse:
    """Have somebody sign in once more and come back: names are shown only soon after that (ruling B2)."""
    logout(request)
    return to_sign_in(request, said=Said.STEP_UP)
