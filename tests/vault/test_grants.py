"""Who may open what is one table; a grant is made in one place, and good for one request."""

import subprocess
import sys
from dataclasses import replace

import pytest

from tests.architecture.source import ROOT, dotted, parsed, python_files
from tests.vault.scene import AT
from touchbase.vault.grants import LINKS, MOST, OLDEST_SECONDS, OPENS, Grant, Reason, links, opens
from touchbase.vault.sealing import Purpose

EVERYTHING = frozenset(Purpose)
TABLE = """
clock canary: course
operator canary: course
backup match: contact course wishes
clock match: contact course wishes
coordinator match: contact course wishes
supporter match: contact course wishes
recipient own page: contact course identity wishes
backup queue: contact course identity wishes
coordinator queue: contact course identity wishes
backup reveal: contact course identity wishes
coordinator reveal: contact course identity wishes
clock send: contact course identity
backup step: course
clock step: course
coordinator step: course
recipient step: course
supporter step: course
supporter support: contact course identity wishes
clock sweep: course wishes
"""


def grant(role: str, reason: Reason, *handles: str, purposes: frozenset[Purpose] = EVERYTHING) -> Grant:
    return Grant("robin", role, reason, purposes, frozenset(handles or {"h"}), AT)


def test_the_whole_table():
    lines = [
        f"{role} {reason}: {' '.join(sorted(purposes))}"
        for (role, reason), purposes in sorted(OPENS.items(), key=lambda entry: (entry[0][1], entry[0][0]))
    ]
    assert lines == TABLE.strip().splitlines()


def test_it_is_what_decides():
    roles = {"recipient", "supporter", "coordinator", "backup", "clock", "operator", "leader", "stranger", ""}
    decided = {
        (role, reason): purposes
        for role in roles
        for reason in Reason
        if (purposes := frozenset(p for p in Purpose if opens(grant(role, reason), [("h", p)])))
    }
    assert decided == OPENS


def test_no_name_for_the_leader_the_operator_or_a_match():
    naming = {Purpose.IDENTITY}
    assert {role for (role, reason), opened in OPENS.items() if opened & naming} == {
        "clock", "recipient", "backup", "coordinator", "supporter",
    }  # fmt: skip
    assert not any(opened & naming for (_, reason), opened in OPENS.items() if reason is Reason.MATCH)


def test_a_grant_covers_its_own_referrals_and_purposes_only():
    narrow = grant("supporter", Reason.SUPPORT, "a", "b", purposes=frozenset({Purpose.IDENTITY}))
    assert opens(narrow, [("a", Purpose.IDENTITY), ("b", Purpose.IDENTITY)])
    assert not opens(narrow, [("a", Purpose.IDENTITY), ("c", Purpose.IDENTITY)])
    assert not opens(narrow, [("a", Purpose.CONTACT)])
    assert opens(narrow, [])


@pytest.mark.parametrize("reason", list(MOST))
def test_one_look_has_a_limit(reason):
    role = next(role for role, why in OPENS if why is reason)
    fits = grant(role, reason, *(str(n) for n in range(MOST[reason])))
    over = replace(fits, handles=fits.handles | {"one more"})
    assert (opens(fits, []), opens(over, [])) == (True, False)


def test_a_kept_grant_is_worth_nothing():
    fresh = grant("supporter", Reason.SUPPORT)
    link = grant("clock", Reason.SEND)
    for age, covered in ((OLDEST_SECONDS - 10, True), (OLDEST_SECONDS + 10, False), (-10, False)):
        assert opens(replace(fresh, made=fresh.made - age), []) is covered
        assert links(replace(link, made=link.made - age)) is covered


def test_who_may_have_a_link_made():
    assert sorted(LINKS) == [
        ("backup", "intake"), ("backup", "send"), ("clock", "send"), ("coordinator", "intake"),
        ("coordinator", "send"), ("recipient", "intake"), ("recipient", "send"), ("supporter", "intake"),
        ("supporter", "send"),
    ]  # fmt: skip
    assert links(grant("clock", Reason.SEND))
    assert not links(grant("clock", Reason.SEND, "a", "b"))
    assert not links(grant("clock", Reason.SWEEP))
    assert not links(grant("operator", Reason.SEND))


def test_printing_a_grant_ties_nobody_to_a_referral():
    assert "secret-handle" not in repr(grant("supporter", Reason.SUPPORT, "secret-handle"))


def test_grants_are_made_in_one_place():
    made = {
        str(file)
        for file in python_files("touchbase")
        for line in [parsed(file)]
        if any(name_of(node).split(".")[-1] == "Grant" for node in calls(line))
    }
    assert made <= {"touchbase/referrals/queries.py"}


def calls(tree):
    import ast

    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def name_of(call) -> str:
    return dotted(call.func)


FORGED = """
from touchbase.vault.grants import Grant, Reason
from touchbase.vault.sealing import Purpose


class Forged:
    actor = role = "coordinator"
    reason = Reason.REVEAL
    purposes = frozenset(Purpose)
    handles = frozenset({"h"})


def wants(grant: Grant) -> None: ...


wants(Forged())
wants({"role": "coordinator"})
Grant("robin", "coordinator", "reveal", [Purpose.IDENTITY], {"h"}, "now")
Grant("robin", "coordinator", Reason.REVEAL, frozenset(Purpose), frozenset({"h"}))
"""


def test_a_forged_grant_fails_the_type_check(tmp_path):
    file = tmp_path / "forged.py"
    file.write_text(FORGED)
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-error-summary"]
    cache = ["--cache-dir", str(tmp_path / "cache"), "--explicit-package-bases", str(file)]
    said = subprocess.run([*command, *cache], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    lines = [line.split(":")[1] for line in said.splitlines() if "error:" in line]
    assert sorted(set(lines)) == ["16", "17", "18", "19"]
