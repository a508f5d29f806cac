"""Somebody else acts in the middle of what is tried, between two statements, as a second process would."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def meanwhile(act: Callable[[], object], *, before: str = "", after: str = "") -> Iterator[None]:
    """Act once, before or after the first statement to the database that holds these words."""
    waiting = [act]

    def watched(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        acts = waiting.pop() if waiting and (before or after) in sql else None
        if acts and before:
            acts()
        answer = execute(sql, params, many, context)
        if acts and after:
            acts()
        return answer

    with connection.execute_wrapper(watched):
        yield
    if waiting:
        raise LookupError("no statement held the words, and nobody acted")
