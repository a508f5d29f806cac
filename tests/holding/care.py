"""The care path over HTTP, press by press: what a person does in a browser."""

import re
import secrets
from collections.abc import Callable
from threading import Barrier, Thread

from tests.canary import PLOVER
from tests.holding.installations import Installation, words
from tests.holding.visits import Answer
from tests.ops.servers import until

TALK = "/harbor/talk/"
BOARD = "/harbor/desk/board/"
MINE = "/harbor/mine/asks/"


def typed(**changes: str) -> dict[str, str]:
    """A form that can be sent as it is."""
    form = {
        "name": PLOVER.name,
        "channel": "text",
        "contact": PLOVER.phone,
        "once": secrets.token_urlsafe(24),
    }
    return form | changes


def token_of(thanks: Answer) -> str:
    """The private link of a thank-you."""
    found = re.search(r'name="token" value="([^"]+)"', thanks.text)
    if thanks.status != 200 or found is None:
        raise LookupError(f"no thank-you but {thanks.status}")
    return found[1]


def ask(at: Installation, **changes: str) -> tuple[str, str]:
    """Ask for a peer: the private link's token, and the handle."""
    before = at.stores.handles()
    token = token_of(at.browser().post(TALK, typed(**changes)))
    (handle,) = at.stores.handles() - before
    return token, handle


def waiting(at: Installation) -> tuple[str, str]:
    """Somebody who asked a moment ago, without counting for the hour's cap: token and handle."""
    if not at.waiting:
        at.waiting = at.seed("waiting", n=60)
    token, handle = at.waiting.pop()
    return token, handle


def match(at: Installation, handle: str, peer: str = "supporter", by: str = "coordinator") -> Answer:
    """The coordinator asks a supporter."""
    return at.browser(by).post(f"{BOARD}{handle}/match/", {"supporter": at.people[peer]["membership"]})


def press(at: Installation, who: str, handle: str, what: str, **form: str) -> Answer:
    """A supporter's press."""
    return at.browser(who).post(f"{MINE}{handle}/{what}/", form)


def asked(at: Installation, peer: str = "supporter") -> tuple[str, str]:
    """Somebody asked for a peer, and a supporter was asked."""
    token, handle = waiting(at)
    expect(match(at, handle, peer), 302)
    return token, handle


def accepted(at: Installation, peer: str = "supporter") -> tuple[str, str]:
    """The supporter said yes."""
    token, handle = asked(at, peer)
    expect(press(at, peer, handle, "accept"), 302)
    return token, handle


def talking(at: Installation, peer: str = "supporter") -> tuple[str, str]:
    """The note went out, and they said yes."""
    token, handle = accepted(at, peer)
    expect(press(at, peer, handle, "touch", how="peer"), 302)
    expect(press(at, peer, handle, "answer", answer="yes"), 302)
    return token, handle


def expect(answer: Answer, status: int) -> None:
    """A step on the way to what a test is about has to work."""
    if answer.status != status:
        raise AssertionError(f"{answer.status} instead of {status}: {words(answer.body)[:400]}")


def at_once(*presses: Callable[[], Answer]) -> list[Answer]:
    """Several presses in the same moment, each by its own thread and connection; answers in their order."""
    gate = Barrier(len(presses))
    answers: dict[int, Answer] = {}

    def go(place: int, act: Callable[[], Answer]) -> None:
        gate.wait()
        answers[place] = act()

    threads = [Thread(target=go, args=each) for each in enumerate(presses)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[place] for place in range(len(presses))]


def until_state(at: Installation, handle: str, state: str) -> bool:
    """Wait until the clock has brought a referral somewhere."""
    return until(lambda: at.stores.state(handle) == state)
