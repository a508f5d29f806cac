"""The demo's doors: one press signs in as an invented person, in a demo and on this machine only."""

import importlib
import shutil

import pytest
from django.test import Client
from django.urls import clear_url_caches, set_urlconf

from tests.factories.browsers import HERE
from touchbase.demo import seed
from touchbase.kernel import clock
from touchbase.ops.management.commands.demo import EXAMPLES

PLACES = {"coordinator": "desk/board/", "supporter": "mine/", "leader": "numbers/"}
PROGRAMS = ("legacy", "betsy-lehman", "ohsu", "lvhn", "shcp")

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def demo(settings):
    """A demo: the doors are there, and the five programs have people."""
    settings.DEMO = True
    _reload()
    seed.seed(folder=EXAMPLES, at=clock.now())
    yield
    settings.DEMO = False
    _reload()


def _reload() -> None:
    for name in ("touchbase.web.site.urls", "touchbase.config.urls"):
        importlib.reload(importlib.import_module(name))
    clear_url_caches()
    set_urlconf(None)


@pytest.fixture
def here() -> Client:
    return Client(headers=HERE, SERVER_NAME="127.0.0.1")


def test_each_door_leads_to_its_page(demo) -> None:
    lands = {role: f"/{{}}/{place}" for role, place in PLACES.items()} | {"faculty": "/c/massachusetts/"}
    found = {}
    for program in PROGRAMS:
        for role in lands:
            browser = Client(headers=HERE, SERVER_NAME="127.0.0.1")
            place = browser.post(f"/demo/{program}/", {"role": role})["Location"]
            found[program, role] = (place, browser.get(place).status_code)
    assert found == {
        (program, role): (place.format(program), 200) for program in PROGRAMS for role, place in lands.items()
    }


def test_the_list_has_one_form_a_role_of_each_program(demo, here: Client) -> None:
    page = here.get("/demo/").content.decode()
    roles = ("coordinator", "supporter", "leader", "faculty")
    assert [page.count(f'name="role" value="{role}"') for role in roles] == [5] * 4


def test_where_no_collaborative_is_nobody_leads_one(settings, here: Client, tmp_path) -> None:
    settings.DEMO = True
    _reload()
    shutil.copy(EXAMPLES / "shcp.toml", tmp_path)
    seed.seed(folder=tmp_path, at=clock.now())
    assert 'value="faculty"' not in here.get("/demo/").content.decode()
    assert here.post("/demo/shcp/", {"role": "faculty"}).status_code == 404
    settings.DEMO = False
    _reload()


def test_no_other_part_has_a_door(demo, here: Client) -> None:
    parts = ("", "operator", "root")
    assert [here.post("/demo/shcp/", {"role": role}).status_code for role in parts] == [404] * 3


TRACES = (
    {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
    {"HTTP_FORWARDED": "for=192.0.2.7"},
    {"HTTP_VIA": "1.1 proxy"},
    {"REMOTE_ADDR": "192.0.2.7"},
    {"REMOTE_ADDR": ""},
)


def test_a_trace_of_somebody_elsewhere_closes_the_doors(demo, here: Client) -> None:
    usual = dict(here.defaults)
    for trace in TRACES:
        here.defaults = usual | trace
        found = [here.get("/demo/"), here.post("/demo/shcp/", {"role": "leader"})]
        assert [answer.status_code for answer in found] == [404, 404], trace


def test_another_name_of_the_machine_closes_the_doors(demo, here: Client, settings) -> None:
    settings.ALLOWED_HOSTS = ["demo.example.org", "localhost"]
    found = [here.get("/demo/", SERVER_NAME=name).status_code for name in ("demo.example.org", "localhost")]
    assert found == [404, 200]


def test_outside_a_demo_there_is_no_door(here: Client) -> None:
    found = [here.get("/demo/").status_code, here.post("/demo/shcp/", {"role": "coordinator"}).status_code]
    assert found == [404, 404]
