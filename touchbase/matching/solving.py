"""The roster's solver: what `matching/roster.py` asks, as an integer program that HiGHS answers exactly.

The library is imported when a roster is made and not before: a server that never makes one neither waits for
it nor keeps it in memory. One thread and a fixed seed, and everything comes in order: the same task has the
same answer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from touchbase.kernel.errors import Unavailable
from touchbase.matching.roster import Duty, Person, Plan, Rules, Task, task

if TYPE_CHECKING:
    import highspy

LIMIT_SECONDS = 60.0  # a net under the machine: what the design asks for is 10, and the bench measures it
INFINITE = float("inf")
Terms = dict[int, float]  # column -> factor


def _(text: str) -> str:
    """Marks a sentence for the translators."""
    return text


class NoPlan(Unavailable):
    """The solver gave no exact answer in time: a fault of ours or of the machine, never of what was asked."""

    code = "no-plan"

    def __init__(self) -> None:
        super().__init__(
            _("The roster can't be worked out just now. Try again later, or name days one by one.")
        )


def solve(ahead: Iterable[Duty], people: Iterable[Person], rules: Rules, past: Iterable[Duty] = ()) -> Plan:
    """Fill what can be filled of some days or weeks. What is filled already stays as it is.

    `past` is what the same people had before: it counts for the spread, the limit of a year and the days
    between. Raises `NoPlan` when the solver fails.
    """
    asked = task(ahead, people, rules, past)
    model, places = modeled(asked)
    taken = answered(model) if places else []
    chosen = [place for place, column in places.items() if taken[column] > 0.5]
    return Plan(_filled(asked, chosen), rules.second)


def modeled(asked: Task) -> tuple["Model", dict["Place", int]]:
    """The integer program that `solve` answers, with the column of each place; the bench solves it too."""
    model = Model()
    places = _places(asked, model)
    _limits(asked, places, model)
    _spread(asked, places, model)
    return model, places


Place = tuple[str, int]  # person, place in the duties


@dataclass
class Model:
    """An integer program: columns from 0 to 1, rows with bounds, what to fill first, and what costs least."""

    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[float, float, Terms]] = field(default_factory=list)
    fill: Terms = field(default_factory=dict)
    cost: Terms = field(default_factory=dict)

    def column(self, *, whole: bool, cost: float = 0.0) -> int:
        """A new column."""
        self.whole.append(whole)
        if cost:
            self.cost[len(self.whole) - 1] = cost
        return len(self.whole) - 1

    def at_most(self, most: float, columns: Iterable[int]) -> None:
        """No more than so many of them."""
        self.rows.append((-INFINITE, most, dict.fromkeys(columns, 1.0)))


def _places(asked: Task, model: Model) -> dict[Place, int]:
    """A column for each person and slot: who of two is first is settled afterwards, by whose turn it is."""
    return {
        (person.key, at): model.column(whole=True)
        for person in asked.people
        for at in asked.could[person.key]
    }


def _limits(asked: Task, places: dict[Place, int], model: Model) -> None:
    """As many in a slot as it has open places, and what each person may take."""
    by_slot: dict[int, list[int]] = defaultdict(list)
    for (_key, at), column in places.items():
        by_slot[at].append(column)
    for at, columns in by_slot.items():
        _fill(asked, at, columns, model)
    for person in asked.people:
        for group in asked.together(person.key):
            model.at_most(1, _columns(places, person.key, group))
        for year in sorted({asked.duties[at].slot.first.year for at in asked.could[person.key]}):
            mine = [at for at in asked.could[person.key] if asked.duties[at].slot.first.year == year]
            model.at_most(asked.left[person.key, year], _columns(places, person.key, mine))


def _fill(asked: Task, at: int, columns: list[int], model: Model) -> None:
    """What a slot takes, and what filling it is worth: one first place outweighs every second one."""
    duty, outweighs = asked.duties[at], float(len(asked.duties))
    first, second = duty.first is None, asked.rules.second and duty.second is None
    model.at_most(first + second, columns)
    model.fill |= dict.fromkeys(columns, 1.0)
    if first:
        anybody = model.column(whole=False)
        model.fill[anybody] = outweighs
        model.rows.append((-INFINITE, 0, {anybody: 1.0} | dict.fromkeys(columns, -1.0)))


def _columns(places: dict[Place, int], key: str, group: Iterable[int]) -> list[int]:
    return [places[key, at] for at in group]


def _spread(asked: Task, places: dict[Place, int], model: Model) -> None:
    """Each further duty of a person costs more than the one before; so does each further heavy one.

    The squares of the loads are least when the columns are taken from the cheapest on, which costs nothing to
    say: a dearer one is never taken first.
    """
    heaviest = sum(_squares(asked.heavy[key], _room(asked, key, heavy=True)) for key in asked.could)
    for key, could in asked.could.items():
        heavy = [at for at in could if asked.duties[at].slot.heavy]
        _stairs(_columns(places, key, could), asked.load[key], _room(asked, key), heaviest + 1, model)
        _stairs(_columns(places, key, heavy), asked.heavy[key], _room(asked, key, heavy=True), 1, model)


def _room(asked: Task, key: str, *, heavy: bool = False) -> int:
    """How many more a person could take at most."""
    could = [at for at in asked.could[key] if asked.duties[at].slot.heavy or not heavy]
    years = {asked.duties[at].slot.first.year for at in could}
    return min(len(could), sum(asked.left[key, year] for year in years))


def _squares(had: int, room: int) -> int:
    return (had + room) ** 2 - had**2


def _stairs(columns: list[int], had: int, room: int, weight: float, model: Model) -> None:
    if not columns:
        return
    steps = [model.column(whole=False, cost=weight * (2 * (had + n) + 1)) for n in range(room)]
    model.rows.append((0, 0, dict.fromkeys(columns, 1.0) | dict.fromkeys(steps, -1.0)))


def _filled(asked: Task, chosen: list[Place]) -> tuple[Duty, ...]:
    """The roster with the new people in it. Of two, whoever was first less often is first."""
    new: dict[int, list[str]] = defaultdict(list)
    for key, at in chosen:
        new[at].append(key)
    often, duties = Counter(asked.firsts), list(asked.duties)
    for at, keys in sorted(new.items()):
        waiting = sorted(keys, key=lambda key: (often[key], key))
        if duties[at].first is None:
            first = waiting.pop(0)
            often[first] += 1
            duties[at] = replace(duties[at], first=first)
        if waiting:
            duties[at] = replace(duties[at], second=waiting[0])
    return tuple(duties)


def answered(model: Model) -> list[float]:
    """The exact answer: as much filled as can be, and of those the cheapest. Raises `NoPlan`."""
    solver = _solver(model)
    filled = round(_best(solver, model.fill, len(model.whole), highest=True))
    _add(solver, (filled, INFINITE, model.fill))
    _best(solver, model.cost, len(model.whole), highest=False)
    return list(solver.getSolution().col_value)


def _solver(model: Model) -> "highspy.Highs":
    import highspy

    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 1),
        ("time_limit", LIMIT_SECONDS),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.5),  # every cost is whole: less than one apart is the same
    ):
        solver.setOptionValue(option, value)
    count = len(model.whole)
    solver.addVars(count, [0.0] * count, [1.0] * count)
    for column, whole in enumerate(model.whole):
        if whole:
            solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    for row in model.rows:
        _add(solver, row)
    return solver


def _add(solver: "highspy.Highs", row: tuple[float, float, Terms]) -> None:
    low, high, terms = row
    solver.addRow(low, high, len(terms), list(terms), list(terms.values()))


def _best(solver: "highspy.Highs", terms: Terms, count: int, *, highest: bool) -> float:
    import highspy

    costs = [terms.get(column, 0.0) for column in range(count)]
    solver.changeColsCost(count, list(range(count)), costs)
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize if highest else highspy.ObjSense.kMinimize)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise NoPlan
    return float(solver.getObjectiveValue())
