"""A failure goes out by its kind alone: no cause, no context, no frames it came through."""

import sqlite3
import traceback

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError
from django.db.transaction import TransactionManagementError
from django.test import RequestFactory
from django.views.debug import SafeExceptionReporterFilter

from tests.canary import FINCH
from touchbase.kernel import errors as kernel
from touchbase.vault import errors
from touchbase.vault.doors import door
from touchbase.vault.providers.protocol import KeyGone

KINDS = [
    (InvalidTag(), errors.Refused),
    (InvalidUnwrap(), errors.Refused),
    (OperationalError("the values"), errors.Unavailable),
    (InterfaceError("the values"), errors.Unavailable),
    (IntegrityError("the values"), errors.Unavailable),
    (DatabaseError("the values"), errors.Unavailable),
    (PermissionError("/a/path"), errors.Unavailable),
    (KeyGone(), errors.Unavailable),
    (errors.Gone(), errors.Gone),
    (errors.Unavailable("Bring back the key."), errors.Unavailable),
]


@door
def opens(failure: Exception | None, *, text: str = "") -> str:
    """Fail as told, with something in sight."""
    if failure is not None:
        try:
            raise sqlite3.Error(text)
        except sqlite3.Error:
            raise failure  # noqa: B904  its context is what must not go out
    return text


@pytest.mark.parametrize(("failure", "kind"), KINDS, ids=[type(failure).__name__ for failure, _ in KINDS])
def test_what_goes_out(failure, kind, caplog):
    with pytest.raises(kernel.DomainError) as refused:
        opens(failure, text=FINCH.name)
    said = refused.value
    assert (type(said), said.__cause__, said.__context__) == (kind, None, None)
    assert [frame.name for frame in traceback.extract_tb(said.__traceback__)][-1] == "plainly"
    assert "the values" not in str(said) + caplog.text
    assert "/a/path" not in str(said) + caplog.text


def test_the_operator_reads_what_kind_of_failure_it_was(caplog):
    with pytest.raises(errors.Unavailable):
        opens(OperationalError("the values"))
    assert [record.getMessage() for record in caplog.records] == ["vault.unavailable OperationalError"]


@pytest.mark.parametrize("failure", [TransactionManagementError("nested"), TypeError("a mistake")])
def test_mistakes_of_the_caller_stay_what_they_are(failure):
    with pytest.raises(type(failure)) as seen:
        opens(failure)
    assert seen.value is failure


def test_an_error_report_shows_no_variable_of_anything_inside():
    request = RequestFactory().post("/", {"name": FINCH.name})
    hidden = SafeExceptionReporterFilter()
    with pytest.raises(errors.Refused) as refused:
        opens(InvalidTag(), text=FINCH.name)
    frames = [frame for frame, _ in traceback.walk_tb(refused.tb) if frame.f_code.co_name == "plainly"]
    shown = [pair for frame in frames for pair in hidden.get_traceback_frame_variables(request, frame)]
    assert {value for _, value in shown} == {hidden.cleansed_substitute}


def test_a_door_is_still_the_function_it_was():
    assert (opens.__name__, opens.__doc__) == ("opens", "Fail as told, with something in sight.")
    assert opens(None, text="fine") == "fine"


def test_every_refusal_says_what_to_do_next_and_has_a_code_of_its_own():
    kinds = [errors.Gone, errors.Refused, errors.Unavailable, errors.TooManyReveals, errors.AlreadyThere]
    made = [kind() for kind in kinds]
    assert {refusal.code: refusal.message.split(".")[0] for refusal in made} == {
        "gone": "This was erased",
        "vault-refused": "This can’t be opened from here",
        "vault-unavailable": "We can’t reach the key store just now",
        "too-many-reveals": "You have opened many names this hour",
        "already-there": "We already have this",
    }
    assert isinstance(made[2], kernel.Unavailable)
