"""What the open referral says: the person while they wait, who fits and why, and what can be done."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from touchbase.kernel.ids import reference
from touchbase.matching.reasons import Widen
from touchbase.outreach.queries import DeskView, Option, fitting, left_out
from touchbase.programs.policy import Channel, Kind, Policy
from touchbase.referrals import agenda, clock
from touchbase.referrals.course import Contact
from touchbase.referrals.lifecycle import State
from touchbase.referrals.queries import Working
from touchbase.web.coordinator.board import came_from
from touchbase.web.coordinator.words import step_words
from touchbase.web.shared.form import knows_words
from touchbase.web.shared.when import left, short


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the coordinator may know."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Widening:
    """One way to find somebody when nobody fits: what to do, how many it adds, and whom to ask first."""

    says: str
    adds: int
    first: str
    is_call: bool  # it adds nobody to ask, but somebody calls


@dataclass(frozen=True, slots=True)
class Same:
    """Another referral that is perhaps of the same person."""

    handle: str
    ref: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One referral, as the right side of the board shows it."""

    handle: str
    ref: str
    state: State
    held: bool
    title: str
    clock: str
    due: str
    late: bool
    chips: tuple[str, ...]
    facts: tuple[Fact, ...]
    trail: tuple[Fact, ...]
    heading: str  # above the options
    options: tuple[Option, ...]
    left_out: tuple[Option, ...]
    left_out_line: str
    widening: tuple[Widening, ...]
    says: str
    hidden: bool
    asks_first: bool  # nobody else is asked before the person says so
    can_reassign: bool
    undo_until: str
    policy: Policy
    same: tuple[Same, ...]
    wrong_contact: bool
    can_ask_referrer: bool


def panel_for(view: DeskView, at: datetime, *, everyone: bool = False) -> Panel:
    """The panel of a referral. With `everyone`, all who fit and all who don't."""
    held, policy = view.held, view.held.policy
    hidden = view.hidden
    waiting = held.state is State.RECEIVED
    return Panel(
        handle=held.handle,
        ref=view.ref,
        state=held.state,
        held=held.held,
        title=view.person.identity.name if view.person else _("Ref %(ref)s") % {"ref": view.ref},
        clock=left(held.course.due, at) if waiting else "",
        due=short(held.course.due, policy.zone, at) if waiting else "",
        late=waiting and held.course.due < at,
        chips=_chips(view),
        facts=_facts(view),
        trail=() if hidden else _trail(held),
        heading=_heading(view),
        options=fitting(view, everyone=everyone),
        left_out=left_out(view) if everyone else (),
        left_out_line=_left_out_line(view),
        widening=_widening(view),
        says=_("This referral is with a peer. Nothing more is shown here, as this program promises.")
        if hidden
        else _says(held, at),
        hidden=hidden,
        asks_first=waiting and held.course.asks_first,
        can_reassign=held.state in {State.MATCHED, State.ACCEPTED, State.INVITED, State.TALKING}
        and not hidden,
        undo_until=_undo(held, at),
        policy=policy,
        same=tuple(Same(handle, reference(handle)) for handle in view.same),
        wrong_contact=waiting and held.course.wrong_contact,
        can_ask_referrer=bool(view.person and view.person.contact.referrer_contact),
    )


def _heading(view: DeskView) -> str:
    """How many are shown: the best three, or fewer."""
    shown = len(view.ranking.top) if view.ranking else 0
    return (
        "",
        _("One good person for this"),
        _("Two good people for this"),
        _("Three good people for this"),
    )[shown]


def _left_out_line(view: DeskView) -> str:
    """How many aren't shown and why: "21 others not shown: 8 same department, 6 at their limit."."""
    if view.ranking is None:
        return ""
    counts = view.ranking.left_out_counts
    rest = len(view.ranking.fits) - len(view.ranking.top)
    parts = [bar.said(n, _) for bar, n in counts.items()]
    if rest:
        parts.insert(0, ngettext("%(n)s more who fits", "%(n)s more who fit", rest) % {"n": rest})
    total = sum(counts.values()) + rest
    if not total:
        return ""
    line = ngettext("%(n)s other not shown: %(why)s.", "%(n)s others not shown: %(why)s.", total)
    return line % {"n": total, "why": ", ".join(parts)}


def _widening(view: DeskView) -> tuple[Widening, ...]:
    if view.ranking is None:
        return ()
    return tuple(
        Widening(
            _(each.step.sentence), each.adds, each.keys[0] if each.keys else "", each.step is Widen.BACKUP
        )
        for each in view.ranking.widening
    )


def _chips(view: DeskView) -> tuple[str, ...]:
    wished, policy = view.wishes, view.held.policy
    if wished is None:
        return ()
    picked: tuple[tuple[Kind, str], ...] = (
        ("profession", wished.profession),
        ("department", wished.department),
        ("site", wished.site),
    )
    return tuple(policy.label_of(kind, key) for kind, key in picked if key)


def _facts(view: DeskView) -> tuple[Fact, ...]:
    facts = [Fact(_("Came from"), came_from(view.held.course.source))]
    if view.held.course.knows and not view.hidden:
        facts.append(Fact(_("Do they know?"), knows_words()[view.held.course.knows]))
    if view.person and view.person.identity.referrer_name:
        facts.append(Fact(_("Asked by, may be named"), view.person.identity.referrer_name))
    if view.person:
        facts.append(Fact(_("Reach them by"), _reach(view.person.contact, view.held.policy)))
    if view.wishes and view.wishes.peer:
        first = view.wishes.only_peer and not view.held.course.anyone
        busy = _("If busy, tell them first") if first else _("If busy, ask another")
        facts.append(Fact(_("Chose a peer"), busy))
    if view.wishes and view.wishes.not_with:
        facts.append(Fact(_("Not with"), view.wishes.not_with))
    return tuple(facts)


def _reach(contact: Contact, policy: Policy) -> str:
    ways = {Channel.TEXT: _("Text"), Channel.CALL: _("Call"), Channel.EMAIL: _("Email")}
    times = [policy.label_of("time", key).lower() for key in contact.times]
    return ", ".join([ways[contact.channel], *times])


def _says(held: Working, at: datetime) -> str:
    policy, course = held.policy, held.course
    if held.state is State.MATCHED and course.ask:
        until = clock.said(course.ask.until, policy.zone, at)
        return _("A peer was asked and has until %(until)s to answer. Then it comes back to you.") % {
            "until": until
        }
    if held.state is State.ACCEPTED and course.undelivered:
        return _("Our note couldn't be sent. The peer was asked to write from their own phone.")
    if held.state is State.ACCEPTED:
        due = clock.said(clock.touch_due(course.accepted or course.active, policy), policy.zone, at)
        return _("A peer said yes. Their note should go out by %(due)s.") % {"due": due}
    return {
        State.INVITED: _("A note went out. Nothing is needed from you."),
        State.TALKING: _("They are talking. Nothing is needed from you."),
        State.RESTING: _("They said not now, or didn't answer. It rests, then closes by itself."),
        State.CLOSING: _closed(held),
    }.get(held.state, "")


def _closed(held: Working) -> str:
    if held.course.elsewhere:
        return _("Sent elsewhere. Their page says: %(otherwise)s") % {
            "otherwise": held.policy.eligibility.otherwise
        }
    if held.course.joined:
        return _("Joined with their other request. It is erased now.")
    return _("It is closed.")


def _undo(held: Working, at: datetime) -> str:
    if held.state is not State.CLOSING or held.course.previous is None:
        return ""
    return clock.said(agenda.undo_until(held.course.closed or at), held.policy.zone, at)


def _trail(held: Working) -> tuple[Fact, ...]:
    arrived = Fact(clock.part_of_day(held.course.arrived, held.policy.zone), _("Referral arrived"))
    words = step_words()
    return (arrived, *(Fact(line.when, words.get(line.step, line.step.value)) for line in held.course.trail))


def today(policy: Policy, at: datetime) -> str:
    """The moment at the top of the board."""
    local = at.astimezone(policy.zone)
    return f"{local:%A, %B} {local.day}, " + clock.said(at, policy.zone, at).removeprefix("today, ")
