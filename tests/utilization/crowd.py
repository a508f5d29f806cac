"""Invented crowds: what a half-year of people adds up to."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from touchbase.utilization.counters import Count, Facts, counts_of

_HOURS = {"within-24": 5.0, "within-48": 30.0, "later": 90.0}
_TALKS = {"one": 1, "two": 2, "more": 3}


def counted(people: Iterable[Facts]) -> dict[Count, int]:
    """What these people add up to, the vault's own count of heads included."""
    everyone = list(people)
    found = Counter(count for facts in everyone for count in counts_of(facts))
    return {**found, ("people", "people"): len(everyone)}


def people(number: int, **facts: object) -> list[Facts]:
    """So many people who are alike."""
    return [Facts(**{"source": "self", **facts}) for _ in range(number)]  # type: ignore[arg-type]


def people_with(marginals: Mapping[str, Sequence[str]]) -> list[Facts]:
    """People who add up to given lists of categories, whatever these are: one entry a person and measure.

    `conversations`, `mode` and `minutes` have one entry for each person who talked, `profession` one for each
    who didn't come in a list. That this always works is what makes each table of a release say nothing about
    another one.
    """
    asked = iter(marginals["profession"])
    talked = zip(marginals["conversations"], marginals["mode"], marginals["minutes"], strict=True)
    rows = zip(*(marginals[measure] for measure in _ALL), strict=True)
    return [_one(dict(zip(_ALL, row, strict=True)), asked, talked) for row in rows]


_ALL = ("source", "match", "note", "touches", "answer", "onward", "safety")


def _one(row: Mapping[str, str], asked: Iterator[str], talked: Iterator[tuple[str, str, str]]) -> Facts:
    matched = _HOURS[row["match"]]
    times, mode, minutes = next(talked) if row["answer"] == "talked" else ("", "", "")
    return Facts(
        source=row["source"],
        profession=None if row["source"] == "team" else next(asked),
        match_hours=matched,
        touch_hours=matched + _HOURS[row["note"]],
        answer=row["answer"],
        touches=2 if row["touches"] == "two" else 1,
        talks=((mode, minutes),) * _TALKS.get(times, 0),
        onward=row["onward"],
        safety=row["safety"] == "opened",
    )
