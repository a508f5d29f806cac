"""Two questions about the program, for whoever comes by: two presses, no text, nobody (ruling A5)."""

import secrets
from dataclasses import dataclass
from http import HTTPStatus

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from touchbase.kernel import clock
from touchbase.kernel.errors import Unavailable
from touchbase.outreach import feedback as counting
from touchbase.outreach.errors import NotAvailable
from touchbase.web.public import cap
from touchbase.web.shared.access import ProgramRequest, public

_ONCE_SECONDS = 60 * 60

_ASKED: dict[str, Promise] = {
    "feedback-reach": _("Was it easy to reach someone?"),
    "feedback-help": _("Did it help?"),
}
_SAID: dict[str, Promise] = {
    "yes": _("Yes"), "some": _("Some"), "not-really": _("Not really"), "skipped": _("Skip"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """One question as the page shows it, with the random number that lets a press count once."""

    key: str
    place: int
    once: str

    @property
    def asked(self) -> Promise:
        """The question."""
        return _ASKED[self.key]

    @property
    def answers(self) -> list[tuple[str, Promise]]:
        """What may be pressed: value and words."""
        return [(said, _SAID[said]) for said in counting.QUESTIONS[self.key]]


@require_http_methods(["GET", "HEAD", "POST"])
@public
def feedback(request: ProgramRequest, program: str) -> HttpResponse:
    """The first question; after a press the next one; at the end thanks."""
    if request.here.state != "open":
        status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
        return _shown(request, "public/feedback_closed.html", {}, status)
    if request.method != "POST":
        return _ask(request, next(iter(counting.QUESTIONS)))
    return _count(request, request.POST.get("question", ""), request.POST.get("said", ""))


def _count(request: ProgramRequest, question: str, said: str) -> HttpResponse:
    here, at, once = request.here, clock.now(), request.POST.get("once", "")[:64]
    if cap.is_full(here.id, at, of=cap.ANSWERS):
        return _ask(request, question, HTTPStatus.TOO_MANY_REQUESTS)
    try:
        # Pressed twice it counts once. Only that this page was sent is remembered, in memory, for an hour.
        if not once or cache.add(f"answered/{here.id}/{once}", 1, timeout=_ONCE_SECONDS):
            counting.answer(here=here, question=question, said=said)
            cap.count(here.id, at, of=cap.ANSWERS)
    except NotAvailable:
        return _ask(request, question, HTTPStatus.UNPROCESSABLE_ENTITY)
    except Unavailable:
        cache.delete(f"answered/{here.id}/{once}")
        return _ask(request, question, HTTPStatus.SERVICE_UNAVAILABLE)
    following = counting.after(question)
    return _ask(request, following) if following else _shown(request, "public/feedback_thanks.html", {})


def _ask(request: ProgramRequest, question: str, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    known = list(counting.QUESTIONS)
    key = question if question in known else known[0]
    content = {
        "question": Question(key, known.index(key) + 1, secrets.token_urlsafe(24)),
        "of": len(known),
        "not_counted": status not in {HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY},
        "unclear": status is HTTPStatus.UNPROCESSABLE_ENTITY,
    }
    return _shown(request, "public/feedback.html", content, status)


def _shown(
    request: ProgramRequest, template: str, content: dict[str, object], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    answer = render(request, template, content, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
