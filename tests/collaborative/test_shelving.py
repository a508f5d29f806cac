"""The library: links with a title and a kind; a new version replaces, and the older ones stay below it."""

from datetime import date, timedelta

import pytest

from touchbase.audit import log
from touchbase.collaborative import gatherings, library, shelving
from touchbase.collaborative.gatherings import Shelf, Shelved
from touchbase.kernel.errors import NotFound
from touchbase.kernel.occasion import OccasionUnclear

pytestmark = pytest.mark.django_db

GUIDE = Shelved("How to begin", Shelf.GUIDE, "https://library.example.org/begin?v=1")


@pytest.fixture
def add(together, noon):
    def act(shelved=GUIDE, days=0):
        return shelving.add(together=together, shelved=shelved, by="noor", at=noon + timedelta(days=days))

    return act


def test_a_new_version_replaces_and_the_older_ones_stay_below_it(together, add, noon):
    key = add()
    shelving.renew(
        document=key, together=together, address="https://library.example.org/2", by="noor",
        at=noon + timedelta(days=9),
    )  # fmt: skip

    (one,) = library.documents(together.id)
    assert (one.title, one.kind, one.newest.number) == ("How to begin", Shelf.GUIDE, 2)
    assert [(each.number, each.address, each.checked) for each in one.editions] == [
        (2, "https://library.example.org/2", date(2026, 5, 20)),
        (1, GUIDE.address, date(2026, 5, 11)),
    ]


def test_what_was_looked_at_last_comes_first_in_two_queries(together, add, noon, django_assert_num_queries):
    first = add()
    add(Shelved("Slides of a session", Shelf.SLIDES, "https://library.example.org/slides"), days=1)
    shelving.check(document=first, together=together, at=noon + timedelta(days=2))

    with django_assert_num_queries(2):
        found = library.documents(together.id)
    assert [(one.title, one.newest.checked.day) for one in found] == [
        ("How to begin", 13),
        ("Slides of a session", 12),
    ]


def test_a_document_is_taken_out_with_all_its_versions(together, add, noon):
    key = add()
    shelving.remove(document=key, together=together, by="noor", at=noon)

    assert library.documents(together.id) == []
    with pytest.raises(NotFound):
        shelving.check(document=key, together=together, at=noon)
    acts = [(act.verb, act.n) for act in log.acts(program=together.home, since=noon.date())]
    assert acts == [("change library", 2)]


def test_a_document_is_read_from_a_form():
    typed = {"title": " How  to begin ", "kind": "guide", "address": GUIDE.address}
    assert gatherings.shelved(typed) == GUIDE
    assert gatherings.link(typed) == GUIDE.address
    with pytest.raises(OccasionUnclear) as unclear:
        gatherings.shelved({"title": "x" * 81})
    assert set(unclear.value.each) == {"title", "kind", "address"}


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://library.example.org/begin",
        "javascript:alert(1)",
        "https://library",
        "https://robin:vale@library.example.org/",
        "https://library.example.org:8443/",
        "https://library.example.org:port/",
        "https://[library.example.org/",
        "https://library.example.org/a b",
        "https://library.example.org/<b>",
        "https://libräry.example.org/",
        "https://library.example.org/" + "x" * 180,
    ],
)
def test_only_a_plain_link_by_https_is_kept(address):
    with pytest.raises(OccasionUnclear) as unclear:
        gatherings.link({"address": address})
    assert list(unclear.value.each) == ["address"]
