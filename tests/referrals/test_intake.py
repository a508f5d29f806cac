"""The self form: what came in becomes clean values, or says everything that needs another look."""

import pytest

from tests.factories.programs import policy_text
from touchbase.matching.request import Wish
from touchbase.programs.files import parse
from touchbase.programs.policy import Channel, Policy
from touchbase.referrals.intake import (
    WISHES,
    Answers,
    Asking,
    NotClear,
    asking_from,
    once_from,
    wishes_offered,
)


def policy(**changes: str) -> Policy:
    return parse(policy_text(**changes), file="harbor.toml")


HARBOR = policy()
PLAIN = {"name": "Robin", "channel": "text", "contact": "207 555 0110", "profession": "physician"}


def sent(**fields: str | list[str]) -> Answers:
    """A form as a browser sends it: every field is text, and groups are lists."""
    every = PLAIN | fields
    return Answers(
        typed={name: value for name, value in every.items() if isinstance(value, str)},
        picked={name: [value] if isinstance(value, str) else value for name, value in every.items()},
    )


def said(answers: Answers, rules: Policy = HARBOR) -> dict[str, str]:
    with pytest.raises(NotClear) as refused:
        asking_from(answers, policy=rules)
    return {each.field: each.message for each in refused.value.each}


def test_two_typed_and_two_picked_are_enough():
    assert asking_from(sent(), policy=HARBOR) == Asking(
        name="Robin", channel=Channel.TEXT, contact="+12075550110", profession="physician"
    )


def test_everything_that_can_be_said_is_kept():
    times, topics = HARBOR.options("time"), HARBOR.options("topic")
    department, site = HARBOR.options("department")[0].key, HARBOR.options("site")[0].key
    answers = sent(
        channel="email",
        contact="Robin@Example.org",
        times=[times[0].key, times[1].key],
        department=department,
        site=site,
        wishes=["same-profession", "language.en", f"topic.{topics[0].key}"],
        not_with="Sam Moss",
    )
    assert asking_from(answers, policy=HARBOR, language="es") == Asking(
        name="Robin",
        channel=Channel.EMAIL,
        contact="robin@example.org",
        times=(times[0].key, times[1].key),
        profession="physician",
        department=department,
        site=site,
        language="es",
        wants=(Wish.SAME_PROFESSION.value,),
        languages=("en",),
        topics=(topics[0].key,),
        not_with="Sam Moss",
    )


def test_the_contact_is_read_by_the_way_that_was_picked():
    assert said(sent(channel="email")) == {"contact": "Enter one email address, like name@example.org."}
    by_text = said(sent(contact="robin@example.org"))
    assert by_text == {"contact": "Enter a mobile number, like (201) 555-0123."}
    by_call = said(sent(channel="call", contact="robin@example.org"))
    assert by_call == {"contact": "Enter a phone number, like (201) 555-0123."}


def test_everything_that_needs_another_look_is_said_at_once_in_the_order_of_the_page():
    found = said(Answers(), policy(eligibility="required = true"))
    assert list(found.items()) == [
        ("name", "Tell us what to call you. A first name is enough."),
        ("channel", "Choose how a peer should reach you."),
        ("contact", "Enter a mobile number, like (201) 555-0123."),
        ("profession", "Choose what you do. The program is for some professions only."),
    ]


def test_a_profession_is_asked_for_only_where_the_policy_says_so():
    relaxed = policy(eligibility="required = false")
    assert asking_from(sent(profession=""), policy=relaxed).profession == ""


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("channel", "Choose how a peer should reach you."),
        ("profession", "Choose one from the list."),
        ("department", "Choose one from the list."),
        ("site", "Choose one from the list."),
        ("times", "Choose from the times shown."),
        ("wishes", "Choose from the wishes shown."),
    ],
)
def test_a_pick_that_was_never_offered_is_refused(field: str, sentence: str):
    assert said(sent(**{field: "made-up"})) == {field: sentence}


def test_a_way_the_program_does_not_offer_is_no_way():
    by_mail = policy(contact='channels = ["email", "call"]')
    assert said(sent(channel="text"), by_mail) == {
        "channel": "Choose how a peer should reach you.",
        "contact": "Enter one email address, like name@example.org.",
    }


def test_the_same_pick_twice_counts_once_and_an_empty_one_not_at_all():
    time = HARBOR.options("time")[0].key
    assert asking_from(sent(times=[time, "", time]), policy=HARBOR).times == (time,)


def test_a_language_or_topic_that_is_not_the_programs_is_refused():
    assert said(sent(wishes=["language.xx"])) == {"wishes": "Choose from the wishes shown."}
    assert said(sent(wishes=["topic.made-up"])) == {"wishes": "Choose from the wishes shown."}


def test_a_story_beside_a_name_to_leave_out_is_refused():
    assert said(sent(not_with="Sam Moss. We had a fight; it went badly")) == {
        "not_with": "Just the person's name. Please leave out why."
    }


@pytest.mark.parametrize(
    ("own", "offered"),
    [
        ("never", [Wish.OTHER_SITE, Wish.SAME_PROFESSION]),
        ("ask", [Wish.OWN_DEPARTMENT, Wish.OTHER_SITE, Wish.SAME_PROFESSION]),
        ("fine", [Wish.OTHER_DEPARTMENT, Wish.OTHER_SITE, Wish.SAME_PROFESSION]),
    ],
)
def test_only_wishes_that_mean_something_are_offered(own: str, offered: list[Wish]):
    assert list(wishes_offered(policy(matching=f'own_department = "{own}"'))) == offered
    assert set(offered) <= set(WISHES)


def test_a_wish_that_is_not_offered_is_refused():
    never = policy(matching='own_department = "never"')
    assert said(sent(wishes=["own-department"]), never) == {"wishes": "Choose from the wishes shown."}


@pytest.mark.parametrize(
    ("text", "once"),
    [
        ("A" * 22, "A" * 22),
        ("Az09_-" * 10, "Az09_-" * 10),
        ("", ""),
        ("1", ""),
        ("A" * 21, ""),
        ("A" * 65, ""),
        ("A" * 22 + "\n", ""),
        ("<script>alert(1)</script>", ""),
    ],
)
def test_only_a_number_of_128_bits_or_more_makes_two_presses_one_request(text: str, once: str):
    assert once_from(text) == once


def test_what_was_typed_is_never_printed():
    asking = asking_from(sent(not_with="Sam Moss", department=""), policy=HARBOR)
    assert repr(asking) == (
        "Asking(channel=<Channel.TEXT: 'text'>, times=(), profession='physician', language='en', "
        "around=False, knows=None)"
    )
    assert "Robin" not in repr(sent())
