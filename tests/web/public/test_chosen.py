"""The form that names a chosen peer: it says who, asks what if they can't, and never asks in silence."""

import pytest

from tests.canary import FINCH
from tests.factories.listing import listing_of, make_listed, two_alone, with_list
from tests.factories.people import make_supporter
from tests.web.public.asking import TALK, typed, values, words
from touchbase.referrals import queries
from touchbase.referrals.lifecycle import Actor
from touchbase.referrals.models import Referral
from touchbase.referrals.queries import Opener

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def kept(noon):
    """The choice as it was sealed."""
    row = Referral.objects.get()
    wished, _contact = queries.wishes(row.handle, opener=Opener("", Actor.CLOCK, noon))
    return wished.peer, wished.only_peer


def test_the_form_names_the_peer_and_asks_what_if_they_cant(visitor):
    robin = make_listed(with_list(), "Robin Vale")
    page = visitor.get(TALK, {"peer": listing_of(robin)})
    said = words(page)
    assert "Robin Vale" in said
    assert "If Robin can’t take this one Ask another peer Tell me first" in said
    assert values(page)["peer"] == listing_of(robin)
    assert robin.member.supporter not in page.content.decode()


@pytest.mark.parametrize(
    ("if_busy", "only"), [("another", False), ("me-first", True), ("", False), ("tell my chief", False)]
)
def test_the_choice_is_kept_with_the_request(visitor, noon, if_busy, only):
    robin = make_listed(with_list(), "Robin Vale")
    sent = typed(peer=listing_of(robin), if_busy=if_busy)
    assert visitor.post(TALK, sent).status_code == 200
    assert kept(noon) == (robin.member.supporter, only)


def test_a_form_that_comes_back_keeps_the_choice(visitor):
    robin = make_listed(with_list(), "Robin Vale")
    sent = typed(peer=listing_of(robin), if_busy="me-first", contact="")
    page = visitor.post(TALK, sent)
    assert page.status_code == 422
    assert values(page)["peer"] == listing_of(robin)
    assert 'value="me-first" checked' in page.content.decode()


def test_a_peer_nobody_has_is_a_kind_sentence_and_nothing_is_asked_in_silence(visitor, noon):
    here = with_list()
    hidden = make_supporter(here, "Kit Hidden")
    for listing in (listing_of(hidden), "x1", "0" * 26):
        page = visitor.get(TALK, {"peer": listing})
        assert page.status_code == 200
        assert "That peer isn’t on the list any more." in words(page)
        page = visitor.post(TALK, typed(peer=listing))
        assert page.status_code == 422
        assert (FINCH.name in page.content.decode(), "peer" in values(page)) == (True, False)
    assert not Referral.objects.exists()
    assert visitor.post(TALK, typed()).status_code == 200
    assert kept(noon) == ("", False)


def test_a_membership_in_the_address_chooses_nobody(visitor):
    robin = make_listed(with_list(), "Robin Vale")
    page = visitor.get(TALK, {"peer": robin.member.supporter})
    assert "That peer isn’t on the list any more." in words(page)


@pytest.mark.parametrize("program", [two_alone, None], ids=["two alone", "no list"])
def test_where_nobody_is_chosen_by_a_form_a_key_changes_nothing(visitor, noon, here, program):
    here = program() if program else here
    robin = make_listed(here, "Robin Vale", contact_public="+12075550177")
    page = visitor.get(TALK, {"peer": listing_of(robin)})
    assert ("Robin Vale" in words(page), "peer" in values(page)) == (False, False)
    visitor.post(TALK, typed(peer=listing_of(robin), if_busy="me-first"))
    assert kept(noon) == ("", False)
