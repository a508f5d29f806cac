"""Choosing for oneself, as everybody may: cards, what can be looked for, and one page a peer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.listing import listing_of, make_listed, two_alone, with_list
from tests.factories.people import make_supporter
from tests.web.public.asking import title, words
from touchbase.web.public.directory import A_PAGE

pytestmark = pytest.mark.django_db

PEERS = "/harbor/peers/"


def test_without_a_list_there_is_nothing_at_its_addresses(visitor, here):
    robin = make_listed(here, "Robin Vale")
    pages = [visitor.get(page) for page in (PEERS, f"{PEERS}{listing_of(robin)}/", "/harbor/")]
    assert [page.status_code for page in pages] == [404, 404, 200]
    assert "Rather choose someone yourself?" not in words(pages[2])


def test_the_first_page_shows_three_and_leads_to_all(visitor):
    here = with_list()
    assert "Rather choose someone yourself?" not in words(visitor.get("/harbor/"))
    for name in ("Robin Vale", "Ari Stone", "Lou Bly", "Kit Sorel"):
        make_listed(here, name)
    page = visitor.get("/harbor/")
    assert "See all 4 peer supporters" in words(page)
    assert page.content.decode().count('class="peer"') == 3


def test_a_card_says_what_the_peer_said_and_nothing_of_now(visitor):
    here = with_list()
    make_listed(
        here, "Robin Vale", topics={"nights": "public"}, languages=["en", "es"], days=["mon", "wed"],
        parts_of_week=["mornings", "evenings"], nights=True,
    )  # fmt: skip
    said = words(visitor.get(PEERS))
    assert (
        "RV Robin Vale Physician, Surgery. East Pier Español Happy to talk about: Nights "
        "Usually Mon, Wed. Mornings, evenings. Nights too."
    ) in said
    assert "time this week" not in said


def test_what_can_be_looked_for_is_a_form_that_works_by_address_alone(visitor):
    here = with_list()
    make_listed(here, "Robin Vale", site="east")
    make_listed(here, "Ari Stone", site="west", profession="nurse")
    page = visitor.get(PEERS, {"site": "west", "profession": "", "topic": "unknown"})
    said = words(page)
    assert ("Ari Stone" in said, "Robin Vale" in said) == (True, False)
    assert '<option value="west" selected>West Pier</option>' in page.content.decode()
    assert 'name="topic"' not in page.content.decode()  # nobody offers one
    none = words(visitor.get(PEERS, {"site": "west", "profession": "physician"}))
    assert "Nobody here fits all of that." in none


def test_an_empty_list_says_so_and_leads_on(visitor):
    with_list()
    assert "Nobody is on the list yet. We can find a peer for you." in words(visitor.get(PEERS))


def test_one_peers_page_leads_to_the_form_and_names_nobody_in_its_title(visitor):
    here = with_list()
    robin = make_listed(here, "Robin Vale", own_words="I work nights.\nCall late.", contact_public="a@b.org")
    page = visitor.get(f"{PEERS}{listing_of(robin)}/")
    assert title(page) == "A peer supporter"
    said = words(page)
    assert ("I work nights." in said, "Ask for Robin" in said, "a@b.org" in said) == (True, True, False)
    assert f'href="/harbor/talk/?peer={listing_of(robin)}"' in page.content.decode()


def test_a_peer_who_is_not_on_the_list_gets_a_kind_page(visitor):
    here = with_list()
    hidden = make_supporter(here, "Kit Hidden")
    for listing in (listing_of(hidden), "x1"):
        page = visitor.get(f"{PEERS}{listing}/")
        assert page.status_code == 404
        assert "This peer isn’t on the list any more." in words(page)


def test_where_the_two_alone_know_the_contact_is_there_and_no_form(visitor):
    here = two_alone()
    robin = make_listed(here, "Robin Vale", contact_public="+12075550177")
    page = visitor.get(f"{PEERS}{listing_of(robin)}/")
    html = page.content.decode()
    assert 'href="tel:+12075550177"' in html
    assert "?peer=" not in html
    assert "<form" not in html
    assert "Only the two of you know." in words(page)


def test_reading_leaves_no_cookie_and_is_kept_by_nobody(visitor):
    here = with_list()
    robin = make_listed(here, "Robin Vale")
    for place in (PEERS, f"{PEERS}{listing_of(robin)}/"):
        page = visitor.get(place)
        assert (len(page.cookies), page["Cache-Control"], page["X-Robots-Tag"]) == (
            0, "no-store", "noindex, nofollow",
        )  # fmt: skip


@pytest.mark.parametrize("page", ["", "0", "1", "2", "99", "x", "９"])
def test_a_long_list_has_pages_and_every_number_leads_to_one(visitor, page):
    here = with_list()
    for number in range(A_PAGE + 2):
        make_listed(here, f"Peer {chr(97 + number)}")
    shown = visitor.get(PEERS, {"page": page}).content.decode().count('class="peer"')
    assert shown == (2 if page in {"2", "99"} else A_PAGE)


def test_the_list_costs_the_same_for_five_and_for_a_hundred(visitor):
    here = with_list()
    costs = []
    for n in (5, 95):
        for number in range(n):
            make_listed(here, f"Peer {n} {number}", topics={"nights": "public"})
        with CaptureQueriesContext(connection) as asked:
            size = len(visitor.get(PEERS).content)
        costs.append([query["sql"].partition("WHERE")[0] for query in asked])
        assert size < 100_000
    assert costs[0] == costs[1]
