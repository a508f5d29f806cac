"""A command that fails says so in a sentence, and nothing of anybody: not even what the store repeated."""

import logging
from collections.abc import Iterator

import pytest
from django.db import DataError, IntegrityError

from tests.canary import sung_in
from tests.factories.failing import Forced, failing, listening
from tests.factories.walking import NOON, Walk
from tests.ops.servers import free_port
from touchbase.ops import folders
from touchbase.ops.command import COMMANDS, main

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

# How each is run so that it asks a store. A command that isn't here fails its test.
LINES = {
    "prepare": [], "demo": [], "programs": ["export", "harbor"], "people": ["list"],
    "collaboratives": ["list"], "links": [], "serve": [],
    "sweep": [], "rotate": [], "backup": ["db", "--to", "kept"], "rehearse": [], "restore": ["db", "kept"],
    "reconcile": [], "attest": [], "doctor": [], "shred-check": ["kept"],
}  # fmt: skip
KINDS = (Forced, ValueError, KeyError, OSError, IntegrityError, DataError)


@pytest.fixture
def ground(here, people, settings, tmp_path) -> Iterator[None]:
    """Somebody is on their way in an installation that is a demo as well; the log is the installation's."""
    settings.DATA_DIR, settings.DEMO, settings.PORT = tmp_path, True, free_port()
    (tmp_path / folders.DEMO_MARK).touch()
    Walk(here, people).talking(NOON)
    configured = logging.getLogger("touchbase").level
    yield
    logging.getLogger("touchbase").setLevel(configured)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_whose_store_fails_names_nobody(ground, settings, capfd, name, kind):
    settings.DEMO = name == "demo"
    # For good: what looks at a store that may be away goes on, and `serve` would begin to serve.
    with listening() as heard, failing(at=1, kind=kind, for_good=True) as first:
        code = main([name, *LINES[name]])
    out, err = capfd.readouterr()
    assert (code, first.failed, "Traceback" in err) == (1, True, False)
    assert sung_in(out + err + heard()) is None
    assert out + err


@pytest.mark.parametrize("at", [2, 5, 9, 15, 23])
@pytest.mark.parametrize("name", ["sweep", "rotate", "doctor", "people", "programs"])
def test_nor_does_one_that_fails_later(ground, settings, capfd, name, at):
    settings.DEMO = False
    with listening() as heard, failing(at=at):
        main([name, *LINES[name]])
    assert sung_in("".join(capfd.readouterr()) + heard()) is None


def test_what_nobody_foresaw_is_told_by_kind_and_place(ground, capsys):
    with failing(at=1):
        assert main(["people", "list"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("That failed, and it's our side: Forced touchbase/")
    assert said.endswith(". What it said is left out, since it could name somebody.\n")
