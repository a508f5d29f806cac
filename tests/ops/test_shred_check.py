"""`touchbase shred-check` opens what is open in any kind of copy, and of what was erased nothing."""

import json
import os
import shutil
import signal
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests.canary import INSIDE
from tests.ops.piling import WINDOW_HOURS, Pile, is_postgresql, new_pile, snapshot, store_file
from tests.vault.processes import empty
from touchbase.ops.command import main
from touchbase.ops.contents import TABLES
from touchbase.ops.management.commands import shred_check
from touchbase.ops.management.commands.shred_check import _culprit
from touchbase.ops.shredding import Culprit
from touchbase.referrals.models import Capsule, Referral
from touchbase.vault.models import Epoch, Key, Mark

pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    folder = tmp_path / "room"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def pile(settings, tmp_path, here, people, room) -> Pile:
    empty(settings, tmp_path / "installation")
    return new_pile(tmp_path / "pile", here, people)


@pytest.fixture
def check(capsys):
    """Run the command; its code and what it says as JSON."""

    def checked(*arguments: object) -> dict[str, Any]:
        code = main(["shred-check", "--json", *map(str, arguments)])
        said: dict[str, Any] = json.loads(capsys.readouterr().out)
        assert code == (0 if said["ok"] else 1)
        return said

    return checked


def numbers(said: dict[str, Any]) -> tuple[int, int, int, int]:
    return said["open"], said["damaged"], said["brought_back"], said["dead"]


# ------------------------------------------------------------------------------------------ the window


def test_what_was_erased_opens_with_a_lawful_copy_within_the_window_and_with_nothing_after_it(pile, check):
    people = pile.come(6)
    pile.database()
    pile.vault()
    for handle in people[:4]:
        pile.erase(handle)
    within = check(pile.folder)
    assert (within["ok"], numbers(within)) == (False, (2, 0, 4, 0))

    shutil.rmtree(pile.folder / "vault-1")  # as the rule says
    pile.serve(WINDOW_HOURS + 1)
    pile.vault("vault-2")
    after = check(pile.folder)
    assert (after["ok"], numbers(after)) == (True, (2, 0, 0, 4))
    assert (after["referrals"], after["values"], after["vaults"], after["copies"]) == (6, 24, 1, [])


def test_a_copy_kept_against_the_rule_is_named_with_its_age(pile, check, capsys):
    people = pile.come(3)
    pile.database()
    pile.vault("kept")
    pile.erase(people[0])
    pile.serve(WINDOW_HOURS + 1)
    pile.vault("lawful")
    said = check(pile.folder)
    (copy,) = said["copies"]
    assert (said["ok"], numbers(said)) == (False, (2, 0, 1, 0))
    assert (copy["name"], copy["opens"], copy["hours"] > 24) == (str(pile.folder / "kept"), 1, True)
    assert main(["shred-check", str(pile.folder)]) == 1
    head, named = capsys.readouterr().out.splitlines()[:2]
    assert head == "1 that were erased open with what lies there:"
    assert named.startswith(f"  {pile.folder}/kept opens 1 (")
    assert named.endswith("hours old, kept against the rule: delete it)")


def test_a_key_file_that_was_brought_back_is_noticed(pile, check, settings):
    """The mechanism switched off: a machine's backup had the first epoch's file."""
    people = pile.come(3)
    pile.database()
    store = pile.vault("store-only")
    shutil.rmtree(store / "provider")
    file = settings.VAULT_DIR / "provider/epoch-1.key"
    raw = file.read_bytes()
    pile.erase(people[0])
    pile.serve(WINDOW_HOURS + 1)
    assert numbers(check(pile.folder)) == (2, 0, 0, 1)

    file.write_bytes(raw)
    file.chmod(0o600)
    again = check(pile.folder)
    assert (again["ok"], numbers(again)) == (False, (2, 0, 1, 0))
    file.unlink()
    (pile.folder / "found-on-a-stick").write_bytes(raw)
    stray = check(pile.folder)
    names = {Path(copy["name"]).name for copy in stray["copies"]}
    assert (numbers(stray), len(names), "found-on-a-stick" in names) == ((2, 0, 1, 0), 2, True)


def test_a_pile_without_a_vault_has_only_what_is_open(pile, check, capsys):
    people = pile.come(2)
    pile.database()
    pile.erase(people[0])
    assert numbers(check(pile.folder)) == (1, 0, 0, 1)
    assert main(["shred-check", str(pile.folder)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "Nothing that was erased opens."


def test_a_root_key_beside_another_installations_copies_opens_them(pile, check, settings, capsys, tmp_path):
    pile.come(2)
    pile.database()
    pile.vault("theirs")
    shutil.copy(settings.ROOT_KEY_FILE, pile.folder / "a-note")
    empty(settings, tmp_path / "another")
    said = check(pile.folder)
    names = {Path(copy["name"]).name for copy in said["copies"]}
    assert (numbers(said), names) == ((0, 0, 2, 0), {"theirs", "a-note"})
    (pile.folder / "a-note").unlink()
    assert numbers(check(pile.folder)) == (0, 0, 0, 2)


def test_a_copy_within_its_day_is_said_to_be_allowed(pile, capsys):
    (one,) = pile.come(1)
    pile.database()
    shutil.rmtree(pile.vault("lawful"))
    pile.text("vault.sql", "vault")
    shutil.copytree(pile.vault("keys") / "provider", pile.folder / "provider")
    shutil.rmtree(pile.folder / "keys")
    text = (pile.folder / "vault.sql").read_text()
    (pile.folder / "vault.sql").write_text(text.replace("vault_mark", "nothing_of_ours"))
    pile.erase(one)
    assert main(["shred-check", str(pile.folder)]) == 1
    assert capsys.readouterr().out.splitlines()[:2] == [
        "1 that were erased open with what lies there:",
        f"  {pile.folder} opens 1 (0 hours old, it may be kept)",
    ]


def test_where_nothing_sealed_lies_nothing_is_shown_and_that_is_said(pile, capsys):
    (pile.folder / "a.log").write_text("GET / 200\n")
    assert main(["shred-check", str(pile.folder)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        "Nothing sealed was found there, so this shows nothing."
    )


# ------------------------------------------------------------------------------------- what it promises


def test_the_pile_stays_as_it_is_and_nothing_is_left_elsewhere(pile, check, room):
    pile.come(2)
    pile.database()
    pile.vault()
    for store in ("default", "vault") if not is_postgresql() else ():
        for file in store_file(store).parent.glob(f"{store_file(store).name}*"):
            shutil.copy(file, pile.folder)
    with tarfile.open(pile.folder / "night.tar.gz", "w:gz") as archive:
        archive.add(pile.folder / "vault-1", "vault-1")
    before = snapshot(pile.folder)
    assert numbers(check(pile.folder)) == (2, 0, 0, 0)
    assert snapshot(pile.folder) == before
    assert list(room.iterdir()) == []


def test_nobody_is_named_and_nothing_is_counted_by_program(pile, check, capsys, here):
    people = pile.come(3)
    pile.database()
    pile.vault()
    pile.erase(people[0])
    parts = check(pile.folder)
    main(["shred-check", str(pile.folder)])
    said = json.dumps(parts) + capsys.readouterr().out
    assert [one for one in (*people, here.id, here.slug, *(who.name for who in INSIDE)) if one in said] == []
    assert set(parts) == {
        "ok", "referrals", "open", "damaged", "brought_back", "dead", "keys", "values", "vaults", "copies",
        "looked_at", "left_out",
    }  # fmt: skip


def test_being_told_to_stop_takes_the_temporary_folder_along(room):
    with pytest.raises(SystemExit), shred_check._cleaning_up(), tempfile.TemporaryDirectory():
        os.kill(os.getpid(), signal.SIGTERM)
    assert list(room.iterdir()) == []


def test_what_was_cut_off_is_damaged_and_not_dead(pile, check):
    (one,) = pile.come(1)
    lines = pile.text().read_text().splitlines()
    begin = next(n for n, line in enumerate(lines) if "\tidentity\t" in line or ",'identity'," in line)
    head = [line for line in lines if line.startswith(("COPY public.referrals_capsule", 'CREATE TABLE "'))]
    broken = lines[begin].replace("\\\\x", "\\\\xff").replace(",X'", ",X'ff")
    (pile.folder / "dump.sql").write_text("\n".join([*head, broken, ""]))
    assert one in broken
    assert numbers(check(pile.folder)) == (0, 1, 0, 0)


def test_every_key_can_be_tried_on_everything(pile, check):
    """A planted value: somebody's own, under a handle that has no key."""
    pile.come(2)
    pile.database()
    assert check("--every-key", pile.folder)["ok"]


def test_the_tables_it_reads_are_those_of_the_models():
    models = {model._meta.db_table: model for model in (Referral, Capsule, Epoch, Key, Mark)}
    assert set(models) == set(TABLES)
    for table, columns in TABLES.items():
        assert set(columns) <= {field.column for field in models[table]._meta.fields}


def test_a_copy_whose_age_nobody_knows_is_said_as_that():
    assert _culprit(Culprit("usb-stick", None, 3)) == "  usb-stick opens 3 (of unknown age)"
