"""Who works here and as what: invite, change a role, end one. Each act has one press back where it can be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchbase.accounts import actions as accounts
from touchbase.accounts import queries
from touchbase.accounts.permissions import Permission
from touchbase.accounts.queries import Member
from touchbase.accounts.roles import APART, Role
from touchbase.kernel import clock
from touchbase.kernel.errors import DomainError
from touchbase.notifications.inviting import link_to_hand_over
from touchbase.notifications.queries import can_send
from touchbase.outreach import joining, leaving
from touchbase.programs.hours import local_day
from touchbase.web.coordinator import people_page
from touchbase.web.shared.access import MemberRequest, requires

BACK_SECONDS = 15 * 60


@dataclass(frozen=True, slots=True)
class Said:
    """What a page of people also shows: what was typed, what to mend, what can be taken back."""

    email: str = ""
    role: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)
    done: str = ""
    was: str = ""
    links: Mapping[str, str] = field(default_factory=dict, repr=False)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PEOPLE_MANAGE)
def people(request: MemberRequest, program: str) -> HttpResponse:
    """Everybody who works here, who is invited, and the form that invites."""
    if request.method != "POST":
        return _page(request, Said())
    email, said = request.POST.get("email", "").strip(), request.POST.get("role", "")
    try:
        key = joining.invite(by=request.member, role=_role(said), email=email, at=clock.now())
    except DomainError as refusal:
        place = "email" if said in joining.OFFERED else "role"
        return _page(request, Said(email[:254], said, {place: refusal.message}))
    return _invited(request, key)


def _invited(request: MemberRequest, key: str) -> HttpResponse:
    if can_send():
        messages.success(request, _("Invited. The mail goes out by day, and its link works for a week."))
        return redirect("coordinator:people", request.here.slug)
    return _page(request, Said(done=_("Invited. Hand them this link; it is shown once."), links=_link(key)))


def _page(request: MemberRequest, said: Said) -> HttpResponse:
    here, today = request.here, local_day(clock.now(), request.here.policy)
    found = people_page.lines(queries.everybody(here.id, today), request.member.account)
    names = {line.account: line.name for line in found}
    page = {
        "here": here,
        "said": said,
        "sentence": _sentence(len(found)),
        "people": found,
        "invited": people_page.invited(
            here.id, clock.now().date(), names, said.links, here.policy.coordinator
        ),
        "roles": people_page.picks(joining.OFFERED, said.role),
        "by_hand": not can_send(),
    }
    return render(request, "coordinator/people.html", page, status=422 if said.problems else 200)


def _sentence(n: int) -> str:
    return ngettext("One person works here.", "%(n)s people work here.", n) % {"n": n}


def _role(said: str) -> Role:
    try:
        return Role(said)
    except ValueError:
        raise DomainError(_("Choose what they will be.")) from None


def _link(key: str) -> dict[str, str]:
    return {key: link_to_hand_over(key, clock.now().date())}


@require_POST
@requires(Permission.PEOPLE_MANAGE)
def resend(request: MemberRequest, program: str, invitation: str) -> HttpResponse:
    """Write again: the link before ends, and the new one works for a week."""
    joining.resend(invitation=invitation, by=request.member, at=clock.now())
    if not can_send():
        return _page(request, Said(done=_("Hand them this link; it is shown once."), links=_link(invitation)))
    messages.success(request, _("Written again. The mail goes out by day, and its link works for a week."))
    return redirect("coordinator:people", program)


@require_POST
@requires(Permission.PEOPLE_MANAGE)
def link(request: MemberRequest, program: str, invitation: str) -> HttpResponse:
    """A link to hand over oneself, shown once; the one before ends."""
    if invitation not in {one.key for one in queries.invitations(request.here.id, clock.now().date())}:
        raise DomainError(_("This invitation was used, taken back, or has ended. Invite them again."))
    return _page(request, Said(done=_("Hand them this link; it is shown once."), links=_link(invitation)))


@require_POST
@requires(Permission.PEOPLE_MANAGE)
def withdraw(request: MemberRequest, program: str, invitation: str) -> HttpResponse:
    """Take an invitation back. Nobody is told."""
    was = queries.invitation_of(invitation, clock.now().date())
    joining.withdraw(invitation=invitation, by=request.member, at=clock.now())
    sealed = _sealed(program, do="invite", email=was.email, role=was.role)
    return _page(request, Said(done=_("Taken back. The link is dead, and nobody is told."), was=sealed))


@require_safe
@requires(Permission.PEOPLE_MANAGE)
def person(request: MemberRequest, program: str, person: str) -> HttpResponse:
    """One person: what they are here, and what that opens."""
    return _person(request, person)


def _person(request: MemberRequest, account: str, done: str = "", was: str = "") -> HttpResponse:
    who = queries.member_at(account, request.here.id)
    page = {
        "here": request.here,
        "who": who,
        "is_you": account == request.member.account,
        "held": people_page.held(who),
        "may_get": people_page.may_get(who),
        "said": Said(done=done, was=was),
    }
    return render(request, "coordinator/person.html", page)


@require_POST
@requires(Permission.PEOPLE_MANAGE)
def give(request: MemberRequest, program: str, person: str) -> HttpResponse:
    """Give somebody another role beside theirs. They are invited to it, and say yes themself."""
    who, role = queries.member_at(person, request.here.id), _role(request.POST.get("role", ""))
    return _invited(request, joining.invite(by=request.member, role=role, email=who.email, at=clock.now()))


@require_POST
@requires(Permission.PEOPLE_MANAGE)
def change(request: MemberRequest, program: str, person: str) -> HttpResponse:
    """Make a coordinator, backup or leader another of the three."""
    who, role = queries.member_at(person, request.here.id), _role(request.POST.get("role", ""))
    before = _apart(who)
    accounts.change_role(membership=who.ids[before], role=role, by=request.member.account, at=clock.now())
    if person == request.member.account:
        return redirect("account:home")
    sealed = _sealed(program, do="change", account=person, role=before)
    return _person(request, person, _("Changed. What they may open has changed with it."), sealed)


def _apart(who: Member) -> Role:
    """The one role of three that somebody has here."""
    found = next((role for role in APART if role in who.roles), None)
    if found is None:
        raise DomainError(_("Only coordinator, backup and leader change into each other."))
    return found


@require_POST
@requires(Permission.PEOPLE_MANAGE)
def end(request: MemberRequest, program: str, person: str) -> HttpResponse:
    """End a role. What a supporter holds goes back to the board first."""
    role = _role(request.POST.get("role", ""))
    who = leaving.end_role(account=person, role=role, by=request.member, at=clock.now())
    if who.account == request.member.account:
        return _left(request, gone=not queries.has_any_role(who.account))
    done, sealed = _("Ended. They can't open it any more."), ""
    if role is Role.SUPPORTER:
        done = _(
            "Ended. What they had is back on the board, and their profile is gone. Invite them to begin anew."
        )
    else:
        sealed = _sealed(program, do="give", name=who.name, email=who.email, role=role)
    return _page(request, Said(done=done, was=sealed))


def _left(request: MemberRequest, *, gone: bool) -> HttpResponse:
    """Who ended their own role: where else they work, or the sign-in."""
    if gone:
        logout(request)
    return redirect("account:home")


@require_POST
@requires(Permission.PEOPLE_MANAGE)
def put_back(request: MemberRequest, program: str) -> HttpResponse:
    """Take back what was done a moment ago."""
    try:
        was = signing.loads(request.POST.get("was", ""), salt=_salt(program), max_age=BACK_SECONDS)
    except signing.BadSignature:
        raise DomainError(_("That can't be taken back any more. Open the page, and do it anew.")) from None
    _take_back(request, was)
    messages.success(request, _("It is as it was."))
    return redirect("coordinator:people", program)


def _take_back(request: MemberRequest, was: Mapping[str, Any]) -> None:
    role, by, at = Role(was["role"]), request.member, clock.now()
    if was["do"] == "give":
        leaving.put_back(name=was["name"], email=was["email"], role=role, by=by, at=at)
    elif was["do"] == "invite":
        joining.invite(by=by, role=role, email=was["email"], at=at)
    else:
        who = queries.member_at(was["account"], by.program)
        accounts.change_role(membership=who.ids[_apart(who)], role=role, by=by.account, at=at)


def _sealed(program: str, **was: str) -> str:
    return signing.dumps(was, salt=_salt(program))


def _salt(program: str) -> str:
    return f"people of {program}"
