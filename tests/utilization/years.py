"""Invented years of the example programs: who might come by their policies, and what is released of it.

Nothing hangs on chance: a program, a volume and a half-year always give the same people.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

from django.template.loader import render_to_string

from tests.utilization.attacker import REGISTERED, UNREGISTERED, Rules
from tests.utilization.published import Reading, read_file, read_page
from touchbase.programs.choices import WhoKnows
from touchbase.programs.files import read
from touchbase.programs.policy import Policy
from touchbase.utilization.counters import Count, Facts, counts_of, next_half_year
from touchbase.utilization.figures import lines, page_of
from touchbase.utilization.releases import Period, Sheet, Words, draw, ripe

FOLDER = Path(__file__).parents[2] / "programs"
POLICIES: Mapping[str, Policy] = {file.stem: read(file) for file in sorted(FOLDER.glob("*.toml"))}
FIRST = "2026-H1"
_ANSWERS = ("yes", "not-now", "not-now", "resources", "none", "none")
_SAID = ("yes", "yes", "yes", "some", "not-really", "skipped")


def half_years(number: int) -> list[str]:
    """So many half-years, one after the other."""
    found = [FIRST]
    while len(found) < number:
        found.append(next_half_year(found[-1]))
    return found


def counts(slug: str, half: str, number: int) -> Counter[Count]:
    """What so many people of a program add up to in a half-year, with answers to the shared questions."""
    chance = Random(f"{slug} {half} {number}")
    found: Counter[Count] = Counter()
    for _ in range(number):
        found.update(counts_of(_person(POLICIES[slug], chance, onward=half.endswith("2"))))
    for question in ("feedback-reach", "feedback-help"):
        found.update((question, chance.choice(_SAID)) for _ in range(chance.randrange(number // 3 + 2)))
    found["people", "people"] = number
    return found


def releases(slug: str, by_half: Mapping[str, Mapping[Count, int]], *, floor: int = 11) -> Iterator[Sheet]:
    """Everything a program releases of these half-years, oldest first."""
    policy = POLICIES[slug]
    for period in ripe(by_half, after="", before=next_half_year(max(by_half)), floor=floor):
        yield sheet_of(policy, period, floor)


def sheet_of(policy: Policy, period: Period, floor: int) -> Sheet:
    """A period as a program of this policy releases it."""
    return draw(
        period,
        floor=floor,
        headcounts={option.key: option.headcount for option in policy.eligibility.professions},
        words=Words(
            {option.key: option.label for option in policy.eligibility.professions}, policy.contact.minutes
        ),
    )


def texts_of(sheet: Sheet) -> tuple[Reading, ...]:
    """A release as the page's own templates and its file show it, read back."""
    page = page_of(sheet)
    cards = [render_to_string("leadership/_card.html", {"card": card}) for card in page.cards]
    file = io.StringIO()
    csv.writer(file).writerows(lines(page))
    return (
        *read_page(f"<h1>{page.heading}</h1>{''.join(cards)}".encode()),
        *read_file(file.getvalue().encode()),
    )


def rules_of(slug: str) -> Rules:
    """What everybody knows of how referrals go in a program."""
    return UNREGISTERED if _is_unregistered(POLICIES[slug]) else REGISTERED


def _is_unregistered(policy: Policy) -> bool:
    return policy.confidence.who_knows is WhoKnows.TWO


def _person(policy: Policy, chance: Random, *, onward: bool) -> Facts:
    """Somebody on their way, as referrals go: who began with a peer was taken by that peer at once.

    `onward`: everybody was asked at the end whether other help arrived.
    """
    source = chance.choices(("self", "colleague", "team", "peer"), (6, 3, 2, 3))[0]
    modes, minutes = [mode.value for mode in policy.contact.modes], policy.contact.minutes
    talks = tuple(
        (chance.choice([*modes, modes[0]]), chance.choice([*minutes, minutes[0], ""]))
        for _ in range(chance.choice((0, 0, 1, 1, 1, 2, 3)))
    )
    if source == "peer" and _is_unregistered(policy):
        return Facts(source=source, talks=talks[:1] or ((modes[0], ""),))
    keys = [option.key for option in policy.eligibility.professions]
    matched = 0.0 if source == "peer" else chance.choice((2.0, 9.0, 20.0, 30.0, 70.0, None))
    asked = matched is not None and (bool(talks) or chance.random() < 0.8)
    return Facts(
        source=source,
        profession=chance.choice([*keys[:2], *keys[:2], *keys, ""]),
        match_hours=matched,
        touch_hours=matched + chance.expovariate(1 / 16) if asked and matched is not None else None,
        answer=chance.choice(_ANSWERS),
        touches=chance.choice((1, 1, 2)) if asked else 0,
        talks=talks if asked else (),
        onward=chance.choice(("self-help", "outside", "none", "none")) if onward else None,
        safety=chance.random() < 0.03,
        elsewhere=chance.random() < 0.05,
    )
