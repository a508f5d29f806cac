"""How often, how long and where a code may be tried."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.factories.browsers import mailbox, new_browser

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 15, 4, tzinfo=UTC)
ASK = "/account/sign-in/"
CODE = "/account/code/"
DANA = "dana.quill@harbor.example.org"


def ask(visitor, email=DANA):
    """Have a code sent."""
    return visitor.post(ASK, {"email": email})


def sent(number=-1):
    """The code of a message, the newest if nothing else is said."""
    found = re.search(r"is (\d{4}-\d{4})\n", str(mailbox()[number].body))
    assert found is not None
    return found[1]


def test_three_tries_and_then_from_the_start(people, visitor):
    ask(visitor)
    code = sent()

    for _ in range(2):
        answer = visitor.post(CODE, {"code": "1111-1111" if code != "1111-1111" else "2222-2222"})
        assert b"Enter the eight numbers of the newest message." in answer.content
    answer = visitor.post(CODE, {"code": "wrong", "next": "/harbor/desk/board/"})

    assert answer["Location"] == "/account/sign-in/?next=%2Fharbor%2Fdesk%2Fboard%2F&said=tries"
    assert b"That code didn&#x27;t match three times." in visitor.get(answer["Location"]).content
    assert visitor.post(CODE, {"code": code})["Location"] == ASK


@pytest.mark.parametrize(("minutes", "works"), [(15, True), (16, False)])
def test_a_code_works_for_fifteen_minutes(people, visitor, minutes, works):
    with time_machine.travel(AT, tick=False):
        ask(visitor)
        code = sent()
    with time_machine.travel(AT + timedelta(minutes=minutes), tick=False):
        answer = visitor.post(CODE, {"code": code})

    assert answer["Location"] == ("/account/" if works else ASK)


def test_a_code_works_once(people, visitor):
    ask(visitor)
    code = sent()
    visitor.post(CODE, {"code": code})
    visitor.post("/account/sign-out/")

    assert visitor.post(CODE, {"code": code})["Location"] == ASK


def test_a_code_works_in_no_other_browser(people, visitor):
    ask(visitor)
    other = new_browser()
    ask(other)

    assert other.post(CODE, {"code": sent(0)}).status_code == 200


def test_nobody_has_codes_sent_to_one_person_for_ever(people):
    answers = [ask(new_browser()) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
    assert b"That was asked for often. Wait a few minutes, then try again." in answers[3].content
    assert len(mailbox()) == 3


def test_nor_does_one_machine_ask_for_many(people, visitor):
    answers = [ask(new_browser(), f"nobody{n}@example.org") for n in range(21)]

    assert {answer.status_code for answer in answers[:20]} == {302}
    assert answers[20].status_code == 200


@pytest.mark.parametrize("address", ["192.0.2.1", ""])
def test_behind_a_socket_everybody_is_counted_together(people, address):
    visitor = new_browser()

    assert visitor.post(ASK, {"email": DANA}, REMOTE_ADDR=address).status_code == 302


@pytest.mark.parametrize("email", ["", "dana", "dana@", "d" * 330 + "@example.org", "dana\x00@example.org"])
def test_what_is_no_address_is_asked_for_again(people, visitor, email):
    answer = ask(visitor, email)

    assert answer.status_code == 200
    assert b"Enter your work email, like robin.vale@example.org." in answer.content
    assert b'aria-invalid="true"' in answer.content
    assert mailbox() == []
