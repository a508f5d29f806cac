"""A system of what is known, and two solvers that say what each number of it can be.

OR-Tools' GLOP gives the bounds of the reals and CP-SAT those of whole numbers (SciPy isn't among what
Touchbase installs). Suppression uses neither: it reckons with sums of its own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ortools.linear_solver import pywraplp
from ortools.sat.python import cp_model

# A group of a question in one half-year; "" for the group is everybody whom the question divides.
Unknown = tuple[str, str, str]

WHOLE = 10_000_000  # no program has as many people
FAR = WHOLE**2  # where there is no bound


@dataclass(frozen=True, slots=True)
class Bound:
    """A sum of unknowns, each times a whole number, that lies between two numbers."""

    terms: Mapping[Unknown, int]
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Range:
    """What a number can be: by the reals, and by whole numbers."""

    least: float
    most: float
    low: int
    high: int


@dataclass
class System:
    """All that is known. Each unknown is zero or more."""

    floor: int
    bounds: list[Bound] = field(default_factory=list)
    hidden: set[Unknown] = field(default_factory=set)
    parts: set[Unknown] = field(default_factory=set)  # half-years of a text that covers several

    def say(self, terms: Mapping[Unknown, int], low: int, high: int = FAR) -> None:
        """Note one more thing that is known."""
        self.bounds.append(Bound(terms, low, high))


def told(known: System, least: int = 3) -> dict[Unknown, Range]:
    """What is known too well: a hidden number, or a small one of any half-year, in a range under `least`."""
    return {
        place: found
        for place, found in reaches(known, known.hidden | known.parts).items()
        if found.high
        and (place in known.hidden or found.low < known.floor)
        and (found.high - found.low < least or found.most - found.least < least)
    }


def reaches(known: System, wanted: Iterable[Unknown]) -> dict[Unknown, Range]:
    """What each of some numbers can be, by both solvers."""
    places, fixed = set(wanted), _fixed(known.bounds)
    found = {
        place: Range(fixed[place], fixed[place], fixed[place], fixed[place]) for place in places & set(fixed)
    }
    for bounds in _parts(known.bounds, fixed):
        unknowns = sorted({place for bound in bounds for place in bound.terms})
        sought = [place for place in unknowns if place in places]
        if sought:
            found |= _solved(unknowns, bounds, sought)
    assert set(found) == places
    return found


def _fixed(bounds: Sequence[Bound]) -> dict[Unknown, int]:
    """What is said as a number."""
    return {
        place: bound.low
        for bound in bounds
        if bound.low == bound.high
        for place in bound.terms
        if bound.terms == {place: 1}
    }


def _parts(bounds: Sequence[Bound], fixed: Mapping[Unknown, int]) -> Iterator[list[Bound]]:
    """The system in parts that share no unknown. What is known to be one number joins nothing."""
    groups: list[tuple[set[Unknown], list[Bound]]] = []
    for bound in bounds:
        free = {place: times for place, times in bound.terms.items() if place not in fixed}
        known = sum(times * fixed[place] for place, times in bound.terms.items() if place in fixed)
        if not free:
            assert bound.low <= known <= bound.high, bound
            continue
        touched = [group for group in groups if not group[0].isdisjoint(free)]
        groups = [group for group in groups if group[0].isdisjoint(free)]
        joined = [part for _, parts in touched for part in parts]
        joined.append(Bound(free, bound.low - known, bound.high - known))
        groups.append((set(free).union(*(places for places, _ in touched)), joined))
    yield from (parts for _, parts in groups)


def _solved(
    unknowns: Sequence[Unknown], bounds: Sequence[Bound], sought: Sequence[Unknown]
) -> dict[Unknown, Range]:
    reals, wholes = _reals(unknowns, bounds, sought), _wholes(unknowns, bounds, sought)
    return {place: Range(*reals[place], *wholes[place]) for place in sought}


def _reals(
    unknowns: Sequence[Unknown], bounds: Sequence[Bound], sought: Sequence[Unknown]
) -> dict[Unknown, tuple[float, float]]:
    solver = pywraplp.Solver.CreateSolver("GLOP")
    numbers = {place: solver.NumVar(0, WHOLE, "") for place in unknowns}
    for bound in bounds:
        terms = sum(times * numbers[place] for place, times in bound.terms.items())
        if bound.low > -WHOLE:
            solver.Add(terms >= bound.low)
        if bound.high < WHOLE:
            solver.Add(terms <= bound.high)
    found = {}
    for place in sought:
        ends = []
        for aim in (solver.Minimize, solver.Maximize):
            aim(numbers[place])
            assert solver.Solve() == pywraplp.Solver.OPTIMAL
            ends.append(round(solver.Objective().Value(), 6))
        found[place] = (ends[0], ends[1])
    return found


def _wholes(
    unknowns: Sequence[Unknown], bounds: Sequence[Bound], sought: Sequence[Unknown]
) -> dict[Unknown, tuple[int, int]]:
    model, solver = cp_model.CpModel(), cp_model.CpSolver()
    solver.parameters.num_workers = 1
    numbers = {place: model.new_int_var(0, WHOLE, "") for place in unknowns}
    for bound in bounds:
        model.add_linear_constraint(
            sum(times * numbers[place] for place, times in bound.terms.items()), bound.low, bound.high
        )
    found = {}
    for place in sought:
        ends = []
        for aim in (model.minimize, model.maximize):
            aim(numbers[place])
            assert solver.solve(model) == cp_model.OPTIMAL
            ends.append(solver.value(numbers[place]))
        found[place] = (ends[0], ends[1])
    return found
