"""What an assignment must be, in two other ways: every combination, and a proof that none is better."""

from itertools import product

from tests.matching.oracle import may_not
from tests.matching.pools import TODAY
from touchbase.matching.bars import bars, gate
from touchbase.matching.request import Rules, Wanted
from touchbase.matching.weighing import scale, weigh


def offers_of(demands, pool, rules):
    """For each demand what each supporter who may be asked weighs: the two rules, pair by pair."""
    return {
        each.key: {
            one.key: weigh(one, scale(each.wanted, rules))
            for one in pool
            if not bars(one, gate(each.wanted, rules, TODAY))
        }
        for each in demands
    }


def worth(pairs, demands, pool, rules):
    """What is compared, least first: how many are unmet, what speaks against pairs, places in the queue."""
    offers, able = offers_of(demands, pool, rules), _able(pool)
    queue = {one.key: place for place, one in enumerate(sorted(able, key=lambda one: (one.turn, one.key)))}
    given: dict[str, int] = {}
    places = 0
    for supporter in pairs.values():
        places += queue[supporter] + given.get(supporter, 0) * len(queue)
        given[supporter] = given.get(supporter, 0) + 1
    against = sum(offers[demand][supporter] for demand, supporter in pairs.items())
    return len(demands) - len(pairs), against, places


def _able(pool):
    """Whoever could be asked by anybody at all."""
    return [one for one in pool if not bars(one, gate(Wanted(), Rules(), TODAY))]


def best_of_all(demands, pool, rules):
    """The least worth of every combination there is. Only for a few."""
    offers = offers_of(demands, pool, rules)
    keys = [each.key for each in demands]
    choices = [[None, *sorted(offers[key])] for key in keys]
    found = []
    for chosen in product(*choices):
        pairs = {key: one for key, one in zip(keys, chosen, strict=True) if one}
        if is_within_limits(pairs, pool):
            found.append(worth(pairs, demands, pool, rules))
    return min(found)


def is_within_limits(pairs, pool):
    """Whether nobody is given more than they have room for."""
    given = list(pairs.values())
    return all(given.count(one.key) <= max(one.limit - one.open_now, 0) for one in pool)


def crosses_a_bar(pairs, demands, pool, rules):
    """Whether somebody is given to a person for whom they may not be asked."""
    wanted, known = {each.key: each.wanted for each in demands}, {one.key: one for one in pool}
    return any(may_not(wanted[demand], known[one], rules) for demand, one in pairs.items())


def nothing_better(pairs, demands, pool, rules):
    """The proof for a problem of any size: no chain of exchanges serves one more, and none costs less.

    In the graph of all possible exchanges, a path from an unmet person to free room would serve one more, and
    a circle of negative cost would be a better assignment; without either there is none (Klein 1967).
    """
    offers, room = offers_of(demands, pool, rules), {one.key: one.limit - one.open_now for one in pool}
    given = list(pairs.values())
    edges: list[tuple[object, object, int]] = []
    for demand, found in offers.items():
        for supporter, weight in found.items():
            if pairs.get(demand) == supporter:
                edges.append((("s", supporter), ("d", demand), -weight))
            else:
                edges.append((("d", demand), ("s", supporter), weight))
    for supporter, most in room.items():
        if given.count(supporter) < most:
            edges.append((("s", supporter), "room", 0))
        if supporter in given:
            edges.append(("room", ("s", supporter), 0))
    unmet = [("d", each.key) for each in demands if each.key not in pairs]
    return not _reaches(unmet, "room", edges) and not _has_negative_circle(edges)


def _reaches(starts, goal, edges):
    seen, grown = set(starts), True
    while grown:
        found = {head for tail, head, _cost in edges if tail in seen} - seen
        seen |= found
        grown = bool(found)
    return goal in seen


def _has_negative_circle(edges):
    """Bellman and Ford, from everywhere at once."""
    nodes = {node for tail, head, _cost in edges for node in (tail, head)}
    distance = dict.fromkeys(nodes, 0)
    for _round in range(len(nodes) + 1):
        changed = False
        for tail, head, cost in edges:
            if distance[tail] + cost < distance[head]:
                distance[head] = distance[tail] + cost
                changed = True
        if not changed:
            return False
    return True
