"""What is typed to name somebody."""

import pytest

from touchbase.supporters.naming import NotClear, named


def test_a_name_is_one_line_and_an_address_is_in_small_letters():
    found = named("  Noor \n Hale ", " Noor.Hale@Harbor.Example.org ", by_themself=False)
    assert (found.name, found.contact) == ("Noor Hale", "noor.hale@harbor.example.org")
    assert "Noor" not in repr(found)


@pytest.mark.parametrize("contact", ["", "noor", "noor@", "a b@example.org", "noor@localhost", "2075550199"])
def test_an_address_that_is_none_is_asked_for_again(contact):
    with pytest.raises(NotClear) as unclear:
        named("Noor Hale", contact, by_themself=False)
    assert unclear.value.each == {"contact": "Enter an email address, like robin.vale@example.org."}


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "Noor\u202eelaH"])
def test_a_name_is_short_and_shows_what_it_is(name):
    with pytest.raises(NotClear) as unclear:
        named(name, "noor@example.org", by_themself=True)
    assert list(unclear.value.each) == ["name"]
