"""The import contracts hold, and each of them notices when it is broken (architecture.md 1, ruling F20)."""

import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, python_files

CONTRACTS = {
    contract["id"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}


@dataclass(frozen=True)
class Planted:
    """A violation: what is added to which files, and the contract that must notice."""

    contract: str
    files: dict[str, str]


PLANTED = {
    "the kernel reaches for a page": Planted(
        "layers", {"kernel/ids.py": "import touchbase.web.shared.access"}
    ),
    "a lazy import between two that don't know each other": Planted(
        "layers", {"supporters/queries.py": "def late():\n    from touchbase.referrals import course"}
    ),
    "an app nobody put in its place": Planted("layers", {"newcomer/__init__.py": ""}),
    "rows that ask the queries": Planted(
        "inside-an-app", {"accounts/models.py": "def late():\n    from touchbase.accounts import queries"}
    ),
    "queries that write": Planted(
        "inside-an-app", {"programs/queries.py": "from touchbase.programs import actions"}
    ),
    "a lifecycle that knows Django": Planted(
        "pure", {"referrals/lifecycle.py": "import django.utils.timezone"}
    ),
    "matching that reads rows by a neighbor": Planted(
        "pure",
        {
            "matching/ranking.py": "from touchbase.kernel import planted",
            "kernel/planted.py": "def late():\n    from touchbase.supporters.models import Supporter",
        },
    ),
    "counts that look at people": Planted(
        "counts-apart", {"utilization/queries.py": "def late():\n    import touchbase.referrals.course"}
    ),
    "the leader's page that reaches people through what is shared": Planted(
        "counts-apart",
        {
            "web/leadership/planted.py": "from touchbase.web.shared import planted",
            "web/shared/planted.py": "def late():\n    from touchbase.outreach import queries",
        },
    ),
    "counts that reach the vault through messages": Planted(
        "counts-apart",
        {
            "utilization/actions.py": "from touchbase.notifications import planted",
            "notifications/planted.py": "from touchbase.vault import sealing",
        },
    ),
    "an email list that knows who supports": Planted(
        "awareness-apart",
        {
            "awareness/news.py": "from touchbase.notifications import planted",
            "notifications/planted.py": "def late():\n    from touchbase.vault import sealing",
        },
    ),
    "cryptography at home": Planted(
        "cryptography", {"accounts/sessions.py": "def late():\n    from cryptography.fernet import Fernet"}
    ),
    "a vault that chooses people": Planted(
        "vault-alone", {"vault/sealing.py": "import touchbase.matching.ranking"}
    ),
    "a command that handles epochs": Planted(
        "vault-doors", {"ops/worker.py": "from touchbase.vault import epochs"}
    ),
    "outreach that reads keys": Planted(
        "vault-doors", {"outreach/queries.py": "def late():\n    from touchbase.vault.models import Key"}
    ),
    "a public page that borrows from the desk": Planted(
        "audiences",
        {
            "web/public/planted.py": "from touchbase.web.coordinator import planted",
            "web/coordinator/planted.py": "",
        },
    ),
    "what is shared knows an audience": Planted(
        "audiences",
        {"web/shared/planted.py": "from touchbase.web.site import planted", "web/site/planted.py": ""},
    ),
    "a page that reads rows": Planted(
        "no-rows-in-pages", {"web/public/planted.py": "from touchbase.referrals.models import Referral"}
    ),
    "a command that reads rows": Planted(
        "no-rows-in-pages",
        {"ops/planted.py": "def late():\n    from touchbase.accounts.models import Account"},
    ),
    "two that need each other": Planted(
        "no-cycles",
        {
            "kernel/one.py": "from touchbase.kernel import two",
            "kernel/two.py": "def late():\n    from touchbase.kernel import one",
        },
    ),
}


def lint(folder: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    """Check the contracts, or some of them, over the tree in `folder`."""
    limits = [part for contract in contracts for part in ("--contract", contract)]
    program = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as go; go()"]
    command = [*program, "--no-cache", "--no-logo", *limits]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_contracts_hold():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_violation_is_caught(what, tmp_path):
    planted = PLANTED[what]
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    leave = shutil.ignore_patterns("__pycache__", "static", "templates", "migrations")
    shutil.copytree(ROOT / "touchbase", tmp_path / "touchbase", ignore=leave)
    for name, code in planted.files.items():
        file = tmp_path / "touchbase" / name
        file.parent.mkdir(exist_ok=True)
        with file.open("a") as source:
            source.write(f"\n{code}\n")
    done = lint(tmp_path, planted.contract)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout, done.stdout + done.stderr


def test_every_contract_has_a_planted_violation():
    assert {planted.contract for planted in PLANTED.values()} == set(CONTRACTS)


def test_only_the_vault_is_missing_from_those_who_may_not_import_cryptography():
    apps = {f"touchbase.{file.parts[1]}" for file in python_files("touchbase") if len(file.parts) > 2}
    assert set(CONTRACTS["cryptography"]["source_modules"]) == apps - {"touchbase.vault"}


def test_every_name_of_a_pure_module_is_that_of_one():
    named = {expression.rsplit(".", 1)[1] for expression in CONTRACTS["pure"]["source_modules"]}
    there = {part for file in python_files("touchbase") for part in file.with_suffix("").parts}
    assert named - there == set()


def test_rows_of_every_app_are_closed_to_pure_modules():
    rows = {
        ".".join(file.with_suffix("").parts) for file in python_files("touchbase") if file.stem == "models"
    }
    assert set(CONTRACTS["pure"]["forbidden_modules"]) == rows | {"django"}
