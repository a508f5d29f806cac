"""The clock is kept turn by turn, and no failure stops it."""

import json
import signal
import threading

import pytest
from django.db import connections

from tests.ops.servers import command, free_port, until
from touchbase.ops import heartbeat, sweeping
from touchbase.ops.command import main
from touchbase.outreach.sweep import Swept

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def test_a_turn_says_what_it_did_and_beats():
    assert sweeping.turn() == Swept()
    assert heartbeat.last() is not None


def test_a_turn_that_fails_is_logged_by_its_kind_and_does_not_beat(caplog):
    with connections["vault"].cursor() as cursor:
        cursor.execute("ALTER TABLE vault_epoch RENAME TO elsewhere")
    assert sweeping.turn() is None
    assert heartbeat.last() is None
    assert [record.getMessage() for record in caplog.records if record.name == sweeping.log.name] == [
        "sweep.failed Unavailable"
    ]
    assert "vault_epoch" not in caplog.text


@pytest.mark.django_db(databases=["default", "vault"], transaction=True)
def test_it_goes_on_until_told_to_stop():
    pauses = []

    def pause(seconds: float) -> bool:
        pauses.append(seconds)
        return len(pauses) == 3

    sweeping.keep(pause)
    assert pauses == [sweeping.PAUSE_SECONDS] * 3


def test_sweeping_once_says_what_it_did(capsys):
    assert main(["sweep"]) == 0
    assert capsys.readouterr().out == "Swept: 0 steps taken, 0 messages sent, 0 erased.\n"
    assert main(["sweep", "--once", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["events"] == 0


def test_a_failed_sweep_is_not_well(capsys):
    with connections["vault"].cursor() as cursor:
        cursor.execute("ALTER TABLE vault_epoch RENAME TO elsewhere")
    assert main(["sweep"]) == 1
    assert capsys.readouterr().out == "The sweep failed; the log says of what kind.\n"


def test_sweeping_for_good_ends_in_good_order(tmp_path):
    port = free_port()
    prepared = command(tmp_path, port, "prepare")
    prepared.communicate()
    assert prepared.returncode == 0
    keeper = command(tmp_path, port, "sweep", "--forever")
    assert until((tmp_path / "data/sweep.heartbeat").exists)
    keeper.send_signal(signal.SIGTERM)
    said, _ = keeper.communicate()
    assert (keeper.returncode, said) == (0, "Stopped sweeping.\n")


def test_beside_the_server_it_ends_with_the_servers_own_thread():
    """Here the main thread lives on, so a pause passes without an end."""
    ended = []
    other = threading.Thread(target=lambda: ended.append(sweeping._until_main_thread_ends(0.0)))
    other.start()
    other.join()
    assert ended == [False]
