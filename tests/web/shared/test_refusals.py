"""Every "no" as a page, and no word of anybody in the log."""

import logging
from io import StringIO

import pytest
from django.db import OperationalError
from django.test import Client

from tests.factories.browsers import HERE
from tests.web.shared.probes import CANARY
from touchbase.web.shared import here as place
from touchbase.web.shared import refusals

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.shared.probes")]

SAID = b"Ari Stone said yes a moment ago."
PHONE = b"+1 207 555 0100"


@pytest.fixture
def calm():
    """A visitor that gets the page of a failure, where Django's would hand the failure to the test."""
    return Client(headers=HERE, raise_request_exception=False)


@pytest.fixture
def phone(here):
    """The coordinator's number, as the program's pages say it."""
    return here.policy.coordinator.phone.encode()


@pytest.mark.parametrize(
    ("kind", "status", "heading"),
    [
        ("not-allowed", 409, b"Somebody else acted first."),
        ("moved-on", 409, b"Somebody else acted first."),
        ("unavailable", 503, b"We can&#x27;t do that just now."),
        ("refused", 400, b"That can&#x27;t be done as it is."),
    ],
)
def test_a_refusal_says_what_holds_now_and_whom_to_call(visitor, phone, kind, status, heading):
    answer = visitor.get(f"/harbor/refuses/{kind}/")

    assert answer.status_code == status
    assert heading in answer.content
    assert SAID in answer.content
    assert phone in answer.content
    assert f'href="/harbor/refuses/{kind}/"'.encode() in answer.content


def test_a_refusal_outside_a_program_names_no_number(visitor):
    answer = visitor.get("/refuses/unavailable/")

    assert answer.status_code == 503
    assert b"tel:" not in answer.content


def test_what_is_not_there_reads_the_same_whatever_it_was(visitor, here):
    gone = visitor.get("/refuses/not-found/")
    never = visitor.get("/nothing/at/all/")

    assert (gone.status_code, never.status_code) == (404, 404)
    assert gone.content == never.content
    assert SAID not in gone.content


@pytest.mark.parametrize("kind", ["moved-on", "not-found"])
def test_a_part_of_a_page_is_answered_with_a_part(visitor, here, kind):
    answer = visitor.get(f"/refuses/{kind}/", headers={"HX-Request": "true"})

    assert b"<html" not in answer.content
    assert answer.content.strip().startswith(b"<section")
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("main", "innerHTML")
    assert (SAID in answer.content) is (kind == "moved-on")


def test_django_s_own_refusal_is_a_page_too(visitor):
    answer = visitor.get("/denies/")

    assert answer.status_code == 403
    assert b"This page is not open to you." in answer.content
    assert CANARY.encode() not in answer.content


# ------------------------------------------------------------------------------------------- bad requests


def test_too_much_is_refused_before_it_is_read(calm, caplog):
    answer = calm.post("/reads/", {"name": "x" * 70_000})

    assert answer.status_code == 413
    assert b"That is too long." in answer.content
    assert b"xxx" not in answer.content
    assert caplog.messages == []


def test_too_many_fields_are_refused(calm):
    assert calm.post("/reads/", {f"f{n}": "x" for n in range(300)}).status_code == 413


def test_what_no_page_of_ours_sends_gets_a_plain_page_and_no_line_with_its_words(calm, capfd):
    answer = calm.get("/suspects/")

    assert answer.status_code == 400
    assert b"We couldn&#x27;t read that." in answer.content
    assert CANARY.encode() not in answer.content
    assert CANARY not in "".join(capfd.readouterr())


def test_a_name_we_do_not_answer_to_gets_a_page_without_anything_else(calm):
    answer = calm.get("/open/", headers={"Host": "elsewhere.example.org"})

    assert answer.status_code == 400
    assert b"This site doesn&#x27;t answer to that name." in answer.content


def test_what_is_asked_for_often_is_told_to_wait(rf):
    answer = refusals.too_often(rf.get("/account/passkeys/sign-in/"))

    assert answer.status_code == 429
    assert b"Wait a few minutes, then try again." in answer.content


# --------------------------------------------------------------------------------------------- failures


def test_a_failure_of_ours_says_so_with_the_number_to_call(calm, phone):
    answer = calm.get("/harbor/fails/")

    assert answer.status_code == 500
    assert b"That didn&#x27;t work, and it&#x27;s our side." in answer.content
    assert b"Nothing you typed was kept. Try again, or call " in answer.content
    assert phone in answer.content
    assert CANARY.encode() not in answer.content


def test_a_failure_outside_a_program_says_when_to_try_again(calm):
    assert b"Nothing you typed was kept. Try again in a few minutes." in calm.get("/fails/").content


def test_the_log_has_the_kind_of_a_failure_and_nothing_that_was_said(calm, caplog, capfd):
    calm.get(f"/fails/?name={CANARY}")

    assert caplog.messages == ["page_failed ValueError outside"]
    assert caplog.records[0].exc_info is None
    assert CANARY not in "".join(capfd.readouterr())


def test_a_log_that_cannot_be_written_says_nothing_instead(calm, capfd):
    closed = StringIO()
    closed.close()
    handler = logging.StreamHandler(closed)
    logging.getLogger("touchbase").addHandler(handler)
    try:
        calm.get("/fails/")
    finally:
        logging.getLogger("touchbase").removeHandler(handler)

    assert CANARY not in "".join(capfd.readouterr())


def test_a_failure_in_our_own_code_is_named_by_its_line(calm, caplog, monkeypatch):
    def broken(slug):
        raise OperationalError(f"{slug} holds {CANARY}")

    monkeypatch.setattr(place, "program_at", broken)
    calm.get("/harbor/open/")

    (line,) = caplog.messages
    event, kind, where = line.split()
    assert (event, kind) == ("page_failed", "OperationalError")
    assert where.startswith("touchbase/web/shared/here.py:")


def test_a_database_that_does_not_answer_still_leaves_a_number_to_call(calm, phone, monkeypatch):
    calm.get("/harbor/open/")

    def broken(slug):
        raise OperationalError("the disk is gone")

    monkeypatch.setattr(place, "program_at", broken)
    answer = calm.get("/harbor/open/")

    assert answer.status_code == 503
    assert phone in answer.content


def test_when_even_the_page_of_a_failure_fails_its_words_remain(calm, caplog, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError(CANARY)

    monkeypatch.setattr(refusals, "render", broken)
    answer = calm.get("/fails/")

    assert answer.status_code == 500
    assert b"That didn&#x27;t work, and it&#x27;s our side." in answer.content
    assert b"Try again in a few minutes." in answer.content
    assert caplog.messages == ["page_failed ValueError outside", "refusal_failed RuntimeError"]


def test_a_failure_nobody_can_name_is_logged_all_the_same(rf, caplog):
    refusals.failed(rf.get("/"))

    assert caplog.messages == ["page_failed unknown outside"]
