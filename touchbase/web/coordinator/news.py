"""Writing to the email list: how many, a text about the program, a look at the mail, one press."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from touchbase.accounts.permissions import Permission
from touchbase.awareness import news as reading
from touchbase.awareness import subscribing
from touchbase.kernel import clock
from touchbase.kernel.errors import DomainError
from touchbase.outreach.subscriber import written_news
from touchbase.web.shared.access import MemberRequest, requires


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OUTREACH_HOLD)
def news(request: MemberRequest, program: str) -> HttpResponse:
    """The field, and after it the mail as it will read. A look sends nothing."""
    typed = request.POST.get("text", "")
    if request.method != "POST":
        return _page(request)
    try:
        text = reading.text_from(typed)
    except DomainError as unclear:
        return _page(request, typed=typed, problems={"text": unclear.message}, status=422)
    link = _("(their own link)")
    return _page(request, typed=text, preview=written_news(request.here.policy, text, link))


@require_POST
@requires(Permission.OUTREACH_HOLD)
def send(request: MemberRequest, program: str) -> HttpResponse:
    """Send it to everybody on the list."""
    typed = request.POST.get("text", "")
    try:
        text = reading.text_from(typed)
        subscribing.send(program_id=request.here.id, text=text, by=request.member.account, at=clock.now())
    except DomainError as refused:
        return _page(request, typed=typed, problems={"text": refused.message}, status=422)
    messages.success(request, _("On its way. It is sent over the next hours, by day."))
    return redirect("coordinator:news", program)


def readers_said(n: int) -> str:
    """How many get the news: a number of fewer than the floor could point at somebody."""
    if not n:
        return _("Nobody is on the list yet.")
    if n < 11:
        return _("Fewer than 11 people are on the list.")
    return ngettext("%(n)s person is on the list.", "%(n)s people are on the list.", n) % {"n": n}


def _page(request: MemberRequest, *, status: int = 200, **content: object) -> HttpResponse:
    here = request.here
    last = reading.last_sent(here.id)
    page = {
        "here": here,
        "readers": readers_said(reading.how_many(here.id)),
        "last": f"{last:%b} {last.day}, {last.year}" if last else "",
        "longest": reading.TEXT_LENGTH,
        **content,
    }
    return render(request, "coordinator/news.html", page, status=status)
