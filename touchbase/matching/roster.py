"""Who is first to call, and second, on each of some days or weeks: fair, exact, and the same every time.

Pure: what is known goes in as values, and a whole roster with its gaps comes out. What is filled already is
never touched, so an override does not disturb what was published. Nobody is put where they said they can't;
a place for which there is nobody stays a gap and is told. In this order, each before all that follow: as many
first places as can be filled, as many second ones, load spread as evenly as can be, weekends and holidays
spread as evenly as can be. Even means the least sum of squares: the fourth duty of one person weighs more
than the second of another. `matching/solving.py` finds it; `docs/adr` says by what and why.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median_low

Days = tuple[date, date]  # first and last day


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One day, or one week, on which somebody is called first."""

    first: date
    last: date
    parts: frozenset[str] = frozenset()  # the usual parts of the week one of which it takes; empty: any
    heavy: bool = False  # a weekend or a holiday: spread apart from the rest

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Duty:
    """A slot and who has it. None is a place that is still open."""

    slot: Slot
    first: str | None = None
    second: str | None = None

    @property
    def held(self) -> tuple[str, ...]:
        """Whoever has a place in it."""
        return tuple(who for who in (self.first, self.second) if who is not None)


@dataclass(frozen=True, slots=True)
class Person:
    """One supporter, as far as it decides when they can be called. `key` is unique among them."""

    key: str
    parts: frozenset[str] = frozenset()  # usual parts of the week; empty: not said, any
    away: tuple[Days, ...] = ()
    resting_until: date | None = None
    until: date | None = None  # the last day on which their training still counts


@dataclass(frozen=True, slots=True)
class Rules:
    """What a program's policy says about its roster."""

    second: bool = False  # whether a second is wanted beside the first
    most: int = 52  # duties of one person in a calendar year
    apart: int = 0  # free days between two duties of one person


@dataclass(frozen=True, slots=True)
class Plan:
    """A roster: what was filled stays, what could be filled is. In the order of time."""

    duties: tuple[Duty, ...]
    second: bool

    @property
    def gaps(self) -> tuple[Slot, ...]:
        """Where nobody is first to call."""
        return tuple(duty.slot for duty in self.duties if duty.first is None)

    @property
    def thin(self) -> tuple[Slot, ...]:
        """Where somebody is first and nobody second, though one is wanted."""
        return tuple(
            duty.slot
            for duty in self.duties
            if self.second and duty.first is not None and duty.second is None
        )


@dataclass(frozen=True, slots=True)
class Task:
    """What is left to decide: who could take which slot, and what each has had already."""

    duties: tuple[Duty, ...]
    people: tuple[Person, ...]
    rules: Rules
    could: Mapping[str, tuple[int, ...]]  # by person: places in `duties` they could still take
    load: Mapping[str, int]
    heavy: Mapping[str, int]
    firsts: Mapping[str, int]  # how often each was first, before or in what is filled
    left: Mapping[tuple[str, int], int]  # by person and year: how many more they may take

    def together(self, key: str) -> Iterator[tuple[int, ...]]:
        """Slots of one person of which they may have one at most: each group that isn't inside another."""
        mine, end = self.could[key], 0
        for start, place in enumerate(mine):
            before = end
            while end < len(mine) and too_near(
                self.duties[place].slot, self.duties[mine[end]].slot, self.rules
            ):
                end += 1
            if end > before:
                yield mine[start:end]


def can(person: Person, slot: Slot) -> bool:
    """Whether a supporter can be called on every day of a slot."""
    away = any(first <= slot.last and slot.first <= last for first, last in person.away)
    resting = person.resting_until is not None and slot.first <= person.resting_until
    stale = person.until is not None and person.until < slot.last
    usual = not person.parts or not slot.parts or not person.parts.isdisjoint(slot.parts)
    return usual and not (away or resting or stale)


def too_near(one: Slot, other: Slot, rules: Rules) -> bool:
    """Whether one person can't have both of two slots: they are the same, or not far enough apart."""
    before, after = sorted((one, other), key=lambda slot: slot.first)
    return after.first - before.last <= timedelta(days=rules.apart)


def task(ahead: Iterable[Duty], people: Iterable[Person], rules: Rules, past: Iterable[Duty] = ()) -> Task:
    """What there is to decide. It is the same in whatever order everything comes."""
    duties = tuple(sorted(ahead, key=lambda duty: duty.slot.first))
    ordered = tuple(sorted(people, key=lambda person: person.key))
    before = tuple(past)
    known = (*before, *duties)
    held = {person.key: [duty.slot for duty in known if person.key in duty.held] for person in ordered}
    years = Counter((key, slot.first.year) for key, slots in held.items() for slot in slots)
    return Task(
        duties=duties,
        people=ordered,
        rules=rules,
        could={person.key: _open_to(person, duties, held[person.key], rules) for person in ordered},
        load=_loads(ordered, before, duties),
        heavy=_loads(ordered, _heavy(before), _heavy(duties)),
        firsts=Counter(duty.first for duty in known if duty.first is not None),
        left={
            (person.key, year): max(0, rules.most - years[person.key, year])
            for person in ordered
            for year in {duty.slot.first.year for duty in duties}
        },
    )


def _open_to(person: Person, duties: tuple[Duty, ...], held: list[Slot], rules: Rules) -> tuple[int, ...]:
    return tuple(
        place
        for place, duty in enumerate(duties)
        if (duty.first is None or (rules.second and duty.second is None))
        and can(person, duty.slot)
        and not any(too_near(duty.slot, slot, rules) for slot in held)
    )


def _heavy(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    return tuple(duty for duty in duties if duty.slot.heavy)


def _loads(people: tuple[Person, ...], past: tuple[Duty, ...], ahead: tuple[Duty, ...]) -> Mapping[str, int]:
    """How much each has had. Who has had nothing starts at the middle, so that newcomers don't get it all."""
    had = Counter(key for duty in past for key in duty.held)
    start = newcomers_start(had[person.key] for person in people)
    has = Counter(key for duty in ahead for key in duty.held)
    return {person.key: (had[person.key] or start) + has[person.key] for person in people}


def newcomers_start(had: Iterable[int]) -> int:
    """What counts as had for who has had none: the middle of what the others had."""
    served = [count for count in had if count]
    return median_low(served) if served else 0
