from datetime import time
from zoneinfo import ZoneInfo

import pydantic
import pytest

from tests.programs.samples import EXAMPLES, added, policy
from touchbase.programs.files import read

SITE = '[[eligibility.sites]]\nkey = "{key}"\nlabel = "{label}"\n'
FACULTY = ('label = "Nurse"', 'label = "Nurse"\nheadcount = 20')
PHYSICIANS = ('label = "Physician"', 'label = "Physician"\nheadcount = {}')


def test_a_policy_never_changes():
    with pytest.raises(pydantic.ValidationError):
        policy().clock.rest_days = 1  # type: ignore[misc]


def test_days_are_counted_in_the_program_s_own_zone():
    assert policy().zone == ZoneInfo("America/Denver")


def test_waking_hours_are_two_times_of_day():
    clock = policy(added("clock", 'hours = "06:30-22:00"')).clock
    assert (clock.wakes, clock.sleeps) == (time(6, 30), time(22))


@pytest.mark.parametrize(("source", "open_"), [("self", True), ("colleague", True), ("team", True)])
def test_a_way_in_is_open_until_the_file_closes_it(source, open_):
    assert policy().offers(source) is open_
    assert policy(added("sources", f"{source} = false")).offers(source) is not open_


def test_the_directory_and_anything_unknown_are_closed():
    assert [policy().offers(source) for source in ("directory", "carrier pigeon")] == [False, False]


def test_one_site_is_no_choice():
    one, other = SITE.format(key="main", label="Main"), SITE.format(key="north", label="North")
    assert policy().single_site
    assert policy(("[sources]", f"{one}\n[sources]")).single_site
    assert not policy(("[sources]", f"{one}{other}\n[sources]")).single_site


def test_what_a_form_offers_is_what_the_file_lists():
    small = policy()
    assert [option.label for option in small.options("profession")] == ["Nurse", "Physician"]
    assert small.keys("time") == frozenset({"mornings"})
    assert small.options("topic") == ()


@pytest.mark.parametrize(
    ("kind", "key", "label"),
    [
        ("profession", "nurse", "Nurse"),
        ("department", "dock", "Dock clinic"),
        ("time", "mornings", "Mornings"),
        ("stage", "mid-career", "mid career"),
        ("site", "", ""),
    ],
)
def test_a_stored_key_is_read_as_its_label(kind, key, label):
    assert policy().label_of(kind, key) == label


@pytest.mark.parametrize(("headcount", "apart"), [(20, True), (19, False)])
def test_professions_are_counted_apart_only_where_each_has_twenty(headcount, apart):
    before, after = PHYSICIANS
    assert policy(FACULTY, (before, after.format(headcount))).counts_by_profession is apart


def test_without_head_counts_nothing_is_counted_by_profession():
    assert not policy().counts_by_profession


def test_a_single_head_count_is_not_enough():
    assert not policy(FACULTY).counts_by_profession


def test_a_legal_hold_lies_on_the_whole_program():
    assert not policy().erasing_paused
    assert policy(added("legal", 'erase_paused = "A court asked for it."')).erasing_paused


def test_a_number_is_dialed_without_its_dots_and_spaces():
    international = policy(('number = "988"', 'number = "+1 (303) 555-0110"'))
    assert international.urgent[0].dialed == "+13035550110"


def test_every_way_in_of_the_examples_has_somebody_behind_it():
    for program in map(read, EXAMPLES):
        assert program.coordinator.phone != program.backup.phone
