"""What travels through a browser: it opens for a quarter of an hour, where it was sealed, unchanged."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.canary import FINCH
from touchbase.vault import passing
from touchbase.vault.errors import Ended

AT = datetime(2026, 5, 11, 14, 7, 30, tzinfo=UTC)
DATA = FINCH.name.encode()


@pytest.fixture(autouse=True)
def _no_keys():
    passing._keys.clear()
    yield
    passing._keys.clear()


def test_it_opens_for_a_quarter_of_an_hour_and_not_after():
    text = passing.seal(program="p", data=DATA, at=AT)
    for minutes in (0, 8, 15):
        assert passing.open_(program="p", text=text, at=AT + timedelta(minutes=minutes)) == DATA
    said = r"^This page waited longer than 15 minutes, so what was on it is gone\. Nothing was stored\.$"
    with pytest.raises(Ended, match=said):
        passing.open_(program="p", text=text, at=AT + timedelta(minutes=15, seconds=1))


def test_then_its_key_is_gone_and_a_clock_set_back_opens_nothing():
    text = passing.seal(program="p", data=DATA, at=AT)
    passing.forget_old(AT + timedelta(minutes=31))
    assert passing._keys == {}
    with pytest.raises(Ended):
        passing.open_(program="p", text=text, at=AT)


@pytest.mark.parametrize("text", ["", "é", "====", "AAAA", "A" * 400])
def test_what_was_never_sealed_ends_in_the_same_way(text):
    passing.seal(program="p", data=DATA, at=AT)
    with pytest.raises(Ended):
        passing.open_(program="p", text=text, at=AT)


def test_it_opens_in_no_other_program_and_not_when_a_sign_was_changed():
    text = passing.seal(program="p", data=DATA, at=AT)
    with pytest.raises(Ended):
        passing.open_(program="q", text=text, at=AT)
    for place in range(0, len(text), 7):
        changed = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        with pytest.raises(Ended):
            passing.open_(program="p", text=changed, at=AT)


def test_nothing_of_it_can_be_read():
    assert FINCH.name not in passing.seal(program="p", data=DATA, at=AT)
