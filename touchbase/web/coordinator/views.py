"""The coordinator's desk: who waits, who fits, one press to ask."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from touchbase.accounts.authenticator import has_authenticator
from touchbase.accounts.permissions import Permission
from touchbase.accounts.queries import names_of
from touchbase.audit import log
from touchbase.kernel import clock
from touchbase.ops import mailing
from touchbase.outreach import actions, choosing, contacts, conversations, queries, restored, safety
from touchbase.outreach.letters import reach
from touchbase.programs.hours import local_day
from touchbase.vault.errors import TooManyReveals
from touchbase.web.coordinator import acts as sums
from touchbase.web.coordinator import board as boards
from touchbase.web.coordinator import referral as panels
from touchbase.web.coordinator import weeks
from touchbase.web.shared.access import MemberRequest, requires
from touchbase.web.shared.contact import spelled

ACTS_SHOWN_DAYS = 30


@require_safe
@requires(Permission.QUEUE_SEE)
def desk(request: MemberRequest, program: str) -> HttpResponse:
    """The desk begins at the board."""
    return redirect("coordinator:board", program)


@require_safe
@requires(Permission.QUEUE_SEE)
def board(request: MemberRequest, program: str) -> HttpResponse:
    """The board, with the first who waits already open."""
    return _board(request, "")


@require_safe
@requires(Permission.REFERRAL_SEE)
def referral(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """One referral beside the board."""
    return _board(request, handle)


@require_safe
@requires(Permission.REFERRAL_MATCH)
def everyone(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """Every supporter: who fits, best first, and who is left out and why."""
    at = clock.now()
    view = queries.desk_view(handle, by=request.member, at=at)
    return _page(request, "coordinator/everyone.html", {"panel": panels.panel_for(view, at, everyone=True)})


@require_POST
@requires(Permission.REFERRAL_MATCH)
def match(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """Ask the chosen supporter, by a message that names nobody."""
    chosen, at = request.POST.get("supporter", ""), clock.now()
    if not chosen:
        queries.for_desk(handle, by=request.member, at=at)
        messages.warning(request, _("Choose a peer first, then press Ask."))
        return redirect("coordinator:referral", program, handle)
    actions.ask(handle=handle, supporter=chosen, by=request.member, at=at)
    messages.success(request, _("Asked. If they pass or stay silent, it comes back here."))
    return redirect("coordinator:board", program)


@require_POST
@requires(Permission.NAME_REVEAL, step_up=True)
def show_name(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """The name and the contact, on a tap that is counted."""
    confirmed = request.POST.get("confirmed") == "yes"
    try:
        person = queries.reveal(handle, by=request.member, at=clock.now(), confirmed=confirmed)
    except TooManyReveals as many:
        # Asked once more, never blocked: a clock is running (ruling B11).
        return _board(request, handle, ask_again=many.message)
    return _board(
        request, handle, person=person, contact=spelled(person.contact.address), reach=reach(person)
    )


@require_POST
@requires(Permission.NAME_REVEAL, step_up=True)
def ask_referrer(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """How to reach whoever told us of somebody, shown once and counted: to ask for another contact."""
    confirmed = request.POST.get("confirmed") == "yes"
    try:
        shown = contacts.ask_referrer(handle=handle, by=request.member, at=clock.now(), confirmed=confirmed)
    except TooManyReveals as many:
        return _board(request, handle, ask_again=many.message, asked_for="referrer")
    return _board(request, handle, referrer=spelled(shown))


@require_POST
@requires(Permission.REFERRAL_MOVE)
def reassign(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """Take it back from its supporter; it waits for a match again."""
    actions.reassign(handle=handle, by=request.member, at=clock.now())
    messages.success(request, _("Taken back. Choose another peer."))
    return redirect("coordinator:referral", program, handle)


@require_POST
@requires(Permission.REFERRAL_MOVE)
def another(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """They said on the phone that another than their chosen peer may be asked."""
    choosing.ask_another_for(handle=handle, by=request.member, at=clock.now())
    messages.success(request, _("Noted. Now choose a peer to ask."))
    return redirect("coordinator:referral", program, handle)


@require_POST
@requires(Permission.REFERRAL_MOVE)
def new_link(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """A new private link for somebody who lost theirs, to be read out or sent on."""
    token = conversations.new_link(handle=handle, by=request.member, at=clock.now())
    return _board(request, handle, link=f"{settings.SITE_ADDRESS}/t/{token}/")


@require_POST
@requires(Permission.REFERRAL_MOVE)
def release(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """It looks real: the clock may match it."""
    conversations.release_held(handle=handle, by=request.member, at=clock.now())
    return redirect("coordinator:referral", program, handle)


@require_POST
@requires(Permission.REFERRAL_MOVE)
def close(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """Close; it can be undone for a quarter of an hour."""
    conversations.close(handle=handle, by=request.member, at=clock.now())
    messages.success(request, _("Closed. You can undo it from the board for a short while."))
    return redirect("coordinator:board", program)


@require_POST
@requires(Permission.REFERRAL_MOVE)
def undo(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """Take a close back."""
    conversations.undo_close(handle=handle, by=request.member, at=clock.now())
    messages.success(request, _("It is open again, as it was."))
    return redirect("coordinator:referral", program, handle)


@requires(Permission.REFERRAL_MOVE)
def erase(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """The person asked to be erased: ask once more, then do it."""
    at = clock.now()
    if request.method != "POST":
        held = queries.for_desk(handle, by=request.member, at=at)
        return _page(request, "coordinator/erase.html", {"handle": held.handle})
    conversations.erase_now(handle=handle, by=request.member, at=at)
    messages.success(request, _("Erased."))
    return redirect("coordinator:board", program)


@require_safe
@requires(Permission.AUDIT_SEE)
def acts(request: MemberRequest, program: str) -> HttpResponse:
    """Who did what kind of thing how often, by day. Never about whom."""
    today = clock.now().astimezone(request.here.policy.zone).date()
    found = log.acts(program=request.here.id, since=today - timedelta(days=ACTS_SHOWN_DAYS))
    return _page(
        request, "coordinator/acts.html", {"acts": sums.named_acts(found, names_of(request.here.id))}
    )


def _board(request: MemberRequest, handle: str, **shown: object) -> HttpResponse:
    at = clock.now()
    policy = request.here.policy
    listed = request.GET.get("all", "")
    names = queries.MOST_NAMES if listed == "match" else boards.NAMES
    read = queries.board(here=request.here, by=request.member, at=at, limit=names)
    page = boards.page_for(read, policy, at, listed)
    chosen = handle or page.first
    panel = None
    if chosen:
        view = queries.beside_board(chosen, read, by=request.member, at=at)
        panel = panels.panel_for(view, at)
    content = {"board": page, "panel": panel, "chosen": chosen, "opened": bool(handle), **shown}
    content["mail_is_away"] = mailing.is_away()
    content["restored"] = len(restored.waiting(request.here, by=request.member, at=at))
    content["code_alone"] = not settings.DEMO and not has_authenticator(request.member.account)
    content["safety_opened"] = safety.were_opened(program=request.here.id, day=local_day(at, policy))
    content["today"] = panels.today(policy, at)
    content["in_hands"] = listed == "hands" or page.holds(chosen)
    content["week"] = weeks.strip(request.here, local_day(at, policy))
    return _page(request, "coordinator/board.html", content)


def _page(request: MemberRequest, template: str, content: dict[str, object]) -> HttpResponse:
    return render(request, template, {"here": request.here, "member": request.member, **content})
