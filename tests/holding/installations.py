"""An installation as an operator has one: folders or databases of its own, real people, a real server.

It is made once with commands, and copied for each test that changes it. `./test` says by the environment
which engine it stands on; on PostgreSQL each installation has a database in each of the two clusters.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier

from tests.holding.stores import Stores
from tests.holding.visits import Browser, Visit
from tests.ops.servers import PATIENCE, Server, environ, free_port, until

CLUSTERS = {name: os.environ.get(name, "") for name in ("TOUCHBASE_DATABASE", "TOUCHBASE_VAULT_DATABASE")}
IS_POSTGRESQL = all(CLUSTERS.values())
_COMMAND = "import sys; from touchbase.ops.command import main; sys.exit(main())"
_SCRIPT = "import sys; from tests.holding.seeding import main; main(sys.argv[1:])"
_ROOT = Path(__file__).parents[2]
_SECRET = "a key for tests that signs nothing real"
_FRESH = 300.0  # seconds for which a sign-in is handed on to copies: far below the idle lock


@dataclass
class Installation:
    """Folders, addresses of the stores, who works there, and the server while one runs."""

    folder: Path
    stores: Stores
    more: dict[str, str] = field(default_factory=lambda: {"TOUCHBASE_SECRET_KEY": _SECRET})
    people: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    signed_in: float = field(default_factory=monotonic)  # when its people last did
    server: Server | None = None
    waiting: list[list[str]] = field(default_factory=list)  # link and handle of some who asked
    journal: list[Visit] = field(default_factory=list)  # every answer any of the browsers got
    user: str = ""  # another user of the machine, where the one who tests may read everything

    @property
    def log(self) -> Path:
        """What the server wrote."""
        return self.folder / "server.log"

    def environ(self, port: int = 0) -> dict[str, str]:
        """The variables of this installation."""
        found = environ(self.folder, port or free_port()) | self.stores.variables() | self.more
        return found | {"PYTHONPATH": str(_ROOT)}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One command of `touchbase`, to its end."""
        return self._python(_COMMAND, *arguments)

    def seed(self, what: str, **values: Any) -> Any:
        """Do what only time or an operator brings about (tests/holding/seeding.py); its answer."""
        done = self._python(_SCRIPT, what, json.dumps(values))
        if done.returncode:
            raise RuntimeError(done.stdout)
        return json.loads(done.stdout.splitlines()[-1])

    def _python(self, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self._as_user(), sys.executable, "-c", code, *arguments],
            env=self.environ(),
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def _as_user(self) -> list[str]:
        return ["runuser", "-u", self.user, "--"] if self.user else []

    def start(self, *limits: str, **more: str) -> Server:
        """Start the server and wait until it answers. `limits`: a command that runs it, like `prlimit`."""
        port = free_port()
        with self.log.open("ab") as out:
            process = subprocess.Popen(
                [*self._as_user(), *limits, sys.executable, "-c", _COMMAND, "serve"],
                env=self.environ(port) | more,
                cwd=self.folder,
                stdout=out,
                stderr=out,
                text=True,
                start_new_session=True,
            )
        self.server = Server(process, port)
        server = self.server
        if not until(lambda: server.status("/healthz") is not None or process.poll() is not None):
            self.kill()
            raise TimeoutError("the server never answered")
        if process.poll() is not None:
            raise RuntimeError(self.log.read_text())
        return server

    def kill(self) -> None:
        """End the server and all of its processes at once, as a power cut does."""
        if self.server is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.server.process.pid, signal.SIGKILL)
            self.server.process.wait(PATIENCE)
            self.server = None

    def browser(self, who: str = "") -> Browser:
        """A browser of nobody, or of somebody who is signed in."""
        cookies = {"touchbase": self.people[who]["cookie"]} if who else {}
        return Browser(lambda: self.server.port if self.server else 0, cookies, who, self.journal)

    def sign_in(self) -> None:
        """Everybody who works here signs in anew: whoever does nothing for a while is locked (ruling C5)."""
        memberships = {who: person["membership"] for who, person in self.people.items()}
        cookies = self.seed("sign_in", memberships=memberships)
        self.people = {who: {**person, "cookie": cookies[who]} for who, person in self.people.items()}
        self.signed_in = monotonic()

    def copy(self, folder: Path) -> "Installation":
        """Another one in a new folder, its people signed in just now. No server may run here meanwhile."""
        if monotonic() - self.signed_in > _FRESH:
            self.sign_in()
        for part in ("data", "vault", "root"):
            shutil.copytree(self.folder / part, folder / part)
        return Installation(folder, self.stores.copy(folder), dict(self.more), self.people, self.signed_in)

    def remove(self) -> None:
        """End the server and drop what isn't in the folder."""
        self.kill()
        self.stores.drop()

    @contextmanager
    def served(self, **more: str) -> Iterator["Installation"]:
        """This installation with a server that is gone afterwards."""
        self.start(**more)
        try:
            yield self
        finally:
            self.kill()


def new_installation(folder: Path) -> Installation:
    """An empty one, prepared by the command."""
    made = Installation(folder, new_stores(folder))
    folder.mkdir(parents=True, exist_ok=True)
    done = made.run("prepare")
    if done.returncode:
        raise RuntimeError(done.stdout)
    return made


def new_stores(folder: Path) -> Stores:
    """Two stores for an installation: files in its folders, or new databases in the two clusters."""
    if not IS_POSTGRESQL:
        return Stores(folder)
    name = f"holding_{uuid4().hex}"
    for cluster in CLUSTERS.values():
        with psycopg.connect(cluster, autocommit=True) as connection:
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    addresses = {key: at_database(cluster, name) for key, cluster in CLUSTERS.items()}
    return Stores(folder, addresses["TOUCHBASE_DATABASE"], addresses["TOUCHBASE_VAULT_DATABASE"])


def at_database(cluster: str, name: str) -> str:
    """The address of a database in a cluster."""
    return urlunsplit(urlsplit(cluster)._replace(path=f"/{name}"))


def words(body: bytes) -> str:
    """What a page says, without tags, on one line."""
    text = re.sub(r"<(title|script|style)\b.*?</\1>|<[^>]*>", " ", body.decode(), flags=re.DOTALL)
    for code, sign in {"&#x27;": "'", "&quot;": '"', "&amp;": "&"}.items():
        text = text.replace(code, sign)
    return " ".join(text.split())
