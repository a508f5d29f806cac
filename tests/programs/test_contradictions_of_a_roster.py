import pytest

from tests.programs.samples import added, policy, problems


@pytest.mark.parametrize(
    ("changes", "key", "remedy"),
    [
        (
            [added("roster", "second = true")],
            "roster.kept",
            'This says how a roster is made: write "weeks" or "days", or leave the other keys out.',
        ),
        (
            [added("roster", 'kept = "days"', "ahead_weeks = 13")],
            "roster.ahead_weeks",
            "A roster of days is made 12 weeks ahead at most: write 12 or fewer.",
        ),
        (
            [added("roster", 'kept = "weeks"', "ahead_weeks = 1", "warn_days = 8")],
            "roster.warn_days",
            "The roster ends before that: write 7 or fewer.",
        ),
        (
            [added("roster", 'kept = "weeks"', "most_a_year = 19", "apart_days = 14")],
            "roster.most_a_year",
            "With 14 free days between two, 18 fit in a year: write 18 or fewer.",
        ),
    ],
)
def test_a_contradiction_names_its_key_and_the_way_out(changes, key, remedy):
    assert problems(*changes) == [(key, remedy)]


def test_a_roster_is_kept_only_where_the_file_says_so():
    assert policy().roster.is_kept is False
    assert policy(added("roster", 'kept = "none"')).roster.is_kept is False
    assert policy(added("roster", 'kept = "weeks"')).roster.slot_days == 7
    assert policy(added("roster", 'kept = "days"')).roster.slot_days == 1
