"""What the demo counted before today: two half-years of invented people, as the sums that are left of them.

They go the way every count goes, batch by batch, and are released by the program's own floor. One program has
just enough people, three have many, and the last had nobody and then too few.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from touchbase.programs.queries import CurrentProgram
from touchbase.utilization import actions as counting
from touchbase.utilization.counters import Count, Facts, counts_of, half_year

# People in the half-year before last and in the last one, by the programs' order.
PEOPLE = ((18, 13), (64, 71), (58, 49), (47, 62), (0, 4))
_SOURCES = ("self", "colleague", "self", "team", "colleague", "self")
_ANSWERS = ("yes", "yes", "not-now", "yes", "none", "yes", "resources", "yes")
_MATCHED = (6.0, 20.0, 11.0, 30.0, 3.5, 16.0, 45.0)
_NOTED = (4.0, 9.0, 22.0, 26.0, 12.0)


def count(here: CurrentProgram, number: int, today: date) -> None:
    """Add the two half-years before today's to a program, and make the releases that are due."""
    last = date(today.year, 1 if today.month <= 6 else 7, 1)
    days = (_half_before(_half_before(last)), _half_before(last))
    for people, day in zip(PEOPLE[number % len(PEOPLE)], days, strict=True):
        if people:
            counts = Counter(_counts(here, people))
            batch = f"demo-{number}-{half_year(day)}"
            counting.add(program_id=here.id, batch=batch, half_year=half_year(day), counts=counts)
    counting.release_due(
        program_id=here.id,
        today=today,
        floor=here.policy.reporting.floor,
        headcounts={option.key: option.headcount for option in here.policy.eligibility.professions},
    )


def _half_before(first: date) -> date:
    """The first day of the half-year before the one that begins on a day."""
    return date(first.year, 1, 1) if first.month == 7 else date(first.year - 1, 7, 1)


def _counts(here: CurrentProgram, people: int) -> Iterator[Count]:
    for one in range(people):
        yield "people", "people"
        yield from counts_of(_facts(here, one))


def _facts(here: CurrentProgram, one: int) -> Facts:
    answer = _ANSWERS[one % len(_ANSWERS)]
    matched = _MATCHED[one % len(_MATCHED)]
    professions, modes, minutes = (
        here.policy.eligibility.professions,
        here.policy.contact.modes,
        here.policy.contact.minutes,
    )
    talk = (modes[one % len(modes)].value, minutes[one * 5 % len(minutes)])
    return Facts(
        source=_SOURCES[one % len(_SOURCES)] if here.policy.offers("colleague") else "self",
        profession=professions[one * one % len(professions)].key,
        match_hours=matched,
        touch_hours=matched + _NOTED[one % len(_NOTED)],
        answer=answer,
        touches=2 if answer in {"none", "not-now"} else 1,
        talks=(talk,) if answer == "yes" else (),
    )
