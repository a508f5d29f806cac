"""A store is put back from a copy: nothing is sent, closed or destroyed until an operator has confirmed it.

Real commands on real stores. People come and go around the moment of the copies; what the report says is
compared with what the test knows of each.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.holding.installations import Installation
from tests.holding.operators import Operator


@dataclass
class Scene:
    """An installation, the copies that were made of it, and who was open then and is now."""

    at: Installation
    operator: Operator
    copies: Path

    def person(self) -> tuple[str, str]:
        """Somebody asks: link and handle."""
        ((token, handle),) = self.operator.seed("waiting", n=1)
        return token, handle

    def erase(self, token: str) -> None:
        """They erase it on their own page."""
        self.operator.seed("erase", token=token)

    def run(self, *arguments: str) -> dict[str, Any]:
        """A command's report."""
        return self.operator.run(*arguments, "--json").report

    def refused(self, *arguments: str) -> str:
        """What a command says that refuses."""
        done = self.operator.run(*arguments)
        assert done.code == 1
        return done.said

    def database_copy(self) -> Path:
        """A new copy of the database."""
        return Path(self.run("backup", "db", "--to", str(self.copies))["file"])

    def vault_copy(self, name: str) -> Path:
        """A new copy of the vault, kept where the clock doesn't find it."""
        made = Path(self.run("backup", "vault")["folder"])
        shutil.copytree(made, self.copies / name)
        return self.copies / name

    def acts(self) -> dict[str, int]:
        """What the clock may not change while nobody has confirmed."""
        rows = self.at.stores.rows
        return {
            "keys": len(self.at.stores.keyed()),
            "outgoing": len(rows("default", "SELECT id FROM notifications_outgoing")),
            "counters": len(rows("default", "SELECT * FROM utilization_counter")),
            "pool": sum(n for (n,) in rows("vault", "SELECT n FROM vault_pool")),
            "rows": len(self.at.stores.handles()),
        }

    def stands_still(self) -> None:
        """A turn of the clock does nothing and says so; a rotation is refused."""
        before = self.acts()
        assert self.run("sweep")["halted"] is True
        assert "Run: touchbase reconcile" in self.refused("rotate")
        assert self.acts() == before
        assert "Run: touchbase reconcile" in self.refused(
            "programs", "retire", "harbor", "--until", "2030-01-01"
        )
        (self.at.folder / "data/sweep.heartbeat").unlink()  # it stopped a while ago


@pytest.fixture
def scene(another: Callable[[], Installation], tmp_path: Path) -> Iterator[Scene]:
    at = another()
    at.more |= {"TOUCHBASE_VAULT_COPIES": str(tmp_path / "vault copies")}
    operator = Operator(at.environ(), at.folder)
    yield Scene(at, operator, tmp_path / "copies")
    operator.leave()


OF_DATABASE = "UPDATE referrals_witness SET generation"
OF_VAULT = "UPDATE vault_mark SET generation ="
NOTHING = {"erased_since": 0, "lost": 0, "back": 0, "without_row": 0, "open": 0, "unsure": 0}


def test_an_old_database_with_the_vault_of_today_brings_nobody_back_and_sends_nothing(scene):
    stays, goes = scene.person(), scene.person()
    old = scene.database_copy()
    scene.erase(goes[0])
    since = scene.person()
    assert scene.run("restore", "db", str(old))["referrals"] == 2
    scene.stands_still()
    found = scene.run("reconcile")
    assert found == {"ok": False, "apart": "database put back"} | NOTHING | {
        "open": 1, "unsure": 1, "erased_since": 1, "without_row": 1
    }  # fmt: skip
    assert scene.run("reconcile", "--confirm")["ok"] is True
    assert scene.at.stores.handles() == {stays[1]}
    assert scene.at.stores.keyed() == {stays[1], since[1]}
    assert scene.run("reconcile") == {"ok": True, "apart": "together"} | NOTHING | {
        "open": 1,
        "without_row": 1,
    }
    assert scene.run("sweep")["halted"] is False


def test_the_vault_of_yesterday_with_the_database_of_today_erases_again_who_was_erased(scene):
    stays, goes = scene.person(), scene.person()
    copy = scene.vault_copy("yesterday")
    scene.erase(goes[0])
    lost = scene.person()
    counted = scene.acts()["pool"]
    scene.run("restore", "vault", str(copy))
    assert scene.at.stores.keyed() == {stays[1], goes[1]}
    scene.stands_still()
    found = scene.run("reconcile")
    assert found == {"ok": False, "apart": "vault put back"} | NOTHING | {"open": 1, "back": 1, "lost": 1}
    scene.run("reconcile", "--confirm")
    assert scene.at.stores.keyed() == {stays[1]}
    assert scene.at.stores.handles() == {stays[1], lost[1]}
    assert counted > scene.acts()["pool"] == 0, "who was counted after the copy isn't counted again"


def test_both_from_before_leave_everybody_to_the_desk(scene):
    stays, goes = scene.person(), scene.person()
    old, copy = scene.database_copy(), scene.vault_copy("before")
    scene.erase(goes[0])
    scene.run("restore", "vault", str(copy))
    scene.run("restore", "db", str(old))
    scene.stands_still()
    found = scene.run("reconcile")
    assert found == {"ok": False, "apart": "both put back"} | NOTHING | {"open": 2, "unsure": 2}
    scene.run("reconcile", "--confirm")
    assert scene.at.stores.handles() == {stays[1], goes[1]}
    unsure = scene.at.stores.rows("default", "SELECT handle FROM referrals_referral WHERE unsure")
    assert {handle for (handle,) in unsure} == {stays[1], goes[1]}


def test_a_store_that_was_put_back_by_hand_is_noticed_by_its_number(scene):
    scene.person()
    scene.database_copy()
    before = scene.at.stores.rows("default", "SELECT generation FROM referrals_witness")[0][0]
    scene.database_copy()
    scene.at.stores.change("default", f"{OF_DATABASE} = {before}")
    scene.stands_still()
    assert scene.run("reconcile")["apart"] == "database older"
    scene.at.stores.change("default", f"{OF_DATABASE} = {before + 9}")
    scene.stands_still()
    assert scene.run("reconcile")["apart"] == "vault older"
    scene.run("reconcile", "--confirm")
    assert scene.run("sweep")["halted"] is False


def test_a_number_that_the_database_has_not_got_yet_is_no_store_that_was_put_back(scene):
    """The process ended between the two stores."""
    scene.person()
    scene.database_copy()
    scene.at.stores.change("vault", f"{OF_VAULT} generation + 1, pending = (1 = 1)")
    assert scene.run("reconcile")["apart"] == "together"
    scene.at.stores.change("vault", f"{OF_VAULT} generation, pending = (1 = 0)")
    assert scene.run("reconcile")["apart"] == "database older"


def test_a_vault_of_another_installation_opens_nothing_and_destroys_nothing(scene):
    here = scene.person()
    scene.database_copy()
    scene.at.stores.change("vault", "UPDATE vault_mark SET installation = 'another'")
    scene.stands_still()
    assert scene.run("reconcile")["apart"] == "other vault"
    assert "isn't the one this database goes with" in scene.refused("reconcile", "--confirm")
    assert scene.at.stores.keyed() == {here[1]}
    assert scene.run("reconcile", "--confirm", "--new-vault")["ok"] is True
    assert scene.run("sweep")["halted"] is False


def test_the_clock_keeps_the_vaults_copies_also_when_it_is_asked_once(scene):
    where = Path(scene.at.more["TOUCHBASE_VAULT_COPIES"])
    scene.run("sweep")
    assert [each.name for each in where.iterdir()] == ["copy-1"]


def test_a_copy_that_was_cut_short_is_refused_and_nothing_is_changed(scene):
    scene.person()
    old = scene.database_copy()
    old.write_bytes(old.read_bytes()[: old.stat().st_size // 2])
    before = scene.at.stores.handles()
    scene.refused("restore", "db", str(old))
    assert scene.at.stores.handles() == before
    assert scene.run("reconcile")["apart"] == "together"


def test_while_the_service_runs_nothing_is_put_back(scene):
    scene.person()
    old = scene.database_copy()
    scene.run("sweep")
    assert "Stop it" in scene.refused("restore", "db", str(old))


def test_a_rehearsal_opens_both_copies_together_and_leaves_nothing(scene):
    scene.person(), scene.person()
    done = scene.run("rehearse")
    assert done == {"ok": True, "referrals": 2, "keys": 2, "lost": 0, "without_key": 0}
    scene.at.stores.change("vault", "UPDATE vault_key SET program = 'another'")
    assert scene.run("rehearse")["lost"] == 2
