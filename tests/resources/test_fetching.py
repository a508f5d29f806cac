"""Whether a page opens, asked of a server on this machine."""

import socket

import pytest

from tests.resources.pages import pages
from touchbase.resources import fetching


@pytest.fixture
def server():
    with pages() as running:
        yield running


@pytest.mark.parametrize(
    ("path", "opened"),
    [("/found/", True), ("/moved/", True), ("/gone/", False), ("/broken/", False), ("/private/", False)],
)
def test_a_page_opens_or_it_doesn_t(server, path, opened):
    assert fetching.opens(server.address(path)) is opened


def test_we_ask_as_nobody(server):
    fetching.opens(server.address("/moved/"))
    assert [(method, path) for method, path, _ in server.asked] == [("GET", "/moved/"), ("GET", "/found/")]
    names = {name.lower() for _, _, headers in server.asked for name in headers}
    assert names == {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert {headers["User-Agent"] for _, _, headers in server.asked} == {"Touchbase link check"}


def test_a_server_that_is_not_there_doesn_t_open():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert fetching.opens(f"http://127.0.0.1:{port}/") is False


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/", "no address"])
def test_only_web_pages_are_asked_for(address):
    assert fetching.opens(address) is False


def test_a_page_that_leads_round_in_circles_doesn_t_open(server):
    server.answers["/found/"] = 302
    assert fetching.opens(server.address("/moved/")) is False
