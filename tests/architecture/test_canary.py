"""The watch for canaries sees them: a watch that sees nothing would let every other test pass."""

import base64
import re
from urllib.parse import quote

import pytest
from django.core import mail

from tests import canary
from tests.architecture.source import ROOT
from tests.canary import ALL, FINCH, LINNET, sung_in
from touchbase.accounts.models import Account

WAYS = {
    "as it is": str.encode,
    "in capitals": lambda text: text.upper().encode(),
    "in UTF-16": lambda text: text.encode("utf-16-le"),
    "in UTF-16, the other way round": lambda text: text.encode("utf-16-be"),
    "in percent": lambda text: quote(text, safe="").encode(),
    "in base 64": lambda text: base64.b64encode(text.encode()),
    "in base 64, one byte on": lambda text: base64.b64encode(b"x" + text.encode()),
    "in base 64, two bytes on": lambda text: base64.b64encode(b"xy" + text.encode()),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("person", ALL)
def test_a_canary_is_seen_however_it_is_written(person, way):
    for text in person.texts:
        assert sung_in(b"before " + WAYS[way](text) + b" after") is not None, text


@pytest.mark.parametrize(
    "innocent", ["Robin Vale", "+1 503 555 0190", "robin.vale@harbor.example.org", "canary", ""]
)
def test_other_people_are_let_through(innocent):
    assert sung_in(innocent) is None


@pytest.mark.django_db(databases=["default", "vault"])
def test_a_row_that_will_be_rolled_back_is_seen(request):
    planted = Account.objects.create(email="robin@example.org", name=FINCH.name)
    with pytest.raises(AssertionError, match="a row of accounts_account"):
        canary.watch_stores(request.node)
    planted.delete()


def test_whoever_is_searched_for_in_a_shared_log_comes_to_real_servers_alone():
    """A test inside the process that writes of them and takes it back would leave them in that log."""
    names = re.compile(r"\b(PLOVER|SISKIN|DUNLIN|SERVED)\b")
    known = {"tests/canary.py", "tests/architecture/test_canary.py"}
    files = {str(file.relative_to(ROOT)): file.read_text() for file in (ROOT / "tests").rglob("*.py")}
    naming = {name: text for name, text in files.items() if names.search(text) and name not in known}
    assert naming
    assert [name for name, text in naming.items() if not name.startswith("tests/holding/")] == []
    assert [name for name, text in naming.items() if "django_db" in text] == []


def test_a_file_and_the_name_of_a_file_are_seen(request, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/log").write_bytes(b"\0\0" + FINCH.email.encode("utf-16-le"))
    with pytest.raises(AssertionError, match="the file log"):
        canary.watch_stores(request.node)
    named = (tmp_path / "deep/log").rename(tmp_path / f"deep/{LINNET.email}.eml")
    with pytest.raises(AssertionError, match="the name of a file"):
        canary.watch_stores(request.node)
    named.unlink()


def test_a_file_that_changed_is_looked_at_again(request, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    (tmp_path / "log").write_text("nobody")
    canary.watch_stores(request.node)
    (tmp_path / "log").write_text(FINCH.phone)
    with pytest.raises(AssertionError, match="the file log"):
        canary.watch_stores(request.node)


@pytest.mark.parametrize(
    ("to", "subject", "body", "seen"),
    [
        (FINCH.email, "Touching base", f"Hi {FINCH.name}", False),
        (FINCH.email, f"Touching base, {FINCH.name}", "Hi", True),
        ("robin@example.org", "Touchbase: something is waiting", f"{FINCH.name} waits", True),
        ("robin@example.org", f"{FINCH.name} waits", "", True),
        ("robin@example.org", "Touchbase: something is waiting", "Sign in to see.", False),
    ],
)
def test_a_name_in_a_message_is_only_for_its_owner(to, subject, body, seen):
    mail.send_mail(subject, body, "touchbase@example.org", [to])
    try:
        if seen:
            with pytest.raises(AssertionError, match="A canary was found in"):
                canary.watch_mail()
        else:
            canary.watch_mail()
    finally:
        mail.outbox.clear()


@pytest.mark.parametrize(("printed", "outcome"), [(FINCH.phone, "failed"), ("nobody", "passed")])
def test_what_was_printed_fails_a_test_that_passed(printed, outcome):
    report = pytest.TestReport("test", ("file", 1, "test"), {}, "passed", None, "call")
    report.sections.append(("Captured stdout call", f"to {printed}"))
    canary.watch_output(report)
    assert report.outcome == outcome
