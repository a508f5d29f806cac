"""Reading the roster: who is called when, where nobody is, who could be, and what a supporter has ahead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from touchbase.accounts.models import AccountState
from touchbase.matching import roster
from touchbase.matching.roster import Person, Plan, Slot
from touchbase.programs.policy import Policy
from touchbase.supporters import availability, eligibility, slots
from touchbase.supporters.models import Duty, Supporter, Swap

OFFERS = 6  # as many as can be looked over at once; the nearest days are the likeliest
COUNTED_DAYS = 365  # how far back a duty counts for the spread; older ones are forgotten

_NAME, _STATE = "membership__account__name", "membership__account__state"
_AWAY_UNTIL = "membership__account__away_until"


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody in a place of the roster. `can`: nothing they said since keeps them from it."""

    key: str  # the membership
    name: str
    can: bool = True


@dataclass(frozen=True, slots=True)
class Called:
    """A day or week and who is called: `id` is empty as long as nothing was ever kept for it."""

    slot: Slot
    first: Named | None = None
    second: Named | None = None
    id: str = ""
    warned: int = 0

    @property
    def is_gap(self) -> bool:
        """Whether nobody is first to call, or only somebody who can't."""
        return self.first is None or not self.first.can

    @property
    def held(self) -> tuple[str, ...]:
        """Whoever has a place."""
        return tuple(one.key for one in (self.first, self.second) if one is not None)

    def standing(self) -> roster.Duty:
        """As the solver takes it: whoever can't any more leaves their place open."""
        first, second = (
            one.key if one is not None and one.can else None for one in (self.first, self.second)
        )
        return roster.Duty(self.slot, first, second)


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody who supports in a program, as far as a roster asks."""

    names: Mapping[str, str]
    people: Mapping[str, Person]  # who serves and is trained

    def named(self, key: str | None, slot: Slot) -> Named | None:
        """Somebody in a place of the roster."""
        if key is None:
            return None
        return Named(key, self.names.get(key, ""), self.can(key, slot))

    def can(self, key: str, slot: Slot) -> bool:
        """Whether somebody can be called then, whatever their usual days: a person decided that."""
        person = self.people.get(key)
        whole = Slot(slot.first, slot.last)
        return person is not None and roster.can(person, whole)


def crowd(program_id: str, policy: Policy, today: date) -> Crowd:
    """Everybody who supports in a program: one query."""
    rows = Supporter.objects.filter(membership__program_id=program_id).values(
        "membership_id", _NAME, _STATE, _AWAY_UNTIL, "active", "trained_month", "refresher_month",
        "resting_until", "away", "parts_of_week",
    )  # fmt: skip
    names, people = {}, {}
    for row in rows:
        key, away = row["membership_id"], availability.ranges_from(row["away"])
        names[key] = row[_NAME]
        serves = row["active"] and row[_STATE] == AccountState.ACTIVE
        if not (serves and eligibility.is_trained(row["trained_month"], today)):
            continue
        if row[_AWAY_UNTIL]:
            away = (*away, (date.min, row[_AWAY_UNTIL]))
        months = policy.supporters.refresher_months
        until = eligibility.fresh_until(row["trained_month"], row["refresher_month"], months)
        people[key] = Person(key, frozenset(row["parts_of_week"]), away, row["resting_until"], until)
    return Crowd(names, people)


def called(program_id: str, policy: Policy, *, since: date, until: date, known: Crowd) -> list[Called]:
    """Every day or week from the one that holds `since` to the one that holds `until`: one query."""
    begins = slots.start(since, policy)
    rows = {row.day: row for row in Duty.objects.filter(program=program_id, day__gte=begins, day__lte=until)}
    return [_called(slot, rows.get(slot.first), known) for slot in slots.slots(since, until, policy)]


def _called(slot: Slot, row: Duty | None, known: Crowd) -> Called:
    if row is None:
        return Called(slot)
    first, second = (known.named(key, slot) for key in (row.first_id, row.second_id))
    return Called(slot, first, second, row.id, row.warned)


def ahead(program_id: str, policy: Policy, today: date) -> tuple[list[Called], Crowd]:
    """The whole roster from today on, as far as it is made, and who there is. Empty where none is kept."""
    if not policy.roster.is_kept:
        return [], Crowd({}, {})
    known = crowd(program_id, policy, today)
    return called(program_id, policy, since=today, until=slots.end(today, policy), known=known), known


def soon(program_id: str, policy: Policy, today: date, days: int) -> list[Called]:
    """The next days of the roster; nothing where none is kept, and nothing is asked then."""
    if not policy.roster.is_kept:
        return []
    until, known = today + timedelta(days=days), crowd(program_id, policy, today)
    return called(program_id, policy, since=today, until=until, known=known)


def on_call(program_id: str, policy: Policy, today: date) -> tuple[str, str]:
    """Who is first and second to call today; empty where nobody is, and where no roster is kept."""
    if not policy.roster.is_kept:
        return "", ""
    row = Duty.objects.filter(program=program_id, day=slots.start(today, policy)).first()
    return (row.first_id or "", row.second_id or "") if row else ("", "")


def proposed(
    program_id: str,
    policy: Policy,
    today: date,
    *,
    whole: Iterable[Called],
    known: Crowd,
    only: date | None = None,
) -> Plan:
    """What the solver would fill of a roster: gaps alone, or one of them. Nothing is kept.

    Whoever looks at it may publish it. Raises `NoPlan` when the solver fails.
    """
    duties = [one.standing() for one in whole]
    if only is not None:
        duties = [duty for duty in duties if duty.held or duty.slot.first == only]
    past = before(program_id, policy, slots.start(today, policy))
    from touchbase.matching.solving import solve

    return solve(duties, known.people.values(), slots.rules(policy), past)


def before(program_id: str, policy: Policy, day: date) -> list[roster.Duty]:
    """The year's duties that lie before a day."""
    rows = Duty.objects.filter(program=program_id, day__lt=day, day__gte=day - timedelta(days=COUNTED_DAYS))
    return [roster.Duty(slots.slot(row.day, policy), row.first_id, row.second_id) for row in rows]


@dataclass(frozen=True, slots=True)
class Mine:
    """One duty a supporter has ahead."""

    slot: Slot
    second: bool
    beside: str  # who has the other place
    asked: str = ""  # whom they asked to swap


def mine(membership: str, program_id: str, policy: Policy, today: date) -> list[Mine]:
    """What a supporter has ahead, in the order of time."""
    rows = (
        Duty.objects.filter(Q(first=membership) | Q(second=membership), program=program_id)
        .filter(day__gte=slots.start(today, policy))
        .select_related("first__account", "second__account")
        .order_by("day")
    )
    open_swaps = dict(Swap.objects.filter(asker=membership).values_list("gives_id", "asked__account__name"))
    return [_mine(row, membership, policy, open_swaps.get(row.id, "")) for row in rows]


def _mine(row: Duty, membership: str, policy: Policy, asked: str) -> Mine:
    second = row.second_id == membership
    other = row.first if second else row.second
    return Mine(slots.slot(row.day, policy), second, other.account.name if other else "", asked)


@dataclass(frozen=True, slots=True)
class Asked:
    """A swap somebody asks of a supporter: what they would take, and give."""

    id: str
    name: str
    takes: Slot
    gives: Slot


def asked_of(membership: str, policy: Policy, today: date) -> list[Asked]:
    """The swaps that wait for a supporter's yes or no."""
    rows = Swap.objects.filter(asked=membership, gives__day__gte=slots.start(today, policy))
    found = rows.select_related("asker__account", "gives", "takes").order_by("gives__day", "id")
    return [
        Asked(
            row.id,
            row.asker.account.name,
            slots.slot(row.gives.day, policy),
            slots.slot(row.takes.day, policy),
        )
        for row in found
    ]


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody a supporter could swap with: what they would take instead."""

    key: str
    name: str
    takes: Slot


def offers(membership: str, day: date, program_id: str, policy: Policy, today: date) -> list[Offer]:
    """With whom a duty could be swapped, the nearest days: nobody is called twice, or when they can't be."""
    known = crowd(program_id, policy, today)
    whole = called(program_id, policy, since=today, until=slots.end(today, policy), known=known)
    given = next((one for one in whole if one.slot.first == day and membership in one.held), None)
    if given is None:
        return []
    near = sorted(whole, key=lambda one: (abs(one.slot.first - day), one.slot.first))
    found = [
        Offer(key, known.names[key], other.slot)
        for other in near
        for key in other.held
        if swappable(membership, key, given, other, known)
    ]
    return sorted(found[:OFFERS], key=lambda one: (one.takes.first, one.name))


def swappable(asker: str, other: str, gives: Called, takes: Called, known: Crowd) -> bool:
    """Whether two supporters could swap two duties: each can be called then, and has no other place there."""
    return (
        gives.slot != takes.slot
        and other not in gives.held
        and asker not in takes.held
        and known.can(other, gives.slot)
        and known.can(asker, takes.slot)
    )
