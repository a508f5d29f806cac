"""Who fits, brought before the matcher as they are: wishes, bars, turns and room."""

import pytest

from tests.canary import WREN
from tests.factories.people import make_supporter
from tests.factories.programs import make_program, policy_text
from tests.factories.walking import DAY, HOUR, NOON, Walk, asking
from touchbase.outreach import actions, fitting, queries
from touchbase.supporters.models import Supporter

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def view(walk: Walk, handle: str, at=NOON) -> queries.DeskView:
    return queries.desk_view(handle, by=walk.people.coordinator.member, at=at)


def names(options) -> list[str]:
    return [option.name for option in options]


def test_the_best_fit_comes_first_with_plain_reasons(walk: Walk):
    handle = walk.received(of=asking(times=("evenings",), site="east"))
    Supporter.objects.update(parts_of_week=["evenings"])
    ari, robin = queries.fitting(view(walk, handle))
    assert (ari.name, ari.initials, ari.about) == ("Ari Stone", "AS", "Nurse, Emergency, East Pier")
    assert ari.reasons == ("Same role", "Free evenings")
    assert robin.name == "Robin Vale"
    assert (ari.open, ari.limit, ari.discs, ari.why_not) == (0, 2, (False, False), "")


def test_every_wish_reaches_the_matcher(walk: Walk):
    Supporter.objects.filter(profession="nurse").update(
        languages=["en", "es"], topics={"nights": "matching"}, parts_of_week=["mornings"], site="west"
    )
    handle = walk.received(
        of=asking(
            times=("mornings",), languages=("es",), topics=("nights",), site="east", department="surgery",
            wants=("other-site", "same-profession"), not_with="Robin Vale",
        )
    )  # fmt: skip
    (ari,) = queries.fitting(view(walk, handle))
    assert ari.name == "Ari Stone"
    assert ari.reasons == (
        "Speaks a language they asked for",
        "Offered to talk about what they asked for",
        "Different site",
        "Free mornings",
    )
    assert [(option.name, option.why_not) for option in queries.left_out(view(walk, handle))] == [
        ("Robin Vale", "Is someone this person would rather not have.")
    ]


def test_three_are_shown_and_everybody_on_request(walk: Walk):
    for letter in "ABCD":
        make_supporter(walk.here, f"Peer {letter}")
    found = view(walk, walk.received())
    assert (len(queries.fitting(found)), len(queries.fitting(found, everyone=True))) == (3, 6)


def test_who_is_left_out_is_told_by_name_with_the_reason_and_how_full_they_are(walk: Walk):
    Supporter.objects.update(limit=1)
    handle = walk.received()
    walk.accepted(of=asking(WREN))
    (robin,) = queries.left_out(view(walk, handle))
    assert (robin.name, robin.why_not, robin.open, robin.limit) == (
        "Robin Vale", "Is at their own limit.", 1, 1,
    )  # fmt: skip
    assert robin.discs == (True,)


def test_those_left_out_stand_in_the_order_of_their_names(walk: Walk):
    for name in ("Zoe Last", "Amy First"):
        make_supporter(walk.here, name, active=False)
    found = queries.left_out(view(walk, walk.received()))
    assert names(found) == ["Amy First", "Zoe Last"]


def test_warnings_are_said(walk: Walk):
    handle = walk.received(of=asking(department=""))
    options = queries.fitting(view(walk, handle))
    assert {option.warnings for option in options} == {("Department not known",)}


def test_one_over_their_limit_shows_each(walk: Walk):
    option = fitting.Option("k", "N", "N", "", open=3, limit=2)
    assert option.discs == (True, True, True)


def test_the_program_says_what_counts(walk: Walk):
    walk.here = make_program(policy_text(matching='own_department = "fine"\nprefer = ["same-site"]'))
    rules = fitting.rules_of(walk.here.policy)
    assert (rules.own_department, rules.prefer) == ("fine", ("same-site",))


def test_the_day_is_the_programs(walk: Walk):
    """At four in the morning in London it is still the day before at Harbor."""
    today = NOON.date()
    Supporter.objects.update(resting_until=today)
    handle = walk.received()
    assert queries.fitting(view(walk, handle, NOON + 11.5 * HOUR)) == ()
    assert len(queries.fitting(view(walk, handle, NOON + 12 * HOUR))) == 2


def test_nobody_is_offered_who_is_the_person_themself(walk: Walk):
    handle = walk.received(of=asking(contact="+12075550170"))
    assert {option.why_not for option in queries.left_out(view(walk, handle))} == {
        "Is the person who needs a peer."
    }


def test_once_it_is_matched_nobody_is_offered(walk: Walk):
    found = view(walk, walk.matched())
    assert (queries.fitting(found), queries.left_out(found), found.person, found.wishes) == (
        (),
        (),
        None,
        None,
    )


def test_who_has_left_since_the_ranking_isnt_shown(walk: Walk):
    found = view(walk, walk.received())
    Supporter.objects.all().delete()
    assert queries.fitting(found) == ()
    inactive = view(walk, walk.received(of=asking(WREN)))
    assert queries.left_out(inactive) == ()


def test_for_the_clock_it_is_the_same_ranking(walk: Walk):
    handle = walk.received()
    top = queries.ranking(walk.held(handle), at=NOON).top
    assert [match.key for match in top] == [option.key for option in queries.fitting(view(walk, handle))]


def test_asked_before_is_left_out(walk: Walk):
    handle = walk.matched()
    actions.pass_on(handle=handle, by=walk.people.supporter.member, at=NOON + DAY)
    (robin,) = queries.left_out(view(walk, handle))
    assert robin.why_not == "Was asked about this one before."
