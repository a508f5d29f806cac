"""Every door of the vault fails in its middle with a person in sight: none is in what goes out or the log."""

import importlib
import pkgutil
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType
from typing import Any

import pytest
from django.conf import settings
from django.db import DataError, transaction
from django.test import RequestFactory
from django.views.debug import SafeExceptionReporterFilter

from tests.canary import FINCH, sung_in
from tests.factories.failing import STORES, Forced, forced, listening
from tests.vault.scene import AT, HARBOR, Kept, arrive, looks, texts
from touchbase import vault
from touchbase.kernel.failures import told
from touchbase.kernel.ids import new_id
from touchbase.vault import (
    erasing,
    generations,
    lasting,
    orphans,
    passing,
    pool,
    rotation,
    shredding,
    store,
    trial,
)  # fmt: skip
from touchbase.vault.errors import Unavailable
from touchbase.vault.generations import PutBack
from touchbase.vault.grants import Reason
from touchbase.vault.sealing import Purpose

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

Door = Callable[..., Any]


def doors() -> dict[str, Door]:
    """Every function of the vault that may be called from outside, by module and name."""
    found: dict[str, Door] = {}
    for info in pkgutil.walk_packages(vault.__path__, "touchbase.vault."):
        if ".migrations" not in info.name:
            module = importlib.import_module(info.name)
            found |= {
                f"{info.name.removeprefix('touchbase.vault.')}.{name}": thing
                for name, thing in vars(module).items()
                if is_door(thing) and thing.__module__ == info.name
            }
    return found


def is_door(thing: object) -> bool:
    """Whether `@door` stands above a function."""
    inner = getattr(thing, "__wrapped__", None)
    return getattr(getattr(inner, "__code__", None), "co_name", "") == "plainly"


def calls(one: Kept) -> dict[str, Callable[[], Any]]:
    """How each door is used, with a person in every argument that can hold one."""
    data, last = FINCH.name.encode(), "a person who left"
    counts = [("source", "self")]
    link = looks(one, reason=Reason.SEND, role="clock")
    sealed = lasting.seal(use=next(iter(lasting.Use)), text=FINCH.name)
    passed = passing.seal(program=HARBOR, data=data, at=AT)
    _epoch, canary = generations.seal_canary(at=AT)
    place: dict[str, Any] = {"handle": one.handle, "program": HARBOR}
    return {
        "store.create": lambda: store.create(
            program=HARBOR, handle=new_id(), capsules=texts(FINCH), contact_tag=FINCH.email, at=AT
        ),
        "store.seal": lambda: store.seal(**place, purpose=Purpose.IDENTITY, data=data),
        "store.open_many": lambda: store.open_many(grant=looks(one), program=HARBOR, items=[one.item()]),
        "store.open_one": lambda: store.open_one(grant=looks(one), program=HARBOR, item=one.item()),
        "store.link_token": lambda: store.link_token(grant=link, program=HARBOR, n=1),
        "store.matching_handles": lambda: store.matching_handles(program=HARBOR, contact_tag=FINCH.email),
        "store.same_contact": lambda: store.same_contact(program=HARBOR),
        "store.retag": lambda: store.retag(**place, contact_tag=FINCH.phone),
        "store.handles": lambda: store.handles(FINCH.name),
        "passing.seal": lambda: passing.seal(program=HARBOR, data=data, at=AT),
        "passing.open_": lambda: passing.open_(program=HARBOR, text=passed, at=AT),
        **of_counts(counts, last),
        "orphans.mark_orphans": lambda: orphans.mark_orphans(known={FINCH.name}, at=AT),
        "orphans.destroy_orphans": lambda: orphans.destroy_orphans(
            known={FINCH.name}, at=AT, older_than=timedelta(0)
        ),
        "rotation.rotate": lambda: rotation.rotate(at=AT),
        "rotation.status": lambda: rotation.status(at=AT),
        "rotation.accept_clock": lambda: rotation.accept_clock(at=AT),
        "rotation.prepare": rotation.prepare,
        "erasing.destroy": lambda: erasing.destroy(**place, counts=counts, at=AT),
        **of_copies(one, data, canary),
        "lasting.seal": lambda: lasting.seal(use=next(iter(lasting.Use)), text=FINCH.name),
        "lasting.open_": lambda: lasting.open_(use=next(iter(lasting.Use)), sealed=sealed),
    }  # fmt: skip


def of_counts(counts: list[tuple[str, str]], last: str) -> dict[str, Callable[[], Any]]:
    """The same for the doors that count."""
    return {
        "pool.tally": lambda: pool.tally(program=HARBOR, counts=counts),
        "pool.answer": lambda: pool.answer(program=HARBOR, said=("feedback-help", "yes")),
        "pool.take_answers": lambda: pool.take_answers(program=HARBOR, least=1),
        "pool.take_batch": lambda: pool.take_batch(program=HARBOR, at=AT, least=1),
        "pool.drop_batch": lambda: pool.drop_batch(batch=last),
        "pool.drop_rest": lambda: pool.drop_rest(program=HARBOR),
    }


def of_copies(one: Kept, data: bytes, canary: bytes) -> dict[str, Callable[[], Any]]:
    """The same for the doors that an operator comes by who copies stores or puts them back."""
    return {
        "erasing.destroy_again": lambda: erasing.destroy_again(handle=one.handle, at=AT),
        "erasing.buried": erasing.buried,
        "generations.stamp": generations.stamp,
        "generations.advance": lambda: generations.advance(at=AT),
        "generations.settle": lambda: generations.settle(generation=1),
        "generations.note_put_back": lambda: generations.note_put_back(what=PutBack.VAULT, at=AT),
        "generations.confirm": lambda: generations.confirm(generation=2, at=AT),
        "generations.attest": lambda: generations.attest(on=AT.date(), at=AT),
        "generations.seal_canary": lambda: generations.seal_canary(at=AT),
        "generations.open_canary": lambda: generations.open_canary(epoch=1, sealed=canary),
        "trial.try_copy": lambda: trial.try_copy(
            folder=settings.VAULT_DIR, epochs=[(1, "epoch-1", data)], rows=[(one.handle, HARBOR, 1, data)],
            canary=(1, canary),
        ),
        "shredding.judge": lambda: shredding.judge(found=[], copies=[]),
    }  # fmt: skip


@contextmanager
def failing_inside(door: Door, failure: Exception, *, at: int) -> Iterator[list[int]]:
    """Raise within the door's own function as its `at`th line begins, at 0 nowhere. Gives the lines run."""
    code, seen = door.__wrapped__.__wrapped__.__code__, []  # type: ignore[attr-defined]

    def line(frame: FrameType, event: str, _argument: object) -> Any:
        # A line that comes again may be the end of a `with`: nothing real fails between a block and its end.
        if event == "line" and frame.f_lineno not in seen:
            seen.append(frame.f_lineno)
            if len(seen) == at:
                raise failure
        return line

    def call(frame: FrameType, _event: str, _argument: object) -> Any:
        return line if frame.f_code is code else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        yield seen
    finally:
        sys.settrace(before)


def fail(name: str, failure: Exception, *, at: int) -> tuple[Exception | None, int, str]:
    """Use a door that fails; what came out, how many lines it came by, and what was heard."""
    one, came = arrive(at=AT), None
    use = calls(one)[name]
    with transaction.atomic("default"), transaction.atomic("vault"):
        with listening() as heard, failing_inside(doors()[name], failure, at=at) as seen:
            try:
                use()
            except Exception as refusal:  # noqa: BLE001 - whatever comes is what the test is about
                came = refusal
        for alias in STORES:
            transaction.set_rollback(True, using=alias)
    return came, len(seen), heard()


def test_every_door_is_tried():
    assert sorted(calls(arrive(at=AT))) == sorted(doors())


@pytest.mark.parametrize("name", sorted(doors()))
def test_a_store_that_fails_inside_a_door_is_unavailable_and_says_nothing_else(name):
    came, lines, _ = fail(name, Forced(), at=0)
    assert came is None
    for at in {1, (lines + 1) // 2, lines}:
        refusal, _, heard = fail(name, forced(DataError), at=at)
        assert isinstance(refusal, Unavailable)
        assert (refusal.__cause__, refusal.__context__) == (None, None)
        written = "".join(traceback.format_exception(refusal)) + repr(refusal) + str(vars(refusal))
        assert sung_in(written + heard) is None


@pytest.mark.parametrize("name", sorted(doors()))
def test_what_no_door_foresees_shows_nothing_of_what_it_held(name):
    """It stays what it is, and is written by its kind and place; a report shows no variable on the way."""
    _, lines, _ = fail(name, Forced(), at=0)
    failure = forced()
    came, _, heard = fail(name, failure, at=lines)
    assert came is failure
    assert sung_in(told(type(came), came.__traceback__) + heard) is None
    frames = [
        frame for frame, _ in traceback.walk_tb(came.__traceback__) if "/vault/" in frame.f_code.co_filename
    ]
    inside = [frame for frame in frames if "tests" not in frame.f_code.co_filename]
    report = SafeExceptionReporterFilter()
    shown = [
        str(value)
        for frame in inside
        for _, value in report.get_traceback_frame_variables(RequestFactory().get("/"), frame)
    ]
    assert set(shown) == {report.cleansed_substitute}
    assert len(inside) >= 2
