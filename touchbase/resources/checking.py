"""Looking at the pages that programs lead to, and keeping the day and whether each opened."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from touchbase.programs.queries import CurrentProgram
from touchbase.resources import fetching
from touchbase.resources.models import Link

AGAIN_AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Checked:
    """One page that was looked at."""

    program: str  # its address
    link: str
    opened: bool


def due(programs: Iterable[CurrentProgram], *, today: date) -> list[tuple[CurrentProgram, str]]:
    """The links that were never looked at, or not for a month: those first that wait longest."""
    found = []
    for here in programs:
        days = dict(Link.objects.filter(program_id=here.id).values_list("address", "checked_on"))
        for link in links_of(here):
            last = days.get(link, date.min)
            if last is date.min or today - last >= AGAIN_AFTER:
                found.append((last, here.slug, link, here))
    return [(here, link) for _last, _slug, link, here in sorted(found, key=lambda one: one[:3])]


def links_of(here: CurrentProgram) -> list[str]:
    """The pages a program leads to, each once. One that has ended leads nowhere."""
    if here.state == "retired":
        return []
    return list(dict.fromkeys(one.link for one in here.policy.resources if one.link))


def check(
    here: CurrentProgram, link: str, *, today: date, opens: Callable[[str], bool] = fetching.opens
) -> Checked:
    """Look at one page, and keep the day and whether it opened. Call it outside of any transaction."""
    opened = opens(link)
    Link.objects.update_or_create(
        program_id=here.id, address=link, defaults={"checked_on": today, "opened": opened}
    )
    return Checked(here.slug, link, opened)


def forget(here: CurrentProgram) -> None:
    """Drop what is known of pages that the program's list doesn't have any more."""
    Link.objects.filter(program_id=here.id).exclude(address__in=links_of(here)).delete()
