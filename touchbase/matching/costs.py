"""What speaks against each pair of many requests and many supporters: `bars` and `weighing`, in columns.

Both rules look at one trait of a supporter at a time. So a request asks them about each value that a trait
has in the pool, once, and adds up by column: a thousand requests among ten thousand supporters are ten
million pairs, and Python is too slow to look at each. Supporters a request says something about (a name, the
chosen one, those asked before) are looked at one by one, by the same two functions.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchbase.matching import bars as barring
from touchbase.matching.bars import bars, gate, gatekeeper
from touchbase.matching.names import named_in
from touchbase.matching.request import Candidate, Rules, Wanted
from touchbase.matching.weighing import last_names, scale, weigh

Numbers = NDArray[np.int64]
Column = NDArray[np.int32]  # what speaks against each of a pool
Places = Mapping[str, Sequence[int]]  # of a pool, by what somebody may ask by

_NOBODY = Candidate(key="-")  # a key that nobody has, and nobody chose
# Each trait that is looked at by column, of one part or of several that are weighed together: the bars that
# hang on it, and what of a request decides about it.
_TRAITS: Mapping[str, tuple[int, tuple[str, ...]]] = {
    "department": (barring.SAME_DEPARTMENT, ("department", "wants")),
    "leads": (barring.LEADS, ("department",)),
    "site": (barring.SITE, ("site", "wants")),
    "profession": (barring.PROFESSION, ("profession", "wants")),
    "stage": (0, ("stage", "wants")),
    "languages": (0, ("languages",)),
    "topics": (0, ("topics",)),
    "times": (0, ("times",)),
    "channels": (0, ("channel",)),
    "on_duty second_on_duty": (0, ()),  # who is called first isn't weighed as second as well
}
_BARRED = 1 << 24  # in a column: more than anything that is weighed, and several fit into 32 bits


@dataclass(frozen=True, eq=False)
class Offers:
    """For each request the supporters worth looking at, and what speaks against them.

    Supporters are numbered in the order of the queue. `keys` and `rooms` are theirs; `who[n]` and
    `against[n]` belong to request n.
    """

    keys: tuple[str, ...]
    rooms: Numbers
    who: tuple[Numbers, ...]
    against: tuple[Numbers, ...]


def offers(wanting: Sequence[Wanted], candidates: Iterable[Candidate], rules: Rules, today: date) -> Offers:
    """What the solver needs. Of n requests each needs its n best supporters: one of those is always free."""
    pool = _Pool.of(candidates, rules, today)
    alike: dict[Wanted, set[Wanted]] = {}
    for each in wanting:
        alike.setdefault(replace(each, contact="", barred=frozenset()), set()).add(each)
    found: dict[Wanted, tuple[Numbers, Numbers]] = {}
    for common, several in alike.items():
        column = pool.column(common, rules, today)
        usual = pool.best(column, len(wanting))
        for each in several:
            own = pool.corrected(column, each, rules, today)
            found[each] = usual if own is column else pool.best(own, len(wanting))
    chosen = [found[each] for each in wanting]
    return Offers(
        keys=tuple(one.key for one in pool.people),
        rooms=np.array([one.limit - one.open_now for one in pool.people], dtype=np.int64),
        who=tuple(who for who, _against in chosen),
        against=tuple(against for _who, against in chosen),
    )


@dataclass(frozen=True, eq=False)
class _Trait:
    """One trait of everybody in the pool: its values, each once, and which of them each supporter has."""

    name: str
    examples: tuple[Candidate, ...]
    which: Numbers

    @property
    def bits(self) -> int:
        """The bars that hang on it."""
        return _TRAITS[self.name][0]

    @property
    def decided_by(self) -> tuple[str, ...]:
        """The parts of a request that decide what this trait costs, and whom it bars."""
        return _TRAITS[self.name][1]


@dataclass(frozen=True, eq=False)
class _Pool:
    """Those who could be asked by anybody today, in the order of the queue, and how to find some."""

    people: tuple[Candidate, ...]
    traits: tuple[_Trait, ...]
    known: dict[Hashable, Column]  # what was worked out of a trait: many requests share what they ask for

    @classmethod
    def of(cls, candidates: Iterable[Candidate], rules: Rules, today: date) -> "_Pool":
        """Whoever can't be asked by anybody is left out here, once for all requests."""
        at = gate(Wanted(), rules, today)
        barred_by = gatekeeper(at)
        able = (one for one in candidates if not barred_by(one))
        people = tuple(sorted(able, key=lambda one: (one.turn, one.key)))
        return cls(
            people=people,
            traits=tuple(_trait(name, people) for name in _TRAITS),
            known={},
        )

    # Each is made when the first request asks by it: most ask for nobody and against nobody.
    @cached_property
    def by_key(self) -> Places:
        """Where somebody with a key stands."""
        return _index(self.people, lambda one: (one.key,))

    @cached_property
    def by_contact(self) -> Places:
        """Where somebody with a contact stands."""
        return _index(self.people, lambda one: one.contacts)

    @cached_property
    def by_name(self) -> Places:
        """Where everybody with a name, or with a word in their name, stands."""
        return _index(self.people, lambda one: (one.called, *one.called.split()))

    def column(self, wanted: Wanted, rules: Rules, today: date) -> Column:
        """What speaks against everybody for one request, by trait; `_BARRED` or more where a bar does."""
        at, by = gate(wanted, rules, today), scale(wanted, rules)
        nobody = weigh(_NOBODY, by)
        against = np.full(len(self.people), nobody + (_BARRED if at.only else 0), dtype=np.int32)
        for trait in self.traits:
            asked = (trait.name, *(getattr(wanted, part) for part in trait.decided_by))
            if asked not in self.known:
                each = [
                    weigh(one, by) - nobody + (_BARRED if bars(one, at) & trait.bits else 0)
                    for one in trait.examples
                ]
                self.known[asked] = np.array(each, dtype=np.int32)[trait.which]
            against += self.known[asked]
        return against

    def corrected(self, column: Column, wanted: Wanted, rules: Rules, today: date) -> Column:
        """The same, with those looked at anew of whom the request says something by key, contact, name."""
        named = named_in(wanted.not_with)
        special = {place for name in named | last_names(named) for place in self.by_name.get(name, ())}
        asked = {*wanted.barred, wanted.peer} - {""}
        special.update(place for key in asked for place in self.by_key.get(key, ()))
        special.update(self.by_contact.get(wanted.contact, ()))
        if not special:
            return column
        at, by = gate(wanted, rules, today), scale(wanted, rules)
        mended = column.copy()
        for place in special:
            one = self.people[place]
            mended[place] = _BARRED if bars(one, at) else weigh(one, by)
        return mended

    def best(self, column: Column, most: int) -> tuple[Numbers, Numbers]:
        """The best `most` who fit, in the order of the queue, and what speaks against each."""
        fit = np.flatnonzero(column < _BARRED)
        if len(fit) > most:
            # Among equals the one asked longest ago, as everywhere: the number is its place in the queue.
            worth = column[fit].astype(np.int64) * len(self.people) + fit
            fit = np.sort(fit[np.argpartition(worth, most - 1)[:most]])
        return fit, column[fit].astype(np.int64)


def _trait(name: str, people: Sequence[Candidate]) -> _Trait:
    parts = name.split()
    values: dict[Any, int] = {}
    of = attrgetter(*parts)  # gives the one part, or all of several
    which = [values.setdefault(of(one), len(values)) for one in people]
    each = values if len(parts) > 1 else [(value,) for value in values]
    changes = [dict(zip(parts, value, strict=True)) for value in each]
    examples = tuple(replace(_NOBODY, **change) for change in changes)
    return _Trait(name, examples, np.array(which, dtype=np.int64))


def _index(people: Sequence[Candidate], of: Callable[[Candidate], Iterable[str]]) -> Places:
    found: dict[str, list[int]] = {}
    for place, one in enumerate(people):
        for value in of(one):
            found.setdefault(value, []).append(place)
    return found
