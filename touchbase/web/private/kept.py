"""Everything that is kept of somebody, for their own eyes (ruling D10).

Each thing is named. A name and a contact are not spelled out: the page may be open on a shared screen, or
have reached somebody else (ruling C3).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from touchbase.programs.policy import Channel, Kind, Policy
from touchbase.referrals.course import Contact, Course, Wishes
from touchbase.referrals.queries import Own, Working
from touchbase.web.shared.days import day_words


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that is kept, and what it says."""

    what: str
    value: str


def kept_of(held: Working, own: Own) -> tuple[Kept, ...]:
    """All of it, in the order in which it came."""
    policy = held.policy
    hidden = _("Not spelled out here, so that nobody else reads it.")
    rows = [
        Kept(_("What to call you"), hidden),
        Kept(_("How to reach you"), f"{_channel(own.contact)}. {hidden}"),
        *_picked(own.wishes, own.contact, policy),
        *_wished(own.wishes, policy),
        *_of_who_asked(own, held.course),
        *_so_far(held.course),
    ]
    return tuple(rows)


def _channel(contact: Contact) -> str:
    return {
        Channel.TEXT: _("A number for texts"),
        Channel.CALL: _("A number for calls"),
        Channel.EMAIL: _("An email address"),
    }[contact.channel]


def _picked(wished: Wishes, contact: Contact, policy: Policy) -> Iterator[Kept]:
    picked: tuple[tuple[str, Kind, str], ...] = (
        (_("What you do"), "profession", wished.profession),
        (_("How far along"), "stage", wished.stage),
        (_("Department"), "department", wished.department),
        (_("Site"), "site", wished.site),
    )
    yield from (Kept(what, policy.label_of(kind, key)) for what, kind, key in picked if key)
    if contact.times:
        yield Kept(_("Best time"), ", ".join(policy.label_of("time", key) for key in contact.times))


def _wished(wished: Wishes, policy: Policy) -> Iterator[Kept]:
    number = len(wished.wants) + len(wished.languages)
    if number:
        said = ngettext("One wish for a peer", "%(n)s wishes for a peer", number) % {"n": number}
        yield Kept(_("What you'd prefer"), said)
    if wished.topics:
        yield Kept(_("Open to talk about"), ", ".join(policy.label_of("topic", key) for key in wished.topics))
    if wished.not_with:
        yield Kept(_("Please not with"), _("One name."))
    if wished.peer:
        busy = _("You are told first, should they be busy.") if wished.only_peer else _("Or another one.")
        yield Kept(_("A peer you chose"), busy)


def _of_who_asked(own: Own, course: Course) -> Iterator[Kept]:
    if course.knows:
        yield Kept(_("Who asked for you"), own.identity.referrer_name or _("Not named. We don't say who."))
    if own.contact.referrer_contact:
        yield Kept(_("How to reach them"), _("For one question, should your contact not work."))
    if course.around:
        yield Kept(_("Not through the coordinator"), _("Yes"))


def _so_far(course: Course) -> Iterator[Kept]:
    if course.touches:
        n = len(course.touches)
        yield Kept(_("Notes to you"), ngettext("One", "%(n)s", n) % {"n": n})
    if course.talks:
        n = len(course.talks)
        said = ngettext("That you talked, once", "That you talked, %(n)s times", n) % {"n": n}
        yield Kept(_("Talks"), said + ". " + _("How and about how long, never what."))
    if course.onward:
        yield Kept(_("Other help"), _("Which kind reached you, or that none has yet."))
    if course.safety:
        yield Kept(_("Safety steps"), _("That your peer opened them, and nothing of why."))
    if course.batch:
        yield Kept(_("Who came with you"), _("That others came at the same time, until a peer says yes."))
    if course.check_in:
        yield Kept(_("Check-in"), day_words(course.check_in))
    yield Kept(_("Where this stands"), _("Which step came on which part of a day, and your answer."))
