"""Mail server down, disk full, vault unreadable: said plainly with the phone number, and nothing is lost.

On a real server, whose stores, files and mail server are taken away while it runs.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.canary import PLOVER
from tests.holding import care
from tests.holding.care import BOARD, MINE, TALK, accepted, expect, match, press, token_of, typed
from tests.holding.installations import Installation, words
from tests.holding.troubles import forget, full_disk, garbage, moved, unwell, vault_away
from tests.holding.visits import Answer, Browser
from tests.notifications.mail_stub import mail_server
from tests.ops.servers import until

PHONE = "207-555-0160"
NO_MAIL = "smtp://127.0.0.1:1"  # an address that refuses connections
Presses = dict[str, Callable[[], Answer]]


def not_said(presses: Presses) -> dict[str, str]:
    """Presses whose answer isn't a page that says that it can't be done, and whom to call."""
    answers = {name: act() for name, act in presses.items()}
    return {
        name: f"{answer.status} {words(answer.body)}"
        for name, answer in answers.items()
        if answer.status != 503 or PHONE not in words(answer.body) or "<h1" not in answer.text
    }


def holder(at: Installation, token: str) -> Browser:
    """The browser of somebody who opened their private link."""
    browser = at.browser()
    expect(browser.get(f"/t/{token}/"), 302)
    return browser


# ---------------------------------------- the disk is full


def test_a_full_disk_is_said_on_every_page_and_the_same_press_works_once_there_is_room(harbor):
    at: Installation = harbor
    (_, waits), (token, handle) = care.waiting(at), accepted(at)
    reader, form = holder(at, token), typed()
    presses: Presses = {
        "asking": lambda: at.browser().post(TALK, form),
        "matching": lambda: match(at, waits),
        "showing a name": lambda: at.browser("coordinator").post(f"{BOARD}{handle}/name/"),
        "opening a referral": lambda: at.browser("supporter").get(f"{MINE}{handle}/"),
        "writing": lambda: press(at, "supporter", handle, "touch", how="peer"),
        "writing, as a part": lambda: at.browser("supporter").post(
            f"{MINE}{handle}/touch/", {"how": "peer"}, HX_Request="true"
        ),
        "erasing by the link": lambda: reader.post("/t/erase/"),
        "cancelling": lambda: at.browser().post(f"{TALK}cancel/", {"token": token}),
    }
    assert unwell(at) == []
    before = at.stores.everything()
    with full_disk(at):
        assert not_said(presses) == {}
        assert until(lambda: unwell(at) == ["database", "vault"])
        assert "Nothing was stored; it is only on your screen." in words(presses["asking"]().body)
        assert at.stores.everything() == before
    assert unwell(at) == []
    asked = at.stores.handles()
    token_of(presses["asking"]())
    assert len(at.stores.handles() - asked) == 1
    assert at.stores.handles() == at.stores.keyed()
    assert [presses[name]().status for name in ("matching", "opening a referral", "writing")] == [
        302,
        200,
        302,
    ]
    assert (at.stores.state(waits), at.stores.state(handle)) == ("matched", "invited")


# ---------------------------------------- the vault can't be read


def test_an_unreadable_vault_is_said_on_every_page_and_everything_is_there_afterwards(harbor):
    at: Installation = harbor
    (_, waits), (token, handle) = care.waiting(at), accepted(at)
    reader, form = holder(at, token), typed()
    presses: Presses = {
        "asking": lambda: at.browser().post(TALK, form),
        "the board": lambda: at.browser("coordinator").get(BOARD),
        "matching": lambda: match(at, waits),
        "opening a referral": lambda: at.browser("supporter").get(f"{MINE}{handle}/"),
        "a supporter's day": lambda: at.browser("supporter").get("/harbor/mine/"),
        "writing": lambda: press(at, "supporter", handle, "touch", how="peer"),
        "opening the link": lambda: at.browser().get(f"/t/{token}/"),
        "the page of the link": lambda: reader.get("/t/"),
        "answering": lambda: reader.post("/t/answer/", {"answer": "yes"}),
        "erasing by the link": lambda: reader.post("/t/erase/"),
        "cancelling": lambda: at.browser().post(f"{TALK}cancel/", {"token": token}),
    }
    (key,) = (at.folder / "vault/provider").glob("*.key")
    before = at.stores.everything()
    with vault_away(at):
        forget(at)
        assert not_said(presses) == {}
        assert unwell(at) == ["vault"]
    for trouble in (moved(at.folder / "root/root.key"), garbage(at.folder / "root/root.key"), garbage(key)):
        with trouble:
            assert not_said(presses) == {}
            assert unwell(at) == ["vault"]
    assert at.stores.everything() == before
    assert unwell(at) == []
    assert PLOVER.name in at.browser("supporter").get(f"{MINE}{handle}/").text
    assert holder(at, token).get("/t/").status == 200
    asked = at.stores.handles()
    token_of(presses["asking"]())
    assert len(at.stores.handles() - asked) == 1
    assert at.stores.handles() == at.stores.keyed()


# ---------------------------------------- the mail server is away


@pytest.fixture
def mailing(another: Callable[[], Installation]) -> Installation:
    """An installation whose mail server doesn't answer."""
    made = another()
    made.more["TOUCHBASE_SMTP"] = NO_MAIL
    return made


def noted(at: Installation) -> str:
    """The handle of somebody whose note is on its way by mail."""
    _, handle = care.ask(at, channel="email", contact=PLOVER.email)
    expect(match(at, handle), 302)
    expect(press(at, "supporter", handle, "accept"), 302)
    expect(press(at, "supporter", handle, "touch", how="system"), 302)
    return handle


def sweep_when_due(at: Installation) -> None:
    """One look of the clock, at a moment at which everything that waits is due."""
    due = "UPDATE notifications_outgoing SET not_before = '2026-01-01 00:00:00', lock_until = NULL"
    at.stores.change("default", due)
    assert at.run("sweep").returncode == 0


def tried(at: Installation, handle: str) -> tuple[int, int] | None:
    """How often a person's message was tried, and in how many minutes it will be again. None: it's gone."""
    found = at.stores.rows(
        "default",
        f"SELECT tries, lock_until FROM notifications_outgoing WHERE handle = '{handle}'",  # noqa: S608
    )
    if not found:
        return None
    ((tries, until_then),) = found
    then = datetime.fromisoformat(str(until_then))
    ahead = (then if then.tzinfo else then.replace(tzinfo=UTC)) - datetime.now(UTC)
    return tries, round(ahead / timedelta(minutes=1) + 0.4)


def test_without_its_mail_server_everything_is_kept_tried_again_and_told_at_the_desk(mailing):
    at: Installation = mailing
    with at.served(TOUCHBASE_SWEEP="no"):
        handle = noted(at)
        for tries, minutes in enumerate((1, 5, 15, 60), start=1):
            sweep_when_due(at)
            assert tried(at, handle) == (tries, minutes)
            assert unwell(at) == ["mail"]
        board = at.browser("coordinator")
        assert "Mail isn't leaving just now." in words(board.get(BOARD).body)
        assert at.stores.state(handle) == "invited"
        sweep_when_due(at)
        assert (tried(at, handle), at.stores.state(handle)) == (None, "accepted")
        told = words(board.get(f"{BOARD}{handle}/").body)
        assert "Our note couldn't be sent. The peer was asked to write from their own phone." in told
        assert "A note couldn't be sent" in told.partition("So far")[2]
        token_of(at.browser().post(TALK, typed()))
        with mail_server() as stub:
            at.more["TOUCHBASE_SMTP"] = stub.address
            sweep_when_due(at)
        assert len(stub.taken) > 0
        assert unwell(at) == []
        assert "Mail isn't leaving" not in words(board.get(BOARD).body)
