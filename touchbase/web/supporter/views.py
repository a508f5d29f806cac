"""A supporter's own pages: say yes or pass, write, talk, close."""

from collections.abc import Callable
from datetime import date, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from touchbase.accounts import sessions
from touchbase.accounts.permissions import Permission
from touchbase.kernel import clock
from touchbase.kernel.errors import NotFound
from touchbase.outreach import actions, contacts, conversations, entering, queries, tally, team
from touchbase.programs.policy import Mode, SendBy
from touchbase.referrals.course import Answer
from touchbase.supporters import actions as supporters
from touchbase.supporters.queries import profile
from touchbase.web.shared.access import MemberRequest, requires, sign_in_afresh
from touchbase.web.shared.helping import onward_picks
from touchbase.web.supporter import pages
from touchbase.web.supporter.duty import own_duty

ANSWERS = {Answer.YES.value, Answer.NOT_NOW.value, Answer.RESOURCES.value}


@require_safe
@requires(Permission.ASK_SEE)
def today(request: MemberRequest, program: str) -> HttpResponse:
    """What waits for this supporter, and what waits for somebody else. No names."""
    at = clock.now()
    lines = [pages.line_for(held, at) for held in queries.asks(by=request.member, at=at)]
    lines.sort(key=lambda line: not line.waiting)
    who = profile(request.member.supporter, at.astimezone(request.here.policy.zone).date())
    return _page(
        request,
        "supporter/today.html",
        {
            "lines": lines,
            "sentence": pages.sentence(lines),
            "profile": who,
            "duty": own_duty(request, at),
            "tallies": tally.is_kept(request.here.policy),
            "may_begin": entering.registers_what_peers_begin(request.here),
        },
    )


@require_safe
@requires(Permission.ASK_SEE)
def ask(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """One referral: before yes the question, afterwards the name, the note and what can be done."""
    at = clock.now()
    fresh = sessions.is_fresh(request, at=at)
    try:
        view = queries.ask_view(handle, by=request.member, at=at, named=fresh)
    except NotFound:
        return _closed(request, handle, at)
    if view.name_waits:
        return sign_in_afresh(request)
    content: dict[str, object] = {
        "view": view,
        "held": view.held,
        "facts": pages.facts(view),
        "policy": view.held.policy,
    }
    content["line"] = pages.line_for(view.held, at)
    due, ticked = queries.check_in_is_due(view.held, at), request.GET.getlist("times")
    content["outreach"] = pages.outreach_for(view, check_in_due=due, at=at, ticked=ticked)
    content["onward"] = onward_picks(view.held)
    template = "supporter/conversation.html" if view.person else "supporter/ask.html"
    return _page(request, template, content)


def _closed(request: MemberRequest, handle: str, at: datetime) -> HttpResponse:
    held = queries.just_closed(handle, by=request.member, at=at)
    until = pages.undo_until(held, at)
    return _page(request, "supporter/closed.html", {"held": held, "until": until})


@require_POST
@requires(Permission.ASK_ANSWER)
def accept(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """Yes: from now on the name and the contact are here."""
    actions.accept(handle=handle, by=request.member, at=clock.now())
    messages.success(request, _("Thank you. Here is who it is."))
    return redirect("supporter:ask", program, handle)


@require_POST
@requires(Permission.ASK_ANSWER)
def pass_on(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """Pass: another peer is asked, and nobody asks why."""
    away = team.was_there if request.POST.get("there") else actions.pass_on
    away(handle=handle, by=request.member, at=clock.now())
    messages.success(request, _("That's fine. We'll ask another peer."))
    return redirect("supporter:today", program)


@require_POST
@requires(Permission.CONVERSATION_HOLD)
def touch(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """The note went out from the supporter's own phone, or goes out now by Touchbase."""
    how = SendBy.SYSTEM if request.POST.get("how") == SendBy.SYSTEM else SendBy.PEER
    times = tuple(request.POST.getlist("times"))
    actions.touch(handle=handle, by=request.member, at=clock.now(), how=how, times=times)
    messages.success(request, _("Noted. You'll hear from us when they answer."))
    return redirect("supporter:ask", program, handle)


@require_POST
@requires(Permission.CONVERSATION_HOLD)
def answer(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """They answered the supporter and not the page."""
    said, at = request.POST.get("answer", ""), clock.now()
    if said not in ANSWERS:
        queries.for_supporter(handle, by=request.member, at=at)
        return redirect("supporter:ask", program, handle)
    conversations.answered(handle=handle, by=request.member, said=Answer(said), at=at)
    if said == Answer.YES:
        return redirect("supporter:ask", program, handle)
    messages.success(request, _("Noted. It rests now, and nothing more is asked of you."))
    return redirect("supporter:today", program)


@require_POST
@requires(Permission.CONVERSATION_HOLD)
def talked(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """They talked. Unless a check-in is agreed in the same press, the referral closes."""
    day = _day(request.POST.get("check_in", ""))
    mode = request.POST.get("mode", "")
    at = clock.now()
    conversations.talked(
        handle=handle,
        by=request.member,
        at=at,
        mode=Mode(mode) if mode in set(Mode) else None,
        minutes=request.POST.get("minutes", ""),
        close=day is None and request.POST.get("next") != "open",
    )
    if day:
        conversations.check_in(handle=handle, by=request.member, day=day, at=at)
    return redirect("supporter:ask", program, handle)


@require_POST
@requires(Permission.CONVERSATION_HOLD)
def check_in(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """Agree a day, take it back, or send the agreed note by Touchbase."""
    if request.POST.get("how") == SendBy.SYSTEM:
        conversations.send_check_in(handle=handle, by=request.member, at=clock.now())
        messages.success(request, _("It is on its way."))
    else:
        day = _day(request.POST.get("day", ""))
        conversations.check_in(handle=handle, by=request.member, day=day, at=clock.now())
    return redirect("supporter:ask", program, handle)


@require_POST
@requires(Permission.CONVERSATION_HOLD)
def close(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """Close; it can be undone for a quarter of an hour."""
    conversations.close(handle=handle, by=request.member, at=clock.now())
    return redirect("supporter:ask", program, handle)


@require_POST
@requires(Permission.CONVERSATION_HOLD)
def undo(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """Take a close back."""
    conversations.undo_close(handle=handle, by=request.member, at=clock.now())
    messages.success(request, _("It is open again, as it was."))
    return redirect("supporter:ask", program, handle)


@require_POST
@requires(Permission.CONVERSATION_HOLD)
def give_back(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """Step aside or hand back: somebody else takes it on, and no reason is asked."""
    give: Callable[..., None] = (
        actions.step_aside if request.POST.get("how") == "aside" else actions.hand_back
    )
    give(handle=handle, by=request.member, at=clock.now())
    messages.success(request, _("Given back. We'll find another peer. Please delete what you wrote down."))
    return redirect("supporter:today", program)


@require_POST
@requires(Permission.CONVERSATION_HOLD)
def wrong_contact(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """The number or address doesn't work: the desk finds another one, and somebody is asked again."""
    contacts.contact_failed(handle=handle, by=request.member, at=clock.now())
    messages.success(request, _("Thank you. The coordinator looks for another one and may ask you again."))
    return redirect("supporter:today", program)


@requires(Permission.CONVERSATION_HOLD)
def erase(request: MemberRequest, program: str, handle: str) -> HttpResponse:
    """The person asked to be erased: ask once more, then do it."""
    at = clock.now()
    if request.method != "POST":
        held, _part = queries.in_reach(handle, by=request.member, at=at)
        return _page(request, "supporter/erase.html", {"held": held})
    conversations.erase_now(handle=handle, by=request.member, at=at)
    messages.success(request, _("Erased. Please delete your own messages too; we can't do it for you."))
    return redirect("supporter:today", program)


@requires(Permission.ASK_SEE)
def words(request: MemberRequest, program: str) -> HttpResponse:
    """The supporter's own opening lines, used in every note they send."""
    member = request.member.supporter
    if request.method == "POST":
        supporters.update_profile(membership=member, own_words=request.POST.get("own_words", "").strip())
        messages.success(request, _("Saved. Your next note will use them."))
        return redirect("supporter:today", program)
    return _page(request, "supporter/words.html", {"profile": profile(member)})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _page(request: MemberRequest, template: str, content: dict[str, object]) -> HttpResponse:
    return render(request, template, {"here": request.here, "member": request.member, **content})
