"""Five half-years of members that come and go: none learns another's number from all that it can see."""

import pytest

from tests.collaborative.attack import Attacker, Place, lines_of_file, lines_of_page, shown_in
from tests.collaborative.crowds import days_after, joined, released
from touchbase.collaborative import pooling
from touchbase.collaborative.models import Member
from touchbase.collaborative.pooled import NARROWEST
from touchbase.utilization.counters import Count, half_year
from touchbase.utilization.releases import people_in

pytestmark = pytest.mark.django_db
AT = "/inland/desk/together/coast/numbers/"
HALVES = ("2024-H1", "2024-H2", "2025-H1", "2025-H2", "2026-H1")
# Who is a member in each, the one that looks always among them.
WHO = ("icd", "icd", "icde", "idef", "iefgh")
NAMES = {"c": "cape", "d": "dune", "e": "elm", "f": "fen", "g": "gulf", "h": "hill"}


def counted(half: int, member: int) -> dict[Count, int]:
    """What a member counted: now all are alike, now one has most, now only two have any of something."""
    n = (18, 40, 30, 45, 26)[half] + (member * (3, 1, 4, 9, 5)[half])
    colleague = (7, 14, 12, 20 + member, n // 2)[half]
    talked = (8, n - 1, n // 2, 30, 12 + member)[half]
    late = (1, 12 if member < 2 else 0, 9, 2 if member else 14, 5)[half]
    soon = 0 if half == 1 else 3
    return {
        ("source", "self"): n - colleague,
        ("source", "colleague"): colleague,
        ("match", "within-24"): n - late - soon,
        ("match", "within-48"): soon,
        ("match", "later"): late,
        ("answer", "talked"): talked,
        ("answer", "not-now"): n - talked,
        ("conversations", "one"): talked - 2,
        ("conversations", "two"): 2,
        ("mode", "phone"): talked // 2,
        ("mode", "video"): talked - talked // 2,
    }


def live(together, elsewhere) -> None:
    """Members join, release each half-year by themselves, are pooled, and leave."""
    programs = {"i": elsewhere}
    for at, (half, who) in enumerate(zip(HALVES, WHO, strict=True)):
        for name in who:
            if name not in programs:
                programs[name] = joined(together, NAMES[name])
            released(programs[name], half, counted(at, who.index(name)))
        pooling.release_due(collaborative=together.id, today=days_after(half, 8))
        gone = [programs[name].id for name in who if name not in "".join(WHO[at + 1 :])]
        Member.objects.filter(program_id__in=gone).exclude(program_id=elsewhere.id).delete()


def test_no_member_works_out_anothers_number_over_five_half_years(together, people, elsewhere, visitor_of):
    live(together, elsewhere)
    desk = visitor_of(people.elsewhere.account)
    shown_cells = hidden_cells = 0

    for at, (half, who) in enumerate(zip(HALVES, WHO, strict=True)):
        page, given = desk.get(f"{AT}{half}/"), desk.get(f"{AT}{half}/csv/")
        assert lines_of_page(page) == lines_of_file(given)
        shown = shown_in(lines_of_page(page))
        everybody = sum(people_in(counted(at, place)) for place in range(len(who)))
        assert f"{everybody} people reached out" in page.content.decode()

        attacker = Attacker(shown, everybody, len(who), viewer=0, own=counted(at, 0))
        for cell, n in shown.items():
            shown_cells, hidden_cells = shown_cells + (n is not None), hidden_cells + (n is None)
            for member in range(1, len(who)):
                if n != 0:
                    width = attacker.width([Place(member, cell)])
                    assert width >= NARROWEST - 1e-6, (half, cell, n, member, width)
            if n is None:
                together_width = attacker.width([Place(member, cell) for member in range(len(who))])
                assert together_width >= NARROWEST - 1e-6, (half, cell, together_width)
    assert (shown_cells, hidden_cells) == (51, 22)


def test_no_half_year_is_in_two_releases_so_there_is_no_difference_to_take(together, people, elsewhere):
    live(together, elsewhere)
    found = pooling.pooled_releases(together)

    covered = [(each.sheet.first, each.sheet.last) for each in found if each.sheet]
    assert covered == [(half, half) for half in reversed(HALVES)]
    assert [half_year(each.made_day) > each.half_year for each in found] == [True] * 5
