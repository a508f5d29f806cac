"""Copies of the vault are gone within a day; those of the database tell nothing by their form."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections

from tests import canary
from tests.ops.servers import free_port
from tests.vault.processes import empty
from tests.vault.scene import arrivals
from touchbase.kernel import clock
from touchbase.ops import copies, dumping, rehearsal, sweeping
from touchbase.ops.command import main
from touchbase.ops.dumping import NotCopied
from touchbase.outreach import ending
from touchbase.referrals import restoring
from touchbase.referrals.models import Referral, Witness
from touchbase.vault import generations
from touchbase.vault.models import Key

pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)

HOUR = timedelta(hours=1)
AS_THEY_LIE = "SELECT handle, row_version FROM referrals_referral"  # no index holds both
SESSIONS = "SELECT count(*) FROM accounts_staffsession"


@pytest.fixture(autouse=True)
def installation(settings, tmp_path):
    empty(settings, tmp_path / "installation")
    settings.VAULT_COPIES = tmp_path / "copies"


def ages(at: datetime) -> list[float]:
    """How old the copies are, in hours, the newest first."""
    return [(at - copy.made) / HOUR for copy in copies.vault_copies()]


def test_the_clock_makes_a_copy_an_hour_over_the_older_of_two():
    at = clock.now().replace(second=0, microsecond=0)
    copies.keep_up(at)
    assert ages(at) == [0]
    copies.keep_up(at + HOUR / 2)
    assert ages(at) == [0]
    copies.keep_up(at + HOUR)
    assert ages(at + HOUR) == [0, 1]
    copies.keep_up(at + 2 * HOUR)
    assert ages(at + 2 * HOUR) == [0, 1]


def test_no_copy_becomes_a_day_old_even_if_none_can_follow(monkeypatch):
    """Making one fails from now on, and what is there goes all the same."""
    at = clock.now().replace(second=0, microsecond=0)
    copies.back_up_vault(at=at)
    copies.back_up_vault(at=at + HOUR)
    monkeypatch.setattr(copies, "back_up_vault", _no_room)
    with pytest.raises(NotCopied):
        copies.keep_up(at + 23 * HOUR)
    assert ages(at + 23 * HOUR) == [22]
    with pytest.raises(NotCopied):
        copies.keep_up(at + 24 * HOUR)
    assert ages(at + 24 * HOUR) == []


def _no_room(*, at: datetime) -> None:
    raise NotCopied("There is no room.")


def test_a_copy_that_goes_is_written_over_first(monkeypatch, tmp_path):
    folder = tmp_path / "copies/copy-1"
    copies.back_up_vault(at=clock.now())
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    after: dict[Path, bytes] = {}

    def looked(place: Path) -> None:
        after.update({file: file.read_bytes() for file in Path(place).rglob("*") if file.is_file()})

    monkeypatch.setattr("shutil.rmtree", looked)
    copies.wipe(folder)
    assert before.keys() == after.keys()
    assert [file.name for file in before if before[file] == after[file]] == []


def test_that_none_can_be_made_stops_nothing_else(settings, caplog):
    settings.VAULT_COPIES = Path("/proc/nowhere")
    with pytest.raises(FileNotFoundError):
        copies.keep_up(clock.now())
    with caplog.at_level("ERROR", logger="touchbase.ops.sweeping"):
        sweeping.keep_copies()
    assert [record.getMessage().split()[0] for record in caplog.records] == ["copies.failed"]


def test_without_a_folder_none_are_made_and_the_command_says_where_to_name_one(settings):
    settings.VAULT_COPIES = None
    copies.keep_up(clock.now())
    with pytest.raises(NotCopied, match="TOUCHBASE_VAULT_COPIES"):
        copies.back_up_vault(at=clock.now())


def test_a_copy_whose_keys_do_not_open_is_no_copy(settings):
    arrivals(2)
    Key.objects.update(program="another")
    with pytest.raises(NotCopied, match="doesn't open"):
        copies.back_up_vault(at=clock.now())
    assert copies.vault_copies() == []


def test_a_copy_of_the_database_whose_canary_does_not_open_is_no_copy(tmp_path, monkeypatch):
    restoring.keep_pace(clock.now())
    monkeypatch.setattr(restoring, "keep_pace", lambda at: None)
    Witness.objects.update(epoch=99)
    with pytest.raises(NotCopied, match="doesn't open"):
        copies.back_up_database(to=tmp_path / "kept", at=clock.now())
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_copy_of_the_database_never_lies_with_the_keys(settings):
    with pytest.raises(NotCopied, match="lies with the keys"):
        copies.back_up_database(to=settings.VAULT_DIR / "kept", at=clock.now())


def test_copies_are_for_this_users_eyes_alone(tmp_path):
    made = copies.back_up_database(to=tmp_path / "kept", at=clock.now())
    kept, _tried = copies.back_up_vault(at=clock.now())
    files = [made.file, *(file for file in kept.folder.rglob("*.key")), kept.store]
    assert [file.stat().st_mode & 0o077 for file in files] == [0] * len(files)
    assert kept.folder.stat().st_mode & 0o077 == 0


def test_a_copy_holds_no_session_and_nobody_in_plain(tmp_path, people, visitor_of, path):
    path.accepted()
    visitor_of(people.coordinator.account).get("/harbor/desk/board/")
    with connections["default"].cursor() as cursor:
        cursor.execute(SESSIONS)
        assert cursor.fetchone()[0] > 0
    made = copies.back_up_database(to=tmp_path / "kept", at=clock.now())
    with dumping.opened(copies.DATABASE, made.file, tmp_path) as copy:
        assert copy.rows(SESSIONS) == [(0,)]
        assert copy.rows("SELECT count(*) FROM referrals_referral") == [(1,)]
    assert canary.sung_in(made.file.read_bytes()) is None


def test_rows_lie_in_no_order_of_arrival(tmp_path, path):
    for _ in range(12):
        path.received()
    with connections["default"].cursor() as cursor:
        cursor.execute(AS_THEY_LIE)
        live = [handle for handle, _version in cursor.fetchall()]
    made = copies.back_up_database(to=tmp_path / "kept", at=clock.now())
    with dumping.opened(copies.DATABASE, made.file, tmp_path) as copy:
        copied = [handle for handle, _version in copy.rows(AS_THEY_LIE)]
    assert sorted(copied) == sorted(live)
    assert copied != live


def test_between_two_copies_one_person_more_changes_no_count(tmp_path, path):
    """What is counted of somebody waits in the vault until eleven are together."""
    before = copies.back_up_database(to=tmp_path / "kept", at=clock.now())
    path.received()
    Referral.objects.update(next_at=path.at)

    ending.withdraw(held=path.held(), at=path.at)
    after = copies.back_up_database(to=tmp_path / "later", at=clock.now() + timedelta(days=1))
    assert counts(before.file, tmp_path) == counts(after.file, tmp_path)


def counts(file: Path, place: Path) -> list[object]:
    with dumping.opened(copies.DATABASE, file, place) as copy:
        tables = ("utilization_counter", "utilization_flush", "utilization_release")
        return [copy.rows(f"SELECT * FROM {table}") for table in tables]  # noqa: S608  names of ours


def test_sizes_and_times_in_a_copy_say_no_more_than_they_must(tmp_path, path):
    path.accepted()
    made = copies.back_up_database(to=tmp_path / "kept", at=clock.now())
    with dumping.opened(copies.DATABASE, made.file, tmp_path) as copy:
        sizes = {size for (size,) in copy.rows("SELECT length(blob) FROM referrals_capsule")}
        times = [str(at) for (at,) in copy.rows("SELECT next_at FROM referrals_referral")]
    assert {size % 1024 for size in sizes} == {0}
    assert [datetime.fromisoformat(at).minute % 30 for at in times] == [0]


def test_what_a_copy_says_of_itself_is_a_minute_and_nothing_else(tmp_path):
    kept, _tried = copies.back_up_vault(at=clock.now())
    assert set(json.loads((kept.folder / "made.json").read_text())) == {"made"}
    assert sorted(file.name for file in kept.folder.iterdir()) == ["made.json", "provider", kept.store.name]


def test_a_rehearsal_finds_what_a_restore_would_miss(path):
    path.received()
    assert rehearsal.rehearse(at=clock.now()).ok
    Key.objects.all().delete()
    done = rehearsal.rehearse(at=clock.now())
    assert (done.ok, done.without_key, done.keys) == (False, 1, 0)


def test_the_command_says_what_is_missing_or_too_much(capsys):
    assert main(["backup", "db"]) == 1
    assert "touchbase backup db --to FOLDER" in capsys.readouterr().err
    assert main(["backup", "vault", "--to", "kept"]) == 1
    assert "TOUCHBASE_VAULT_COPIES" in capsys.readouterr().err


def test_an_operators_word_is_kept_with_its_day(capsys):
    assert main(["attest"]) == 0
    assert capsys.readouterr().out.startswith(f"Noted on {clock.now().date()}: no backup of this machine")
    assert generations.stamp().attested == clock.now().date()


def test_what_is_no_copy_is_not_put_back(settings, capsys, tmp_path):
    settings.DATA_DIR, settings.PORT = tmp_path / "data", free_port()
    arrivals(1)
    kept, _tried = copies.back_up_vault(at=clock.now())
    for line, says in {
        ("db", str(tmp_path / "nothing")): "isn't a file",
        ("vault", str(tmp_path / "nothing")): "isn't a copy of the vault",
    }.items():
        assert main(["restore", *line]) == 1
        assert says in capsys.readouterr().err
    settings.ROOT_KEY_FILE.write_text("ab" * 32)
    assert main(["restore", "vault", str(kept.folder)]) == 1
    assert "doesn't open with the root key of here" in capsys.readouterr().err


def test_nothing_temporary_is_left(tmp_path, monkeypatch):
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    copies.back_up_database(to=tmp_path / "kept", at=clock.now())
    copies.back_up_vault(at=clock.now())
    rehearsal.rehearse(at=clock.now())
    assert list(place.iterdir()) == []
    assert sorted(file.name for file in (tmp_path / "copies").iterdir()) == ["copy-1"]
