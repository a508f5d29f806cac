"""`touchbase rotate` says what it did, and isn't well while something that should go stays."""

import json

import pytest
from django.db.models import F

from tests.vault.scene import arrivals
from touchbase.ops.command import main
from touchbase.vault.models import Epoch, Key, Mark

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
DAY_MS = 24 * 60 * 60 * 1000


def the_clock_was_set() -> None:
    """The machine's clock is a day ahead of how long it has been up."""
    Mark.objects.update(started=F("started") - DAY_MS)


def test_the_first_time_an_epoch_begins(capsys):
    assert main(["rotate"]) == 0
    assert capsys.readouterr().out == "Epoch 1 began: 0 keys carried over, 0 old epochs destroyed.\n"


def test_again_nothing_is_due(capsys):
    main(["rotate"])
    capsys.readouterr()
    assert main(["rotate"]) == 0
    assert capsys.readouterr().out == "No epoch was due: 0 keys carried over, 0 old epochs destroyed.\n"


def test_as_json_it_gives_numbers_of_epochs_and_sums(capsys):
    assert main(["rotate", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "ok": True, "live_epoch": 1, "began": True, "carried": 0, "destroyed": [], "left": 0, "frozen": False,
        "put_back": False,
    }  # fmt: skip


def test_keys_that_could_not_be_carried_over_are_said(capsys):
    damaged, _kept = arrivals(2)
    Key.objects.filter(handle=damaged.handle).update(wrapped=bytes(40))
    assert main(["rotate"]) == 1
    assert ": 1 keys carried over, 1 could not be, 0 old epochs destroyed." in capsys.readouterr().out


def test_a_clock_that_was_set_stops_destroying_until_it_is_accepted(capsys):
    main(["rotate"])
    the_clock_was_set()
    assert main(["rotate"]) == 1
    assert "The machine's clock jumped: nothing was destroyed." in capsys.readouterr().out
    assert main(["rotate", "--accept-clock"]) == 0
    assert main(["rotate"]) == 0
    assert Epoch.objects.count() == 1
