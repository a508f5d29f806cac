"""Whom a supporter keeps apart from: found again by exactly the same contact, and by nothing else."""

import pytest

from touchbase.supporters import apart


def test_it_is_found_by_the_same_contact_and_by_no_other():
    mark = apart.fingerprint("m1", "+12075550142")
    assert apart.keeps_apart("m1", [mark], "+12075550142")
    assert not apart.keeps_apart("m1", [mark], "+12075550143")
    assert not apart.keeps_apart("m2", [mark], "+12075550142")
    assert not apart.keeps_apart("m1", [mark], "")
    assert not apart.keeps_apart("m1", [], "+12075550142")


def test_another_secret_of_the_installation_makes_other_fingerprints(settings):
    mark = apart.fingerprint("m1", "+12075550142")
    settings.SECRET_KEY = "another secret"
    assert apart.fingerprint("m1", "+12075550142") != mark


def test_the_list_is_in_no_order_of_time_and_ends_at_twelve():
    kept: list[str] = []
    for mark in ("c", "a", "b", "a"):
        kept = apart.added(kept, mark)
    assert kept == ["a", "b", "c"]
    full = [f"{n:02}" for n in range(apart.MOST)]
    assert apart.added(full, "03") == full
    with pytest.raises(apart.ApartFull):
        apart.added(full, "another")
