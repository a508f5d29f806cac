"""The one command: finds what is asked for, says it in a sentence, ends with 0 or 1."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ops.servers import MAIN, environ
from touchbase.ops import command
from touchbase.ops.command import main

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def test_without_a_name_the_commands_are_listed(capsys):
    assert main([]) == 0
    listed = capsys.readouterr().out
    assert [line.split()[0] for line in listed.splitlines()[2:-2]] == list(command.COMMANDS)


@pytest.mark.parametrize("name", ["help", "--help", "-h"])
def test_help_lists_them_too(capsys, name):
    assert main([name]) == 0
    assert "prepare" in capsys.readouterr().out


def test_an_unknown_command_is_refused_with_a_sentence(capsys):
    assert main(["shell"]) == 1
    assert capsys.readouterr() == ("", 'There is no command "shell". `touchbase help` lists them.\n')


def test_a_refusal_of_the_domain_is_its_sentence(capsys):
    assert main(["programs", "export", "nowhere"]) == 1
    assert capsys.readouterr() == ("", "There is no program at this address.\n")


def test_a_wrong_option_is_refused_with_a_sentence(capsys):
    assert main(["doctor", "--nothing"]) == 1
    assert "--nothing" in capsys.readouterr().err


def test_help_of_one_command_shows_nothing_of_django(capsys):
    assert main(["rotate", "--help"]) == 0
    shown = capsys.readouterr().out
    assert "--json" in shown
    assert "--settings" not in shown
    assert "--skip-checks" not in shown


@pytest.mark.parametrize("name", command.COMMANDS)
def test_every_command_speaks_json(name):
    parser = command.parser_of(command.load(name), name)
    assert "--json" in parser.format_help()


def test_an_installation_that_may_not_start_says_why(capsys, settings, tmp_path):
    settings.DATA_DIR, settings.VAULT_DIR = tmp_path, tmp_path / "vault"
    assert main(["rotate"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("Touchbase won't start like this.\n")
    assert "TOUCHBASE_VAULT is inside TOUCHBASE_DATA" in said


@pytest.mark.parametrize("name", ["prepare", "rotate", "serve", "sweep"])
def test_a_sender_without_an_address_stops_every_command_before_it_begins(capsys, settings, name):
    settings.DEFAULT_FROM_EMAIL = "Peer support"
    assert main([name]) == 1
    assert "TOUCHBASE_FROM has no address." in capsys.readouterr().err


def test_a_command_loads_no_page(tmp_path):
    loaded = "import atexit, sys; atexit.register(lambda: print('touchbase.config.urls' in sys.modules)); "
    done = subprocess.run(
        [sys.executable, "-c", loaded + MAIN, "prepare"],
        env=environ(tmp_path, port=8000),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "False")


def touchbase(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A command of an installation in `folder`, run to its end."""
    program = [sys.executable, "-c", MAIN, *arguments]
    where = environ(folder, port=8000) | more
    return subprocess.run(program, env=where, capture_output=True, text=True, check=False)


def test_a_wrong_variable_is_named(tmp_path):
    done = touchbase(tmp_path, "doctor", PORT="many")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("PORT: ")


def test_a_store_that_is_not_there_is_said(tmp_path):
    done = touchbase(tmp_path, "programs", "export", "nowhere")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "A store can't be reached or isn't prepared. Run `touchbase prepare`, or look at its address.\n"
    )


def test_preparing_makes_everything_and_again_changes_nothing(tmp_path):
    first, second = touchbase(tmp_path, "prepare", "--json"), touchbase(tmp_path, "prepare")
    assert (first.returncode, first.stderr, json.loads(first.stdout)["migrations"] > 0) == (0, "", True)
    assert second.stdout == f"Prepared {tmp_path}/data and {tmp_path}/vault: nothing to change.\n"
    assert {file.name for file in (tmp_path / "data").iterdir()} >= {"touchbase.sqlite3", "static"}
    looked = json.loads(touchbase(tmp_path, "doctor", "--json").stdout)["findings"]
    assert {row["state"] for row in looked if row["what"] == "stores"} == {"well"}
