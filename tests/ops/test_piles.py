"""Whatever lies in a pile is read as far as it goes; what isn't looked at is said with its reason."""

import gzip
import io
import os
import socket
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.ops.piling import is_postgresql, store_file
from tests.ops.test_shred_check import check, numbers, pile, room
from touchbase.ops.command import main

__all__ = ["check", "pile", "room"]
pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)
CUT = "damaged or cut off: read as far as it goes"


def left_out(said: dict[str, Any], folder: Path) -> dict[str, str]:
    """Reasons by the names of files below the folder."""
    return {str(Path(one["name"]).relative_to(folder)): one["why"] for one in said["left_out"]}


def test_what_is_no_file_is_said_and_never_waited_for(pile, check):
    os.mkfifo(pile.folder / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(pile.folder)  # a socket's whole path may not be long
        listening.bind("door")
        os.chdir(here)
        (pile.folder / "round").symlink_to(pile.folder)
        (pile.folder / "loop").symlink_to("loop")
        (pile.folder / "latest").symlink_to("elsewhere.sqlite3")
        said = check(pile.folder, pile.folder / "missing")
    no_file, link = "no file: a device, pipe or socket", "a link: name what it leads to"
    assert left_out(said, pile.folder) == {
        "pipe": no_file, "door": no_file, "round": link, "loop": link, "latest": link,
        "missing": "isn't there",
    }  # fmt: skip


def test_a_link_that_is_named_itself_is_followed_and_nothing_is_counted_twice(pile, check):
    pile.come(1)
    file = pile.database()
    (pile.folder / "latest").symlink_to(file)
    os.link(file, pile.folder / "twice")
    said = check(pile.folder / "latest", pile.folder)
    assert (numbers(said), sum(said["looked_at"].values())) == ((1, 0, 0, 0), 1)


def test_what_cant_be_read_is_said(pile, check, monkeypatch):
    said = check("/proc/self/mem")
    assert said["left_out"] == [{"name": "/proc/self/mem", "why": "can't be read"}]
    (pile.folder / "closed").mkdir()
    real = os.scandir

    def closed_to_us(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", closed_to_us)
    assert left_out(check(pile.folder), pile.folder) == {"closed": "a folder that can't be read"}


def test_no_room_to_unpack_is_said(pile, check, room):
    """A file whose own limit is smaller than what comes out."""
    import resource
    import signal

    (pile.folder / "big.gz").write_bytes(gzip.compress(bytes(3_000_000)))
    before, ignored = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, before[1]))
    try:
        said = check(pile.folder / "big.gz")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert left_out(said, pile.folder) == {"big.gz": f"no room in {room}"}


def test_files_that_were_cut_off_are_read_as_far_as_they_go(pile, check):
    pile.come(40)
    text = pile.text().read_bytes()
    packed = gzip.compress(text[: text.rindex(b"identity")])
    (pile.folder / "dump.sql").unlink()
    (pile.folder / "dump.sql.gz").write_bytes(packed[:-20])
    said = check(pile.folder)
    assert left_out(said, pile.folder)["dump.sql.gz"] == CUT
    assert set(left_out(said, pile.folder).values()) == {CUT}
    assert said["open"] > 0
    assert said["dead"] == 0


@pytest.mark.parametrize("share", [0.3, 0.7])
def test_a_database_copy_that_was_cut_off_is_said(pile, check, share):
    pile.come(40)
    file = pile.database()
    raw = file.read_bytes()
    file.write_bytes(raw[: int(len(raw) * share)])
    said = check(pile.folder)
    (why,) = left_out(said, pile.folder).values()
    assert why == CUT or why.startswith("pg_restore can't read it to its end: damaged, cut off, or")
    assert (said["ok"], said["dead"]) == (True, 0)


def test_without_pg_restore_a_dump_is_said_to_be_left_out_and_how_to_get_it(pile, check, monkeypatch):
    (pile.folder / "night.dump").write_bytes(b"PGDMP\x01\x0e\x00 and so on")
    monkeypatch.setenv("PATH", str(pile.folder))
    monkeypatch.setattr("touchbase.ops.dumping._PROGRAMS", pile.folder)
    said = check(pile.folder)
    assert left_out(said, pile.folder) == {
        "night.dump": "pg_restore isn't on this machine: install PostgreSQL's client programs"
    }
    assert said["looked_at"] == {}


def test_empty_files_and_texts_and_bytes_are_counted(pile, check):
    (pile.folder / "empty").touch()
    (pile.folder / "a.log").write_text("GET /t/ 200\n" * 100_000)
    (pile.folder / "mail.eml").write_text("Subject: Touching base\n\nHello\n")
    (pile.folder / "core").write_bytes(os.urandom(100_000) + b"\0")
    (pile.folder / "empty.sqlite3").write_bytes(b"SQLite format 3\0")
    said = check(pile.folder)
    assert said["looked_at"] == {"database files": 1, "empty files": 1, "other files": 1, "texts": 2}
    assert left_out(said, pile.folder) == {"empty.sqlite3": CUT}


def test_what_is_packed_or_locked_in_another_way_is_said(pile, check):
    (pile.folder / "a.zst").write_bytes(b"\x28\xb5\x2f\xfd\x00")
    (pile.folder / "b.age").write_bytes(b"age-encryption.org/v1\n")
    said = check(pile.folder)
    assert left_out(said, pile.folder) == {
        "a.zst": "packed, locked or an image (zstd): unpack it and name what comes out",
        "b.age": "packed, locked or an image (age): unpack it and name what comes out",
    }


def test_of_a_zip_what_is_locked_or_unknown_is_said(pile, check):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("plain.txt", "hello")
        archive.writestr("other.txt", "hello")
    raw = whole.getvalue()
    for name, at, value in (("locked", 6, 1), ("strange", 8, 99)):
        changed = bytearray(raw)
        local, central = raw.index(b"PK\x03\x04"), raw.index(b"PK\x01\x02")
        changed[local + at] = changed[central + at + 2] = value
        (pile.folder / f"{name}.zip").write_bytes(changed)
    (pile.folder / "cut.zip").write_bytes(raw[:-10])
    said = check(pile.folder)
    assert left_out(said, pile.folder) == {
        "locked.zip/plain.txt": "locked with a password",
        "strange.zip/plain.txt": "it can't be unpacked",
        "cut.zip": CUT,
    }
    assert said["looked_at"] == {"packed files": 3, "texts": 2}


def test_an_archive_writes_nowhere_but_in_its_room(pile, check, tmp_path):
    with tarfile.open(pile.folder / "bad.tar", "w") as archive:
        for name in ("../../out.txt", "link", "fine.txt"):
            member = tarfile.TarInfo(name)
            member.size = 5 if name != "link" else 0
            member.type = tarfile.SYMTYPE if name == "link" else tarfile.REGTYPE
            member.linkname = "/etc"
            archive.addfile(member, io.BytesIO(b"hello"))
    said = check(pile.folder)
    assert left_out(said, pile.folder) == {
        "bad.tar/../../out.txt": "it can't be unpacked",
        "bad.tar/link": "a link or device in an archive",
    }
    assert list(tmp_path.rglob("out.txt")) == []


def test_archives_in_one_another_are_followed_four_deep(pile, check):
    pile.come(1)
    raw = pile.database().read_bytes()
    for depth in range(1, 6):
        raw = gzip.compress(raw)
        (pile.folder / f"{depth}.gz").write_bytes(raw)
    (pile.folder / "5.gz").rename(pile.folder / "deep.gz")
    said = check(pile.folder / "4.gz")
    assert (numbers(said), said["left_out"]) == ((1, 0, 0, 0), [])
    said = check(pile.folder / "deep.gz")
    assert numbers(said) == (0, 0, 0, 0)
    assert [one["why"] for one in said["left_out"]] == [
        "too many archives in one another: unpack it and name what comes out"
    ]


def test_many_that_are_left_out_for_one_reason_are_said_in_part_and_names_cant_write_to_the_terminal(
    pile, check, capsys
):
    for n in range(60):
        (pile.folder / f"{n:02}\x1b[2J").symlink_to("nowhere")
    assert main(["shred-check", str(pile.folder)]) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[-1] == "    and 10 more; --json names all"
    assert "\x1b" not in said
    assert len(check(pile.folder)["left_out"]) == 60


def test_the_stores_themselves_can_be_looked_at_while_they_are_in_use(pile, check, settings):
    people = pile.come(2)
    pile.erase(people[0])
    pile.database()
    # On PostgreSQL a store has no file, and its name would be looked for beside this project.
    data = settings.DATA_DIR if is_postgresql() else store_file("default").parent
    said = check(pile.folder, settings.VAULT_DIR, data)
    assert (said["ok"], said["open"], said["brought_back"]) == (True, 1, 0)
