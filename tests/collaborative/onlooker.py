"""Somebody who wants to know a hidden number of a pooled table, with a solver that hides nothing itself."""

from collections.abc import Iterable, Sequence

from ortools.linear_solver import pywraplp

from touchbase.collaborative.pooled import Parts, Pooled

Place = tuple[int, int]  # a member, and a cell


class Onlooker:
    """Whoever sees a table; with `viewer`, the member of that place, who knows its own part of each cell."""

    def __init__(self, cells: Sequence[Parts], shown: Pooled, viewer: int | None = None) -> None:
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        members = range(len(cells[0]))
        self._parts = {
            (member, at): self._solver.NumVar(0, self._solver.infinity(), f"{member}/{at}")
            for member in members
            for at in range(len(cells))
        }
        self._solver.Add(sum(self._parts.values()) == shown.total)
        for at, number in enumerate(shown.cells):
            if number is not None:
                self._solver.Add(sum(self._parts[member, at] for member in members) == number)
            if viewer is not None:
                self._solver.Add(self._parts[viewer, at] == cells[at][viewer])

    def reach(self, places: Iterable[Place]) -> tuple[float, float]:
        """The least and the most that some parts can add up to."""
        sought = sum(self._parts[place] for place in places)
        return self._end(self._solver.Minimize, sought), self._end(self._solver.Maximize, sought)

    def _end(self, aim: object, sought: object) -> float:
        aim(sought)  # type: ignore[operator]
        assert self._solver.Solve() == pywraplp.Solver.OPTIMAL
        return float(self._solver.Objective().Value())
