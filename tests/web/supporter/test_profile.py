"""A supporter's own profile: what others will see is shown before it is kept, exactly as they will see it."""

import re
from html import unescape

import pytest

from tests.canary import FINCH
from tests.factories.listing import listing_of, two_alone, with_list
from tests.factories.people import make_supporter
from tests.web.public.asking import words
from touchbase.supporters.models import Supporter

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

PROFILE, APART = "/harbor/mine/profile/", "/harbor/mine/profile/apart/"
SAID = {
    "title": "a surgeon on nights", "own_words": "Call late.", "profession": "physician", "stage": "senior",
    "department": "surgery", "site": "west", "languages": ["en", "es"], "leads": ["emergency"],
    "topic-nights": "public", "public": "1",
}  # fmt: skip


@pytest.fixture
def person():
    return make_supporter(with_list(), "Robin Vale")


@pytest.fixture
def robin(person, visitor_of):
    return visitor_of(person.account)


def row(person):
    return Supporter.objects.get(membership=person.member.supporter)


def found(pattern, html):
    match = re.search(pattern, html, re.DOTALL)
    assert match is not None, pattern
    return match[0]


def card(page, beginning='<div class="peer">'):
    """The card of a page, without what leads from it."""
    html = page.content.decode()
    whole = found(r'<span class="face".*?</(?:div|a)>', html[html.index(beginning) :])
    return re.sub(r"</(?:div|a)>$", "", whole).strip()


def test_everything_said_is_kept(robin, person):
    assert robin.post(PROFILE, SAID)["Location"] == PROFILE
    kept = row(person)
    assert (kept.title, kept.own_words, kept.site, kept.languages, kept.leads, kept.topics, kept.public) == (
        "a surgeon on nights", "Call late.", "west", ["en", "es"], ["emergency"], {"nights": "public"}, True,
    )  # fmt: skip
    page = words(robin.get(PROFILE))
    assert "Saved." in page
    assert "How the list shows you" in page


def test_looking_keeps_nothing(robin, person):
    before = Supporter.objects.filter(pk=row(person).pk).values().get()
    page = robin.post(PROFILE, {**SAID, "preview": "1"})
    assert page.status_code == 200
    assert "On a page of your own, there is also: Call late." in words(page)
    assert Supporter.objects.filter(pk=row(person).pk).values().get() == before


def test_the_preview_is_the_card_others_see(robin, visitor):
    shown = card(robin.post(PROFILE, {**SAID, "preview": "1"}))
    robin.post(PROFILE, SAID)
    assert shown == card(visitor.get("/harbor/peers/"), '<a class="peer"')
    assert "Happy to talk about: Nights" in shown


@pytest.mark.parametrize("who", ["asking", "matching", ""])
def test_a_topic_is_on_the_card_only_when_it_is_for_everybody(robin, visitor, who):
    robin.post(PROFILE, {**SAID, "topic-nights": who})
    assert "Nights" not in words(visitor.get("/harbor/peers/"))


def test_offering_a_topic_begins_with_the_fewest_who_learn_of_it(robin):
    html = robin.get(PROFILE).content.decode()
    offered = found(r'name="topic-nights".*?</select>', html)
    assert re.findall(r'value="([^"]*)"', offered) == ["", "matching", "asking", "public"]


def test_every_part_that_doesnt_fit_is_said_at_once_and_nothing_is_lost(robin, person):
    page = robin.post(PROFILE, {**SAID, "own_words": "w" * 301, "languages": [], "site": "moon"})
    assert page.status_code == 422
    said = words(page)
    assert "Make it shorter: 300 characters at most." in said
    assert "Pick at least one language." in said
    assert 'value="a surgeon on nights"' in page.content.decode()
    assert row(person).title == "a surgeon"
    looked = robin.post(PROFILE, {**SAID, "own_words": "w" * 301, "preview": "1"})
    assert (looked.status_code, "Make it shorter" in words(looked)) == (200, False)


def test_what_not_to_write_stands_above_the_box(robin):
    html = unescape(robin.get(PROFILE).content.decode())
    assert html.index("Write about no one else, nothing that happened") < html.index("<textarea")


def test_without_a_list_there_is_nothing_to_join(here, visitor_of):
    browser = visitor_of(make_supporter(here, "Ari Stone").account)
    page = browser.get(PROFILE).content.decode()
    assert ('name="public"' in page, 'value="public"' in page) == (False, False)
    browser.post(PROFILE, SAID)
    assert not Supporter.objects.get().public


def test_where_the_two_alone_know_the_list_needs_a_way_to_reach_them(visitor_of):
    person = make_supporter(two_alone(), "Robin Vale")
    browser = visitor_of(person.account)
    page = browser.post(PROFILE, SAID)
    assert page.status_code == 422
    assert "Add a number or address for the list" in words(page)
    assert not row(person).public
    browser.post(PROFILE, {**SAID, "contact_public": "(207) 555-0177"})
    assert (row(person).public, row(person).contact_public) == (True, "+12075550177")
    assert browser.get(f"/harbor/peers/{listing_of(person)}/").status_code == 200
    browser.post(PROFILE, {**SAID, "contact_public": "Robin@Example.org"})
    assert row(person).contact_public == "robin@example.org"


# ------------------------------------------------------------------------------------------- keeping apart


def test_whom_somebody_keeps_apart_from_is_kept_so_that_nobody_reads_it(robin, person):
    """The watch for canaries searches every row and file for the contact after this test."""
    assert robin.post(APART, {"contact": FINCH.phone})["Location"] == PROFILE
    page = robin.get(PROFILE)
    assert "1 person is on your list." in words(page)
    assert FINCH.phone not in page.content.decode()
    (mark,) = row(person).apart
    assert re.fullmatch(r"[0-9a-f]{64}", mark)


def test_two_lists_with_the_same_colleague_have_nothing_in_common(robin, person, visitor_of):
    ari = make_supporter(with_list(), "Ari Stone")
    robin.post(APART, {"contact": FINCH.email})
    visitor_of(ari.account).post(APART, {"contact": FINCH.email})
    assert set(row(person).apart).isdisjoint(row(ari).apart)


def test_typing_it_again_takes_it_off_and_one_press_empties_the_list(robin, person):
    for contact in (FINCH.phone, FINCH.email, FINCH.phone):
        robin.post(APART, {"contact": contact})
    assert len(row(person).apart) == 2
    robin.post(APART, {"contact": FINCH.email, "off": "1"})
    assert len(row(person).apart) == 1
    assert "That isn't on your list." in words(robin.post(APART, {"contact": FINCH.email, "off": "1"}))
    robin.post(APART, {"empty": "1"})
    assert row(person).apart == []


@pytest.mark.parametrize("contact", ["", "  ", "somebody", "a@b", "12"])
def test_what_is_no_contact_is_said_and_never_repeated(robin, person, contact):
    for press in ({}, {"off": "1"}):
        page = robin.post(APART, {"contact": contact, **press})
        assert page.status_code == 422
        assert 'id="contact-error"' in page.content.decode()
    assert row(person).apart == []


def test_the_list_is_capped(robin, person):
    pages = [robin.post(APART, {"contact": f"colleague{number}@example.org"}) for number in range(13)]
    page = pages[-1]
    assert (page.status_code, len(row(person).apart)) == (422, 12)
    assert "Your list is full." in words(page)
