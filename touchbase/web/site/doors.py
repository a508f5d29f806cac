"""The doors of the demo: one press signs in as an invented person. Demo mode and this machine only."""

import ipaddress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from touchbase.accounts import sessions
from touchbase.accounts.roles import Role
from touchbase.demo import doors, together
from touchbase.kernel.errors import NotFound
from touchbase.programs.queries import program_at
from touchbase.web.shared.access import public

_LANDS_AT = {
    Role.COORDINATOR.value: "coordinator:board",
    Role.SUPPORTER.value: "supporter:today",
    Role.LEADER.value: "leadership:numbers",
}
# Behind a proxy every visitor comes from this machine, so any trace of one closes the doors (ruling C15).
_FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "HTTP_VIA")


@require_safe
@public
def demo(request: HttpRequest) -> HttpResponse:
    """The doors, one form a part of each program."""
    _only_here(request)
    return render(request, "site/demo.html", {"programs": doors.all_doors()})


@require_POST
@public
def enter(request: HttpRequest, program: str) -> HttpResponse:
    """Become the invented person behind a door."""
    _only_here(request)
    role = request.POST.get("role", "")
    account = doors.account_behind(program_at(program), role)
    sessions.sign_in(request, account)
    if role == Role.FACULTY:
        return redirect("faculty:home", together.SLUG)
    return redirect(_LANDS_AT[role], program)


def _only_here(request: HttpRequest) -> None:
    """Nothing is at this address for anybody who isn't sitting at this machine."""
    host = request.get_host().rsplit(":", 1)[0].strip("[]")
    local = host == "localhost" or _is_loopback(host)
    forwarded = any(header in request.META for header in _FORWARDED)
    if forwarded or not local or not _is_loopback(request.META.get("REMOTE_ADDR", "")):
        raise NotFound(_("There is nothing at this address."))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
