"""Who fits somebody who asked for a peer: a request, candidates and rules in, an order with reasons out.

Pure and deterministic: the same values give the same answer in whatever order the candidates come. Reasons
and cautions are sentences; what they were weighed from is never shown (product.md section 5).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from heapq import nsmallest
from types import MappingProxyType

from touchbase.matching import telling
from touchbase.matching.bars import AT_LIMIT, PROFESSION, SITE, bars, first, gate, gatekeeper, one_more, told
from touchbase.matching.reasons import Bar, Caution, Reason, Say, Widen, as_written, free
from touchbase.matching.request import Candidate, OwnDepartment, Preference, Rules, Wanted, Wish
from touchbase.matching.weighing import Scale, scale, weigh, weighing

__all__ = [
    "Candidate",
    "LeftOut",
    "Match",
    "OwnDepartment",
    "Preference",
    "Ranking",
    "Rules",
    "Wanted",
    "Widening",
    "Wish",
    "bars_of",
    "rank",
]

SHOWN = 3  # "three good people for this"
_LIFTED = {Widen.LIMIT: AT_LIMIT, Widen.SITE: SITE, Widen.PROFESSION: PROFESSION, Widen.BACKUP: 0}

Fit = tuple[int, int, str, Candidate]  # what speaks against, turn, key: compared in this order


@dataclass(frozen=True, slots=True)
class Match:
    """A supporter who fits, why, and what to think about first."""

    key: str
    reasons: tuple[Reason, ...]
    warnings: tuple[Caution, ...]
    free_times: tuple[str, ...]  # the times both have, behind `Reason.FREE_THEN`
    open_now: int
    limit: int

    @property
    def room(self) -> int:
        """How many more they could take."""
        return self.limit - self.open_now

    def said(self, times: Mapping[str, str], say: Say = as_written) -> tuple[str, ...]:
        """The reasons as they are read. `times`: label of each of the program's times, by its key."""
        labels = [times.get(key, key) for key in self.free_times]
        return tuple(
            free(labels, say) if reason is Reason.FREE_THEN else say(reason.sentence)
            for reason in self.reasons
        )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A supporter who isn't offered, and the first thing that bars them."""

    key: str
    bar: Bar


@dataclass(frozen=True, slots=True)
class Widening:
    """One step to take when nobody fits, and whom it adds to the steps before it, best first."""

    step: Widen
    keys: tuple[str, ...]

    @property
    def adds(self) -> int:
        """How many more could be asked."""
        return len(self.keys)


@dataclass(frozen=True, eq=False)
class Ranking:
    """The answer for one request. Only what somebody looks at is worked out, and only once."""

    wanted: Wanted
    rules: Rules
    weights: Scale
    fits: list[Candidate]
    barred: list[Candidate]
    masks: list[int]  # all bars of each of them as one number; pairs would be ten thousand more objects

    @cached_property
    def top(self) -> tuple[Match, ...]:
        """The best three, or as many as there are."""
        return self._matches(self._least(SHOWN))

    @cached_property
    def best(self) -> tuple[Match, ...]:
        """Everybody who fits, best first."""
        return self._matches(self._least(len(self.fits)))

    def first(self, most: int, *also: str) -> tuple[Match, ...]:
        """The best `most`, and those of `also` who fit, best first."""
        chosen = self._least(most)
        known = {key for _weight, _turn, key, _one in chosen}
        more = [self._fit(one) for one in self.fits if one.key in also and one.key not in known]
        return self._matches(sorted([*chosen, *more]))

    @cached_property
    def left_out(self) -> tuple[LeftOut, ...]:
        """Everybody else, by key."""
        found = [LeftOut(one.key, first(mask)) for mask, one in self._barred()]
        return tuple(sorted(found, key=lambda each: each.key))

    @cached_property
    def left_out_counts(self) -> Mapping[Bar, int]:
        """How many are left out for what, most first."""
        counts = dict.fromkeys(Bar, 0)
        for mask in self.masks:
            counts[first(mask)] += 1
        most_first = sorted(counts.items(), key=lambda each: -each[1])
        return MappingProxyType({bar: n for bar, n in most_first if n})

    @cached_property
    def widening(self) -> tuple[Widening, ...]:
        """What could be done when nobody fits, step after step; empty when somebody does (ruling D7)."""
        return () if self.fits else tuple(self._widened())

    def may_ask(self, key: str) -> bool:
        """Whether this supporter may be asked: they fit, or nobody does and a widening step leads to them."""
        return key in self._askable

    @cached_property
    def _askable(self) -> frozenset[str]:
        fitting = frozenset(one.key for one in self.fits)
        return fitting.union(*(each.keys for each in self.widening))

    def _widened(self) -> Iterable[Widening]:
        lifted, left = 0, [each for each in self._barred() if not each[0] & AT_LIMIT or one_more(each[1])]
        for step, bit in _LIFTED.items():
            lifted |= bit
            added = sorted(self._fit(one) for mask, one in left if not mask & ~lifted)
            left = [each for each in left if each[0] & ~lifted]
            yield Widening(step, tuple(key for _weight, _turn, key, _one in added))

    def _barred(self) -> Iterator[tuple[int, Candidate]]:
        return zip(self.masks, self.barred, strict=True)

    def _least(self, most: int) -> list[Fit]:
        """Those with the least against them, best first.

        Weights are few, so most of a pool is set aside by its weight alone: only who could be among the best
        is ordered by turn and key.
        """
        against = weighing(self.weights)
        weights = [against(one) for one in self.fits]
        heaviest = _heaviest(weights, most)
        near = (
            (weight, one.turn, one.key, one)
            for weight, one in zip(weights, self.fits, strict=True)
            if weight <= heaviest
        )
        return nsmallest(most, near)

    def _fit(self, one: Candidate) -> Fit:
        return weigh(one, self.weights), one.turn, one.key, one

    def _matches(self, fits: Iterable[Fit]) -> tuple[Match, ...]:
        return tuple(self._match(one) for _weight, _turn, _key, one in fits)

    def _match(self, one: Candidate) -> Match:
        return Match(
            key=one.key,
            reasons=telling.reasons(one, self.wanted, self.rules),
            warnings=telling.cautions(one, self.wanted),
            free_times=tuple(sorted(self.wanted.times & one.times)),
            open_now=one.open_now,
            limit=one.limit,
        )


def _heaviest(weights: list[int], most: int) -> int:
    """The weight of the last of the `most` lightest."""
    counts = Counter(weights)
    for weight in sorted(counts):
        most -= counts[weight]
        if most <= 0:
            return weight
    return max(counts, default=0)


def rank(wanted: Wanted, candidates: Iterable[Candidate], rules: Rules, today: date) -> Ranking:
    """Who fits, best first, and who is left out. `today` is the day in the program's own zone."""
    barred_by, by = gatekeeper(gate(wanted, rules, today)), scale(wanted, rules)
    fits: list[Candidate] = []
    barred: list[Candidate] = []
    masks: list[int] = []
    for one in candidates:
        mask = barred_by(one)
        if mask:
            barred.append(one)
            masks.append(mask)
        else:
            fits.append(one)
    return Ranking(wanted, rules, by, fits, barred, masks)


def bars_of(wanted: Wanted, one: Candidate, rules: Rules, today: date) -> tuple[Bar, ...]:
    """Everything that keeps one supporter from being asked, in the order of `Bar`; else empty."""
    return told(bars(one, gate(wanted, rules, today)))
