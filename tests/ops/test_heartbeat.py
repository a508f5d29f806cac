"""A file's time says when the sweep last came round."""

from datetime import UTC, datetime, timedelta

import pytest

from touchbase.ops import heartbeat

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def test_before_the_first_turn_there_is_no_heartbeat():
    assert heartbeat.last() is None
    assert not heartbeat.is_alive(AT)


def test_a_beat_is_alive_for_two_minutes():
    heartbeat.beat(AT)
    assert heartbeat.last() == AT
    assert heartbeat.is_alive(AT + timedelta(minutes=2))
    assert not heartbeat.is_alive(AT + timedelta(minutes=2, seconds=1))


def test_a_later_beat_replaces_the_earlier_one(tmp_path):
    heartbeat.beat(AT)
    heartbeat.beat(AT + timedelta(hours=1))
    assert heartbeat.last() == AT + timedelta(hours=1)
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("sweep.heartbeat", b"")]
