"""A failure is written down by its kind and its place, whoever writes it and wherever nobody caught it."""

import logging
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings

from tests.canary import FINCH, sung_in
from tests.factories.failing import Forced, forced
from touchbase.kernel import failures
from touchbase.kernel.failures import Quiet

ALONE = f"""
import gc, logging, sys, threading
from touchbase.kernel import failures
logging.basicConfig(stream=sys.stdout, format="%(levelname)s %(name)s %(message)s")
failures.keep_quiet()
def fail(*_): raise LookupError("{FINCH.name}") from ValueError("{FINCH.phone}")
Late = type("Late", (), {{"__del__": fail}})
thread = threading.Thread(target=fail)
thread.start()
thread.join()
Late()
gc.collect()
fail()
"""


def line(name: str, message: str, *arguments: object, trace: bool = False) -> str:
    """What the log of an installation writes, after the time."""
    try:
        raise forced()
    except Forced:
        found = sys.exc_info() if trace else None
    record = logging.LogRecord(name, logging.ERROR, "/a/library/place.py", 7, message, arguments, found)
    record.exc_text = FINCH.name  # what another log has made of it already
    return Quiet().format(record).split(" ", 2)[2]


def test_an_event_of_ours_is_written_as_it_is():
    assert (
        line("touchbase.web", "page_failed %s", "ValueError") == "ERROR touchbase.web page_failed ValueError"
    )


def test_of_an_exception_only_its_kind_and_place_are_written():
    assert (
        line("touchbase.web", "page_failed", trace=True) == "ERROR touchbase.web page_failed Forced outside"
    )


@pytest.mark.parametrize("trace", [True, False])
def test_of_what_others_write_only_who_it_was_and_from_which_line(trace):
    said = line("some.library", "can't read %s", FINCH.name, trace=trace)
    assert said == "ERROR some.library said something at place.py:7" + (" Forced outside" if trace else "")


def test_a_name_that_only_begins_like_ours_is_anothers():
    assert FINCH.name not in line("touchbasement", FINCH.name)


def test_every_handler_of_an_installation_writes_like_this():
    configured: Any = settings.LOGGING
    named = {each.get("formatter") for each in configured["handlers"].values()}
    assert {configured["formatters"][name]["()"] for name in named} == {"touchbase.kernel.failures.Quiet"}


def test_a_place_in_our_code_is_named_by_its_line():
    with pytest.raises(AttributeError) as failed:
        failures.told("no kind", None)  # type: ignore[arg-type]
    path, number = failures.place_of(failed.tb).split(":")
    assert (path, number.isdigit()) == ("touchbase/kernel/failures.py", True)


def test_a_failure_nobody_knows_is_said_all_the_same():
    assert failures.told(None, None) == "unknown outside"


def test_what_nobody_caught_in_any_thread_is_one_line_each():
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines() == ["ERROR touchbase.failures failed LookupError outside"] * 3


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_to_be_told_to_stop_is_no_failure(caplog, stop):
    failures._uncaught(stop, stop(), None)
    assert caplog.messages == []
    assert sung_in(caplog.text) is None
