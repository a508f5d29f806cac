"""Adding a batch of counts, and making the releases that are due. Both may be repeated without harm."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from touchbase.programs.models import Program
from touchbase.programs.queries import program_by_id
from touchbase.utilization import queries
from touchbase.utilization.counters import Count, next_half_year
from touchbase.utilization.counters import half_year as half_of
from touchbase.utilization.models import Counter, Flush, Release
from touchbase.utilization.releases import Period, Words, draw, ripe


def add(*, program_id: str, batch: str, half_year: str, counts: Mapping[Count, int]) -> bool:
    """Add a batch of the pool to a half-year's counters. False when this batch was added before.

    What is added to a half-year that is already released counts in the first one that isn't: a release is
    frozen, and nobody may be lost either.
    """
    with transaction.atomic():
        _one_at_a_time(program_id)
        _, fresh = Flush.objects.get_or_create(batch=batch, defaults={"program_id": program_id})
        if fresh:
            _sum_up(program_id, _open_half(program_id, half_year), counts)
    return fresh


def release_due(
    *, program_id: str, today: date, floor: int, headcounts: Mapping[str, int | None], last: bool = False
) -> tuple[str, ...]:
    """Make every release whose half-year is over, once and for all. Returns the half-years they end with.

    `today` is a day of the program's own zone. `headcounts` are eligible staff by key of a profession. The
    words of its lists are those of the policy that holds now. `last`: the program has ended, and this
    half-year is complete as it is.
    """
    before = next_half_year(half_of(today)) if last else half_of(today)
    if not _periods(program_id, before, floor):
        return ()  # nothing is locked for it
    with transaction.atomic():
        _one_at_a_time(program_id)
        periods = _periods(program_id, before, floor)
        words = _words(program_id)
        for period in periods:
            sheet = draw(period, floor=floor, headcounts=headcounts, words=words)
            Release.objects.create(
                program_id=program_id,
                half_year=period.last,
                table=sheet.model_dump(mode="json"),
                made_day=today,
            )
    return tuple(period.last for period in periods)


def drop_counters(*, program_id: str) -> None:
    """Forget the counters of a program that has ended: what may be shown of them is in its releases."""
    Counter.objects.filter(program_id=program_id).delete()


def _periods(program_id: str, before: str, floor: int) -> list[Period]:
    after = queries.last_released(program_id)
    halves = queries.counts_since(program_id, after=after, before=before)
    return list(ripe(halves, after=after, before=before, floor=floor))


def _one_at_a_time(program_id: str) -> None:
    """Hold the program's row, so that nothing is added to a half-year while its release is being made.

    SQLite has one writer anyway, and takes its turn when the transaction begins.
    """
    Program.objects.select_for_update().get(pk=program_id)


def _open_half(program_id: str, half_year: str) -> str:
    last = queries.last_released(program_id)
    return max(half_year, next_half_year(last)) if last else half_year


def _sum_up(program_id: str, half_year: str, counts: Mapping[Count, int]) -> None:
    there = {
        (row.measure, row.category): row
        for row in Counter.objects.filter(program_id=program_id, half_year=half_year)
    }
    new = []
    for (measure, category), n in counts.items():
        row = there.get((measure, category))
        if row is None:
            new.append(
                Counter(program_id=program_id, half_year=half_year, measure=measure, category=category, n=n)
            )
        else:
            row.n += n
    Counter.objects.bulk_update(there.values(), ["n"])
    Counter.objects.bulk_create(new)


def _words(program_id: str) -> Words:
    policy = program_by_id(program_id).policy
    return Words(
        professions={option.key: option.label for option in policy.eligibility.professions},
        minutes=policy.contact.minutes,
    )
