"""Somebody who has every text a program ever published, the definitions, and two solvers.

All half-years together are one system of linear constraints on whole numbers: what each group of each
question was in each half-year. tests/utilization/solving.py asks two solvers what each can be.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import ceil
from math import floor as floor_of

from tests.utilization.published import Line, Reading
from tests.utilization.solving import FAR, System, Unknown

# What the definitions say of the questions, in the words of the page.
SOURCE, MATCH, NOTE = "How people came in", "Until a peer said yes", "From the yes to the first note"
ANSWER, TOUCHES, REACH = "What people chose", "Notes", "Teams: who was offered a peer"
OFTEN, BEGAN = "How often they talked", "A peer began"
ALONE = "Sent elsewhere"
PEOPLE = "People who reached out"
_TEAM = (SOURCE, "After a team event")
_TALKED = {(ANSWER, "Talked with a peer"): 1}
# Whom a question divides, where it isn't everybody: a sum of groups.
DIVIDES = {
    OFTEN: _TALKED,
    "How they talked": _TALKED,
    "Minutes of the first talk": _TALKED,
    REACH: {_TEAM: 1},
    "Professions": {(PEOPLE, ""): 1, _TEAM: -1},
}
# Who is in the first group is in the second, too, as everybody knows who knows how a referral goes.
ALWAYS = (
    ((REACH, "Not offered"), (NOTE, "Later, or not at all")),
    ((REACH, "Not offered"), (TOUCHES, "One note, or none")),
)
# Who is in one isn't in the other.
NEVER_BOTH = (((REACH, "Not offered"), (ANSWER, "Talked with a peer")),)
# A peer who begins takes the referral in that moment.
REGISTERED = (((SOURCE, BEGAN), (MATCH, "Within 24 hours")),)
# Where talks aren't registered, a peer counts a conversation once it was held, and nothing else of it.
UNREGISTERED = (
    ((SOURCE, BEGAN), (MATCH, "Later, or not at all")),
    ((SOURCE, BEGAN), (NOTE, "Later, or not at all")),
    ((SOURCE, BEGAN), (TOUCHES, "One note, or none")),
    ((SOURCE, BEGAN), (ANSWER, "Talked with a peer")),
    ((SOURCE, BEGAN), (OFTEN, "Once")),
)
Rules = tuple[tuple[tuple[str, str], tuple[str, str]], ...]


def system_of(readings: Iterable[Reading], *, floor: int, rules: Rules = (), waited: bool = True) -> System:
    """Everything that several texts of one program say together.

    `waited`: the half-years of one text are released together since there were too few until the last.
    """
    known = System(floor)
    for reading in readings:
        _Release(known, reading).read(ALWAYS + rules, waited=waited)
    return known


class _Release:
    """One text, put into the system. `_cell` is a number of the text: a sum over the half-years it covers."""

    def __init__(self, known: System, reading: Reading) -> None:
        self._known, self._reading = known, reading
        self._halves = list(_between(reading.first, reading.last))
        self._groups: dict[str, list[Line]] = defaultdict(list)
        for line in reading.lines:
            self._groups[line.question].append(line)

    def read(self, rules: Rules, *, waited: bool) -> None:
        self._known.say(self._cell(PEOPLE, ""), self._reading.people, self._reading.people)
        for late in range(1, len(self._halves) * waited):
            earlier = {(half, PEOPLE, ""): 1 for half in self._halves[:late]}
            self._known.say(earlier, 0, self._known.floor - 1)
        for question, lines in self._groups.items():
            self._divided(question, lines)
            for line in lines:
                self._line(line)
        for question, n, of in self._reading.said:
            self._known.say(self._whole(question), of, of)
            assert any(line.people == str(n) for line in self._groups[question])
        for one, other in (*rules, *NEVER_BOTH):
            if self._is_there(one) and self._is_there(other):
                self._together(one, other, apart=(one, other) in NEVER_BOTH)

    def _cell(self, question: str, group: str, times: int = 1) -> dict[Unknown, int]:
        return {(half, question, group): times for half in self._halves}

    def _whole(self, question: str, times: int = 1) -> dict[Unknown, int]:
        everybody = {(question, "") if question.startswith("Feedback") else (PEOPLE, ""): 1}
        parts = DIVIDES.get(question, everybody)
        return {(half, *part): times * sign for half in self._halves for part, sign in parts.items()}

    def _divided(self, question: str, lines: Sequence[Line]) -> None:
        """The groups add up to whom they divide, in each half-year."""
        if question == ALONE:
            return
        for half in self._halves:
            whole = {place: n for place, n in self._whole(question, -1).items() if place[0] == half}
            self._known.say({(half, question, line.group): 1 for line in lines} | whole, 0, 0)

    def _line(self, line: Line) -> None:
        cell = self._cell(line.question, line.group)
        self._known.parts |= set(cell) if len(cell) > 1 else set()
        if line.people.isdecimal():
            self._known.say(cell, int(line.people), int(line.people))
        else:
            self._known.hidden |= set(cell)
            low, high = self._words(line)
            self._known.say(cell, low, high)
        if line.share:
            share = line.share.rstrip("%")
            slack = Fraction(1, 200 * 10 ** len(share.partition(".")[2]))
            self._part(line, Fraction(share) / 100 - slack, Fraction(share) / 100 + slack)
        if line.bar:
            self._bar(line)

    def _words(self, line: Line) -> tuple[int, int]:
        """What words stand for. Beside "fewer than", "not shown" is one that isn't small."""
        if line.people == f"fewer than {self._known.floor}":
            return 1, self._known.floor - 1
        assert line.people == "not shown", line
        beside = self._groups[line.question]
        if any(other.people.startswith("fewer") for other in beside):
            return self._known.floor, FAR
        return int(any(other.people == "0" for other in beside)), FAR

    def _part(self, line: Line, least: Fraction, most: Fraction) -> None:
        """The number is this part of the whole: `least * whole <= n <= most * whole`, without fractions."""
        for edge, low, high in ((least, 0, FAR), (most, -FAR, 0)):
            terms = defaultdict(int, self._cell(line.question, line.group, edge.denominator))
            for place, times in self._whole(line.question, -edge.numerator).items():
                terms[place] += times
            self._known.say(terms, low, high)

    def _bar(self, line: Line) -> None:
        """How long a bar is tells a share to a tenth of a percent; a hatched one ends at the floor."""
        part, slack = Fraction(line.bar) / 100, Fraction(1, 2000)
        if line.people.isdecimal():
            self._part(line, part - slack, part + slack)
        elif part < 1:
            most, least = (self._known.floor - 1) / (part - slack), (self._known.floor - 1) / (part + slack)
            self._known.say(self._whole(line.question), ceil(least), floor_of(most))

    def _is_there(self, cell: tuple[str, str]) -> bool:
        return any(line.group == cell[1] for line in self._groups.get(cell[0], ()))

    def _together(self, one: tuple[str, str], other: tuple[str, str], *, apart: bool) -> None:
        """One is a part of the other; or both are parts of everybody, and apart."""
        for half in self._halves:
            if apart:
                self._known.say({(half, PEOPLE, ""): 1, (half, *one): -1, (half, *other): -1}, 0)
            else:
                self._known.say({(half, *other): 1, (half, *one): -1}, 0)


def _between(first: str, last: str) -> Iterator[str]:
    half = first
    while half <= last:
        yield half
        half = f"{half[:4]}-H2" if half.endswith("1") else f"{int(half[:4]) + 1}-H1"
