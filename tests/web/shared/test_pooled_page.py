"""Pooled numbers read the same for the center and for each member, on the page and in the file."""

import pytest

from tests.collaborative.crowds import counts, days_after, joined, released
from touchbase.collaborative import pooling

pytestmark = pytest.mark.django_db
HALVES = ("2025-H2", "2026-H1")
CENTER, DESK = "/c/coast/numbers/", "/inland/desk/together/coast/numbers/"


@pytest.fixture
def browsers(people, together, visitor_of):
    return [(visitor_of(people.faculty.account), CENTER), (visitor_of(people.elsewhere.account), DESK)]


@pytest.fixture
def pooled(together):
    """Two half-years of three members: of the second so much is one member's that nothing may be shown."""
    programs = [joined(together, slug) for slug in ("cape", "dune", "fen")]
    for half, sizes in zip(HALVES, ((18, 20, 22), (15, 15, 200)), strict=True):
        for program, n in zip(programs, sizes, strict=True):
            released(program, half, counts(n, colleague=n // 2, later=1))
        pooling.release_due(collaborative=together.id, today=days_after(half, 8))


def test_before_three_members_released_the_page_says_when(browsers):
    for browser, at in browsers:
        page = browser.get(at).content.decode()
        assert ["Nothing to show yet." in page, "come when 3 members" in page] == [True, True]
        assert browser.get(f"{at}csv/").status_code == 404


def test_both_see_the_same_sums_and_what_is_hidden_is_in_neither(browsers, pooled):
    pages = [browser.get(f"{at}2025-H2/").content.decode() for browser, at in browsers]
    for page in pages:
        assert "60 people reached out between July and December 2025." in page
        assert ["These are 3 programs together." in page, "not shown" in page] == [True, True]
        assert "stands for 11 people or more in 3 programs or more" in page
        assert [f">{slug}<" in page for slug in ("cape", "dune", "fen")] == [False] * 3
    cards = [
        page.partition('<div class="numbers')[2].partition("</section>\n    <section")[0] for page in pages
    ]
    assert ["Back to the collaborative" in page for page in pages] == [False, True]
    assert cards[0].partition('<nav class="past"')[0] == cards[1].partition('<nav class="past"')[0]


def test_the_file_holds_the_numbers_of_the_page(browsers, pooled):
    files = [browser.get(f"{at}2025-H2/csv/") for browser, at in browsers]
    assert [given.headers["Content-Disposition"] for given in files] == [
        'attachment; filename="coast-together-2025-H2.csv"'
    ] * 2
    first, second = (given.content.decode("utf-8-sig").splitlines() for given in files)
    assert first == second
    assert first[:5] == [
        "Question,Group,People,Share",
        "People who reached out,July to December 2025,60,",
        'How people came in,"Asked for a peer, or a peer began",30,50%',
        "How people came in,A colleague asked,30,50%",
        "How people came in,After a team event,0,0%",
    ]


def test_a_half_year_of_which_nothing_may_be_shown_says_so(browsers, pooled):
    for browser, at in browsers:
        page = browser.get(at).content.decode()
        assert "Nothing of January to June 2026 can be shown." in page
        assert f'<a href="{at}2025-H2/">July to December 2025</a>' in page
        assert [browser.get(f"{at}{half}").status_code for half in ("csv/", "2026-H1/csv/", "2024-H1/")] == [
            404
        ] * 3
