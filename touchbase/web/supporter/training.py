"""A supporter's own training: hours, sessions, answers, the certificate."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from touchbase.accounts.permissions import Permission
from touchbase.kernel import clock
from touchbase.kernel.errors import NotFound
from touchbase.programs.hours import local_day
from touchbase.programs.statements import hours_said
from touchbase.supporters import certificate as certificates
from touchbase.supporters import training as planning
from touchbase.supporters import trainings as reading
from touchbase.supporters.occasions import Said
from touchbase.web.shared import occasions
from touchbase.web.shared.access import MemberRequest, requires
from touchbase.web.shared.planning import calendar_answer
from touchbase.web.shared.role import rules_of


@require_safe
@requires(Permission.OWN_YEAR_SEE)
def training(request: MemberRequest, program: str) -> HttpResponse:
    """Where one stands, the sessions ahead with one's answers, and those one was at."""
    here, member = request.here, request.member.supporter
    today = local_day(clock.now(), here.policy)
    one = reading.learner(member, today)
    lines = [occasions.session_line(each, today) for each in reading.sessions_for(member, here.id)]
    content = {
        "here": here,
        "sentence": occasions.standing_sentence(one, here.policy),
        "hours": hours_said(float(one.hours)),
        "ahead": [line for line in reversed(lines) if not line.past],
        "done": [line for line in lines if line.one.done],
        "certified": one.trained is not None and one.trained <= today,
        "rules": rules_of(here.policy),
    }
    return render(request, "supporter/training.html", content)


@require_POST
@requires(Permission.OWN_YEAR_SEE)
def answer(request: MemberRequest, program: str, training: str) -> HttpResponse:
    """I'll be there, or I can't."""
    said = request.POST.get("said", "")
    if said in set(Said):
        today = local_day(clock.now(), request.here.policy)
        planning.answer(training=training, membership=request.member.supporter, said=Said(said), today=today)
        sentences = {
            Said.COMING: _("Noted: you'll be there."),
            Said.CANNOT: _("Noted: you can't. That's fine."),
        }
        messages.success(request, sentences[Said(said)])
    return redirect("supporter:training", program)


@require_safe
@requires(Permission.OWN_YEAR_SEE)
def calendar(request: MemberRequest, program: str, training: str) -> HttpResponse:
    """A session as a file for a calendar."""
    one = reading.session(training, request.here.id)
    return calendar_answer(
        key=one.id,
        day=one.day,
        begins=one.begins,
        length=timedelta(hours=float(one.hours)),
        place=one.place,
        title=_("Training"),
        policy=request.here.policy,
        at=clock.now(),
    )


@require_safe
@requires(Permission.OWN_YEAR_SEE)
def certificate(request: MemberRequest, program: str) -> HttpResponse:
    """One's certificate as a PDF. It isn't there before the training is done."""
    policy = request.here.policy
    today = local_day(clock.now(), policy)
    one = reading.learner(request.member.supporter, today)
    if one.trained is None or one.trained > today:
        raise NotFound(_("Your certificate is here when your training is done."))
    words = certificates.certificate_of(one, policy, month=occasions.said_month(one.trained))
    name = f'attachment; filename="{certificates.FILE}"'
    return HttpResponse(
        certificates.pdf(words), content_type=certificates.TYPE, headers={"Content-Disposition": name}
    )
