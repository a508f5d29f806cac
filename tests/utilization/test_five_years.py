"""Five years of every example program, released, and read by somebody with two solvers."""

import pytest

from tests.utilization.attacker import system_of
from tests.utilization.solving import reaches, told
from tests.utilization.years import POLICIES, counts, half_years, releases, rules_of, texts_of
from touchbase.utilization import releases as drawing
from touchbase.utilization.suppression import Kind

HALF_YEARS = half_years(10)
# How the people of a year come: in twelfths, half-year by half-year. Some halves of small programs wait.
UNEVEN = (2, 9, 7, 5, 4, 8, 6, 6, 3, 10)


def five_years(slug, a_year):
    return {
        half: counts(slug, half, a_year * part // 12) for half, part in zip(HALF_YEARS, UNEVEN, strict=True)
    }


def everything(slug, a_year):
    return [reading for sheet in releases(slug, five_years(slug, a_year)) for reading in texts_of(sheet)]


@pytest.mark.parametrize("a_year", [30, 60, 600])
@pytest.mark.parametrize("slug", POLICIES)
def test_no_hidden_number_of_five_years_is_known_within_three(slug, a_year):
    known = system_of(everything(slug, a_year), floor=11, rules=rules_of(slug))
    assert known.hidden
    assert told(known) == {}


def test_what_the_attacker_works_out_is_true(monkeypatch):
    """Else it could pass by being wrong."""
    hidden = {place: found for place, found in _reaches("lvhn", 60).items() if found.high}
    monkeypatch.setattr(drawing, "suppress", lambda counts, *, floor: (Kind.SHOWN,) * len(counts))
    monkeypatch.setattr(drawing, "suppress_alone", lambda n, *, floor: Kind.SHOWN)
    true = {
        (reading.last, line.question, line.group): int(line.people)
        for reading in everything("lvhn", 60)
        if reading.first == reading.last
        for line in reading.lines
    }
    compared = [place for place in hidden if place in true]
    assert len(compared) > 50
    for place in compared:
        assert hidden[place].low <= true[place] <= hidden[place].high, place


def _reaches(slug, a_year):
    known = system_of(everything(slug, a_year), floor=11, rules=rules_of(slug))
    return reaches(known, known.hidden)
