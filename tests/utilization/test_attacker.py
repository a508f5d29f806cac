"""The attacker has teeth: take one habit of a release away, and numbers of people are known."""

from dataclasses import replace

import pytest

from tests.utilization.attacker import MATCH, OFTEN, REACH, SOURCE, system_of
from tests.utilization.crowd import counted, people
from tests.utilization.published import Line, Reading, halves
from tests.utilization.solving import told
from tests.utilization.years import POLICIES, rules_of, sheet_of, texts_of
from touchbase.utilization import releases as drawing
from touchbase.utilization.releases import Period
from touchbase.utilization.suppression import Kind

HALF = "2026-H1"
TEAM, ASKED, BEGAN = "After a team event", "Asked for a peer, or a peer began", "A peer began"
SOON = {"match_hours": 1.0, "touch_hours": 2.0, "touches": 1}


def texts(crowd, slug="shcp", first=HALF, last=HALF):
    return list(texts_of(sheet_of(POLICIES[slug], Period(first, last, counted(crowd)), 11)))


def known(readings, slug="shcp", *, waited=True):
    found = told(system_of(readings, floor=11, rules=rules_of(slug), waited=waited))
    return {(question, group): (range_.low, range_.high) for (_, question, group), range_ in found.items()}


def test_a_small_number_that_is_hidden_alone_is_taken_from_the_total(monkeypatch):
    crowd = [*people(31), *people(4, source="team")]
    assert known(texts(crowd)) == {}
    alone = [Kind.SHOWN, Kind.FEW]
    monkeypatch.setattr(
        drawing, "suppress", lambda counts, *, floor: tuple(alone[0 < n < floor] for n in counts)
    )
    assert known(texts(crowd)) == {(SOURCE, TEAM): (4, 4)}


def test_two_small_numbers_that_are_nearly_the_floor_are_told_by_their_sum(monkeypatch):
    crowd = [*people(30), *people(9, source="team"), *people(9, source="colleague")]
    assert known(texts(crowd)) == {}
    monkeypatch.setattr(
        drawing,
        "suppress",
        lambda counts, *, floor: tuple(Kind.FEW if 0 < n < floor else Kind.SHOWN for n in counts),
    )
    assert set(known(texts(crowd)).values()) == {(8, 10)}


def test_a_share_of_a_hidden_number_would_tell_it_and_less_when_rounded():
    shown = next(reading for reading in texts([*people(31), *people(4, source="team")]) if reading.said)
    assert known([_with_share(shown, "11%")])[SOURCE, TEAM] == (4, 4)  # of so few, even that
    many = next(reading for reading in texts([*people(995), *people(5, source="team")]) if reading.said)
    assert known([_with_share(many, "1%")]) == {}
    assert known([_with_share(many, "0.5%")])[SOURCE, TEAM] == (5, 5)


def _with_share(reading: Reading, share: str) -> Reading:
    lines = tuple(
        replace(line, share=share) if (line.question, line.group) == (SOURCE, TEAM) else line
        for line in reading.lines
    )
    return replace(reading, lines=lines)


def test_releases_that_overlap_tell_who_came_between_them():
    before = [*people(30), *people(12, source="team")]
    first, both = texts(before), texts([*before, *people(11), *people(3, source="team")], last="2026-H2")
    assert known(first) == {} == known(both, waited=False)
    assert known([*first, *both], waited=False)[SOURCE, TEAM] == (3, 3)


# Whoever knows how a referral goes: a row of one table that holds people of a row of another one.

PEERS = {"source": "peer", "match_hours": 0.0}
UNREGISTERED = {"source": "peer", "profession": None, "talks": (("phone", ""),)}
NESTED = {
    "whom a peer began with was matched at once": (
        "shcp",
        [
            *people(20, **PEERS),
            *people(9, match_hours=90.0),
            *people(11, source="colleague", match_hours=90.0),
        ],
        {(SOURCE, "Asked for a peer, or a peer began"): (9, 10), (SOURCE, BEGAN): (19, 20)},
    ),
    "of a talk that isn't registered no match is counted": (
        "lvhn",
        [*people(28, **UNREGISTERED), *people(1, match_hours=30.0), *people(11, match_hours=9.0)],
        {(MATCH, "24 to 48 hours"): (1, 1), (MATCH, "Later, or not at all"): (28, 28)},
    ),
    "and it is counted as one": (
        "lvhn",
        [
            *people(27, **UNREGISTERED),
            *people(1, talks=(("phone", ""),)),
            *people(2, talks=(("phone", ""),) * 2),
            *people(11),
        ],
        {(OFTEN, "Twice"): (1, 3), (OFTEN, "Once"): (27, 29)},
    ),
}


@pytest.mark.parametrize("slug_crowd_found", NESTED.values(), ids=NESTED)
def test_what_peers_began_in_a_row_of_its_own_would_tell_numbers_of_others(monkeypatch, slug_crowd_found):
    slug, crowd, found = slug_crowd_found
    assert known(texts(crowd, slug), slug) == {}
    monkeypatch.setattr(drawing, "_SHOWN_WITH", {})
    assert known(texts(crowd, slug), slug) == found


def test_the_reach_of_teams_would_be_told_by_notes_and_tell_them():
    crowd = [
        *people(10, source="team", **SOON),
        *people(19, source="team"),
        *people(11, **SOON),
    ]
    shown = [reading for reading in texts(crowd) if not any(line.question == REACH for line in reading.lines)]
    assert len(shown) == 2
    assert known(shown) == {}
    reach = (Line(REACH, "Offered a peer", "fewer than 11", ""), Line(REACH, "Not offered", "not shown", ""))
    assert known([replace(reading, lines=(*reading.lines, *reach)) for reading in shown]) == {
        (REACH, "Offered a peer"): (10, 10),
        (REACH, "Not offered"): (19, 19),
    }


def test_professions_of_everybody_would_be_told_by_the_team_that_nobody_asked():
    crowd = [*people(31, profession="nurse", match_hours=1.0), *people(14, source="team")]
    shown = texts(crowd)
    rows = [("Physician", "30", ""), ("Nurse", "fewer than 11", ""), ("Other, or not said", "not shown", "")]
    professions = tuple(Line("All professions", *row) for row in rows)
    readings = [replace(reading, lines=(*reading.lines, *professions)) for reading in shown]
    tied = (((SOURCE, TEAM), ("All professions", "Other, or not said")),)
    found = told(system_of(readings, floor=11, rules=tied))
    assert found[HALF, "All professions", "Nurse"].high == 1


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("July to December 2026", ("2026-H2", "2026-H2")),
        ("between January and December 2026", ("2026-H1", "2026-H2")),
        ("July 2025 to June 2026", ("2025-H2", "2026-H1")),
    ],
)
def test_the_half_years_of_a_title_are_read(title, found):
    assert halves(title) == found
