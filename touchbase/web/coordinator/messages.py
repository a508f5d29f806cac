"""Every message as this program sends it, to look at before anybody gets one. Nobody in them is real."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from touchbase.accounts.permissions import Permission
from touchbase.collaborative.queries import takes_part, together_around
from touchbase.kernel import clock
from touchbase.notifications.catalogue import Reader, Template
from touchbase.outreach.previews import Preview, previews
from touchbase.programs.languages import languages_of, name_of
from touchbase.web.coordinator.message_words import About, about
from touchbase.web.shared.access import MemberRequest, requires


@dataclass(frozen=True, slots=True)
class Group:
    """The messages of one kind of reader."""

    name: str
    title: str
    lines: tuple[tuple[About, Preview], ...]


@require_safe
@requires(Permission.SETTINGS_SEE)
def messages(request: MemberRequest, program: str) -> HttpResponse:
    """All that this program sends, by who reads them."""
    offered = languages_of(request.here.policy)
    asked = request.GET.get("language", "")
    language = asked if asked in offered else offered[0]
    page = {
        "here": request.here,
        "groups": _groups(request, language),
        "languages": [(one, name_of(one), one == language) for one in offered],
    }
    return render(request, "coordinator/messages.html", page)


def _never_sent(program_id: str) -> set[Template]:
    """What only a program of a collaborative sends, and what only the one at its center does."""
    apart = set() if takes_part(program_id) else {Template.TOGETHER}
    return apart if together_around(program_id) else {*apart, Template.CONSULT}


def _groups(request: MemberRequest, language: str) -> tuple[Group, ...]:
    words, never = about(), _never_sent(request.here.id)
    found = [one for one in previews(request.here, clock.now(), language) if one.template not in never]
    titles = {
        Reader.RECIPIENT: _("To people who are reached"),
        Reader.STAFF: _("To peers and the desk"),
        Reader.NOMINEE: _("To those who were named"),
        Reader.INVITED: _("To those you invite"),
        Reader.SUBSCRIBER: _("To the email list"),
    }
    return tuple(
        Group(
            reader.value,
            title,
            tuple((words[one.template], one) for one in found if one.reader is reader),
        )
        for reader, title in titles.items()
    )
