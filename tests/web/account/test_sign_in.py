"""Signing in by a code: for those who have an account, and the same to look at for those who haven't."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from allauth.account.models import EmailAddress

from tests.canary import FINCH
from tests.factories.browsers import mailbox, new_browser, session_of
from touchbase.accounts import passkeys
from touchbase.accounts.models import Account, AccountState, StaffSession

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 15, 4, tzinfo=UTC)
ASK = "/account/sign-in/"
CODE = "/account/code/"
DANA = "dana.quill@harbor.example.org"
STRANGER = "nobody.here@example.org"


def ask(visitor, email=DANA, **more):
    """Have a code sent."""
    return visitor.post(ASK, {"email": email, **more})


def sent():
    """The code of the newest message."""
    found = re.search(r"is (\d{4}-\d{4})\n", str(mailbox()[-1].body))
    assert found is not None
    return found[1]


# ---------------------------------------------------------------------------------------------- the way in


def test_a_code_signs_in(people, visitor):
    assert ask(visitor)["Location"] == CODE

    answer = visitor.post(CODE, {"code": sent()})

    assert answer["Location"] == "/account/"
    assert [row.account for row in StaffSession.objects.all()] == [people.coordinator.account]


def test_a_code_leads_back_to_where_one_was(people, visitor):
    back = "/harbor/desk/board/?page=2"
    page = visitor.get(ASK, {"next": back})
    assert b'name="next" value="/harbor/desk/board/?page=2"' in page.content

    where = ask(visitor, next=back)["Location"]
    assert where == "/account/code/?next=%2Fharbor%2Fdesk%2Fboard%2F%3Fpage%3D2"
    assert b'name="next" value="/harbor/desk/board/?page=2"' in visitor.get(where).content
    assert visitor.post(CODE, {"code": sent(), "next": back})["Location"] == back


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example.org/", "//elsewhere.example.org/", "javascript:x"]
)
def test_it_leads_nowhere_else(people, visitor, back):
    ask(visitor, next=back)

    assert visitor.post(CODE, {"code": sent(), "next": back})["Location"] == "/account/"


@pytest.mark.parametrize("typed", ["DANA.Quill@Harbor.example.org", "  dana.quill@harbor.example.org "])
def test_an_address_counts_however_it_is_written(people, visitor, typed):
    ask(visitor, typed)

    assert [message.to for message in mailbox()] == [[DANA]]


def test_a_code_may_be_typed_without_its_dash_and_with_blanks(people, visitor):
    ask(visitor)

    assert visitor.post(CODE, {"code": f" {sent().replace('-', ' ')} "})["Location"] == "/account/"


def test_a_passkey_is_another_way_in_and_no_second_lock(people, visitor):
    passkeys.add(account=people.coordinator.account.pk, name="my phone", credential={})
    ask(visitor)

    assert visitor.post(CODE, {"code": sent()})["Location"] == "/account/"


def test_whoever_is_signed_in_is_not_asked_again(people, visitor_of):
    assert visitor_of(people.leader.account).get(ASK)["Location"] == "/account/"


def test_signing_in_makes_no_other_row_and_no_time(people, visitor):
    with time_machine.travel(AT, tick=False):
        ask(visitor)
        visitor.post(CODE, {"code": sent()})

    assert not EmailAddress.objects.exists()
    assert Account.objects.get(email=DANA) == people.coordinator.account
    assert StaffSession.objects.get().until == datetime(2026, 3, 2, 23, 0, tzinfo=UTC)


# ------------------------------------------------------------------------------------- nobody learns who


def test_an_address_nobody_has_gets_the_same_pages_and_no_message(people, visitor):
    other = new_browser()

    known, unknown = ask(visitor), ask(other, STRANGER)

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert visitor.get(CODE).content == other.get(CODE).content
    assert visitor.post(CODE, {"code": "0"}).content == other.post(CODE, {"code": "0"}).content
    assert [message.to for message in mailbox()] == [[DANA]]


def test_the_headers_and_cookies_are_the_same_too(people, visitor):
    other = new_browser()
    known, unknown = ask(visitor), ask(other, STRANGER)

    assert known.headers.keys() == unknown.headers.keys()
    assert len(known.cookies["touchbase"].value) == len(unknown.cookies["touchbase"].value)


def test_an_address_that_was_typed_is_kept_nowhere(people):
    for address in (FINCH.email, DANA):
        visitor = new_browser()
        ask(visitor, address)
        assert address not in str(dict(session_of(visitor).items()))
        assert address.encode() not in visitor.get(CODE).content


def test_a_second_message_with_the_same_code_is_not_sent(people, visitor):
    ask(visitor)

    assert visitor.post(CODE, {"action": "resend"}).status_code == 200
    assert len(mailbox()) == 1


def test_no_code_signs_in_whom_nobody_knows(people, visitor):
    ask(visitor, STRANGER)

    for code in ("", "00000000", "None"):
        assert visitor.post(CODE, {"code": code}).status_code in {200, 302}
    assert not StaffSession.objects.filter(account__isnull=False).exists()


def test_somebody_who_left_is_told_no_more_than_a_stranger(people, visitor):
    Account.objects.filter(email=DANA).update(state=AccountState.LEFT)
    other = new_browser()

    ask(visitor)
    ask(other, STRANGER)

    assert visitor.get(CODE).content == other.get(CODE).content
    assert mailbox() == []


def test_somebody_who_left_is_signed_out(people, visitor_of):
    visitor = visitor_of(people.leader.account)
    Account.objects.filter(pk=people.leader.account.pk).update(state=AccountState.LEFT)

    assert visitor.get("/account/you/")["Location"] == "/account/sign-in/?next=%2Faccount%2Fyou%2F"


def test_a_mail_server_that_is_down_is_said_to_everybody(people, visitor, settings):
    settings.EMAIL_BACKEND = "touchbase.notifications.channels.nowhere.NoMailServer"

    known, unknown = ask(visitor), ask(new_browser(), STRANGER)

    assert (known.status_code, known.content) == (503, unknown.content)
    assert b"We can&#x27;t send mail just now." in known.content


# ------------------------------------------------------------------------------------------- what is said


def test_a_mistyped_address_can_be_changed(people, visitor):
    ask(visitor, STRANGER)
    assert visitor.get(ASK)["Location"] == CODE

    assert visitor.post("/account/sign-out/")["Location"] == ASK
    assert visitor.get(ASK).status_code == 200
    assert not StaffSession.objects.exists()


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        (
            "locked",
            b"We signed you out to keep names private. Sign in and you&#x27;ll be back where you were.",
        ),
        ("step-up", b"This needs a fresh sign-in."),
        ("passkey", b"That passkey didn&#x27;t work here."),
        ("out", b"You&#x27;re signed out."),
    ],
)
def test_the_page_says_why_one_signs_in(visitor, word, sentence):
    assert sentence in visitor.get(ASK, {"said": word}).content


def test_words_that_are_not_ours_are_not_said(visitor):
    answer = visitor.get(ASK, {"said": "call me"})

    assert b"call me" not in answer.content
    assert b'class="plain"' not in answer.content


def test_nothing_of_the_page_is_inline(visitor):
    page = visitor.get(ASK).content.decode()

    assert re.findall(r"<script(?![^>]* src=)|<style|style=|onclick=|onload=", page) == []


def test_looking_at_the_sign_in_page_keeps_nothing(visitor):
    visitor.get(ASK)

    assert not visitor.cookies
    assert not StaffSession.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["signup", "login", "logout", "email", "password/reset", "password/change", "reauthenticate", "inactive",
     "3rdparty", "2fa", "2fa/totp/activate", "2fa/recovery-codes"],
)  # fmt: skip
def test_nothing_else_of_the_library_is_open(people, visitor_of, address):
    assert visitor_of(people.coordinator.account).get(f"/account/{address}/").status_code == 404


# ---------------------------------------------------------------------------------------------- passkeys


def test_a_passkey_nobody_made_lets_nobody_in(people, visitor):
    visitor.get("/account/passkeys/sign-in/", headers={"Accept": "application/json"})

    for credential in ("", "{}", "null", '{"id": "x", "rawId": "x", "type": "public-key", "response": {}}'):
        answer = visitor.post("/account/passkeys/sign-in/", {"credential": credential})
        assert answer["Location"] == "/account/sign-in/?said=passkey"
    assert "_auth_user_id" not in session_of(visitor)


def test_looking_at_the_passkey_address_changes_nothing(visitor):
    assert visitor.get("/account/passkeys/sign-in/")["Location"] == ASK
    assert not StaffSession.objects.exists()


def test_passkeys_are_not_tried_for_ever(visitor):
    answers = [visitor.post("/account/passkeys/sign-in/") for _ in range(61)]

    assert answers[59].status_code == 302
    assert answers[60].status_code == 429
    assert b"Wait a few minutes, then try again." in answers[60].content
