"""Which server a store is on follows from one address."""

from pathlib import Path

import pytest

from touchbase.config.databases import database

FILE = Path("/srv/touchbase/touchbase.sqlite3")


def test_without_an_address_a_store_is_a_file_whose_every_thank_you_is_on_disk():
    found = database("", FILE)
    assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.sqlite3", str(FILE))
    assert "PRAGMA synchronous=FULL" in found["OPTIONS"]["init_command"]
    assert "PRAGMA secure_delete=ON" in found["OPTIONS"]["init_command"]


def test_an_address_is_taken_apart_whatever_signs_its_password_has():
    found = database("postgresql://desk%40here:p%2Fq@db.example.org:5433/peer%20support", FILE)
    assert {key: found[key] for key in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "peer support",
        "USER": "desk@here",
        "PASSWORD": "p/q",
        "HOST": "db.example.org",
        "PORT": "5433",
    }


def test_an_address_of_another_kind_of_server_says_how_to_write_it():
    with pytest.raises(ValueError, match="write it as postgresql://user:password@host:port/name"):
        database("mysql://desk@db.example.org/peer", FILE)
