"""An operator at the machine: command after command in one process, as fast as commands can be.

Each command is the real one, with its own exit code and what it printed. Connections are closed in between,
as the end of a process would. `main` is the other side: it reads a line of JSON for each command and answers
with one.
"""

import contextlib
import io
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Done:
    """What came of a command."""

    code: int
    said: str

    @property
    def report(self) -> dict[str, Any]:
        """What it said with `--json`."""
        found: dict[str, Any] = json.loads(self.said.strip().splitlines()[-1])
        return found


class Operator:
    """Somebody who runs commands of one installation."""

    def __init__(self, environ: Mapping[str, str], folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from tests.holding.operators import main; main()"],
            env=dict(environ),
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> Done:
        """One command, to its end."""
        return Done(*self._ask({"command": arguments}))

    def seed(self, what: str, **values: Any) -> Any:
        """What only time or a person brings about (seeding.py)."""
        code, said = self._ask({"seed": [what, json.dumps(values)]})
        if code:
            raise RuntimeError(said)
        return json.loads(said.splitlines()[-1])

    def _ask(self, what: Mapping[str, Any]) -> tuple[int, str]:
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the operator has no pipes")
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError("the operator's process ended")
        code, said = json.loads(answer)
        return code, said

    def leave(self) -> None:
        """End the process."""
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()


def main() -> None:
    """Do what comes in, line by line."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchbase.config.settings")
    import django

    django.setup()
    answers = sys.stdout
    for line in sys.stdin:
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = _do(json.loads(line))
        answers.write(json.dumps([code, said.getvalue()]) + "\n")
        answers.flush()


def _do(what: Mapping[str, Any]) -> int:
    from django.db import connections

    from tests.holding import seeding
    from touchbase.ops import command

    try:
        if "seed" in what:
            seeding.main(what["seed"])
            return 0
        return command.main(what["command"])
    except Exception as failure:  # noqa: BLE001  the other side says what failed
        sys.stderr.write(f"{type(failure).__name__}: {failure}")
        return 2
    finally:
        connections.close_all()
