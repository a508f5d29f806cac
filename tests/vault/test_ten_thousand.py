"""Ten thousand random days with processes killed at every write: nobody is lost, and nobody is back.

Each run begins with the same two epochs and takes six to eight steps, drawn from its number; real processes
come, read, erase and rotate, are killed before any of their writes, or stop between two transactions while
others go on. What broke is printed with its steps: `python -m tests.vault.ten_thousand FOLDER NUMBER 1`.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)

# PostgreSQL begins a process for each connection, and every kill costs one.
RUNS = {"sqlite": 10_000, "postgresql": 1_000}
PARTS = 2
# Which writes an arrival and an erasing have: on PostgreSQL a transaction begins without a statement.
WRITES = {"sqlite": ([1, 2, 3], [1, 2, 3, 4, 5, 6, 7]), "postgresql": ([1, 2], [1, 2, 3, 4, 5, 6])}
IN_MEMORY = Path("/dev/shm")  # noqa: S108  a kill takes nothing from the disk, so nothing need be on one


def store_here() -> dict[str, str]:
    """What says where the vault is: on PostgreSQL this test's own database, and else a new file."""
    of = connections["vault"].settings_dict
    if connections["vault"].vendor != "postgresql":
        return {}
    address = f"postgresql://{of['USER']}:{of['PASSWORD']}@{of['HOST']}:{of['PORT']}/{of['NAME']}"
    return {"TOUCHBASE_VAULT_DATABASE": address}


def take(first: int, count: int, *options: str) -> dict[str, Any]:
    """Let a small process take these runs. What it did."""
    environ = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("COVERAGE", "TOUCHBASE_"))  # measured, each fork would cost ten times as much
    } | store_here()
    where = IN_MEMORY if IN_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(dir=where) as folder:
        asked = [sys.executable, "-m", "tests.vault.ten_thousand", folder, str(first), str(count), *options]
        done = subprocess.run(asked, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    did: dict[str, Any] = json.loads(done.stdout)
    return did


@pytest.mark.parametrize("part", range(PARTS))
def test_in_ten_thousand_random_days_nobody_is_lost_and_nobody_comes_back(part, capsys):
    count = RUNS[connections["vault"].vendor] // PARTS
    did = take(part * count, count)
    with capsys.disabled():
        sys.stderr.write(f"\n{did['runs']} random days from {did['beginning']}, killed: {did['killed']}\n")
    assert did["broken"] == []
    assert did["runs"] == count
    # It means nothing unless many died in the middle, before each of their writes, and many stopped halfway.
    writes = WRITES[connections["vault"].vendor]
    assert (did["before"]["arrive"], did["before"]["erase"]) == writes
    assert min(did["killed"]["rotate"], did["stopped"]["rotate"]) > count // 10


def test_written_without_comparing_the_erased_come_back():
    """The same days with an upsert: so they can break, and the steps that did it are told."""
    did = take(0, 2_000, "--upsert")
    (day,) = did["broken"]
    assert day["failure"].startswith(("examine: Broken: came back", "how many erased one person"))
    assert "it waits before a transaction" in " ".join(day["steps"])
