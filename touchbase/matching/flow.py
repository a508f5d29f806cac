"""The exact solver: as many as possible are served, at the least cost, by a flow from people to peers.

A person sends one unit through one of their offers to a supporter, who passes on as many as they have room.
All costs are whole numbers, so the optimum is exact. Source: minimum-cost flow as OR-Tools solves it by cost
scaling (docs/adr/0015-many-at-once-are-one-flow.md).
"""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python import min_cost_flow

from touchbase.matching.costs import Numbers, Offers


@dataclass(frozen=True, eq=False)
class Network:
    """The problem as the solver takes it. `arcs` are the offers: of whom (`people`), and by whom (`who`)."""

    solver: min_cost_flow.SimpleMinCostFlow
    arcs: Numbers
    people: Numbers
    who: Numbers


def solve(offers: Offers) -> list[int]:
    """Who takes each request, as a number of `offers.keys`; -1 for a request nobody is left for."""
    problem = network(offers)
    outcome = problem.solver.solve_max_flow_with_min_cost()
    if outcome != problem.solver.OPTIMAL:
        raise ArithmeticError(f"The flow has no optimum: {outcome}.")
    taken = np.full(len(offers.who), -1)
    if len(problem.arcs):
        used = np.flatnonzero(problem.solver.flows(problem.arcs))
        taken[problem.people[used]] = problem.who[used]
    return [int(chosen) for chosen in taken]


def network(offers: Offers) -> Network:
    """People, supporters, a sink; an arc for each offer, and for each person a supporter has room for."""
    requests, supporters = len(offers.who), len(offers.keys)
    solver, sink = min_cost_flow.SimpleMinCostFlow(), requests + supporters
    people = np.repeat(np.arange(requests), [len(who) for who in offers.who])
    who = _joined(offers.who)
    # What speaks against a pair outweighs every place in the queue that all of them together could make up.
    against = _joined(offers.against) * (requests * _places(offers))
    arcs = _connect(solver, people, requests + who, against)
    _let_pass(solver, offers, requests, sink)
    solver.set_nodes_supplies(
        np.append(np.arange(requests), sink).astype(np.int32),
        np.append(np.ones(requests), -requests).astype(np.int64),
    )
    return Network(solver, arcs, people, who)


def _let_pass(solver: min_cost_flow.SimpleMinCostFlow, offers: Offers, requests: int, sink: int) -> None:
    """Who takes one person stands behind everybody for the next."""
    supporters = np.repeat(np.arange(len(offers.keys)), offers.rooms)
    first = np.repeat(np.cumsum(offers.rooms) - offers.rooms, offers.rooms)
    place = supporters + (np.arange(len(supporters)) - first) * len(offers.keys)
    _connect(solver, requests + supporters, np.full(len(supporters), sink), place)


def _places(offers: Offers) -> int:
    """How many places the queue has, counting everybody as often as they can be asked."""
    return len(offers.keys) * int(offers.rooms.max(initial=1)) + 1


def _connect(
    solver: min_cost_flow.SimpleMinCostFlow, tails: Numbers, heads: Numbers, costs: Numbers
) -> Numbers:
    """Arcs that carry one unit each."""
    if not len(tails):
        return np.zeros(0, dtype=np.int64)
    made = solver.add_arcs_with_capacity_and_unit_cost(
        tails.astype(np.int32),
        heads.astype(np.int32),
        np.ones(len(tails), dtype=np.int64),
        costs.astype(np.int64),
    )
    return np.asarray(made, dtype=np.int64)


def _joined(parts: tuple[Numbers, ...]) -> Numbers:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
