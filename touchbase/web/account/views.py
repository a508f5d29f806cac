"""A person's own account: where they work, when they are away, how they sign in, and the way out."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchbase.accounts import actions, authenticator, passkeys, queries, sessions
from touchbase.accounts.permissions import Permission
from touchbase.accounts.queries import Invited, Member
from touchbase.accounts.roles import Role
from touchbase.collaborative.queries import together_around
from touchbase.kernel import clock
from touchbase.kernel.errors import DomainError, NotFound
from touchbase.outreach import joining
from touchbase.outreach.invitee import opens, role_words
from touchbase.programs.languages import name_of, spoken
from touchbase.programs.queries import program_by_id
from touchbase.supporters.details import DetailsUnclear
from touchbase.vault.errors import Ended
from touchbase.web.account.forms import AwayForm, InvitationForm
from touchbase.web.shared.access import entrance, staff, staff_stepped_up
from touchbase.web.shared.entrance import Said, sign_in_address
from touchbase.web.shared.language import Choice
from touchbase.web.shared.role import rules_of

# Where the work of each kind is.
FRONTS = (
    (Permission.QUEUE_SEE, "coordinator:board", gettext_lazy("The board")),
    (Permission.ASK_SEE, "supporter:today", gettext_lazy("What you're asked")),
    (Permission.NUMBERS_SEE, "leadership:numbers", gettext_lazy("The numbers")),
)


@dataclass(frozen=True, slots=True)
class Front:
    """One part of one program that opens to somebody."""

    program: str
    organization: str
    label: str
    address: str


@require_safe
@staff
def home(request: HttpRequest) -> HttpResponse:
    """Where one's work is. With only one such place, that place."""
    fronts = list(_fronts(queries.programs_of(queries.person(request.user))))
    if len(fronts) == 1:
        return redirect(fronts[0].address)
    return render(request, "account/home.html", {"fronts": fronts})


def _fronts(members: list[Member]) -> Iterator[Front]:
    for member in members:
        here = program_by_id(member.program)
        names = here.policy.program
        for permission, page, label in FRONTS:
            if member.may(permission):
                yield Front(names.name, names.organization, str(label), reverse(page, args=[here.slug]))
        together = together_around(here.id) if member.may(Permission.COLLABORATIVE_LEAD) else None
        if together:
            front = reverse("faculty:home", args=[together.slug])
            yield Front(together.name, names.organization, _("All members"), front)


@require_safe
@staff
def you(request: HttpRequest) -> HttpResponse:
    """One's name and address, being away, and passkeys."""
    return _you(request, AwayForm())


@require_POST
@staff
def away(request: HttpRequest) -> HttpResponse:
    """Note the last day of being away; an empty one says that one is back."""
    form = AwayForm(request.POST)
    if form.is_valid():
        account = queries.person(request.user).pk
        today = clock.now().date()
        try:
            actions.set_away(account=account, until=form.cleaned_data["until"], today=today)
        except DomainError as refusal:
            form.add_error("until", refusal.message)
    return _you(request, form) if form.errors else redirect("account:you")


@require_POST
@staff
def language(request: HttpRequest) -> HttpResponse:
    """Read one's pages and messages in another language."""
    actions.set_language(account=queries.person(request.user).pk, language=request.POST.get("language", ""))
    return redirect("account:you")


def _you(request: HttpRequest, form: AwayForm) -> HttpResponse:
    account = queries.person(request.user)
    page = {
        "form": form,
        "account": account,
        "languages": tuple(Choice(one, name_of(one)) for one in spoken()),
        "passkeys": passkeys.passkeys_of(account.pk),
        "has_app": authenticator.has_authenticator(account.pk),
    }
    return render(request, "account/you.html", page, status=400 if form.errors else 200)


@require_POST
@staff_stepped_up
def remove_passkey(request: HttpRequest, passkey: int) -> HttpResponse:
    """Forget one of one's passkeys."""
    passkeys.remove(account=queries.person(request.user).pk, passkey=passkey)
    return redirect("account:you")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_stepped_up
def authenticator_app(request: HttpRequest) -> HttpResponse:
    """Add an authenticator app: a picture for it, and the numbers it then shows."""
    account, at = queries.person(request.user), clock.now()
    if request.method != "POST":
        return render(request, "account/authenticator.html", {"begun": authenticator.begin(account, at=at)})
    sealed, code = request.POST.get("sealed", ""), request.POST.get("code", "")
    try:
        authenticator.keep(account=account, sealed=sealed, code=code, at=at)
    except Ended:
        page = {"begun": authenticator.begin(account, at=at), "ended": True}
    except DomainError as refusal:
        page = {"begun": authenticator.again(account, sealed=sealed, at=at), "errors": [refusal.message]}
    else:
        return redirect("account:you")
    return render(request, "account/authenticator.html", page, status=400)


@require_POST
@staff_stepped_up
def remove_authenticator(request: HttpRequest) -> HttpResponse:
    """Go back to the code by mail alone."""
    authenticator.remove(account=queries.person(request.user).pk)
    return redirect("account:you")


@require_POST
@entrance
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; also a sign-in that was begun with a mistyped address."""
    said = Said.OUT if request.user.is_authenticated else None
    logout(request)
    return redirect(sign_in_address(said=said))


@require_POST
@entrance
def lock(request: HttpRequest) -> HttpResponse:
    """End the session and keep the place: the sign-in leads back."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = ""
    logout(request)
    return redirect(sign_in_address(back=back, said=Said.LOCKED))


@require_http_methods(["GET", "HEAD", "POST"])
@entrance
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link to a role. Opening it changes nothing; the press does."""
    try:
        invited = queries.invited(token, clock.now().date())
    except NotFound as refusal:
        return render(request, "account/invitation_ended.html", {"message": refusal.message}, status=404)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and (invited.name or form.is_valid()):
        name = invited.name or form.cleaned_data["name"]
        return _accept(request, token, invited, name)
    return _invitation(request, invited, form, status=400 if form.errors else 200)


def _invitation(
    request: HttpRequest, invited: Invited, form: InvitationForm, *, status: int, problem: str = ""
) -> HttpResponse:
    here, supports = program_by_id(invited.program), invited.role is Role.SUPPORTER
    page = {
        "invited": invited,
        "program": here.policy.program,
        "role": role_words()[invited.role],
        "opens": opens(invited.role),
        "form": form,
        "rules": rules_of(here.policy) if supports else (),
        "professions": here.policy.options("profession") if supports else (),
        "profession": request.POST.get("profession", ""),
        "problem": problem,
    }
    return render(request, "account/invitation.html", page, status=status)


def _accept(request: HttpRequest, token: str, invited: Invited, name: str) -> HttpResponse:
    profession = request.POST.get("profession", "")
    try:
        accepted = joining.accept(token=token, name=name, profession=profession, at=clock.now())
    except DetailsUnclear as unclear:
        form = InvitationForm(request.POST)
        return _invitation(request, invited, form, status=422, problem=unclear.message)
    if not accepted.signs_in:
        return redirect(sign_in_address(back="/account/", said=Said.JOINED))
    sessions.sign_in(request, accepted.account)
    return redirect("mfa_add_webauthn")
