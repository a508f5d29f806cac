"""`touchbase doctor` says what is well, what to look at and what is wrong, and never about whom."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from tests.factories.programs import make_program
from tests.ops.test_rotate import the_clock_was_set
from touchbase.kernel import clock
from touchbase.ops import diagnosis, hardening, heartbeat, mailing
from touchbase.ops.command import main
from touchbase.ops.diagnosis import State
from touchbase.vault import generations, rotation

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture(autouse=True)
def ground(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    monkeypatch.setattr(hardening, "SWAPS", tmp_path / "swaps")
    hardening.SWAPS.write_text("Filename Type Size Used Priority\n")


def with_copies(settings, made: datetime) -> None:
    settings.VAULT_COPIES = settings.DATA_DIR.parent / "copies"
    (settings.VAULT_COPIES / "copy-1").mkdir(parents=True)
    (settings.VAULT_COPIES / "copy-1/made.json").write_text(json.dumps({"made": made.isoformat()}))


def finding(what: str, at: datetime) -> tuple[State, str]:
    ((state, says),) = [(one.state, one.says) for one in diagnosis.look(at) if one.what == what]
    return state, says


def states(at: datetime) -> dict[str, State]:
    return {finding.what: finding.state for finding in diagnosis.look(at)}


def test_a_running_installation_is_well(settings):
    at = clock.now()
    settings.SMTP_ADDRESS = "smtp://mail.example.org:25"
    make_program()
    rotation.rotate(at=at)
    heartbeat.beat(at)
    generations.attest(on=at.date(), at=at)
    with_copies(settings, made=at)
    assert set(states(at).values()) == {State.WELL}
    assert set(states(at)) == {
        "start", "stores", "vault", "window", "together", "copies", "clock", "sweep", "memory",
        "sessions", "mail", "holidays",
    }  # fmt: skip


def test_what_works_but_should_be_known_is_to_look_at(settings):
    settings.HAS_SECRET_KEY = False
    at = clock.now()
    assert {what for what, state in states(at).items() if state is State.LOOK} == {
        "vault", "window", "copies", "sweep", "sessions", "mail",
    }  # fmt: skip


def test_no_hours_are_promised_until_an_operator_has_attested_what_software_cannot_see():
    at = clock.now()
    rotation.rotate(at=at)
    state, says = finding("window", at)
    assert (state, says.startswith("No hours are promised. Nobody has said within a year")) == (
        State.LOOK,
        True,
    )
    generations.attest(on=at.date() - timedelta(days=366), at=at)
    assert finding("window", at)[1].startswith("What is erased is unreadable within 48 hours.")
    generations.attest(on=at.date() - timedelta(days=367), at=at)
    assert finding("window", at)[0] is State.LOOK


def test_a_copy_of_the_vault_that_is_older_than_a_day_ends_the_promise(settings):
    at = clock.now()
    rotation.rotate(at=at)
    generations.attest(on=at.date(), at=at)
    with_copies(settings, made=at - timedelta(hours=25))
    assert finding("copies", at)[0] is State.WRONG
    state, says = finding("window", at)
    assert (state, says.split(" Erased")[0]) == (
        State.WRONG, "No hours are promised. A copy of the vault is older than a day."
    )  # fmt: skip


def test_copies_that_stopped_coming_are_to_look_at(settings):
    at = clock.now()
    rotation.rotate(at=at)
    settings.VAULT_COPIES = settings.DATA_DIR.parent / "none yet"
    assert finding("copies", at) == (
        State.LOOK, "There is no copy of the vault yet. Run: touchbase backup vault"
    )  # fmt: skip
    with_copies(settings, made=at - timedelta(hours=3))
    state, says = finding("copies", at)
    assert (state, says.endswith("That is late.")) == (State.LOOK, True)


def test_stores_that_do_not_go_together_are_wrong_and_nothing_is_promised():
    at = clock.now()
    rotation.rotate(at=at)
    generations.attest(on=at.date(), at=at)
    generations.note_put_back(what=generations.PutBack.DATABASE, at=at)
    state, says = finding("together", at)
    assert (state, says.endswith("Run: touchbase reconcile")) == (State.WRONG, True)
    assert finding("window", at)[0] is State.WRONG


def test_memory_that_may_lie_in_swap_is_to_look_at():
    hardening.SWAPS.write_text(hardening.SWAPS.read_text() + "/swapfile file 1024 0 -2\n")
    assert finding("memory", clock.now())[0] is State.LOOK


def test_a_mail_server_that_does_not_answer_is_wrong(settings):
    settings.SMTP_ADDRESS = "smtp://mail.example.org:25"
    mailing.note(unreachable=True, sent=0)
    (mail,) = [finding for finding in diagnosis.look(clock.now()) if finding.what == "mail"]
    assert (mail.state, "doesn't answer" in mail.says) == (State.WRONG, True)


def test_a_silent_sweep_says_since_when():
    at = clock.now()
    heartbeat.beat(datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    (sweep,) = [finding.says for finding in diagnosis.look(at) if finding.what == "sweep"]
    assert "last on 2026-03-02 at 09:30 UTC" in sweep


def test_what_was_not_destroyed_in_time_is_wrong():
    at = clock.now()
    rotation.rotate(at=at)
    rotation.rotate(at=at + timedelta(days=1))
    late = at + timedelta(days=3)
    (window,) = [finding for finding in diagnosis.look(late) if finding.what == "window"]
    assert (window.state, "touchbase rotate" in window.says) == (State.WRONG, True)


def test_a_key_that_cannot_be_read_is_wrong(settings):
    at = clock.now()
    rotation.rotate(at=at)
    (settings.VAULT_DIR / "provider/epoch-1.key").unlink()
    (vault,) = [finding for finding in diagnosis.look(at) if finding.what == "vault"]
    assert (vault.state, "A key can't be read" in vault.says) == (State.WRONG, True)


def test_a_clock_that_was_set_is_wrong():
    at = clock.now()
    rotation.rotate(at=at)
    the_clock_was_set()
    assert states(at)["clock"] is State.WRONG


def test_missing_holidays_are_named_by_program():
    """The calendar knows this century."""
    make_program()
    (holidays,) = [one for one in diagnosis.look(datetime(2101, 3, 2, tzinfo=UTC)) if one.what == "holidays"]
    assert holidays.state is State.LOOK
    assert holidays.says.startswith("No holidays of 2102 are known for harbor.")


def test_folders_in_one_another_are_wrong(settings, capsys):
    settings.VAULT_DIR = settings.DATA_DIR / "vault"
    assert main(["doctor"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("1 wrong, ")
    assert said[1].startswith("wrong start     TOUCHBASE_VAULT is inside TOUCHBASE_DATA")


def test_without_its_tables_nothing_else_is_looked_at(transactional_db, django_db_blocker):
    call_command("migrate", "audit", "zero", verbosity=0)
    try:
        found = diagnosis.look(clock.now())
        assert {finding.what for finding in found} == {"start", "stores"}
        assert [finding.says for finding in found if finding.state is State.WRONG] == [
            f"default on {engine()} isn't prepared. Run: touchbase prepare"
        ]
    finally:
        call_command("migrate", "audit", verbosity=0)


def engine() -> str:
    from django.db import connection

    return connection.display_name


def test_as_json_it_names_nobody_and_counts_no_program(capsys, people):
    assert main(["doctor", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said) == {"ok", "versions", "findings"}
    assert {tuple(row) for row in said["findings"]} == {("what", "state", "says")}
    assert people.supporter.member.name not in json.dumps(said)
