"""What a supporter's pages say, worked out from where each referral is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from touchbase.kernel.ids import reference
from touchbase.notifications.messages import Template
from touchbase.outreach import etiquette, offering
from touchbase.outreach.letters import ReadyNote, reach, ready_note
from touchbase.outreach.queries import AskView
from touchbase.programs.policy import Channel, Policy
from touchbase.referrals import agenda, clock
from touchbase.referrals.lifecycle import State
from touchbase.referrals.queries import Working
from touchbase.web.shared.contact import spelled
from touchbase.web.shared.days import day_words
from touchbase.web.shared.form import came_in, knows_words
from touchbase.web.shared.when import said, short

CHECK_IN_WEEKS = (1, 2, 4)


@dataclass(frozen=True, slots=True)
class Line:
    """One referral on a supporter's page: what is theirs to do next."""

    handle: str
    ref: str
    says: str
    due: str
    late: bool
    waiting: bool  # whether it waits for this supporter, not for somebody else


def line_for(held: Working, at: datetime) -> Line:
    """One line of the list."""
    says, until, waiting = _next(held, at)
    return Line(
        handle=held.handle,
        ref=reference(held.handle),
        says=says,
        due=short(until, held.policy.zone, at) if until else "",
        late=bool(until and until < at),
        waiting=waiting,
    )


def _next(held: Working, at: datetime) -> tuple[str, datetime | None, bool]:
    course, policy = held.course, held.policy
    if held.state is State.MATCHED:
        return _("Could you take this one?"), course.ask.until if course.ask else None, True
    if held.state is State.ACCEPTED:
        return _("Send the note"), clock.touch_due(course.accepted or course.active, policy), True
    if held.state is State.INVITED:
        if not etiquette.why_not_touch(held.state, course, policy, at):
            return _("No answer yet. A second note may go"), None, True
        return _("Waiting for their answer"), None, False
    return _talking(held, at)


def _talking(held: Working, at: datetime) -> tuple[str, datetime | None, bool]:
    agreed, today = held.course.check_in, at.astimezone(held.policy.zone).date()
    if agreed and agreed <= today and not held.course.checked_back:
        return _("Check back today"), None, True
    if agreed and held.course.talks:
        return _("Check back on %(day)s") % {"day": day_words(agreed)}, None, False
    return _("They said: let's talk"), None, True


def sentence(lines: Sequence[Line]) -> str:
    """The heading of the list."""
    waiting = sum(line.waiting for line in lines)
    if not waiting:
        return _("Nothing waits for you.")
    return ngettext("One thing waits for you.", "%(n)s things wait for you.", waiting) % {"n": waiting}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a supporter may know."""

    label: str
    value: str


def facts(view: AskView) -> tuple[Fact, ...]:
    """Profession, place, way and time: what is seen before yes."""
    policy, wished = view.held.policy, view.wishes
    times = [policy.label_of("time", key) for key in view.times]
    chosen = bool(wished.peer) and wished.peer == view.held.assignee
    return (
        *((Fact(_("Why you"), _("They chose you from the list")),) if chosen else ()),
        Fact(
            _("Role"),
            policy.label_of("profession", wished.profession) if wished.profession else _("Not said"),
        ),
        Fact(_("Site"), policy.label_of("site", wished.site) if wished.site else _("Not said")),
        Fact(_("Reach them by"), CHANNEL_LABELS()[view.channel]),
        Fact(_("Best time"), ", ".join(times) or _("Any")),
        *_after_yes(view),
    )


def _after_yes(view: AskView) -> tuple[Fact, ...]:
    """How they came in, and whether they know: so that the first words fit."""
    course = view.held.course
    if view.person is None:
        return ()
    came = Fact(_("Came from"), came_in()[course.source])
    return (came, Fact(_("Do they know?"), knows_words()[course.knows])) if course.knows else (came,)


def CHANNEL_LABELS() -> dict[str, str]:  # noqa: N802 - read like a table, translated at each use
    """The channels as people read them."""
    return {"text": _("Text"), "call": _("Call"), "email": _("Email")}


@dataclass(frozen=True, slots=True)
class Pick:
    """Something to tick."""

    value: str
    label: str
    picked: bool


@dataclass(frozen=True, slots=True)
class Outreach:
    """What can be done now about an accepted referral."""

    note: ReadyNote | None
    contact: str  # as it is read
    reach: str  # an address that opens the phone or mail, without a note
    times: tuple[Pick, ...]  # what may be offered in the note
    offered: str  # the times that were ticked, as the note says them
    second: bool
    why_not: str
    check_in_due: bool
    weeks: tuple[Pick, ...]
    help: ReadyNote | None  # a short list, for somebody who said to their peer that they want one


def outreach_for(
    view: AskView, *, check_in_due: bool, at: datetime, ticked: Sequence[str] = ()
) -> Outreach | None:
    """The note to send now, or why none can go, and the days on which a check-in may be agreed.

    None before a yes: there is nobody to reach yet.
    """
    held, person = view.held, view.person
    if person is None:
        return None
    refusal = etiquette.why_not_touch(held.state, held.course, held.policy, at, _)
    template = _template(held, refusal, check_in_due=check_in_due)
    picked = offering.picked(ticked, held.policy)
    worded = replace(held, course=held.course.changed(offered_times=picked))
    return Outreach(
        note=ready_note(template, worded, person, at) if template else None,
        contact=spelled(person.contact.address),
        reach=reach(person),
        times=_times(held.policy, picked) if _says_when(template, person.contact.channel) else (),
        offered=offering.offered(picked, held.policy, _) if picked else "",
        second=bool(held.course.touches),
        why_not=refusal if held.state is State.INVITED else "",
        check_in_due=check_in_due,
        weeks=_weeks(held, at),
        help=ready_note(Template.RESOURCES, held, person, at) if held.course.touches else None,
    )


def _template(held: Working, refusal: str, *, check_in_due: bool) -> Template | None:
    if held.state is State.TALKING:
        return Template.CHECK_IN if check_in_due else None
    if refusal:
        return None
    return Template.SECOND_TOUCH if held.course.touches else Template.INVITATION


def _says_when(template: Template | None, channel: Channel) -> bool:
    """Only a first note says when its writer has time; in a call that is said as it goes."""
    return template is Template.INVITATION and channel is not Channel.CALL


def _times(policy: Policy, picked: Sequence[str]) -> tuple[Pick, ...]:
    return tuple(Pick(one.key, one.label, one.key in picked) for one in offering.choices(policy))


def _weeks(held: Working, at: datetime) -> tuple[Pick, ...]:
    """The days to choose from, what is agreed already among them: pressing "we talked" keeps a promise."""
    today = at.astimezone(held.policy.zone).date()
    days = {
        today + timedelta(weeks=weeks): ngettext("In a week", "In %(n)s weeks", weeks) % {"n": weeks}
        for weeks in CHECK_IN_WEEKS
        if weeks * 7 <= held.policy.clock.check_in_within_days
    }
    agreed = held.course.check_in
    if agreed and agreed > today:
        days.setdefault(agreed, _("On %(day)s, as agreed") % {"day": day_words(agreed)})
    return tuple(Pick(day.isoformat(), label, day == agreed) for day, label in sorted(days.items()))


def undo_until(held: Working, at: datetime) -> str:
    """Until when a close can be taken back, in words."""
    return said(agenda.undo_until(held.course.closed or at), held.policy.zone, at)
