"""Ending in the middle: whatever was committed stays, whatever wasn't is gone, and nobody cleans up.

`Killed` is no `Exception`, so that no code of ours handles it, as none handles a `kill -9`.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import connections, transaction

_WRITES = ("INSERT", "UPDATE", "DELETE")


class Killed(BaseException):
    """The process ended here."""


class Writes:
    """Counts the writes to both stores, and ends before one of them."""

    def __init__(self, before: Callable[[int, str], bool]) -> None:
        self.before, self.n = before, 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Let a statement through, or end."""
        if sql.lstrip().upper().startswith(_WRITES):
            self.n += 1
            if self.before(self.n, sql):
                raise Killed
        return execute(sql, params, many, context)


@contextmanager
def _watched(before: Callable[[int, str], bool]) -> Iterator[Writes]:
    writes = Writes(before)
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(writes))
        try:
            yield writes
        except Killed:
            for connection in connections.all():  # what the test's own transaction holds was committed
                if connection.in_atomic_block:
                    transaction.set_rollback(False, using=connection.alias)
            raise


def killed_before(write: int) -> Any:
    """End before the `write`th write, counted from 1. Use it with `pytest.raises(Killed)`."""
    return _watched(lambda n, _sql: n == write)


def killed_before_writing_to(table: str) -> Any:
    """End before the first write to a table."""
    return _watched(lambda _n, sql: table in sql.replace('"', " ").split())


def counting_writes() -> Any:
    """Let everything through, and count."""
    return _watched(lambda _n, _sql: False)


@contextmanager
def from_the_same_beginning() -> Iterator[None]:
    """Whatever happens in here to both stores is undone at its end."""
    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        yield
        for alias in connections:
            transaction.set_rollback(True, using=alias)
