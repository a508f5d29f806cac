"""`touchbase links`, and the clock's own look at one page a turn."""

import json

import pytest

from tests.factories.programs import make_program, policy_text
from tests.resources.pages import pages
from touchbase.ops import command, sweeping
from touchbase.programs.policy import Resource, ResourceClass
from touchbase.resources import checking
from touchbase.resources.models import Link

pytestmark = pytest.mark.django_db(databases=["default", "vault"], transaction=True)


@pytest.fixture
def server(monkeypatch):
    """Pages on this machine, to which every program leads: a policy's own must be https."""
    with pages() as running:
        addresses = [running.address("/found/"), running.address("/gone/")]
        monkeypatch.setattr(checking, "links_of", lambda _here: addresses)
        yield running


def test_the_command_looks_at_every_page_and_says_which_did_not_open(server, capsys):
    make_program()
    assert command.main(["links"]) == 0
    said = capsys.readouterr().out
    assert said == f"Looked at 2 pages, 1 didn't open.\nharbor: {server.address('/gone/')}\n"
    assert dict(Link.objects.values_list("address", "opened")) == {
        server.address("/found/"): True,
        server.address("/gone/"): False,
    }


def test_it_looks_for_one_program_and_tells_machines(server, capsys):
    make_program()
    make_program(policy_text("inland"))
    assert command.main(["links", "--program", "inland", "--json"]) == 0
    assert {one["program"] for one in json.loads(capsys.readouterr().out)["links"]} == {"inland"}
    assert Link.objects.filter(program__slug="harbor").count() == 0


def test_a_demo_s_pages_are_invented_and_not_looked_at(server, capsys, settings):
    settings.DEMO = True
    assert command.main(["links"]) == 1
    assert (capsys.readouterr().err, server.asked) == (
        "The pages of a demo are invented. Nothing was looked at.\n",
        [],
    )


def test_the_clock_looks_at_one_page_a_turn_only_where_that_is_wanted(server, settings):
    make_program()
    sweeping.turn()
    assert (settings.CHECKS_LINKS, server.asked) == (False, [])
    settings.CHECKS_LINKS = True
    seen = []
    for _turn in range(3):
        sweeping.turn()
        seen.append(Link.objects.count())
    assert (seen, len(server.asked)) == ([1, 2, 2], 2)


def test_a_page_of_a_policy_is_never_asked_for_without_encryption():
    with pytest.raises(ValueError, match="link"):
        Resource(kind=ResourceClass.INSIDE, title="A page", where="Here.", link="http://example.org/")
