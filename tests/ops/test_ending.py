"""`touchbase programs open|pause|retire`: one line, an exit code, and what to do next."""

import json
from datetime import timedelta

import pytest

from tests.factories.walking import Walk
from touchbase.accounts.models import Membership
from touchbase.kernel import clock
from touchbase.ops import command
from touchbase.programs.models import Program
from touchbase.utilization.counters import Facts, counts_of
from touchbase.vault import store

pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)


def programs(capsys, *arguments: str) -> tuple[int, str]:
    code = command.main(["programs", *arguments])
    said = capsys.readouterr()
    return code, said.out or said.err


def test_a_program_is_paused_and_opened_again(here, capsys):
    assert programs(capsys, "pause", "harbor") == (0, "harbor is paused.\n")
    assert programs(capsys, "pause", "harbor") == (0, "harbor is paused, as it was.\n")
    assert programs(capsys, "open", "harbor") == (0, "harbor is open.\n")
    Program.objects.update(state="draft")
    assert programs(capsys, "open", "harbor", "--json")[1] == (
        '{"ok": true, "slug": "harbor", "state": "open", "changed": true}\n'
    )


@pytest.mark.parametrize(("state", "do"), [("retired", "open"), ("retired", "pause"), ("draft", "pause")])
def test_there_is_no_way_back_from_the_end(here, capsys, state, do):
    Program.objects.update(state=state)
    to = {"open": "open", "pause": "paused"}[do]
    assert programs(capsys, do, "harbor") == (
        1,
        f"harbor is {state} and can't become {to}. Nothing was changed.\n",
    )


def test_retiring_says_who_is_still_on_their_way_and_until_when(here, people, capsys):
    Walk(here, people).received(clock.now())
    until = (clock.now() + timedelta(days=9)).date()
    code, said = programs(capsys, "retire", "harbor", "--until", until.isoformat())
    assert (code, said) == (
        0,
        (
            "Retired harbor: its forms are closed. Still on their way: 1, until "
            f"{until}. After that day the clock closes and erases what is open. "
            "Run this again when the board is empty.\n"
        ),
    )


def test_at_the_end_it_writes_the_counts_whole_and_says_what_it_forgot(here, people, capsys, tmp_path):
    file = tmp_path / "counts.json"
    code, said = programs(capsys, "retire", "harbor", "--to", str(file))
    assert (code, said) == (
        0,
        (
            f"Retired harbor: releases written to {file}: 0. Keys were rotated. "
            "Forgotten: 0 addresses of the email list, 7 roles, and every account without another role.\n"
        ),
    )
    assert json.loads(file.read_text()) == {"program": "harbor", "releases": []}
    assert [path.name for path in tmp_path.iterdir()] == ["counts.json"]


def test_counts_of_too_few_people_are_said_to_be_dropped(here, people, capsys, tmp_path):
    store.tally(program=here.id, counts=counts_of(Facts(source="self")))
    said = programs(capsys, "retire", "harbor", "--to", str(tmp_path / "counts.json"))[1]
    assert "Counts of too few people were dropped." in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Say where the counts go: --to FILE."),
        (("--to", "/nowhere/counts.json"), "can't be written. Name a file"),
        (("--until", "2020-01-01"), "Choose today or a later day"),
    ],
)
def test_it_refuses_with_what_to_do_next_and_lets_nobody_go(here, people, capsys, arguments, sentence):
    code, said = programs(capsys, "retire", "harbor", *arguments)
    assert (code, sentence in said) == (1, True)
    assert Membership.objects.filter(program=here.id).count() == 7
