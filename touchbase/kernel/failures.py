"""A failure as it is written down: its kind, and its place in our code. Never what it says or holds.

The text of an exception repeats what was typed as soon as a store or a library writes it ("invalid value"),
and the values around it are what a page was about (vault.md section 3.2, rulings C8 and F10).
"""

import logging
import sys
import threading
from pathlib import Path
from traceback import extract_tb
from types import TracebackType

log = logging.getLogger("touchbase.failures")

_ROOT = Path(__file__).resolve().parents[2]


def told(kind: type[BaseException] | None, trace: TracebackType | None) -> str:
    """Its kind and place in one line, like `ValueError touchbase/web/public/views.py:42`."""
    return f"{kind.__name__ if kind else 'unknown'} {place_of(trace)}"


def place_of(trace: TracebackType | None) -> str:
    """The innermost line of ours that an exception passed, or `outside`."""
    lines = [
        f"{Path(frame.filename).relative_to(_ROOT)}:{frame.lineno}"
        for frame in extract_tb(trace)
        if Path(frame.filename).is_relative_to(_ROOT / "touchbase")
    ]
    return lines[-1] if lines else "outside"


class Quiet(logging.Formatter):
    """Writes what we log as it is, and of whatever anybody else logs only who, how bad and from which line.

    An exception is told by its kind and place, whoever hands it over. No stack, no text of theirs.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        ours = record.name.split(".")[0] == "touchbase"
        said = (
            record.getMessage() if ours else f"said something at {Path(record.pathname).name}:{record.lineno}"
        )
        if record.exc_info and record.exc_info[0]:
            said = f"{said} {told(record.exc_info[0], record.exc_info[2])}"
        return f"{self.formatTime(record)} {record.levelname} {record.name} {said}"


def keep_quiet() -> None:
    """Write down by kind and place also what nobody catches, in any thread, as long as this process lives.

    Python would print it with its text.
    """
    sys.excepthook = _uncaught
    threading.excepthook = lambda failed: _uncaught(failed.exc_type, failed.exc_value, failed.exc_traceback)
    sys.unraisablehook = lambda failed: _uncaught(failed.exc_type, failed.exc_value, failed.exc_traceback)


def _uncaught(kind: type[BaseException], _error: BaseException | None, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt | SystemExit):
        log.error("failed %s", told(kind, trace))
