"""What is counted, as a closed table, and how one person on their way becomes marginals.

Marginals only (product.md section 7): each measure is counted by itself, never two together, never with a
day, never as a row a person. Whatever is asked to be counted and isn't in the table falls into its measure's
`rest`, so that no odd value can keep somebody from being forgotten.

The tables of one release are shown side by side, so they are cut so that none says anything about another
but the number of people (docs/adr/0014-counts-are-released-by-half-year.md). That is why "later" and "not at
all" are one category: how many were never matched would bound how many got no note. And whom nobody asked
what they do isn't counted under a profession: "not said" would hold everybody of a list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Of(StrEnum):
    """Whom a measure divides."""

    PEOPLE = "people"  # everybody who reached out or was reached
    SINGLY = "singly"  # those of them who didn't come in a list of several people
    TALKED = "talked"  # those of them who talked with a peer
    TEAM = "team"  # those who came in a list of several people
    ALONE = "alone"  # a number by itself, part of no total
    ANSWERS = "answers"  # answers to a shared question, each question by itself; whose they are nobody knows


@dataclass(frozen=True, slots=True)
class Measure:
    """One question, and everything that can be answered to it.

    `open` measures take their categories from the program's policy. `rest` is where anything else falls.
    """

    key: str
    of: Of
    categories: tuple[str, ...]
    rest: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one person at the moment of forgetting.

    `match_hours` and `touch_hours` run from the arrival to the first peer's yes and to the first note, in
    hours of the clock on the wall; None when it never came to that. `talks` are (mode, minutes as the policy
    words them), each empty when it wasn't said. `onward` is a class of resources or "none"; None, like
    `safety` and `profession` None, says that nobody asked. `elsewhere`: the person was sent to another
    program (ruling D3).
    """

    source: str
    profession: str | None = ""
    match_hours: float | None = None
    touch_hours: float | None = None
    answer: str = ""
    touches: int = 0
    talks: tuple[tuple[str, str], ...] = ()
    onward: str | None = None
    safety: bool | None = None
    elsewhere: bool = False


Count = tuple[str, str]

# The published clock of one of the example programs is 24 hours, 48 for weekends (product.md section 4).
_BANDS = ((24, "within-24"), (48, "within-48"))
_LATER = "later"
LONGEST = 40  # characters a category may have in the stores

_MEASURES = (
    Measure("source", Of.PEOPLE, ("self", "colleague", "team", "peer", "other"), rest="other"),
    # Nobody of a list is asked what they do.
    Measure("profession", Of.SINGLY, (), rest="not-said", open=True),
    Measure("match", Of.PEOPLE, ("within-24", "within-48", _LATER), rest=_LATER),
    Measure("note", Of.PEOPLE, ("within-24", "within-48", _LATER), rest=_LATER),
    Measure("touches", Of.PEOPLE, ("two", "fewer"), rest="fewer"),
    Measure("answer", Of.PEOPLE, ("talked", "yes", "not-now", "resources", "none"), rest="none"),
    # Of those whom somebody entered for a team: whether they were offered a peer, by a note or a call.
    Measure("reach", Of.TEAM, ("offered", "not-offered"), rest="not-offered"),
    Measure("conversations", Of.TALKED, ("one", "two", "more"), rest="more"),
    Measure("mode", Of.TALKED, ("phone", "video", "in-person", "not-said"), rest="not-said"),
    Measure("minutes", Of.TALKED, (), rest="not-said", open=True),
    # The four classes of help a policy lists (programs: ResourceClass).
    Measure("onward", Of.PEOPLE, ("self-help", "inside", "outside", "urgent", "none"), rest="none"),
    Measure("safety", Of.PEOPLE, ("opened", "not-opened"), rest="not-opened"),
    # The program's two shared questions (ux.md T8, ruling A5). All of one's measures begin with that word.
    Measure("feedback-reach", Of.ANSWERS, ("yes", "some", "not-really", "skipped"), rest="skipped"),
    Measure("feedback-help", Of.ANSWERS, ("yes", "some", "not-really", "skipped"), rest="skipped"),
    Measure("feedback", Of.ALONE, ("feedback",), rest="feedback"),
    Measure("elsewhere", Of.ALONE, ("elsewhere",), rest="elsewhere"),
    # Added by the vault once a referral, whatever became of it: it says when a batch is large enough.
    Measure("people", Of.ALONE, ("people",), rest="people"),
)
MEASURES: Mapping[str, Measure] = MappingProxyType({measure.key: measure for measure in _MEASURES})


def counts_of(facts: Facts) -> tuple[Count, ...]:
    """One person as (measure, category) pairs, each to be added once. Never raises."""
    if facts.elsewhere:
        return (("elsewhere", "elsewhere"),)
    return (*_arrival(facts), *_path(facts), *_reach(facts), *_conversation(facts), *_aside(facts))


def half_year(day: date) -> str:
    """The calendar half-year of a day: `2026-H2`."""
    return f"{day.year}-H{1 if day.month <= 6 else 2}"


def next_half_year(half: str) -> str:
    """The half-year after one: `2026-H2` is followed by `2027-H1`."""
    year = int(half[:4])
    return f"{year}-H2" if half.endswith("1") else f"{year + 1}-H1"


def _arrival(facts: Facts) -> tuple[Count, ...]:
    source = _count("source", facts.source)
    if facts.profession is None or source[1] == "team":
        return (source,)
    return (source, _count("profession", facts.profession))


def _path(facts: Facts) -> tuple[Count, ...]:
    """How it went on. The note's time runs from the peer's yes, as the policy's clock does (ruling B3)."""
    matched, touched = facts.match_hours, facts.touch_hours
    since_yes = None if matched is None or touched is None else touched - matched
    return (
        ("match", _band(matched)),
        ("note", _band(since_yes)),
        ("touches", "two" if facts.touches > 1 else "fewer"),
        _count("answer", "talked" if facts.talks else facts.answer),
    )


def _reach(facts: Facts) -> tuple[Count, ...]:
    """Only those of a list are counted: waiting for calls reaches who calls, asking everybody reaches all."""
    if facts.source != "team":
        return ()
    return (("reach", "offered" if facts.touches or facts.talks else "not-offered"),)


def _conversation(facts: Facts) -> tuple[Count, ...]:
    """How somebody talked: people are counted, so mode and minutes are those of the first conversation."""
    if not facts.talks:
        return ()
    mode, minutes = facts.talks[0]
    how_often = {1: "one", 2: "two"}.get(len(facts.talks), "more")
    return (("conversations", how_often), _count("mode", mode), _count("minutes", minutes))


def _aside(facts: Facts) -> tuple[Count, ...]:
    onward = () if facts.onward is None else (_count("onward", facts.onward),)
    opened = "opened" if facts.safety else "not-opened"
    return onward if facts.safety is None else (*onward, ("safety", opened))


def _count(measure: str, category: str) -> Count:
    known = MEASURES[measure]
    wanted = category[:LONGEST]
    return measure, wanted if wanted and (known.open or wanted in known.categories) else known.rest


def _band(hours: float | None) -> str:
    if hours is None:
        return _LATER
    return next((band for most, band in _BANDS if hours <= most), _LATER)
