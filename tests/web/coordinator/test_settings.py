"""The settings page shows the file, all of it, and changes nothing of it (ruling B28)."""

import hashlib
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

from tests.factories.paths import NOON
from tests.factories.programs import make_program, policy_text
from tests.factories.walking import Walk, asking
from tests.web.public.asking import words
from touchbase.audit import log
from touchbase.programs import actions, choices, kinds, queries
from touchbase.programs.policy import Policy
from touchbase.web.coordinator import policy_page, policy_values
from touchbase.web.coordinator.policy_groups import groups

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

SETTINGS = "/harbor/desk/settings/"
FILES = sorted(Path("programs").glob("*.toml"))
STATED = 'court = "not-protected"\napproved_by = "General counsel"\napproved_on = 2026-04-01'


@pytest.fixture
def desk(people, visitor_of, noon):
    """The coordinator's browser."""
    return visitor_of(people.coordinator.account)


def every_key():
    """Every key of the file, by the name it has in the models; a list of tables is one."""
    found = {name for name, node in kinds.at(())["properties"].items() if node.get("type") == "string"}
    for name, node in kinds.tables():
        if "." in name or node["type"] == "array":
            continue
        found |= {f"{name}.{'self_' if key == 'self' else key}" for key in node["properties"]}
    return found | {"resources", "translations"}


def shown(policy, today=date(2026, 5, 11)):
    return {line.label: line.says for part in policy_page.parts(policy, today) for line in part.lines}


def test_every_key_of_the_file_stands_on_the_page_once():
    named = [key for group in groups() for key in group.keys]
    assert sorted(named) == sorted(every_key())
    assert len(named) > 70
    labels = [label for group in groups() for label in group.keys.values()]
    assert len(set(labels)) == len(labels)


def test_every_choice_has_words_and_no_two_are_mixed_up():
    kinds_of = [one for one in vars(choices).values() if isinstance(one, type) and issubclass(one, StrEnum)]
    members = [member for kind in kinds_of if kind is not StrEnum for member in kind]
    words_of = policy_values.choice_words()
    assert set(words_of) == set(members)
    assert len(words_of) == len(members)


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_the_page_of_every_program_says_what_its_file_says(file):
    policy = make_program(file.read_text()).policy
    found = shown(policy)
    assert found["Name"] == (policy.program.name,)
    assert found["A peer says yes within"] == (f"{policy.clock.match_within_hours} hours",)
    assert found["Where anybody else turns"] == (policy.eligibility.otherwise,)
    for option in policy.eligibility.professions:
        assert option.label in " ".join(found["Professions"])
    for one in policy.resources:
        assert one.title in " ".join(found["Help besides a peer"])


def test_a_changed_file_changes_the_page():
    text = policy_text(
        clock="match_within_hours = 1\nask_expires_after_hours = 1\nholidays = [2026-05-14]",
        matching="clock_share = 0.3", supporters="training_hours = 1.5", roster='kept = "weeks"',
    )  # fmt: skip
    found = shown(make_program(text).policy)
    assert found["A peer says yes within"] == ("1 hour",)
    assert found["Training before the first talk"] == ("1.5 hours",)
    assert found["When the clock asks, of the time there is"] == ("30 %",)
    assert found["The program's own days off"] == ("May 14, 2026",)
    assert found["Roster of who is first to call"] == ("Of weeks, from Monday on",)
    assert found["Days off still ahead in 2026"][0].startswith("May 14, May 25, Jun 19")
    assert found["White text on it"] == ("9.3 to 1; 4.5 to 1 is needed",)


def test_the_page_says_which_file_it_is_and_since_when(desk, here):
    page = words(desk.get(SETTINGS))
    digest = hashlib.sha256(policy_text().encode()).hexdigest()
    assert ("Jan 5, 2026" in page, digest in page, "Every open referral goes by this version." in page) == (
        True, True, True,
    )  # fmt: skip
    assert "Nothing said" in page


def test_the_file_comes_out_byte_for_byte(desk, here):
    text = policy_text().replace("\n", "\r\n") + "# the end, á"
    make_program(text)
    got = desk.get(f"{SETTINGS}file/")
    assert got.content == text.encode() == queries.export("harbor").encode()
    assert got.headers["Content-Disposition"] == 'attachment; filename="harbor.toml"'
    assert got.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_it_says_how_many_go_by_older_rules(desk, path, here):
    path.received()
    make_program(policy_text(clock="match_within_hours = 4"))
    assert "One open referral was promised version 1." in words(desk.get(SETTINGS))


def test_a_request_that_goes_around_the_coordinator_is_not_among_them(desk, walker_around, here):
    walker_around()
    make_program(policy_text(clock="match_within_hours = 4"))
    assert "was promised version 1" not in words(desk.get(SETTINGS))


@pytest.fixture
def walker_around(here, people, noon):
    """Somebody asks who doesn't want to go through the coordinator."""
    return lambda: Walk(here, people).received(noon, of=asking(around=True))


def test_a_number_is_noted_as_called_with_one_press(desk, here):
    assert "Last called Nov 2, 2026" in words(desk.get(SETTINGS))
    text = policy_text().replace("checked_on = 2026-11-02", "checked_on = 2026-01-02")
    make_program(text)
    assert "Last called Jan 2, 2026: please call it again" in words(desk.get(SETTINGS))
    answer = desk.post(f"{SETTINGS}called/", {"number": "988"}, follow=True)
    assert ("Noted: called today" in words(answer), "Last called May 11, 2026" in words(answer)) == (
        True,
        True,
    )
    assert desk.post(f"{SETTINGS}called/", {"number": "911"}).status_code == 400


def test_the_court_statement_is_approved_with_one_press_by_the_coordinator_alone(
    desk, here, people, visitor_of
):
    assert "not sure yet" in words(desk.get(SETTINGS))
    assert desk.post(f"{SETTINGS}approved/").status_code == 400
    make_program(policy_text(legal=STATED))
    backup = visitor_of(people.backup.account)
    assert "Approved again today" not in words(backup.get(SETTINGS))
    assert backup.post(f"{SETTINGS}approved/").status_code == 404
    answer = desk.post(f"{SETTINGS}approved/", follow=True)
    assert "Approved by: General counsel, May 11, 2026." in words(answer)
    assert (
        log.count(
            program=here.id,
            actor=people.coordinator.account.pk,
            verb="approve statement",
            day=date(2026, 5, 11),
        )
        == 1
    )
    assert "Approved by: General counsel, May 11, 2026." in words(desk.get("/harbor/promise/"))


def test_mail_is_said_as_the_installation_has_it(desk, here, settings):
    assert "No: there is no mail server." in words(desk.get(SETTINGS))
    settings.SMTP_ADDRESS = "smtp://127.0.0.1:1"
    assert "No: there is no mail server." not in words(desk.get(SETTINGS))


def test_thirty_open_referrals_cost_as_many_queries_as_one(
    desk, path, here, django_assert_num_queries, django_assert_max_num_queries
):
    path.received()
    make_program(policy_text(clock="match_within_hours = 4"))
    desk.get(SETTINGS)
    with django_assert_max_num_queries(40) as counted:
        desk.get(SETTINGS)
    for _each in range(29):
        path.here = here
        path.received()
    with django_assert_num_queries(len(counted)):
        desk.get(SETTINGS)


def test_applying_again_never_loses_what_was_pressed(here):
    actions.note_called(program_id=here.id, number="988", by="dana", at=NOON.replace(year=2027))
    make_program(policy_text(clock="match_within_hours = 4"))
    assert isinstance(queries.program_at("harbor").policy, Policy)
    assert queries.program_at("harbor").policy.urgent[0].checked_on == date(2027, 5, 11)
