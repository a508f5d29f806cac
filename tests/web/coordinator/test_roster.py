"""The roster's pages: gaps said and marked, filled by one press, published by another, changed day by day."""

import re
from html import unescape

import pytest
import time_machine
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.factories.people import make_supporter
from tests.supporters.rosters import AT, FRI, SAT, THU, WED, keep
from touchbase.matching import solving
from touchbase.supporters import actions
from touchbase.supporters.models import Duty
from touchbase.web.coordinator.weeks import brief

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture(autouse=True)
def wednesday_noon():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def dana(people, visitor_of):
    """The coordinator at their desk."""
    return visitor_of(people.coordinator.account)


def words(answer):
    """What a page says."""
    assert answer.status_code == 200
    return unescape(re.sub(r"\s+", " ", answer.content.decode()))


def page(browser, rest=""):
    """The roster's page."""
    return words(browser.get(f"/harbor/desk/roster/{rest}"))


def fields(text):
    """What a form would send of what is proposed."""
    return dict(re.findall(r'<input type="hidden" name="((?:first|second)-[^"]+)" value="([^"]+)">', text))


def test_without_a_roster_the_page_says_so_and_how_to_keep_one(dana):
    assert "This program keeps no roster." in page(dana)
    assert 'kept = "weeks"' in page(dana)
    assert "/harbor/desk/roster/" not in words(dana.get("/harbor/desk/board/"))


def test_every_day_without_anybody_is_said_and_marked(dana, roster):
    ari, kai, *_rest = roster.keys
    roster.publish(wed=(ari, kai), thu=(kai, ""))
    text = page(dana)
    assert "12 days have nobody yet." in text
    assert (text.count('class="gap'), text.count("Nobody yet")) == (12, 12)
    assert "A. Stone" in text
    assert "then K. Reed" in text


def test_filling_changes_nothing_until_it_is_published(dana, roster):
    roster.publish(thu=(roster.keys[0], ""))
    before = list(Duty.objects.values())
    text = page(dana, "?fill=1")
    assert list(Duty.objects.values()) == before
    assert "proposed" in text
    assert f"first-{THU}" not in fields(text)
    sent = dana.post("/harbor/desk/roster/publish/", fields(text))
    assert sent["Location"] == "/harbor/desk/roster/"
    assert roster.on(THU)[0] == roster.keys[0]
    assert Duty.objects.exclude(first=None).count() == 14
    assert "Everybody knows who is first to call." in page(dana)


def test_publishing_nonsense_publishes_nothing(dana, roster):
    sent = {"first-2026-05-14": "nobody", "first-never": roster.keys[0], "third-2026-05-14": roster.keys[0]}
    assert dana.post("/harbor/desk/roster/publish/", sent).status_code == 302
    assert Duty.objects.exclude(first=None).count() == 0


def test_what_cannot_be_filled_is_told(dana, roster):
    for key in roster.keys:
        actions.set_away(membership=key, ranges=[(SAT, SAT)], today=WED)
    text = page(dana, "?fill=1")
    assert "Sat, May 16 has nobody yet." in text
    assert "What is still open can't be filled" in text


def test_a_gap_of_one_day_is_filled_by_two_presses(dana, roster):
    ari, kai, mo, _robin = roster.keys
    roster.publish(thu=(ari, kai), fri=(kai, mo))
    text = page(dana, f"{SAT}/")
    chosen = re.search(r'<option value="(\w+)" selected>', text)
    assert chosen is not None
    assert chosen[1] not in {kai, mo}  # they have Friday
    sent = {"first": chosen[1], "second": "", "was-first": "", "was-second": ""}
    assert dana.post(f"/harbor/desk/roster/{SAT}/", sent).status_code == 302
    assert roster.on(SAT) == (chosen[1], "")


def test_of_two_at_the_desk_the_second_is_told(dana, roster):
    ari, kai, *_rest = roster.keys
    roster.name(FRI, (ari, ""))
    sent = {"first": kai, "second": "", "was-first": "", "was-second": ""}
    answer = dana.post(f"/harbor/desk/roster/{FRI}/", sent)
    assert (answer.status_code, roster.on(FRI)) == (400, (ari, ""))
    assert "Somebody else changed this day first." in unescape(answer.content.decode())


@pytest.mark.parametrize("day", ["2026-05-12", "2026-07-01", "someday", "2026-99-99"])
def test_a_day_the_roster_has_not_is_not_there(dana, roster, day):
    assert dana.get(f"/harbor/desk/roster/{day}/").status_code == 404


def test_a_day_for_which_there_is_nobody_says_what_to_do(dana, roster):
    for key in roster.keys:
        actions.set_away(membership=key, ranges=[(SAT, SAT)], today=WED)
    assert "Call the backup coordinator." in page(dana, f"{SAT}/")


def test_the_board_shows_who_is_first_to_call_and_leads_to_the_gap(dana, roster):
    ari, kai, mo, robin = roster.keys
    roster.publish(wed=(ari, ""), thu=(kai, ""), fri=(mo, ""), sun=(robin, ""))
    text = words(dana.get("/harbor/desk/board/"))
    strip = text[text.index('<section class="week"') : text.index("</section>")]
    names = ("A. Stone", "K. Reed", "M. Lane", "Nobody yet", "R. Vale")
    assert [name in strip for name in names] == [True, True, True, True, False]
    assert f'<a href="/harbor/desk/roster/{SAT}/">Fill Saturday</a>' in strip


def test_a_roster_of_weeks_says_weeks(dana, here):
    keep(here, 'kept = "weeks"\nahead_weeks = 2')
    assert "2 weeks have nobody yet." in page(dana)
    assert "May 11 to 17" in page(dana)
    assert "Fill the week of May 11" in words(dana.get("/harbor/desk/board/"))


def test_a_supporter_and_a_stranger_see_no_desk(people, roster, visitor_of, visitor):
    robin = visitor_of(people.supporter.account)
    assert robin.get("/harbor/desk/roster/").status_code == 404
    assert robin.post("/harbor/desk/roster/publish/", {}).status_code == 404
    assert visitor.get(f"/harbor/desk/roster/{SAT}/").status_code == 404


def cost(browser, address):
    """How many queries a page takes."""
    with CaptureQueriesContext(connections["default"]) as found:
        assert browser.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize(
    "address", ["/harbor/desk/roster/", "/harbor/desk/board/", f"/harbor/desk/roster/{FRI}/"]
)
def test_the_pages_cost_the_same_for_four_supporters_and_thirty(dana, roster, address):
    ari, kai, *_rest = roster.keys
    roster.publish(fri=(ari, kai))
    few = cost(dana, address)
    for number in range(26):
        make_supporter(roster.here, f"Peer Number{number}")
    roster.publish(thu=(kai, ari), sat=(ari, kai), sun=(kai, ari))
    assert cost(dana, address) == few


def test_a_name_is_short_where_there_is_little_room():
    assert [brief(name) for name in ("Dr. Marcus Bell", "Robin Vale", "Cher", "Ana de la Cruz")] == [
        "M. Bell", "R. Vale", "Cher", "A. Cruz",
    ]  # fmt: skip


def test_where_no_roster_can_be_worked_out_in_time_the_page_says_what_to_do(roster, dana, monkeypatch):
    monkeypatch.setattr(solving, "LIMIT_SECONDS", 0.0)
    answer = dana.get("/harbor/desk/roster/?fill=1")
    assert answer.status_code == 503
    assert "Try again later, or name days one by one." in answer.content.decode()
    assert ("First to call" in page(dana), Duty.objects.count()) == (True, 0)
