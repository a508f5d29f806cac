"""The settings page: what the program's file says, and what is confirmed by a press (ruling B28)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from touchbase.notifications.channels import mail
from touchbase.notifications.queries import can_send
from touchbase.programs import brand, presses, statements
from touchbase.programs.hours import holidays_of
from touchbase.programs.policy import Policy
from touchbase.web.coordinator import policy_values as values
from touchbase.web.coordinator.policy_groups import Group, groups

CALL_AGAIN = timedelta(days=90)  # a number that nobody called for so long may not answer any more


@dataclass(frozen=True, slots=True)
class Line:
    """One key of the file: what it is called, and what it says, a line each."""

    label: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the page."""

    name: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Called:
    """One number for somebody in danger, and when it was last called."""

    label: str
    number: str
    hours: str
    called: str
    again: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """The court statement as people read it, who approved it and when."""

    says: str
    approval: str
    may_be_approved: bool


def parts(policy: Policy, today: date) -> tuple[Part, ...]:
    """Everything the file says, and what follows from it."""
    more: Mapping[str, Iterator[Line]] = {
        "clocks": _clocks(policy, today),
        "matching": iter((Line(_("So your page says"), (statements.department_sentence(policy),)),)),
        "privacy": iter((Line(_("So your page says"), _who_knows(policy)),)),
        "brand": _color(policy.program.brand_color),
        "mail": _mail(policy),
    }
    return tuple(_part(group, policy, more.get(group.name, iter(()))) for group in groups())


def _part(group: Group, policy: Policy, more: Iterator[Line]) -> Part:
    lines = (Line(label, values.said(policy, key)) for key, label in group.keys.items())
    return Part(group.name, group.title, (*lines, *more))


def _clocks(policy: Policy, today: date) -> Iterator[Line]:
    yield Line(_("So your page says"), (statements.clock_sentence(policy),))
    for year in (today.year, today.year + 1):
        days = sorted(day for day in holidays_of(policy, year) if day >= today)
        label = _("Days off still ahead in {year}").format(year=year)
        yield Line(label, (", ".join(f"{day:%b} {day.day}" for day in days),) if days else ())


def _who_knows(policy: Policy) -> tuple[str, ...]:
    return tuple(f"{row.who}: {row.what}" for row in statements.who_knows_rows(policy))


def _color(color: str) -> Iterator[Line]:
    both = brand.themes(color)
    apart = _("{n} to 1; {least} to 1 is needed").format(
        n=f"{brand.contrast(color, brand.WHITE):.1f}", least=brand.LEAST
    )
    yield Line(_("White text on it"), (apart,))
    yield Line(_("As it stands on light pages"), (both.light.brand,))
    yield Line(_("As it stands on dark pages"), (both.dark.brand,))


def _mail(policy: Policy) -> Iterator[Line]:
    sends = _("Yes") if can_send() else _("No: there is no mail server. Peers send all by themselves.")
    yield Line(_("Touchbase can send mail"), (sends,))
    yield Line(_("Mail comes from"), (f"{policy.program.short_name} <{mail.sender()}>",))
    yield Line(_("Replies to the desk go to"), (policy.coordinator.email,))


def urgent(policy: Policy, today: date) -> tuple[Called, ...]:
    """The numbers for somebody in danger, each with the day of its last call."""
    return tuple(
        Called(
            one.label,
            one.number,
            one.hours,
            values.day(one.checked_on),
            again=today - one.checked_on > CALL_AGAIN,
        )
        for one in policy.urgent
    )


def statement(policy: Policy) -> Statement:
    """What the program says of courts."""
    return Statement(
        statements.court_statement(policy, window_hours=None),
        statements.approval_line(policy),
        presses.is_stated(policy),
    )
