"""What a program may promise, in sentences made from its policy (ux.md T13; rulings A1, B3, B9, B37).

Whole sentences are translated, never halves. A test measures that each reads at grade 6 or below.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from touchbase.programs.policy import CoordinatorSees, Court, Mode, OwnDepartment, Policy, WhoKnows

_DAY = 24  # hours


class Ring(StrEnum):
    """How much somebody knows, as the page draws it."""

    FULL = "full"
    HALF = "half"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of "Who knows what"."""

    who: str
    what: str
    ring: Ring


def clock_sentence(policy: Policy) -> str:
    """How soon a peer is found and writes. The match clock stops when a peer accepts (ruling B3)."""
    clock = policy.clock
    hours, soon = _hours(clock.match_within_hours), _soon(clock.touch_within_hours)
    if clock.weekend_match_within_hours == clock.match_within_hours:
        return _("We find a peer within {hours}; they usually write {soon}.").format(hours=hours, soon=soon)
    return _("We find a peer within {hours}, or {weekend} on weekends; they usually write {soon}.").format(
        hours=hours, weekend=clock.weekend_match_within_hours, soon=soon
    )


def _hours(hours: int) -> str:
    return ngettext("{n} hour", "{n} hours", hours).format(n=hours)


def hours_said(hours: float) -> str:
    """Hours of training with their unit: "1.5 hours", "1 hour"."""
    return ngettext("{n} hour", "{n} hours", 1 if hours == 1 else 2).format(n=f"{hours:g}")


def _soon(hours: int) -> str:
    if hours < _DAY:
        return _("within {hours}").format(hours=_hours(hours))
    if hours == _DAY:
        return _("the same or the next day")
    return _("within {days} days").format(days=-(-hours // _DAY))


def department_sentence(policy: Policy) -> str:
    """Whether one's own team is asked: only as far as a person tells which it is (ruling A1)."""
    return {
        OwnDepartment.NEVER: _("We don't ask your own team, when you tell us which it is."),
        OwnDepartment.ASK: _("We ask your own team only if you want that."),
        OwnDepartment.FINE: _("Your peer may come from any team, your own too."),
    }[policy.matching.own_department]


def ways_sentence(policy: Policy) -> str:
    """How the two can talk, by phone or in person, as a sentence."""
    names = {Mode.PHONE: _("by phone"), Mode.VIDEO: _("by video"), Mode.IN_PERSON: _("in person")}
    ways = either([names[mode] for mode in policy.contact.modes])
    return _("{ways}.").format(ways=ways[:1].upper() + ways[1:])


def exceptions_sentence(policy: Policy) -> str:
    """What a peer can't keep to themself, and that they say so first when they can (ruling B37)."""
    found = policy.safety.exceptions
    if len(found) == 1:
        return _(
            "One exception: if {danger}, your peer will get help, and will tell you first when they can."
        ).format(danger=found[0])
    return _(
        "There are exceptions. Your peer will get help if {dangers}. They will tell you first when they can."
    ).format(dangers=either([_("if {danger}").format(danger=one) for one in found]).removeprefix(_("if ")))


def reporting_sentence(policy: Policy) -> str:
    """What the law may want to know of; empty when the program names nothing (ruling B37)."""
    if not policy.safety.reporting:
        return ""
    what = either(policy.safety.reporting)
    return _("By law, your peer may have to report a few things. These are {what}.").format(what=what)


def record_sentence(policy: Policy) -> str:
    """Whether this is on anybody's record. "Not on forms" only if counsel confirmed it (T13)."""
    file = _("Nobody adds this to your file.")
    if policy.confidence.licensing_confirmed:
        forms = _("You don't report it on a form for your license or your credentials.")
    else:
        forms = _("We don't know yet what each licensing form may ask.")
    return f"{file} {forms}"


def court_statement(policy: Policy, *, window_hours: int | None) -> str:
    """Whether this could be used in court, as counsel approved it (ux.md T13).

    `window_hours` is when old backups can't be read any more; None while no operator has attested that
    keys are in no other backup (ruling A7), and then nothing is said of backups.
    """
    state = policy.program.state_name
    if policy.legal.court is Court.PROTECTED:
        said = [
            _("In {state}, the law protects these talks in most situations ({citation}).").format(
                state=state, citation=policy.legal.citation
            ),
            _("We still write down as little as we can."),
        ]
    elif policy.legal.court is Court.NOT_PROTECTED:
        said = [_("In {state}, peer support talks do not have special legal protection.").format(state=state)]
        said += [*_little_is_kept(), *_erasing(policy, window_hours), *_peer_keeps_nothing()]
    else:
        said = [
            _("We're checking how the law in {state} treats these talks.").format(state=state),
            _("Until we know, please assume that anything written could be asked for."),
            _("Your peer keeps no notes."),
        ]
    return " ".join([*said, *_additions(policy)])


def _little_is_kept() -> list[str]:
    return [
        _("Anything written down could be asked for, so we write down as little as we can."),
        _("That is your name, how to reach you, and that you were matched."),
    ]


def _erasing(policy: Policy, window_hours: int | None) -> list[str]:
    if policy.legal.erase_paused:
        return [_("Right now nothing is erased: {reason}").format(reason=policy.legal.erase_paused)]
    said = [_("We erase that when we close.")]
    if window_hours is not None:
        said.append(
            _("{hours} later, while the service runs, it can't be read even from old backups.").format(
                hours=_hours(window_hours)
            )
        )
    return said


def _peer_keeps_nothing() -> list[str]:
    return [
        _("Your peer keeps no notes."),
        _("Your peer is asked to delete your messages; we can't do it for them."),
    ]


def _additions(policy: Policy) -> list[str]:
    said = [policy.legal.remark] if policy.legal.remark else []
    if policy.confidence.licensing_confirmed:
        said.append(_("Using peer support is not something you report on licensing or credentialing forms."))
    if policy.legal.phone:
        asked = _("For questions, call {contact} at {phone}.")
        said.append(asked.format(contact=policy.legal.contact, phone=policy.legal.phone))
    return said


def approval_line(policy: Policy) -> str:
    """Which role approved the court statement, and when; empty while nobody has."""
    legal = policy.legal
    if not (legal.approved_by and legal.approved_on):
        return ""
    day = date_format(legal.approved_on, _("M j, Y"))
    return _("Approved by: {role}, {day}.").format(role=legal.approved_by, day=day)


def urgent_line(policy: Policy) -> str:
    """The first number for somebody in danger, as a message ends: always with the number itself."""
    first = policy.urgent[0]
    if first.number in first.label:
        return _("Need someone right now? {call}.").format(call=first.label)
    return _("Need someone right now? {call}: {number}.").format(call=first.label, number=first.number)


def who_knows_rows(policy: Policy, *, around: bool = False) -> tuple[Row, ...]:
    """Who knows what of a person, the one who knows most first (rulings A3, B7 to B9).

    `around`: somebody who asked not to go through the coordinator; only the backup knows (ruling D9).
    """
    rows = []
    if policy.confidence.who_knows is WhoKnows.TWO:
        what = _("Only the two of you know. Nothing is written down here.")
        rows.append(Row(_("A peer you choose and call yourself"), what, Ring.FULL))
    rows.append(
        Row(_("Your peer supporter"), _("Your name and how to reach you. They keep no notes."), Ring.FULL)
    )
    rows.append(_desk_row(policy, around=around))
    aside = _("They have seen your name. Your page shows how many did.")
    rows.append(Row(_("A peer who stepped aside"), aside, Ring.HALF))
    leaders = _("Nothing. Leaders see half-year totals, and none of fewer than {floor} people.")
    nothing = leaders.format(floor=policy.reporting.floor)
    rows.append(Row(_("Your chief, HR, risk, licensing boards"), nothing, Ring.EMPTY))
    return tuple(rows)


def _desk_row(policy: Policy, *, around: bool) -> Row:
    who = (
        policy.backup.title
        if around
        else _("{coordinator}, or when away: {backup}").format(
            coordinator=policy.coordinator.title, backup=policy.backup.title
        )
    )
    if policy.confidence.coordinator_sees is CoordinatorSees.UNTIL_ACCEPT:
        what = _(
            "Your name, and how to reach you, until a peer says yes. Then only that you are with a peer."
        )
    else:
        what = _("Your name, how to reach you, and who you were matched with. Erased when we close.")
    return Row(who, what, Ring.HALF)


def either(parts: Sequence[str]) -> str:
    """Parts as people list them: "a, b or c"."""
    if len(parts) == 1:
        return parts[0]
    return _("{parts} or {last}").format(parts=", ".join(parts[:-1]), last=parts[-1])
