"""The form follows the policy: what isn't asked for isn't shown."""

from django.http import QueryDict

from tests.factories.programs import policy_text
from touchbase.programs.files import parse
from touchbase.programs.policy import Policy
from touchbase.referrals.intake import Answers
from touchbase.web.shared.form import answers_from, form_for


def policy(**changes: str) -> Policy:
    return parse(policy_text(**changes), file="harbor.toml")


def labels(picks) -> list[str]:
    return [pick.label for pick in picks]


def test_the_usual_way_is_picked_until_a_person_picks():
    rules = policy(contact='channels = ["call", "text"]')
    assert [(pick.value, pick.picked) for pick in form_for(rules).channels] == [
        ("call", True),
        ("text", False),
    ]
    sent = form_for(rules, Answers(typed={"channel": "text"}))
    assert [pick.picked for pick in sent.channels] == [False, True]


def test_the_box_takes_what_the_picked_way_needs():
    assert form_for(policy()).keyboard == "tel"
    assert form_for(policy(), Answers(typed={"channel": "email"})).keyboard == "email"


def test_one_site_is_not_asked_for():
    both = policy()
    one = parse(
        policy_text().replace('[[eligibility.sites]]\nkey = "west"\nlabel = "West Pier"\n', ""),
        file="harbor.toml",
    )
    assert labels(form_for(both).sites) == ["East Pier", "West Pier"]
    assert form_for(one).sites == ()


def test_wishes_are_in_plain_words():
    assert labels(form_for(policy(matching='own_department = "ask"')).wishes) == [
        "My own department is fine", "From another site", "Someone who does what I do",
    ]  # fmt: skip
    assert labels(form_for(policy(matching='own_department = "fine"')).wishes)[0] == "Not from my department"


def test_topics_are_the_programs_own():
    assert [(pick.value, pick.label) for pick in form_for(policy()).topics] == [("topic.nights", "Nights")]
    without = policy_text().replace('[[supporters.topics]]\nkey = "nights"\nlabel = "Nights"\n', "")
    assert form_for(parse(without, file="harbor.toml")).topics == ()


def test_languages_are_offered_where_there_is_a_choice():
    spoken = form_for(policy(program='languages = ["en", "es", "fr"]')).wishes
    assert [(pick.value, pick.label) for pick in spoken if pick.value.startswith("language.")] == [
        ("language.en", "In English"),
        ("language.es", "In Español"),
        ("language.fr", "In Français"),
    ]


def test_the_folded_part_opens_when_something_in_it_must_be_seen():
    assert not form_for(policy()).wishes_open
    assert form_for(policy(), Answers(typed={"not_with": "Sam Moss"})).wishes_open
    assert form_for(policy(), Answers(picked={"wishes": ["topic.nights"]})).wishes_open


def test_what_comes_in_twice_is_a_list_and_its_last_a_text():
    answers = answers_from(QueryDict("name=Robin&name=Sam&times=mornings&times=evenings"))
    assert answers.text("name") == "Sam"
    assert answers.picks("times") == ("mornings", "evenings")
    assert answers.text("nothing") == ""


def test_printing_the_form_shows_nothing_of_what_was_typed():
    form = form_for(policy(), Answers(typed={"name": "Robin Vale", "contact": "x", "not_with": "Sam"}))
    assert "Robin" not in repr(form)
    assert "Sam" not in repr(form)
