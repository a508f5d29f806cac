"""Where a process may be cut off: killed before one of its writes, or stopped before a transaction."""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from django.db import connections

_READS = ("SELECT", "SAVEPOINT", "RELEASE")
_FILES = {"os.rename", "os.remove"}


class Cuts:
    """Counts what this process writes to the vault, and when it begins to: statements, commits, files.

    One for each process, for good: nothing takes an audit hook away again.
    """

    def __init__(self) -> None:
        self._writes = self._begins = 0
        self._waits: Callable[[], object] = int
        connection = connections["vault"]
        connection.execute_wrappers.append(self._statement)
        self._commit, self._set_autocommit = connection.commit, connection.set_autocommit
        connection.commit = self._counted_commit  # type: ignore[method-assign]
        connection.set_autocommit = self._counted_begin  # type: ignore[method-assign]
        sys.addaudithook(self._file_changed)

    def arm(self, *, kill_before: int = 0, stop_before: int = 0, waits: Callable[[], object] = int) -> None:
        """Be killed before the nth write from now, and stop before the nth transaction. 0: never."""
        self._writes, self._begins, self._waits = kill_before, stop_before, waits

    def _written(self) -> None:
        self._writes -= 1
        if not self._writes:
            os.kill(os.getpid(), signal.SIGKILL)

    def _statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip().startswith(_READS):
            self._written()
        return execute(sql, params, many, context)

    def _counted_commit(self) -> None:
        self._written()
        self._commit()

    def _counted_begin(self, autocommit: bool, *rest: Any, **more: Any) -> None:
        """Nothing is locked yet: whoever stops here keeps nobody else waiting."""
        if not autocommit:
            self._begins -= 1
            if not self._begins:
                self._waits()
        self._set_autocommit(autocommit, *rest, **more)

    def _file_changed(self, event: str, _: object) -> None:
        if event in _FILES:
            self._written()
