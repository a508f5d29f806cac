"""A member that wants another's numbers: all of the page and the file, its own counters, and a solver.

It knows who is in the release, that each of them released the half-year by itself, and the rules of what is
shown. The solver hides nothing itself.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from io import StringIO

from django.http import HttpResponse
from ortools.linear_solver import pywraplp

from tests.collaborative.crowds import FLOOR
from touchbase.collaborative.pooled import DOMINANT
from touchbase.utilization.counters import MEASURES, Count, Of
from touchbase.utilization.words import ASKED

Lines = list[tuple[str, ...]]
Shown = dict[Count, int | None]


def lines_of_page(answer: HttpResponse) -> Lines:
    """Question, group, people and share of each row of a page's tables."""
    found = []
    for card in re.split(r'<section class="number"', answer.content.decode())[1:]:
        question = re.search(r'<p class="small soft">(.*?)</p>', card)
        rows = re.findall(
            r'<tr><th scope="row">(.*?)</th><td class="n">(.*?)</td><td class="n">(.*?)</td>', card
        )
        found += [tuple(map(unescape, (question[1] if question else "", *row))) for row in rows]
    return found


def lines_of_file(answer: HttpResponse) -> Lines:
    """The same of a file; its first two lines are the head and everybody."""
    return [tuple(row) for row in csv.reader(StringIO(answer.content.decode("utf-8-sig")))][2:]


def shown_in(lines: Lines) -> Shown:
    """Each cell by what it counts; None where it isn't shown."""
    cells = {
        (str(asked.question), str(said.label)): (measure, category)
        for measure, asked in ASKED.items()
        for category, said in asked.says.items()
    }
    return {cells[question, group]: int(n) if n.isdecimal() else None for question, group, n, _share in lines}


@dataclass(frozen=True)
class Place:
    """One number of one member."""

    member: int
    cell: Count


class Attacker:
    """Looks at one release. `own` is what the member at `viewer` counted itself."""

    def __init__(
        self, shown: Shown, people: int, members: int, viewer: int, own: Mapping[Count, int]
    ) -> None:
        self.shown, self.members, self.viewer = shown, range(members), viewer
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._of = {
            Place(member, cell): self._solver.NumVar(0, people, "")
            for member in self.members
            for cell in shown
        }
        self._know_the_sums(people)
        self._know_the_tables()
        for cell in shown:
            self._solver.Add(self._of[Place(viewer, cell)] == own.get(cell, 0))

    def _parts(self, cell: Count) -> list[pywraplp.Variable]:
        return [self._of[Place(member, cell)] for member in self.members]

    def _know_the_sums(self, people: int) -> None:
        """What is shown, and that no part of it was over the bound, also without another's."""
        for cell, n in self.shown.items():
            if n is None:
                continue
            parts = self._parts(cell)
            self._solver.Add(sum(parts) == n)
            for at, part in enumerate(parts):
                self._solver.Add(100 * part <= DOMINANT * n)
                for other in (*parts[:at], *parts[at + 1 :]):
                    self._solver.Add(100 * part <= DOMINANT * (n - other))
        for measure in {measure for measure, _category in self.shown if MEASURES[measure].of is Of.PEOPLE}:
            self._solver.Add(sum(self._of[place] for place in self._of if place.cell[0] == measure) == people)

    def _know_the_tables(self) -> None:
        """Each member's people are the same in every table, and enough to be released by themselves."""
        for member in self.members:
            sums = {
                measure: sum(
                    self._of[place]
                    for place in self._of
                    if place.member == member and place.cell[0] == measure
                )
                for measure in dict.fromkeys(measure for measure, _category in self.shown)
            }
            for measure, together in sums.items():
                talked = MEASURES[measure].of is Of.TALKED
                known = self._of[Place(member, ("answer", "talked"))] if talked else sums["source"]
                self._solver.Add(together == known)
            self._solver.Add(sums["source"] >= FLOOR)

    def width(self, places: Sequence[Place]) -> float:
        """How far apart the least and the most are that these numbers together can be."""
        sought = sum(self._of[place] for place in places)
        self._solver.Minimize(sought)
        least = self._end()
        self._solver.Maximize(sought)
        return self._end() - least

    def _end(self) -> float:
        assert self._solver.Solve() == pywraplp.Solver.OPTIMAL
        return float(self._solver.Objective().Value())
