"""A referral is never lost: the coordinator and then the deputy are told, and the pages say what to do.

What is compared is every message that left, and when. Time passes from one thing that is due to the next.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client

from tests.canary import FINCH
from tests.factories.browsers import mailbox, new_browser, sign_in
from tests.factories.people import Person, make_supporter
from tests.factories.programs import make_program, policy_text
from tests.factories.walking import DAY, HOUR, NOON, Walk, asking
from touchbase.accounts import actions as accounts
from touchbase.kernel.errors import DomainError
from touchbase.notifications.models import Outgoing
from touchbase.outreach import actions, leaving
from touchbase.programs.policy import Channel
from touchbase.referrals import queries
from touchbase.referrals.lifecycle import Actor, State
from touchbase.referrals.models import Referral
from touchbase.referrals.queries import Opener
from touchbase.supporters.models import Supporter
from touchbase.vault import rotation

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

BOTH = {"coordinator", "backup"}
HALF_HOUR = timedelta(minutes=30)
Heard = dict[float, set[str]]  # how many hours after the beginning, and who of the desk read something then


def heard(walk: Walk, since: datetime, hours: float) -> Heard:
    """Let time pass, the clock looking whenever something is due. Who at the desk hears, and when."""
    desk = {getattr(walk.people, part).account.email: part for part in ("coordinator", "backup")}
    found: Heard = {}
    for at in moments(since, since + hours * HOUR):
        before = len(mailbox())
        with time_machine.travel(at, tick=False):
            rotation.accept_clock(at=at)  # else it would be a clock that was set: the machine isn't up longer
            walk.sweep(at)
        if told := {desk[to] for mail in mailbox()[before:] for to in mail.to if to in desk}:
            found[(at - since) / HOUR] = told
    return found


def moments(at: datetime, end: datetime) -> Iterator[datetime]:
    """The first moment, then each at which a row says that there is something to do."""
    while at <= end:
        yield at
        due = [
            *Referral.objects.filter(next_at__gt=at).values_list("next_at", flat=True),
            *Outgoing.objects.filter(not_before__gt=at).values_list("not_before", flat=True),
        ]
        at = min(due, default=end + HOUR)


@contextmanager
def at_screen(person: Person | None, at: datetime) -> Iterator[Client]:
    """A browser at a moment: somebody's who is signed in, or nobody's."""
    with time_machine.travel(at, tick=False):
        browser = new_browser()
        yield sign_in(browser, person.account) if person else browser


def desk_says(walk: Walk, handle: str, at: datetime, part: str = "coordinator") -> str:
    """What the desk's page of a referral says to somebody."""
    with at_screen(getattr(walk.people, part), at) as browser:
        page = browser.get(f"/harbor/desk/board/{handle}/")
    assert page.status_code == 200
    return unescape(page.content.decode())


def person_reads(walk: Walk, handle: str, at: datetime) -> str:
    """What the person's own page says."""
    opener = Opener("", Actor.RECIPIENT, at)
    token = queries.link_token(handle, program=walk.here.id, n=walk.held(handle).course.link_n, opener=opener)
    with at_screen(None, at) as browser:
        page = browser.get(f"/t/{token}/", follow=True)
    return unescape(page.content.decode())


def may_be_asked(walk: Walk, handle: str, at: datetime, *, names: tuple[str, ...]) -> bool:
    """Whether the desk's page has these and nobody else to ask."""
    says = desk_says(walk, handle, at)
    everybody = ("Robin Vale", "Ari Stone")
    return [name in says for name in everybody] == [name in names for name in everybody]


def test_when_nobody_is_available_coordinator_and_deputy_are_told_and_the_person_reads_whom_to_call(walk):
    Supporter.objects.update(paused=True)
    handle = walk.received()
    # At once; in the evening before midnight, half of the day; at 80 % of it; when it is over; and each day.
    assert heard(walk, NOON, 49) == {
        0: {"coordinator"}, 8.5: {"coordinator"}, 19: BOTH, 24: BOTH, 48: BOTH,
    }  # fmt: skip
    late = NOON + 49 * HOUR
    for part in ("coordinator", "backup"):
        says = desk_says(walk, handle, late, part)
        assert "Nobody fits right now." in says
        assert "You can widen the search, or call the person yourself." in says
        assert walk.here.policy.backup.phone in says
    says = person_reads(walk, handle, late)
    assert "We're late, and we're sorry." in says
    assert f"You can call us at {walk.here.policy.coordinator.phone}" in says


def test_when_everybody_passes_the_desk_hears_of_each_pass_and_reads_what_is_left_to_do(walk):
    handle = walk.received()
    for hours, peer in ((1, walk.people.supporter), (2, walk.people.other_supporter)):
        heard(walk, NOON + (hours - 1) * HOUR, 0)
        walk.ask(handle, peer, NOON + hours * HOUR)
        actions.pass_on(handle=handle, by=peer.member, at=NOON + hours * HOUR)
        assert heard(walk, NOON + hours * HOUR, 0) == {0: {"coordinator"}}
    # Two passes don't buy time: the clock runs from the arrival, as the person was told.
    assert heard(walk, NOON + 2.5 * HOUR, 22) == {6: {"coordinator"}, 16.5: BOTH, 21.5: BOTH}
    says = desk_says(walk, handle, NOON + 25 * HOUR)
    assert ("Nobody fits right now." in says, walk.here.policy.backup.phone in says) == (True, True)


def test_where_the_clock_matches_everybody_who_stays_silent_is_followed_by_the_desk(walk):
    walk.here = make_program(policy_text(matching='match_by = "clock"\nclock_share = 0.25'))
    handle = walk.received()
    told = heard(walk, NOON, 24)
    assert walk.state(handle) is State.RECEIVED
    assert sorted(walk.held(handle).course.barred) == sorted(
        peer.member.supporter for peer in (walk.people.supporter, walk.people.other_supporter)
    )
    assert told[24.0] == BOTH
    assert "Nobody fits right now." in desk_says(walk, handle, NOON + DAY)


@pytest.mark.parametrize("step", ["matched", "accepted", "invited", "talking"])
def test_when_the_supporter_leaves_the_desk_is_told_whatever_they_had_in_hand(walk, step):
    handle = walk.to(State(step))
    at = NOON + 4.5 * HOUR
    heard(walk, at, 0)
    leaving.leave(by=walk.people.supporter.member, at=at)
    assert walk.state(handle) is State.RECEIVED
    assert heard(walk, at, 0) == {0: {"coordinator"}}
    assert may_be_asked(walk, handle, at, names=("Ari Stone",))


def test_when_supporter_and_coordinator_both_leave_the_deputy_is_told_and_can_do_all_of_it(walk):
    handle = walk.accepted()
    at = NOON + 3 * HOUR
    heard(walk, at, 0)
    # Nobody can leave a desk empty: whoever is its only coordinator is told what to do first.
    with pytest.raises(DomainError, match="only coordinator"):
        accounts.leave(membership=next(iter(walk.people.coordinator.member.ids.values())))
    accounts.set_away(account=walk.people.coordinator.account.id, until=date(2026, 5, 20), today=at.date())
    leaving.leave(by=walk.people.supporter.member, at=at)
    assert heard(walk, at, 0) == {0: {"backup"}}
    assert "Ask this peer" in desk_says(walk, handle, at, "backup")
    # A new clock of half the time runs; the deputy alone is reminded of all of it.
    assert set.union(*heard(walk, at + HALF_HOUR, 26).values()) == {"backup"}
    later = NOON + 30 * HOUR
    actions.ask(
        handle=handle,
        supporter=walk.people.other_supporter.member.supporter,
        by=walk.people.backup.member,
        at=later,
    )
    assert walk.state(handle) is State.MATCHED


def test_when_the_whole_desk_is_away_everybody_of_it_is_told(walk):
    for part in ("coordinator", "backup"):
        account = getattr(walk.people, part).account.id
        accounts.set_away(account=account, until=date(2026, 5, 20), today=NOON.date())
    walk.received()
    assert heard(walk, NOON, 0) == {0: BOTH}
    with at_screen(walk.people.backup, NOON) as browser:
        assert browser.get("/harbor/desk/board/").status_code == 200


EDITED = {
    "clock": "match_within_hours = 72\nweekend_match_within_hours = 72\ntouch_within_hours = 72",
    "matching": 'match_by = "clock"\nclock_share = 0.9',
    "contact": 'channels = ["email", "text"]',
    "confidence": 'who_knows = "two"\ncoordinator_sees = "until_accept"',
}


def test_when_the_policy_is_edited_midway_who_waits_keeps_what_was_promised(walk):
    waits, reached = walk.received(), walk.accepted(of=asking(channel=Channel.CALL))
    due = walk.held(waits).course.due
    heard(walk, NOON, 0)
    walk.here = make_program(policy_text(sources="self = true\ndirectory = true", **EDITED))
    assert walk.held(waits).course.due == due
    # By the clock of the day they came, and by the coordinator's press, not at nine tenths of three days.
    told = heard(walk, NOON + HALF_HOUR, 24)
    assert (told[8.0], told[18.5], told[23.5]) == ({"coordinator"}, BOTH, BOTH)
    assert walk.state(waits) is State.RECEIVED
    late = NOON + 25 * HOUR
    assert may_be_asked(walk, waits, late, names=("Robin Vale", "Ari Stone"))
    assert "We're late" in person_reads(walk, waits, NOON + 2 * DAY + HOUR)
    # Whoever was to be called is called, though calls are no way to reach anybody any more.
    with at_screen(walk.people.supporter, late) as browser:
        page = browser.get(f"/harbor/mine/asks/{reached}/").content.decode()
    assert ("Call now" in page, FINCH.name in page) == (True, True)


# Eleven in the evening of the Saturdays on which the clocks go forward and back at Harbor, and by how many
# hours later who is told: as people wake; in the evening, since half of 48 hours is over in the night; at
# 80 % of them; and as people wake after they are over. Hours as they pass, whatever clocks on walls say.
SPRING = datetime(2026, 3, 8, 4, 0, tzinfo=UTC), (7, 20.5, 38, 55)
AUTUMN = datetime(2026, 11, 1, 3, 0, tzinfo=UTC), (9, 22.5, 38, 57)


@pytest.mark.parametrize(("since", "hours"), [SPRING, AUTUMN], ids=["spring", "autumn"])
def test_in_the_night_the_clocks_change_every_reminder_comes_once_and_none_is_late(walk, since, hours):
    Supporter.objects.update(paused=True)
    handle = walk.received(since)
    assert walk.held(handle).course.due == since + 2 * DAY
    told = ({"coordinator"}, {"coordinator"}, BOTH, BOTH)
    assert heard(walk, since, 60) == dict(zip(hours, told, strict=True))
    assert "Nobody fits right now." in desk_says(walk, handle, since + 2 * DAY)


def test_who_asks_at_christmas_is_matched_in_two_days_and_the_desk_is_told_on_the_holiday(walk):
    Supporter.objects.update(paused=True)
    eve = datetime(2026, 12, 24, 17, 0, tzinfo=UTC)  # a Thursday, noon at Harbor
    handle = walk.received(eve)
    assert walk.held(handle).course.due == eve + DAY
    assert heard(walk, eve, 24) == {0: {"coordinator"}, 8.5: {"coordinator"}, 19: BOTH, 24: BOTH}
    day = eve + DAY  # Christmas itself: two days, as at a weekend
    second = walk.received(day)
    assert walk.held(second).course.due == day + 2 * DAY
    assert "We're late" in person_reads(walk, handle, eve + 2 * DAY + HOUR)
    told = heard(walk, day + HALF_HOUR, 48)
    assert (told[23.5], told[47.5]) == (BOTH, BOTH)  # the first one again each day, the second one at its end


def test_a_supporter_who_stays_silent_after_a_yes_is_taken_back_with_one_press(walk):
    make_supporter(walk.here, "Wren Sorel")
    handle = walk.accepted()
    told = heard(walk, NOON + 2 * HOUR, 25)
    assert told[24.0] == {"coordinator"}
    at = NOON + 28 * HOUR
    with at_screen(walk.people.coordinator, at) as browser:
        assert "Needs a nudge" in browser.get("/harbor/desk/board/").content.decode()
        assert browser.post(f"/harbor/desk/board/{handle}/reassign/").status_code == 302
    assert walk.state(handle) is State.RECEIVED
    assert may_be_asked(walk, handle, at, names=("Ari Stone",))
