"""The recipient's own pages: one link, no account. Reading changes nothing; every change is a press."""

from datetime import date, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from touchbase.kernel import clock
from touchbase.kernel.errors import NotFound, Unavailable
from touchbase.outreach import answers, choosing, queries
from touchbase.outreach import onward as onward_help
from touchbase.referrals.course import Answer
from touchbase.referrals.lifecycle import Actor
from touchbase.referrals.queries import Working
from touchbase.web.private.pages import note_for
from touchbase.web.shared.access import private_link
from touchbase.web.shared.language import speak

COOKIE = "note"
COOKIE_SECONDS = 20 * 60  # ruling C3


@require_safe
@private_link
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """The link from a message: keep it for twenty minutes apart from the address, and show the page."""
    if _opened(request, token, clock.now()) is None:
        return _ended(request)
    answer = HttpResponseRedirect(reverse("private:note"))
    answer.set_cookie(
        COOKIE,
        token,
        max_age=COOKIE_SECONDS,
        path=reverse("private:note"),
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )
    return answer


@require_safe
@private_link
def note(request: HttpRequest) -> HttpResponse:
    """Where the referral is, what can be answered, and what is kept."""
    at = clock.now()
    held = _mine(request, at)
    if held is None:
        return _ended(request)
    view = queries.private_details(held, at=at)
    page = note_for(held, peer=view.peer, by_mail=view.by_mail, at=at, own=view.own, topics=view.topics)
    return render(request, "private/note.html", {"note": page, "policy": held.policy})


@require_POST
@private_link
def answer(request: HttpRequest) -> HttpResponse:
    """Keep one of the three answers."""
    at = clock.now()
    held = _mine(request, at)
    if held is None:
        return _ended(request)
    said = request.POST.get("answer", "")
    if said in {Answer.YES, Answer.NOT_NOW, Answer.RESOURCES}:
        answers.by_recipient(held=held, said=Answer(said), at=at)
    return redirect("private:note")


@require_POST
@private_link
def another(request: HttpRequest) -> HttpResponse:
    """The peer they chose can't: another one may be asked."""
    at = clock.now()
    held = _mine(request, at)
    if held is None:
        return _ended(request)
    choosing.ask_another(held=held, by=Actor.RECIPIENT, at=at)
    return redirect("private:note")


@require_POST
@private_link
def send_list(request: HttpRequest) -> HttpResponse:
    """Send the list of resources by mail, because the person pressed for it."""
    at = clock.now()
    held = _mine(request, at)
    if held is None:
        return _ended(request)
    answers.send_list(held=held, at=at)
    return redirect("private:note")


@require_POST
@private_link
def check_in(request: HttpRequest) -> HttpResponse:
    """Agree a day on which the peer asks again, or take it back."""
    at = clock.now()
    held = _mine(request, at)
    if held is None:
        return _ended(request)
    answers.agree_check_in_by_recipient(held=held, day=_day(request.POST.get("day", "")), at=at)
    return redirect("private:note")


@require_POST
@private_link
def onward(request: HttpRequest) -> HttpResponse:
    """Keep whether other help arrived."""
    at = clock.now()
    held = _mine(request, at)
    if held is None:
        return _ended(request)
    onward_help.by_recipient(held=held, said=request.POST.get("onward", ""), at=at)
    return redirect("private:note")


@private_link
def erase(request: HttpRequest) -> HttpResponse:
    """Ask once more, then erase now. There is no undo, and the page says so before."""
    at = clock.now()
    held = _mine(request, at)
    if held is None:
        return _ended(request)
    if request.method != "POST":
        return render(request, "private/erase.html", {"policy": held.policy})
    answers.withdraw(held=held, at=at)
    return _erased(request, held)


@require_POST
@private_link
def not_me(request: HttpRequest) -> HttpResponse:
    """The link reached the wrong person: erase at once."""
    at = clock.now()
    held = _mine(request, at)
    if held is None:
        return _ended(request)
    answers.not_me(held=held, at=at)
    return _erased(request, held)


def _mine(request: HttpRequest, at: datetime) -> Working | None:
    token = request.COOKIES.get(COOKIE, "")
    return _opened(request, token, at) if token else None


def _opened(request: HttpRequest, token: str, at: datetime) -> Working | None:
    """What a link leads to, or None. Whatever fails from here on, the page of that says whom to call."""
    try:
        held = queries.private_view(token, at=at)
    except NotFound:
        return None
    except Unavailable:
        request.desk = queries.desk_behind(token, at=at)  # type: ignore[attr-defined]
        raise
    request.desk = held.policy.coordinator  # type: ignore[attr-defined]
    speak(held.policy, held.course.language)
    return held


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _ended(request: HttpRequest) -> HttpResponse:
    answer = render(request, "private/ended.html", status=404)
    answer.delete_cookie(COOKIE, path=reverse("private:note"))
    return answer


def _erased(request: HttpRequest, held: Working) -> HttpResponse:
    answer = render(request, "private/erased.html", {"policy": held.policy})
    answer.delete_cookie(COOKIE, path=reverse("private:note"))
    return answer
