"""What can't keep the promise doesn't start, and says what to change."""

import pytest
from django.core.checks import run_checks

from touchbase.ops.checks import is_loopback
from touchbase.ops.folders import DEMO_MARK


def refusals() -> list[str]:
    return [message.id or "" for message in run_checks() if message.is_serious()]


def test_an_installation_as_it_should_be_starts():
    assert refusals() == []


def test_a_vault_inside_the_data_is_refused(settings, tmp_path):
    settings.DATA_DIR, settings.VAULT_DIR = tmp_path, tmp_path / "vault"
    (refusal,) = [message for message in run_checks() if message.is_serious()]
    assert (refusal.id, refusal.msg) == (
        "ops.E001",
        "TOUCHBASE_VAULT is inside TOUCHBASE_DATA: one copy would hold both.",
    )


def test_a_vault_others_can_read_is_refused(settings, tmp_path):
    settings.VAULT_DIR = tmp_path / "vault"
    settings.VAULT_DIR.mkdir(mode=0o755)
    (refusal,) = [message for message in run_checks() if message.is_serious()]
    assert (refusal.id, refusal.hint) == ("ops.E002", f"Run: chmod go-rwx {tmp_path}/vault")


def put(monkeypatch, settings, alias: str, **where: str) -> None:
    monkeypatch.setitem(settings.DATABASES, alias, settings.DATABASES[alias] | where)


def test_both_stores_in_one_cluster_are_refused(settings, monkeypatch):
    for alias, port in (("default", "5432"), ("vault", "5432")):
        place = {"HOST": "db.example.org", "PORT": port, "NAME": alias}
        put(monkeypatch, settings, alias, ENGINE="django.db.backends.postgresql", **place)
    assert refusals() == ["ops.E003"]
    put(monkeypatch, settings, "vault", PORT="5433")
    assert refusals() == []


def test_both_stores_in_one_file_are_refused(settings, monkeypatch):
    for alias in ("default", "vault"):
        put(monkeypatch, settings, alias, ENGINE="django.db.backends.sqlite3", NAME="/srv/one.sqlite3")
    assert refusals() == ["ops.E003"]


@pytest.mark.parametrize("demo", [False, True])
def test_the_data_of_the_other_mode_is_refused(settings, tmp_path, demo):
    settings.DATA_DIR, settings.DEMO = tmp_path, demo
    (tmp_path / "touchbase.sqlite3").touch()
    if not demo:
        (tmp_path / DEMO_MARK).touch()
    assert refusals() == ["ops.E004"]


@pytest.mark.parametrize("address", ["0.0.0.0", "192.0.2.1", "::", "demo.example.org"])  # noqa: S104
def test_a_demo_that_others_can_reach_is_refused(settings, address):
    settings.DEMO, settings.BIND = True, address
    assert refusals() == ["ops.E005"]


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_a_demo_for_this_machine_starts(settings, address):
    settings.DEMO, settings.BIND = True, address
    assert refusals() == []
    assert is_loopback(address)


def test_an_installation_may_be_reached(settings):
    settings.BIND = "0.0.0.0"  # noqa: S104
    assert refusals() == []


def test_debugging_is_refused(settings):
    settings.DEBUG = True
    assert refusals() == ["ops.E006"]
