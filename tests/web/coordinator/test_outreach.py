"""The desk's pages of outreach: sheets to print, presentations, news."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.awareness.conftest import MAILED
from tests.factories.programs import make_program, policy_text
from tests.web.public.asking import words
from touchbase.audit import log
from touchbase.awareness import handouts, presenting, subscribing
from touchbase.awareness.handouts import Handout, Paper
from touchbase.awareness.models import Bulletin, Presentation, Subscriber
from touchbase.awareness.presentations import Given, Kind
from touchbase.notifications.models import Outgoing
from touchbase.web.coordinator.news import readers_said
from touchbase.web.coordinator.outreach import said_half

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

DESK = "/harbor/desk/outreach"
TYPED = {"day": "2026-05-04", "kind": "orientation", "heads": "25"}
TEXT = {"text": "We are at grand rounds on May 20."}


@pytest.fixture
def desk(people, visitor_of, noon, settings):
    """The coordinator's browser, at a program that has an email list."""
    settings.SMTP_ADDRESS = "smtp://mail.example.org:25"
    make_program(MAILED)
    return visitor_of(people.coordinator.account)


def on_the_list(here, noon, n: int) -> None:
    for each in range(n):
        subscribing.ask(program_id=here.id, address=f"n{each}@harbor.example.org", at=noon)
    for key in Subscriber.objects.values_list("id", flat=True):
        subscribing.confirm(key=key, at=noon)


def test_an_empty_desk_says_what_comes_next(desk):
    said = words(desk.get(f"{DESK}/"))
    assert ("None is noted yet." in said, "Nobody is on the list yet." in said) == (True, True)
    assert "No presentation is noted yet." in words(desk.get(f"{DESK}/presentations/"))


def test_where_there_is_no_list_the_page_says_how_to_have_one(desk):
    make_program(policy_text())
    said = [words(desk.get(f"{DESK}/{page}")) for page in ("", "news/")]
    assert ["news.mailed" in one for one in said] == [True, True]


@pytest.mark.parametrize(("handout", "paper"), [(Handout.POSTER, Paper.LETTER), (Handout.CARD, Paper.A4)])
def test_a_sheet_is_the_one_of_the_policy_and_leads_to_the_bare_page(here, desk, settings, handout, paper):
    settings.SITE_ADDRESS = "https://peers.example.org"
    file = desk.get(f"{DESK}/print/{handout}/{paper}/")
    wanted = handouts.words_of(here.policy, address="https://peers.example.org/harbor/", example=False)
    assert file.content == handouts.pdf(handout, paper, wanted)
    assert (file.headers["Content-Type"], file.headers["Content-Disposition"]) == (
        "application/pdf",
        f'attachment; filename="{handout}-{paper}.pdf"',
    )


def test_a_sheet_that_is_not_there_is_not_found(desk):
    assert [desk.get(f"{DESK}/print/{one}/").status_code for one in ("poster/a5", "banner/a4")] == [404, 404]


def test_a_presentation_is_noted_corrected_and_taken_out(here, people, desk):
    said = words(desk.post(f"{DESK}/presentations/", TYPED, follow=True))
    assert ("January to June 2026: 25 people heard of us." in said, "Orientation" in said) == (True, True)
    page = f"{DESK}/presentations/{Presentation.objects.get().id}/"
    form = desk.get(page).content.decode()
    assert ('value="2026-05-04"' in form, 'value="25"' in form) == (True, True)
    assert 'value="orientation" checked' in form
    desk.post(page, TYPED | {"heads": "26"})
    assert Presentation.objects.get().heads == 26
    assert words(desk.post(f"{page}remove/", follow=True)).count("Taken out.") == 1
    assert not Presentation.objects.exists()
    account = people.coordinator.account.id
    day = log.acts(program=here.id, since=date(2026, 1, 1))
    assert [(act.actor, act.verb, act.n) for act in day] == [(account, "note presentation", 3)]


def test_what_can_not_be_used_comes_back_beside_its_field(desk):
    wrong = TYPED | {"heads": "many"}
    answer = desk.post(f"{DESK}/presentations/", wrong)
    assert (answer.status_code, b'value="many"' in answer.content) == (422, True)
    assert words(answer).count("Enter how many heard it, from 1 to 5000.") == 2
    desk.post(f"{DESK}/presentations/", TYPED)
    page = f"{DESK}/presentations/{Presentation.objects.get().id}/"
    again = desk.post(page, wrong)
    assert (again.status_code, b'value="many"' in again.content) == (422, True)
    assert Presentation.objects.get().heads == 25


def test_thirty_presentations_cost_no_more_queries_than_one(here, desk, noon):
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            desk.get(f"{DESK}/presentations/")
        return len(seen)

    def enter(n: int) -> None:
        for _time in range(n):
            given = Given(noon.date(), Kind.CLASS, 5)
            presenting.enter(program_id=here.id, given=given, by="robin", today=noon.date())

    enter(1)
    one = cost()
    enter(29)
    assert cost() == one


def test_news_is_looked_at_before_it_goes_and_then_sent_with_one_press(here, desk, noon):
    on_the_list(here, noon, 2)
    Outgoing.objects.all().delete()
    looked = desk.post(f"{DESK}/news/", TEXT)
    assert "(their own link)" in words(looked)
    assert (TEXT["text"] in words(looked), Bulletin.objects.count(), Outgoing.objects.count()) == (True, 0, 0)
    sent = desk.post(f"{DESK}/news/send/", TEXT, follow=True)
    assert ("On its way." in words(sent), Outgoing.objects.filter(template="news").count()) == (True, 2)
    assert "News last went out on May 11, 2026." in words(desk.get(f"{DESK}/news/"))


def test_the_sentence_above_the_field_says_what_not_to_write(desk):
    page = desk.get(f"{DESK}/news/").content.decode()
    hint = page.index("No names, nobody who could be recognized, and nothing that happened.")
    assert hint < page.index("<textarea")
    assert re.search(r"<textarea[^>]*aria-describedby=\"text-hint", page)


def test_news_that_can_not_go_out_stays_in_the_field(here, desk, noon):
    empty = desk.post(f"{DESK}/news/", {"text": " "})
    assert (empty.status_code, words(empty).count("Write what is new, in a few sentences.")) == (422, 2)
    refused = desk.post(f"{DESK}/news/send/", TEXT)
    assert (refused.status_code, "Nobody is on the list yet. Tell people" in words(refused)) == (422, True)
    assert TEXT["text"] in refused.content.decode()


def test_no_page_of_the_desk_shows_an_address_or_a_small_number(here, desk, noon):
    on_the_list(here, noon, 3)
    pages = [desk.get(f"{DESK}/{page}").content.decode() for page in ("", "news/")]
    assert [page for page in pages if "n1@harbor" in page] == []
    assert ["Fewer than 11 people are on the list." in page for page in pages] == [True, True]


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "Nobody is on the list yet."),
        (1, "Fewer than 11 people are on the list."),
        (10, "Fewer than 11 people are on the list."),
        (11, "11 people are on the list."),
    ],
)
def test_how_many_there_are_is_said_from_eleven_on(n, said):
    assert readers_said(n) == said


def test_half_years_read_as_months():
    assert [said_half(half) for half in ("2026-H1", "2025-H2")] == [
        "January to June 2026",
        "July to December 2025",
    ]
