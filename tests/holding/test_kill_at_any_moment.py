"""kill -9 of the server at any moment while people ask: a thank-you means that the referral is there.

Without one, the same press again finds what was kept or makes it new, never twice. A key that got no row
opens nothing, and the sweep destroys it.
"""

from collections.abc import Callable

import pytest

from tests.canary import PLOVER
from tests.holding.care import BOARD
from tests.holding.crashes import (
    Press,
    killed_between_the_stores,
    pressed_until_killed,
    seconds_of_a_round,
)
from tests.holding.installations import Installation

ROUNDS = 6
PURPOSES = {"identity", "contact", "wishes", "course"}


def half_kept(at: Installation) -> list[str]:
    """Referrals of which a part is missing: a capsule, the link, or the key."""
    capsules: dict[str, set[str]] = {handle: set() for handle in at.stores.handles()}
    for handle, purpose in at.stores.rows("default", "SELECT referral_id, purpose FROM referrals_capsule"):
        capsules.setdefault(handle, set()).add(purpose)
    links = [handle for (handle,) in at.stores.rows("default", "SELECT referral_id FROM referrals_link")]
    keys = at.stores.keyed()
    return [
        handle
        for handle, purposes in capsules.items()
        if purposes != PURPOSES or links.count(handle) != 1 or handle not in keys
    ]


def is_there(at: Installation, press: Press) -> bool:
    """Whether the link opens, and the desk reads who it is."""
    reader, handle = at.browser(), press.handle(at)
    opened = reader.get(f"/t/{press.token}/").status == 302 and reader.get("/t/").status == 200
    return opened and PLOVER.name in at.browser("coordinator").get(f"{BOARD}{handle}/").text


def warm(at: Installation) -> None:
    """The first request of a new process takes longer than any other."""
    at.browser().post("/harbor/talk/", {"name": ""})


def test_a_thank_you_that_was_seen_has_its_referral_whenever_the_server_was_killed(another):
    at: Installation = another()
    cut_off, thanked = 0, 0
    at.start(TOUCHBASE_SWEEP="no")
    warm(at)
    whole = seconds_of_a_round(at)
    for round_ in range(3 * ROUNDS):
        if round_ >= ROUNDS and min(cut_off, thanked) > ROUNDS:
            break
        # From nothing at all to a whole round, again and again. One that was measured while the machine was
        # busy ends too late to cut anybody off: then each turn goes half as far as the one before.
        turn, place = divmod(round_, ROUNDS)
        warm(at)
        before = at.stores.handles()
        presses = pressed_until_killed(at, whole * place / (ROUNDS - 1) / 2**turn)
        at.start(TOUCHBASE_SWEEP="no")
        assert half_kept(at) == []
        seen = [press for press in presses if press.token]
        assert [press.form for press in seen if not is_there(at, press)] == []
        unseen = [press for press in presses if not press.token]
        for press in unseen:
            press.send(at)
        assert [press.form for press in unseen if not is_there(at, press)] == []
        assert {press.handle(at) for press in presses} == at.stores.handles() - before
        assert len(at.stores.handles() - before) == len(presses)
        assert at.stores.handles() == at.stores.keyed()
        assert half_kept(at) == []
        cut_off, thanked = cut_off + len(unseen), thanked + len(seen)
    assert min(cut_off, thanked) > ROUNDS, "some were cut off and some thanked, else this shows nothing"


@pytest.fixture
def forgetful(another: Callable[[], Installation]) -> Installation:
    """A server that signs with a key of its own each time it starts."""
    made = another()
    del made.more["TOUCHBASE_SECRET_KEY"]
    return made


def test_a_press_that_was_cut_off_between_the_stores_is_finished_by_the_same_press(forgetful):
    at: Installation = forgetful
    with at.served(TOUCHBASE_SWEEP="no"):
        warm(at)
        press = killed_between_the_stores(at)
    kept = at.stores.handles()  # of presses that got by before one was met between the stores
    (orphan,) = at.stores.keyed() - kept
    assert press.token == ""
    with at.served(TOUCHBASE_SWEEP="no"):
        press.send(at)
        first = press.token
        press.send(at)
    assert (press.token, press.handle(at)) == (first, orphan)
    assert at.stores.handles() == at.stores.keyed() == {*kept, orphan}
    assert half_kept(at) == []


def test_a_key_that_never_got_a_row_is_swept_after_its_hour(another):
    at: Installation = another()
    with at.served(TOUCHBASE_SWEEP="no"):
        warm(at)
        killed_between_the_stores(at)
    kept = at.stores.handles()  # of presses that got by before one was met between the stores
    (orphan,) = at.stores.keyed() - kept
    assert at.run("sweep").returncode == 0
    marked = at.stores.rows("vault", "SELECT handle FROM vault_key WHERE orphan_since IS NOT NULL")
    assert marked == [(orphan,)]
    assert at.stores.keyed() == {*kept, orphan}  # somebody may still be pressing
    an_age_ago = "2026-01-01 00:00:00+00" if at.stores.default else "2026-01-01 00:00:00"
    at.stores.change("vault", f"UPDATE vault_key SET orphan_since = '{an_age_ago}' WHERE handle = '{orphan}'")  # noqa: S608
    assert at.run("sweep").returncode == 0
    assert at.stores.keyed() == kept
    assert at.stores.rows("vault", "SELECT count(*) FROM vault_pool") == [(0,)]  # nobody was counted
