"""What the roster says: a sentence about its gaps, days or weeks in groups, and the strip on the board."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from touchbase.matching.names import TITLES
from touchbase.matching.roster import Duty, Plan, Slot
from touchbase.programs.policy import Policy
from touchbase.programs.queries import CurrentProgram
from touchbase.supporters import duties
from touchbase.supporters.duties import Called, Crowd, Named
from touchbase.web.shared.when import days

STRIP = 4  # days or weeks that are always shown beside the board
_NEAR = timedelta(days=7)  # a gap so near is shown as well


@dataclass(frozen=True, slots=True)
class Cell:
    """One day or week on the roster's page. `mark`: gap, new, thin, or nothing; each is said in words too."""

    day: str
    label: str
    first: str
    second: str
    mark: str
    now: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Some of them under a heading: the days of a week, the weeks of a month."""

    heading: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RosterPage:
    """Everything the page shows. `proposed` is what is new, as the form sends it."""

    sentence: str
    lead: str
    groups: tuple[Group, ...]
    open: bool  # whether a place is open that could be filled
    proposed: tuple[tuple[str, str], ...] = ()


def page_for(
    whole: Sequence[Called], known: Crowd, policy: Policy, today: date, plan: Plan | None = None
) -> RosterPage:
    """The roster in words; with a plan, what would be new in it is marked and can be published."""
    planned = {duty.slot.first: duty for duty in plan.duties} if plan else {}
    second = policy.roster.second
    cells = [_cell(one, planned.get(one.slot.first), known, second=second, today=today) for one in whole]
    pairs = list(zip([one.slot for one in whole], cells, strict=True))
    return RosterPage(
        sentence=sentence([slot for slot, cell in pairs if cell.mark == "gap"]),
        lead=_lead(whole, plan),
        groups=tuple(_groups(pairs, weekly=policy.roster.slot_days > 1)),
        open=any(one.is_gap or (second and one.second is None) for one in whole),
        proposed=tuple(_proposed(whole, planned)),
    )


def sentence(gaps: Sequence[Slot]) -> str:
    """Where nobody is, as a heading."""
    if not gaps:
        return _("Everybody knows who is first to call.")
    if len(gaps) == 1:
        return _("%(day)s has nobody yet.") % {"day": days(gaps[0].first, gaps[0].last)}
    one_day = gaps[0].first == gaps[0].last
    words = _("%(n)s days have nobody yet.") if one_day else _("%(n)s weeks have nobody yet.")
    return words % {"n": len(gaps)}


def _lead(whole: Sequence[Called], plan: Plan | None) -> str:
    if plan is not None and plan.gaps:
        return _(
            "What is still open can't be filled: everybody is away, at their limit, called just before or "
            "after, or not there on such days."
        )
    if plan is not None:
        return _("Lit days are proposed. Nobody is told before you publish.")
    last = whole[-1].slot.last
    return _("Made until %(day)s.") % {"day": days(last, last)}


def _cell(one: Called, planned: Duty | None, known: Crowd, *, second: bool, today: date) -> Cell:
    standing, slot = one.standing(), one.slot
    new = planned is not None and planned.held != standing.held
    shown = planned if new else None
    firsts = known.named(shown.first, slot) if shown else one.first
    seconds = known.named(shown.second, slot) if shown else one.second
    gap = firsts is None or not firsts.can
    thin = second and (seconds is None or not seconds.can)
    mark = "gap" if gap else "new" if new else "thin" if thin else ""
    return Cell(
        day=slot.first.isoformat(),
        label=days(slot.first, slot.last),
        first=_said(firsts, _("Nobody yet")),
        second=_said(seconds, _("nobody")) if second and (seconds or not gap) else "",
        mark=mark,
        now=slot.holds(today),
    )


def _said(one: Named | None, nobody: str) -> str:
    if one is None:
        return nobody
    return brief(one.name) if one.can else _("%(name)s can't") % {"name": brief(one.name)}


def brief(name: str) -> str:
    """A name where there is little room: "M. Bell" of "Dr. Marcus Bell"."""
    words = [word for word in name.split() if word.casefold().rstrip(".") not in TITLES]
    return f"{words[0][0]}. {words[-1]}" if len(words) > 1 else name


def _groups(pairs: Sequence[tuple[Slot, Cell]], *, weekly: bool) -> Iterator[Group]:
    def heading(pair: tuple[Slot, Cell]) -> str:
        first = pair[0].first
        if weekly:
            return f"{first:%B} {first.year}"
        monday = first - first.weekday() * timedelta(days=1)
        return days(monday, monday + timedelta(days=6))

    for said, group in groupby(pairs, heading):
        yield Group(said, tuple(cell for _slot, cell in group))


def _proposed(whole: Sequence[Called], planned: Mapping[date, Duty]) -> Iterator[tuple[str, str]]:
    for one in whole:
        duty, standing = planned.get(one.slot.first), one.standing()
        if duty is None:
            continue
        for part, now, was in (
            ("first", duty.first, standing.first),
            ("second", duty.second, standing.second),
        ):
            if now and now != was:
                yield f"{part}-{one.slot.first.isoformat()}", now


@dataclass(frozen=True, slots=True)
class Strip:
    """Who is first to call in the next days, beside the board."""

    lines: tuple[Cell, ...]
    fill: str  # the first gap's day; empty when there is none
    fills: str  # what the link to it says


def strip(here: CurrentProgram, today: date) -> Strip | None:
    """The next days or weeks, and each gap that is near; None where no roster is kept."""
    size = here.policy.roster.slot_days
    reach = max(STRIP * size - 1, _NEAR.days)
    found = duties.soon(here.id, here.policy, today, reach)
    if not found:
        return None
    shown = [one for n, one in enumerate(found) if n < STRIP or one.is_gap]
    gap = next((one.slot for one in shown if one.is_gap), None)
    return Strip(
        lines=tuple(_line(one, today) for one in shown),
        fill=gap.first.isoformat() if gap else "",
        fills=_fills(gap) if gap else "",
    )


def _line(one: Called, today: date) -> Cell:
    slot = one.slot
    label = f"{slot.first:%a}" if slot.first == slot.last else f"{slot.first:%b} {slot.first.day}"
    mark = "gap" if one.is_gap else ""
    return Cell(slot.first.isoformat(), label, _said(one.first, _("Nobody yet")), "", mark, slot.holds(today))


def _fills(gap: Slot) -> str:
    if gap.first == gap.last:
        return _("Fill %(weekday)s") % {"weekday": f"{gap.first:%A}"}
    return _("Fill the week of %(day)s") % {"day": f"{gap.first:%b} {gap.first.day}"}
