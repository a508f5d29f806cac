"""What happens to a machine that runs: a disk is full, a folder or a cluster is away, a process forgets.

The trouble is real each time: SQLite's writes fail in the system, PostgreSQL itself refuses.
"""

import json
import os
import resource
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.holding.installations import CLUSTERS, Installation
from tests.holding.stores import STORES
from tests.ops.servers import until

# What PostgreSQL says of a full disk, with its own code for it.
_NO_ROOM = """
    CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$
"""
_BEFORE_WRITES = "BEFORE INSERT OR UPDATE OR DELETE"


@contextmanager
def full_disk(at: Installation) -> Iterator[None]:
    """Nothing more can be written into either store."""
    with ExitStack() as troubles:
        if at.stores.default:
            for store in STORES:
                troubles.enter_context(_full_cluster(at, store))
        else:
            troubles.enter_context(_no_byte_more(_worker(at)))
        yield


@contextmanager
def _no_byte_more(process: int) -> Iterator[None]:
    """No file of a process grows or changes: each of its writes fails."""
    before = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, before)


@contextmanager
def _full_cluster(at: Installation, store: str) -> Iterator[None]:
    at.stores.change(store, _NO_ROOM)
    for table in at.stores.tables(store):
        each = f'{_BEFORE_WRITES} ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION no_room()'
        at.stores.change(store, f"CREATE TRIGGER no_room {each}")
    try:
        yield
    finally:
        at.stores.change(store, "DROP FUNCTION no_room() CASCADE")


@contextmanager
def vault_away(at: Installation) -> Iterator[None]:
    """The vault's folder isn't there, as when a disk isn't mounted; nor does its cluster let anybody in."""
    with ExitStack() as troubles:
        if address := at.stores.vault:
            troubles.enter_context(_closed(urlsplit(address).path.lstrip("/")))
        troubles.enter_context(moved(at.folder / "vault"))
        yield


@contextmanager
def _closed(name: str) -> Iterator[None]:
    with psycopg.connect(CLUSTERS["TOUCHBASE_VAULT_DATABASE"], autocommit=True) as cluster:
        cluster.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS false')
        cluster.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608
        try:
            yield
        finally:
            cluster.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS true')


@contextmanager
def moved(path: Path) -> Iterator[None]:
    """A file or folder is elsewhere for a while."""
    away = path.with_name(f"{path.name}.away")
    path.rename(away)
    try:
        yield
    finally:
        away.rename(path)


@contextmanager
def garbage(file: Path) -> Iterator[None]:
    """A file holds something else for a while."""
    before = file.read_bytes()
    file.write_bytes(os.urandom(len(before)))
    try:
        yield
    finally:
        file.write_bytes(before)


def forget(at: Installation) -> None:
    """End the process that answers: the next one has no key in its memory and no store open."""
    first = _worker(at)
    os.kill(first, signal.SIGKILL)
    server = at.server
    if not until(lambda: server and server.workers() not in ([], [first]) and server.status("/nowhere/")):
        raise TimeoutError("nobody answered any more")


def unwell(at: Installation) -> list[str]:
    """What /healthz names. These servers don't keep the clock: of that it is right to complain."""
    answer = at.browser().get("/healthz")
    failing = json.loads(answer.text).get("failing", [])
    if answer.status != (503 if failing else 200):
        raise AssertionError(f"{answer.status} for {failing}")
    return [name for name in failing if name != "sweep"]


def _worker(at: Installation) -> int:
    assert at.server is not None
    (worker,) = at.server.workers()
    return worker
