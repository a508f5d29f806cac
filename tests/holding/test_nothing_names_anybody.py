"""A raw search of every file of the data and vault folders, while somebody is open and after erasing."""

from pathlib import Path

from tests.canary import FINCH, sung_in
from tests.holding.forms import ASKED, get, once, post
from tests.ops.servers import serving


def files(ground: Path) -> list[Path]:
    return [
        file for part in ("data", "vault", "root") for file in (ground / part).rglob("*") if file.is_file()
    ]


def giving_away(ground: Path) -> list[str]:
    return [str(file) for file in files(ground) if sung_in(file.read_bytes()) is not None]


def test_no_file_and_no_line_of_the_server_names_anybody(ground: Path) -> None:
    with serving(ground) as server:
        status, page = post(server, "/harbor/talk/", once=once(), **ASKED)
        token = page.split("/t/")[1].split("/")[0]
        assert status == 200
        assert giving_away(ground) == []
        others = [
            get(server, place)[1] for place in ("/", "/harbor/", "/healthz", "/trust/", "/harbor/numbers/")
        ]
        assert [sung_in(other) for other in others] == [None] * len(others)
        post(server, "/harbor/talk/cancel/", token=token)
        assert giving_away(ground) == []
        server.stop()
        assert sung_in(server.said()) is None


def test_the_search_finds_what_is_there(ground: Path) -> None:
    (ground / "data" / "planted").write_text(f"met {FINCH.name}")
    assert giving_away(ground) == [str(ground / "data" / "planted")]


def test_a_failure_in_the_middle_puts_nothing_into_the_log(ground: Path) -> None:
    with serving(ground) as server:
        (ground / "vault" / "vault.sqlite3").rename(ground / "vault" / "away")
        for left in ("-wal", "-shm"):
            (ground / "vault" / f"vault.sqlite3{left}").unlink(missing_ok=True)
        status, page = post(server, "/harbor/talk/", once=once(), **ASKED)
        assert (status in {500, 503}, "207-555-0160" in page) == (True, True)
        server.stop()
        assert sung_in(server.said()) is None
