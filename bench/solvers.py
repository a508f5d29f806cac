"""The roster's integer program given to other solvers, where they are installed, to compare."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from touchbase.matching import solving
from touchbase.matching.solving import INFINITE, Model, Terms

PACKAGE = {"HiGHS": "highspy", "SciPy": "scipy", "CP-SAT": "ortools"}
_NEEDED = {"HiGHS": ("highspy",), "SciPy": ("scipy.optimize",), "CP-SAT": ("ortools.sat.python.cp_model",)}
SECONDS = 60.0


def load(name: str) -> None:
    """Import what a solver needs."""
    for module in _NEEDED[name]:
        import_module(module)


def highs(model: Model) -> tuple[int, int]:
    """As the product does it: how much is filled, and what the spread costs."""
    taken = solving.answered(model)
    return _value(model.fill, taken), _value(model.cost, taken)


def _value(terms: Terms, taken: list[float]) -> int:
    return round(sum(factor * taken[column] for column, factor in terms.items()))


def scipy(model: Model) -> tuple[int, int]:
    """`scipy.optimize.milp`, which carries HiGHS inside."""
    optimize, sparse = import_module("scipy.optimize"), import_module("scipy.sparse")
    count = len(model.whole)

    def best(rows: list[tuple[float, float, Terms]], terms: Terms, sign: int) -> int:
        places = [(at, column, factor) for at, row in enumerate(rows) for column, factor in row[2].items()]
        values = ([each[2] for each in places], ([each[0] for each in places], [each[1] for each in places]))
        matrix = sparse.csr_matrix(values, shape=(len(rows), count))
        found = optimize.milp(
            [sign * terms.get(column, 0.0) for column in range(count)],
            integrality=[int(whole) for whole in model.whole],
            bounds=optimize.Bounds(0, 1),
            constraints=optimize.LinearConstraint(matrix, [row[0] for row in rows], [row[1] for row in rows]),
            options={"mip_rel_gap": 0, "time_limit": SECONDS},
        )
        value: float = sign * found.fun
        return round(value)

    filled = best(model.rows, model.fill, -1)
    return filled, best([*model.rows, (filled, INFINITE, model.fill)], model.cost, 1)


def cp_sat(model: Model) -> tuple[int, int]:
    """OR-Tools' CP-SAT with one worker, which is what makes it answer the same every time."""
    cp: Any = import_module("ortools.sat.python.cp_model")
    program = cp.CpModel()
    columns = [program.new_bool_var("") for _column in model.whole]

    def total(terms: Terms) -> Any:
        return sum(int(factor) * columns[column] for column, factor in terms.items())

    for low, high, terms in model.rows:
        program.add(total(terms) <= int(high))
        if low == high:
            program.add(total(terms) >= int(low))

    def best() -> int:
        solver = cp.CpSolver()
        solver.parameters.num_workers, solver.parameters.random_seed = 1, 1
        solver.parameters.max_time_in_seconds = SECONDS
        solver.solve(program)
        value: float = solver.objective_value
        return round(value)

    program.maximize(total(model.fill))
    filled = best()
    program.add(total(model.fill) >= filled)
    program.minimize(total(model.cost))
    return filled, best()


SOLVERS: Mapping[str, Callable[[Model], tuple[int, int]]] = {"HiGHS": highs, "SciPy": scipy, "CP-SAT": cp_sat}
