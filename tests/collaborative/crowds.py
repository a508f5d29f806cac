"""Members with released half-years: counters as they are added, and releases as the clock makes them."""

from collections.abc import Mapping
from datetime import date

from tests.factories.collaboratives import make_member
from tests.factories.programs import make_program, policy_text
from touchbase.collaborative.queries import Together
from touchbase.programs.queries import CurrentProgram
from touchbase.utilization import actions
from touchbase.utilization.counters import Count, next_half_year

FLOOR = 11


def days_after(half: str, days: int) -> date:
    """A day so many days into the half-year after one."""
    following = next_half_year(half)
    return date(int(following[:4]), 1 if following.endswith("1") else 7, days)


def counts(n: int, *, colleague: int = 0, talked: int = 0, later: int = 0) -> dict[Count, int]:
    """So many people as counters: most asked for themselves, were matched at once and said not now."""
    return {
        ("source", "self"): n - colleague,
        ("source", "colleague"): colleague,
        ("match", "within-24"): n - later,
        ("match", "later"): later,
        ("answer", "talked"): talked,
        ("answer", "not-now"): n - talked,
        ("conversations", "one"): talked,
        ("mode", "phone"): talked,
        ("profession", "nurse"): n,
    }


def joined(together: Together, slug: str, **policy: str) -> CurrentProgram:
    """A new member of a collaborative."""
    program = make_program(policy_text(slug, **policy))
    make_member(together, program)
    return program


def released(program: CurrentProgram, half: str, counted: Mapping[Count, int]) -> None:
    """What a program counted in a half-year, released by itself where it is enough."""
    found = {count: n for count, n in counted.items() if n}
    actions.add(program_id=program.id, batch=f"{program.slug}{half}", half_year=half, counts=found)
    actions.release_due(
        program_id=program.id,
        today=days_after(half, 1),
        floor=program.policy.reporting.floor,
        headcounts={},
    )
