"""A half-year in which everything was counted, and so often that all of it is shown: the longest release."""

from collections.abc import Sequence

from touchbase.programs.policy import Policy
from touchbase.utilization.counters import MEASURES, Count, Of

PEOPLE = 2_000  # the most that are two hundred dots, which take the most room
STAFF = 100_000  # so many are eligible that every profession is shown
_FIFTH = PEOPLE // 5  # as many talked, and came in a list: one of five answers, one of five ways in
_TOTALS = {
    Of.PEOPLE: PEOPLE, Of.SINGLY: PEOPLE - _FIFTH, Of.TALKED: _FIFTH, Of.TEAM: _FIFTH, Of.ANSWERS: 400,
    Of.ALONE: 40,
}  # fmt: skip


def everything(policy: Policy) -> dict[Count, int]:
    """The counts: each measure's categories get equal parts of its total, the last one what is over."""
    listed = {
        "profession": [*(option.key for option in policy.eligibility.professions), "not-said"],
        "minutes": [*policy.contact.minutes, "not-said"],
    }
    found: dict[Count, int] = {}
    for measure in MEASURES.values():
        categories = listed.get(measure.key, measure.categories)
        parts = _parts(_TOTALS[measure.of], categories)
        found |= {(measure.key, each): n for each, n in zip(categories, parts, strict=True)}
    return found


def headcounts(policy: Policy) -> dict[str, int | None]:
    """Eligible staff by profession, many of each."""
    return {option.key: STAFF for option in policy.eligibility.professions}


def _parts(total: int, categories: Sequence[str]) -> list[int]:
    even = total // len(categories)
    return [even] * (len(categories) - 1) + [total - even * (len(categories) - 1)]
