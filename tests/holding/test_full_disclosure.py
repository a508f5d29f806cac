"""Everything an installation ever wrote is disclosed, and nobody who was erased is named (rulings A6, F1).

A real installation over three days and a half: 200 come, 150 of them are erased, the window passes.
Whoever attacks has every file of both stores with its logs, every dump and backup of the database since the
first hour, the key files and the root key of now. What they read is judged twice: by tests/vault/attacker.py,
which knows only the formats, and by `touchbase shred-check` on the files themselves.
"""

import json
import shutil
import sqlite3
import subprocess
from base64 import b64encode
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from tests.holding.forgetting import SONGS, needles, seed
from tests.holding.installations import Installation
from tests.holding.test_in_trouble import NO_MAIL
from tests.notifications.mail_stub import mail_server
from tests.vault import attacker
from tests.vault.attacker import Blob, VaultCopy

CAME, ERASED = 200, 150
FIRST = 80  # hours ago
WINDOW = 48
_BLOBS = """
    SELECT r.program_id, r.handle, c.purpose, CASE c.purpose WHEN 'course' THEN r.row_version ELSE 0 END,
    c.nonce, c.blob FROM referrals_capsule c JOIN referrals_referral r ON r.handle = c.referral_id
"""
_EPOCHS = "SELECT n, provider_ref, wrapped_ek FROM vault_epoch"
_KEYS = "SELECT handle, program, epoch_id, wrapped FROM vault_key"


@dataclass
class Disclosed:
    """All that was ever copied of one installation, as files in a pile and as rows."""

    at: Installation
    pile: Path
    blobs: list[Blob] = field(default_factory=list)

    def back_up(self, name: str) -> None:
        """A backup of the database, and every file of both stores as they lie."""
        folder = self.pile / name
        folder.mkdir(parents=True)
        self._dump("default", folder)
        self.at.stores.flush()
        shutil.copytree(self.at.folder / "data", folder / "data")
        for n, file in enumerate(self.at.stores.cluster_files()):
            shutil.copyfile(file, folder / f"{n}-{file.name}")
        rows = self.at.stores.rows("default", _BLOBS)
        self.blobs += [
            Blob(program, handle, purpose, version, bytes(nonce), bytes(blob))
            for program, handle, purpose, version, nonce, blob in rows
        ]

    def vault(self, name: str) -> VaultCopy:
        """A copy of the vault, as files and as rows."""
        folder = self.pile / name
        shutil.copytree(self.at.folder / "vault/provider", folder / "provider")
        self._dump("vault", folder)
        rows = self.at.stores.rows
        return attacker.of_rows(rows("vault", _EPOCHS), rows("vault", _KEYS))

    def _dump(self, store: str, folder: Path) -> None:
        if address := self.at.stores.address(store):
            target = f"--file={folder / store}.dump"
            subprocess.run(["pg_dump", f"--dbname={address}", "--format=custom", target], check=True)
        else:
            with closing(sqlite3.connect(self.at.stores.file(store))) as opened:
                opened.execute("VACUUM INTO ?", [f"{folder / store}.sqlite3"])

    def named(self, *vaults: VaultCopy) -> set[str]:
        """Whom the attacker reads with these copies of the vault and the keys of now."""
        root = bytes.fromhex((self.at.folder / "root/root.key").read_text())
        return attacker.opens(self.blobs, vaults, self.files(), root)

    def files(self) -> list[tuple[str, bytes]]:
        """Every key file that lies in the pile or is there now."""
        folders = [self.at.folder / "vault/provider", *self.pile.rglob("provider")]
        return [file for folder in folders for file in attacker.key_files(folder).items()]

    def checked(self, *more: str) -> tuple[int, dict[str, int]]:
        """What the command says of the pile: its code and its numbers."""
        done = self.at.run("shred-check", "--json", str(self.pile), str(self.at.folder / "data"), *more)
        said = json.loads(done.stdout)
        if self.at.stores.default:
            # A cluster's log is of all its databases: whoever came and went there is dead here as well.
            said["dead"] -= said["referrals"] - CAME
        return done.returncode, {key: said[key] for key in ("open", "damaged", "brought_back", "dead")}

    def sung(self) -> list[str]:
        """Every file that names one of them, in whatever writing."""
        parts = [self.pile, self.at.folder]
        files = [file for part in parts for file in part.rglob("*") if file.is_file()]
        return [str(file) for file in files if any(one in file.read_bytes() for one in needles())]


def test_with_everything_disclosed_nobody_erased_is_named_and_everybody_open_still_opens(
    another: Callable[[], Installation], tmp_path: Path
):
    at = another()
    all_of_it = Disclosed(at, tmp_path / "pile")
    at.more["TMPDIR"] = str(_ground_in(at))
    came = seed(at, "come", n=CAME, hours=FIRST)
    handles = [handle for _, handle in came]
    gone, there = set(handles[:ERASED]), set(handles[ERASED:])
    _some_are_written_to(at, handles)
    all_of_it.back_up("first-night")
    first = all_of_it.vault("vault-1")
    assert seed(at, "forget", handles=sorted(gone), hours=FIRST - 1) == ERASED

    # Before the window is over a lawful copy of the vault opens everybody. Else the rest would prove nothing.
    assert all_of_it.named(first) == gone | there
    assert all_of_it.checked() == (1, {"open": 50, "damaged": 0, "brought_back": ERASED, "dead": 0})

    # The day after, that copy is gone, as the rule says; the rest of the window passes.
    hoarded = shutil.move(all_of_it.pile / "vault-1", tmp_path / "hoarded")
    all_of_it.back_up("second-night")
    assert seed(at, "serve", begin=FIRST - 2, end=0) != []
    all_of_it.back_up("last-night")
    last = all_of_it.vault("vault-2")
    with at.served(TOUCHBASE_SWEEP="no"):
        assert [_page_of(at, token) for token, _ in (came[-1], came[0])] == [200, 404]
    assert all_of_it.named(last) == there
    assert all_of_it.named(first, last) == there  # old rows of the key store help nobody: the files are gone
    assert all_of_it.checked() == (0, {"open": 50, "damaged": 0, "brought_back": 0, "dead": ERASED})
    assert all_of_it.sung() == []

    # A copy kept against the rule opens what was open when it was made: tier 0's limit, and it is noticed.
    code, numbers = all_of_it.checked(str(hoarded))
    assert (code, numbers["brought_back"], numbers["dead"]) == (1, ERASED, 0)
    assert FIRST > WINDOW


def _ground_in(at: Installation) -> Path:
    """Where its processes put what they need for a moment: searched like every other folder of it."""
    ground = at.folder / "tmp"
    ground.mkdir(mode=0o777)
    return ground


def _some_are_written_to(at: Installation, handles: list[str]) -> None:
    """To two who will be erased and one who stays a message goes; as many are in the outbox all the while."""
    whoever_erases, who_stays = handles[0:30:10], handles[150:180:10]
    peers = (at.people[name]["membership"] for name in ("supporter", "other"))
    at.more["TOUCHBASE_SMTP"] = NO_MAIL
    waiting = [
        seed(at, "write", handles=some, supporter=peer, hours=FIRST - 0.5)
        for some, peer in zip((whoever_erases, who_stays), peers, strict=True)
    ]
    assert waiting == [3, 6]
    with mail_server() as post:
        at.more["TOUCHBASE_SMTP"] = post.address
        assert seed(at, "send", n=3, hours=FIRST - 0.5) == len(post.taken) == 3
    at.more["TOUCHBASE_SMTP"] = NO_MAIL  # from here on nobody takes what is still to go


def _page_of(at: Installation, token: str) -> int:
    """What somebody gets who comes by their private link."""
    browser = at.browser()
    browser.get(f"/t/{token}/")
    return browser.get("/t/").status


def test_whoever_sang_would_be_heard_in_every_writing():
    for song in SONGS:
        for written in (song.encode(), song.encode("utf-16-le"), quote(f"<{song}>").encode(),
                        b64encode(f"a {song} b".encode()), b64encode(f"ab {song} b".encode())):  # fmt: skip
            assert any(one in written for one in needles())
