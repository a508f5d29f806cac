"""Failures that hold a person: raised for real in the middle of something, and listened for everywhere.

with failing(at=3): ...      the third statement to either store fails, its text names a canary
with listening() as heard:   ... heard() is all that any logger, the mail and the console were told
"""

import io
import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from django.core import mail
from django.db import connections

from tests.canary import FINCH, LINNET

STORES = ("default", "vault")


class Forced(Exception):
    """What no code of ours expects, and so none catches."""


def forced(kind: type[Exception] = Forced) -> Exception:
    """A failure whose text, and the text of what caused it, name a person."""
    failure = kind(f"invalid value for {FINCH.name}: {FINCH.phone}")
    failure.__cause__ = LookupError(LINNET.email)
    return failure


@dataclass
class Statements:
    """How many there were, and whether one failed."""

    count: int = 0
    failed: bool = False


@contextmanager
def failing(*, at: int, kind: type[Exception] = Forced, for_good: bool = False) -> Iterator[Statements]:
    """Let the `at`th statement to either store fail, once or `for_good`; at 0 none does."""
    seen = Statements()

    def statement(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.count += 1
        if seen.count == at or (for_good and 0 < at < seen.count):
            seen.failed = True
            held = FINCH  # noqa: F841  in sight of whoever prints local variables
            raise forced(kind)
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for alias in STORES:
            stack.enter_context(connections[alias].execute_wrapper(statement))
        yield seen


class Everything(logging.Formatter):
    """A line as the most talkative of all logs would write it: with traces, local variables and arguments."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        """A trace with everything in sight."""
        return "".join(traceback.TracebackException(*ei, capture_locals=True).format())

    def format(self, record: logging.LogRecord) -> str:
        """The whole record."""
        record.exc_text = None  # what another log has made of it
        held = {name: value for name, value in vars(record).items() if name != "exc_info"}
        return f"{super().format(record)} {held}"


@contextmanager
def listening() -> Iterator[Callable[[], str]]:
    """Hear every logger there is, each with the level it was set to, and all mail."""
    page = io.StringIO()
    handler = logging.StreamHandler(page)
    handler.setFormatter(Everything())
    # One that passes its lines on is heard by the one above it.
    loggers = [logging.root, *(each for each in logging.root.manager.loggerDict.values()
               if isinstance(each, logging.Logger) and not each.propagate)]  # fmt: skip
    for each in loggers:
        each.addHandler(handler)
    before = len(getattr(mail, "outbox", []))
    try:
        yield (
            lambda: (
                page.getvalue() + "".join(str(one.message()) for one in getattr(mail, "outbox", [])[before:])
            )
        )
    finally:
        for each in loggers:
            each.removeHandler(handler)
